import check from '../../../checks/migrations/rails-files.ts'
import {testCheck} from '../../harness.ts'

const rails = (
  migrations: readonly string[],
  release = 'bin/rails db:migrate',
  files: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
    Dockerfile: 'FROM ruby:3.4\nWORKDIR /rails\nCOPY . .\nRUN bundle install\n',
    'Gemfile.lock': 'GEM\n  specs:\n    activerecord (8.0.2)\n',
    'config/database.yml': 'production:\n  adapter: postgresql\n',
    'bin/rails': '',
    ...Object.fromEntries(migrations.map((path) => [`db/migrate/${path}`, 'class X\nend\n'])),
    ...files,
  },
})
const two = ['20250201000000_add_price.rb', '20250201000000_add_size.rb']
const version = (severity: string) => [
  `${severity} db/migrate/20250201000000_add_size.rb another migration has the version 20250201000000: Rails stops with "Multiple migrations have the version number 20250201000000"`,
]

testCheck(check, {
  clean: {
    'a number each': rails(['20250201000000_add_price.rb', '20250201000001_add_size.rb', '001_begin.rb']),
    'of an engine': rails(['20250201000000_create_orders.spree.rb', '20250201000001_create_lines.spree.rb']),
    'no migrations': rails(['README_old.rb', 'helpers.rb', '.keep']),
    'left out of the image': rails(two, 'bin/rails db:migrate', {'.dockerignore': 'db/migrate/*_add_size.rb\n'}),
    'nothing runs them': rails(two, 'bin/rails cache:clear'),
    'another folder': rails(two, 'bin/rails db:migrate', {
      'config/database.yml': 'production:\n  primary:\n    migrations_paths: db/main\n',
    }),
    'two databases': rails(['20250201000000_add_price.rb'], 'bin/rails db:migrate', {
      'db/queue_migrate/20250201000000_add_queue.rb': '',
    }),
  },
  flagged: {
    'one version': {...rails(two), expect: version('error')},
    'one version, where that is looked at for a new one': {
      ...rails(two, 'bundle exec rails db:prepare'),
      expect: version('warning'),
    },
    'one version, beside a database for the queue': {
      ...rails(two, 'bin/rails db:migrate', {
        'config/database.yml':
          'production:\n  primary:\n    adapter: postgresql\n  queue:\n    adapter: postgresql\n    migrations_paths: db/queue_migrate\n',
      }),
      expect: version('error'),
    },
    'one name': {
      ...rails(['20250201000000_add_price.rb', '20250301000000_add_price.rb']),
      expect: [
        'error db/migrate/20250301000000_add_price.rb another migration is called add_price: Rails stops with "Multiple migrations have the name"',
      ],
    },
    'no name of a migration': {
      ...rails(['20250201000000_AddPrice.rb']),
      expect: [
        'error db/migrate/20250201000000_AddPrice.rb 20250201000000_AddPrice.rb is no name of a migration: Rails stops with "Illegal name for migration file"',
      ],
    },
  },
})
