import check from '../../../checks/migrations/rails-migration.ts'
import {testCheck} from '../../harness.ts'

const file = 'db/migrate/20260102000000_add_price_to_items.rb'
const rails = (text: string, files: Record<string, string> = {}, release = 'bin/rails db:prepare') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
    Dockerfile: 'FROM ruby:3.4\nWORKDIR /rails\nCOPY . .\nRUN bundle install\n',
    'Gemfile.lock': 'GEM\n  specs:\n    activerecord (8.0.2)\n    pg (1.6.1)\n',
    'bin/rails': '',
    [file]: text,
    ...files,
  },
})
const migration = (head: string, body = 'add_column :items, :price, :integer') =>
  `class ${head}\n  def change\n    ${body}\n  end\nend\n`
const usual = 'AddPriceToItems < ActiveRecord::Migration[8.0]'
const index = 'add_index :items, :name, algorithm: :concurrently'

const items = {
  'db/migrate/20250101000000_create_items.rb':
    'class CreateItems < ActiveRecord::Migration[8.0]\n  def change\n    create_table :items do |t|\n      t.string :name, :price, null: false\n      t.integer :count\n      t.timestamps\n    end\n  end\nend\n',
}

testCheck(check, {
  clean: {
    'another type that Postgres makes by itself': rails(
      migration(usual, 'change_column :items, :count, :bigint\n    change_column :items, :count2, :integer'),
      items,
    ),
    'text of anything': rails(migration(usual, 'change_column :items, :count, :string'), items),
    'a change that says how': rails(
      migration(usual, "change_column :items, :price, :integer,\n      using: 'price::integer'"),
      items,
    ),
    'the way back': rails(
      `class ${usual}\n  def up\n    change_column :items, :price, :text\n  end\n\n  def down\n    change_column :items, :price, :integer\n  end\nend\n`,
      items,
    ),
    'SQL of its own before': rails(migration(usual, 'execute SQL\n    change_column :items, :price, :integer'), items),
    'a change whose failure is caught': rails(
      migration(usual, 'change_column :items, :price, :integer rescue nil'),
      items,
    ),
    'a column that was made anew': rails(migration(usual, 'change_column :items, :price, :integer'), {
      ...items,
      'db/migrate/20250201000000_change_items.rb':
        'class ChangeItems < ActiveRecord::Migration[8.0]\n  def change\n    remove_column :items, :price\n    add_column :items, :price, :bigint\n  end\nend\n',
    }),
    'as it is generated': rails(migration(usual)),
    'of an older Rails': rails(migration('AddPriceToItems < ActiveRecord::Migration[7.1]')),
    'of the current version, by a method': rails(
      migration('AddPriceToItems < ActiveRecord::Migration[ActiveRecord::Migration.current_version]'),
    ),
    'an acronym of the project': rails(migration('AddPriceTOItems < ActiveRecord::Migration[8.0]')),
    'a model beside it': rails(`class Item < ActiveRecord::Base\nend\n${migration(usual)}`),
    'an index without a transaction': rails(migration(usual, index).replace('\n', '\n  disable_ddl_transaction!\n')),
    'such an index on SQLite, too': rails(migration(usual, index), {
      'Gemfile.lock': 'GEM\n  specs:\n    activerecord (8.0.2)\n    pg (1.6.1)\n    sqlite3 (2.7.3)\n',
    }),
    'nothing runs them': rails(migration('Other < ActiveRecord::Migration[9.0]'), {}, 'bin/rails about'),
    'an old one': {
      ...rails(migration(usual), {
        'db/migrate/20250101000000_create_items.rb': migration('Items < ActiveRecord::Migration'),
      }),
      base: ['db/migrate/20250101000000_create_items.rb'],
    },
  },
  flagged: {
    'a type that Postgres is to convert': {
      ...rails(migration(usual, 'change_column :items, :price, :integer, default: 0'), items),
      expect: [
        `warning ${file}:3:5 items.price becomes integer and was string, which Postgres does not convert by itself: "cannot be cast automatically"`,
      ],
    },
    'a class of another name': {
      ...rails(migration('AddPriceToItem < ActiveRecord::Migration[8.0]')),
      expect: [
        `warning ${file}:1:1 the class is AddPriceToItem, and by the name of its file Rails looks for AddPriceToItems: it stops with "uninitialized constant AddPriceToItems"`,
      ],
    },
    'of a newer Rails': {
      ...rails(migration('AddPriceToItems < ActiveRecord::Migration[8.1]')),
      expect: [
        `warning ${file}:1:23 the migration is of Rails 8.1, and Gemfile.lock has 8.0: Rails stops with "Unknown migration version"`,
      ],
    },
    'of no version': {
      ...rails(migration('AddPriceToItems < ActiveRecord::Migration')),
      expect: [
        `warning ${file}:1:23 the migration names no version of Rails, which stops: "Directly inheriting from ActiveRecord::Migration is not supported"`,
      ],
    },
    'an index in a transaction': {
      ...rails(migration(usual, index)),
      expect: [
        `warning ${file}:3:30 Rails runs the migration in a transaction, where Postgres refuses CREATE INDEX CONCURRENTLY`,
      ],
    },
  },
})
