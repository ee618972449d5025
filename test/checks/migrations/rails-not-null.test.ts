import check from '../../../checks/migrations/rails-not-null.ts'
import {testCheck} from '../../harness.ts'

const rails = (change: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "bin/rails db:migrate"\n',
    Dockerfile: 'FROM ruby:3.4\nWORKDIR /rails\nCOPY . .\nRUN bundle install\n',
    'Gemfile.lock': 'GEM\n  specs:\n    activerecord (8.0.2)\n    pg (1.5.9)\n',
    'bin/rails': '',
    'db/migrate/20250101000000_create_posts.rb':
      'class CreatePosts\n  def change\n    create_table :posts\n  end\nend\n',
    'db/migrate/20250201000000_add_x.rb': `class AddX < ActiveRecord::Migration[8.0]\n  def change\n${change}  end\nend\n`,
    ...files,
  },
})
const refused = (place: string, column: string) =>
  `warning db/migrate/20250201000000_add_x.rb:${place} ${column} may not be NULL and has no default: where posts has rows, Postgres refuses the column`

testCheck(check, {
  clean: {
    'a default': rails('    add_column :posts, :price, :integer, null: false, default: 0\n'),
    'a default in the next line': rails('    add_column :posts, :price, :integer, null: false,\n      default: 0\n'),
    'it may be NULL': rails('    add_reference :posts, :user, foreign_key: true\n'),
    'a table that is new': rails(
      '    create_table :lines do |t|\n      t.string :name, null: false\n    end\n    add_column :lines, :price, :integer, null: false\n',
    ),
    'it asks first': rails(
      '    add_column :posts, :price, :integer, null: false unless column_exists?(:posts, :price)\n',
    ),
    'it empties the table': rails('    Post.delete_all\n    add_column :posts, :price, :integer, null: false\n'),
    'the way back': rails(
      '    remove_column :posts, :old\n  end\n  def down\n    add_column :posts, :old, :string, null: false\n',
    ),
    'a comment': rails('    # add_column :posts, :price, :integer, null: false\n'),
    'worked out from others': rails('    add_column :posts, :sum, :virtual, as: "a + b", stored: true, null: false\n'),
    MySQL: rails('    add_column :posts, :price, :integer, null: false\n', {
      'Gemfile.lock': 'GEM\n  specs:\n    activerecord (8.0.2)\n    mysql2 (0.5.6)\n',
    }),
    'one that an earlier deploy has run': rails('    add_column :posts, :price, :integer, null: false\n', {
      'db/migrate/20250301000000_add_y.rb':
        'class AddY\n  def change\n    add_column :posts, :y, :integer\n  end\nend\n',
    }),
  },
  flagged: {
    'a column': {
      ...rails('    add_column :posts, :price, :integer, null: false\n'),
      expect: [refused('3:5', 'posts.price')],
    },
    'what the generator writes': {
      ...rails('    add_reference :posts, :user, null: false, foreign_key: true\n'),
      expect: [refused('3:5', 'posts.user_id')],
    },
    'in a block': {
      ...rails('    change_table :posts do |t|\n      t.string :slug, null: false\n      t.remove :old\n    end\n'),
      expect: [refused('4:7', 'posts.slug')],
    },
  },
})
