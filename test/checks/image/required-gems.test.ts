import check from '../../../checks/image/required-gems.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  ruby?: string
  gems?: string
  lock?: string
  without?: string
  env?: string
  files?: Record<string, string>
}
const shop = ({
  ruby = '3.4.6',
  gems = '',
  lock = '',
  without = 'development:test',
  env = 'production',
  files = {},
}: Shape = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `ARG RUBY_VERSION=${ruby}\nFROM ruby:$RUBY_VERSION-slim\nWORKDIR /rails\nENV RAILS_ENV=${env} BUNDLE_WITHOUT="${without}"\nCOPY . .\nRUN bundle install\nCMD ["./bin/rails", "server"]\n`,
    Gemfile: `gem "rails"\n${gems}`,
    'Gemfile.lock': `GEM\n  specs:\n    railties (7.0.8)\n${lock}`,
    'config/boot.rb': 'require "bundler/setup"\n',
    'config/application.rb': 'require_relative "boot"\nrequire "rails/all"\nBundler.require(*Rails.groups)\n',
    'config/environments/production.rb': 'Rails.application.configure do\n  config.eager_load = true\nend\n',
    ...files,
  },
})
const model = (text: string) => ({'app/models/order.rb': `${text}\nclass Order\nend\n`})
const initializer = (text: string) => ({'config/initializers/tools.rb': text})
const faker = 'group :development, :test do\n  gem "faker"\nend\n'
const rswag = 'gem "rswag-api", group: [:development, :test]\n'
const since = (written: string, gem: string, version: string) =>
  `${written} finds nothing: ${gem} is a gem of its own since Ruby ${version}, and Gemfile.lock has none: Rails stops with a LoadError`

/** The seeds of a project whose release command runs a task of the database. */
const seeds = (text: string, task = 'db:prepare', gems = faker) => {
  const {files} = shop({gems, files: {'db/seeds.rb': text}})
  return {files: {...files, 'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "bin/rails ${task}"\n`}}
}
const fake = '10.times do\n  Order.create!(name: Faker::Name.name)\nend\n'

testCheck(check, {
  clean: {
    'seeds that nothing runs': seeds(fake, 'db:migrate'),
    'seeds for development': seeds(`if Rails.env.development?\n  ${fake}end\n`),
    'seeds that load it': seeds(`require "faker"\n${fake}`),
    'seeds with a gem of every group': seeds(fake, 'db:prepare', 'gem "faker"\n'),
    'seeds with a name in a comment': seeds('# Faker::Name.name\n'),
    'the lock has it': shop({lock: '    csv (3.3.5)\n', files: model('require "csv"')}),
    'an older Ruby': shop({ruby: '3.3.5', files: model('require "csv"')}),
    'a Ruby that is not known': shop({ruby: 'latest', files: model('require "csv"')}),
    'a library that Ruby has': shop({files: model('require "json"\nrequire "set"')}),
    'in a condition': shop({files: model('require "csv" if ENV["CSV"]')}),
    'in a method': shop({files: {'app/models/order.rb': 'class Order\n  def read\n    require "csv"\n  end\nend\n'}}),
    caught: shop({files: model('begin\n  require "csv"\nrescue LoadError\nend')}),
    'a task, which nothing loads': shop({files: {'lib/tasks/orders.rake': 'require "csv"\n'}}),
    'a folder that a gem may take for itself': shop({files: {'app/admin/orders.rb': 'require "csv"\n'}}),
    'no eager loading': shop({
      files: {...model('require "csv"'), 'config/environments/production.rb': 'config.eager_load = false\n'},
    }),
    'no Bundler': shop({files: {...model('require "csv"'), 'config/boot.rb': ''}}),
    'Rails in another environment': shop({
      env: 'staging',
      gems: rswag,
      files: initializer('Rswag::Api.configure { }\n'),
    }),
    'a group that is installed': shop({gems: faker, without: 'test', files: initializer('require "faker"\n')}),
    'it is asked for': shop({gems: rswag, files: initializer('Rswag::Api.configure { } if defined?(Rswag)\n')}),
    'in development alone': shop({
      gems: rswag,
      files: initializer('if Rails.env.development?\n  Rswag::Api.configure do |c|\n  end\nend\n'),
    }),
    'required by hand, where it is installed': shop({
      gems: rswag,
      without: '',
      files: initializer('require "rswag/api"\nRswag::Api.configure do |c|\nend\n'),
    }),
    'a class of ones own': shop({
      gems: faker,
      files: {...initializer('Faker.seed(1)\n'), 'app/models/faker.rb': 'class Faker\nend\n'},
    }),
    'in a second group': shop({
      gems: 'group :development, :production do\n  gem "faker"\nend\n',
      files: initializer('Faker.seed(1)\n'),
    }),
    'another gem brings it': shop({
      gems: faker,
      lock: '    shop_seeds (1.0)\n      faker (~> 3)\n    faker (3.5.1)\n',
      files: initializer('Faker.seed(1)\n'),
    }),
    'a Gemfile that decides': shop({
      gems: `${faker}if ENV["SEED"]\n  gem "faker"\nend\n`,
      files: initializer('Faker.seed(1)\n'),
    }),
    'a part of another name': shop({gems: faker, files: initializer('Shop::Faker.seed(1)\nputs "Faker.seed"\n')}),
  },
  flagged: {
    'the seeds of a new database': {
      ...seeds(fake),
      expect: [
        'warning db/seeds.rb:2:23 db/seeds.rb names Faker, and faker is in the group development, test of the Gemfile, which production goes without: db:prepare, which seeds a new database, stops with a NameError',
      ],
    },
    'seeds that each deploy runs': {
      ...seeds(fake, 'db:migrate db:seed'),
      expect: [
        'warning db/seeds.rb:2:23 db/seeds.rb names Faker, and faker is in the group development, test of the Gemfile, which production goes without: db:seed stops with a NameError',
      ],
    },
    'csv of Ruby 3.4, in a model': {
      ...shop({files: model('require "csv"')}),
      expect: [`error app/models/order.rb:1:1 ${since('require "csv"', 'csv', '3.4')}`],
    },
    'a file below it': {
      ...shop({
        files: {'config/application.rb': 'require_relative "boot"\nrequire "rails/all"\nrequire "bigdecimal/util"\n'},
      }),
      expect: [`error config/application.rb:3:1 ${since('require "bigdecimal/util"', 'bigdecimal', '3.4')}`],
    },
    'ostruct of Ruby 4.0, and net/smtp': {
      ...shop({ruby: '4.0.1', files: model("require 'ostruct'\nrequire 'net/smtp'")}),
      expect: [
        `error app/models/order.rb:1:1 ${since('require "ostruct"', 'ostruct', '4.0')}`,
        `error app/models/order.rb:2:1 ${since('require "net/smtp"', 'net-smtp', '3.1')}`,
      ],
    },
    'a group that is left out': {
      ...shop({gems: faker, files: initializer('require "faker"\n')}),
      expect: [
        'error config/initializers/tools.rb:1:1 config/initializers/tools.rb has require "faker", and faker is in the group development, test of the Gemfile, which production goes without: Rails stops with a LoadError',
      ],
    },
    'an initializer that configures it': {
      ...shop({gems: rswag, without: '', files: initializer('Rswag::Api.configure do |c|\n  c.root = "x"\nend\n')}),
      expect: [
        'error config/initializers/tools.rb:1:1 config/initializers/tools.rb names Rswag::Api, and rswag-api is in the group development, test of the Gemfile, which production goes without: Rails stops with a NameError',
      ],
    },
    'a route to it': {
      ...shop({
        gems: 'gem "graphiql-rails", group: :development\n',
        files: {
          'config/routes.rb':
            'Rails.application.routes.draw do\n  mount GraphiQL::Rails::Engine, at: "/graphiql", graphql_path: "/graphql"\nend\n',
        },
      }),
      expect: [
        'error config/routes.rb:2:9 config/routes.rb names GraphiQL, and graphiql-rails is in the group development of the Gemfile, which production goes without: Rails stops with a NameError',
      ],
    },
  },
})
