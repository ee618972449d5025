import check from '../../../checks/image/rails-gems.ts'
import {testCheck} from '../../harness.ts'

const shop = (files: Record<string, string>, gems: readonly string[] = []) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM ruby:3.4\nWORKDIR /rails\nCOPY . .\nRUN bundle install\nCMD ["./bin/rails", "server"]\n',
    Gemfile: ['rails', ...gems].map((name) => `gem "${name}"\n`).join(''),
    'Gemfile.lock': `GEM\n  specs:\n${['rails', ...gems].map((name) => `    ${name} (8.0.3)\n`).join('')}`,
    ...files,
  },
})
const database = (production: string) => ({
  'config/database.yml': `default: &default\n  adapter: sqlite3\n\nproduction:\n${production}`,
})
const environment = (line: string) => ({
  'config/environments/production.rb': `Rails.application.configure do\n${line}\nend\n`,
})
const needs = (setting: string, gem: string) =>
  `${setting} needs the gem ${gem}, and Gemfile.lock has none: Rails stops with a LoadError`

testCheck(check, {
  clean: {
    'an adapter whose gem is there': shop(database('  adapter: postgresql\n'), ['pg']),
    'one of development': shop({'config/database.yml': 'development:\n  adapter: postgresql\nproduction:\n  url: x\n'}),
    'a database that [env] names': shop({
      ...database('  adapter: postgresql\n'),
      'fly.toml': 'app = "shop"\n[env]\nDATABASE_URL = "sqlite3:/data/shop.db"\n',
    }),
    'a condition': shop(environment('  if ENV["REDIS_URL"]\n    config.cache_store = :redis_cache_store\n  end')),
    'a condition behind it': shop(environment('  config.cache_store = :redis_cache_store if ENV["REDIS_URL"]')),
    'a comment': shop(environment('  # config.active_job.queue_adapter = :sidekiq')),
    'what Rails brings': shop(
      environment('  config.cache_store = :memory_store\n  config.active_job.queue_adapter = :async'),
    ),
    'a gem that another brings': shop(environment('  config.cache_store = :redis_cache_store'), ['redis']),
    'a service on the disk': shop({
      ...environment('  config.active_storage.service = :local'),
      'config/storage.yml': 'local:\n  service: Disk\namazon:\n  service: S3\n',
    }),
    'a cable that nothing sends by': shop({
      'config/cable.yml': 'production:\n  adapter: redis\n',
      'app/channels/application_cable/channel.rb': 'class Channel < ActionCable::Channel::Base\nend\n',
    }),
    'a plug-in of Puma under a condition': shop({
      'config/puma.rb': 'plugin :tmp_restart\nplugin :solid_queue if ENV["SOLID_QUEUE_IN_PUMA"]\n',
    }),
    'a plug-in of Puma whose gem is there': shop({'config/puma.rb': 'plugin :solid_queue\n'}, ['solid_queue']),
    'a file with code': shop({'config/database.yml': '<% if x %>\nproduction:\n  adapter: postgresql\n<% end %>\n'}),
  },
  flagged: {
    'a plug-in of Puma': {
      ...shop({'config/puma.rb': 'threads 3, 3\nplugin :solid_queue\n'}),
      expect: [
        'warning config/puma.rb:2:1 plugin :solid_queue needs the gem solid_queue, and Gemfile.lock has none: Puma stops with "Unable to find plugin"',
      ],
    },
    'the database': {
      ...shop(database('  adapter: postgresql\n')),
      expect: [`warning config/database.yml:5:3 ${needs('adapter: postgresql', 'pg')}`],
    },
    'the database that production takes over': {
      ...shop(database('  <<: *default\n  database: storage/production.sqlite3\n')),
      expect: [`warning config/database.yml:2:3 ${needs('adapter: sqlite3', 'sqlite3')}`],
    },
    'a cache': {
      ...shop(environment('  config.cache_store = :redis_cache_store, {url: ENV["REDIS_URL"]}')),
      expect: [
        `warning config/environments/production.rb:2:3 ${needs('config.cache_store = :redis_cache_store', 'redis')}`,
      ],
    },
    'a queue, in the settings of all': {
      ...shop({'config/application.rb': 'class Application\n  config.active_job.queue_adapter = :sidekiq\nend\n'}),
      expect: [`warning config/application.rb:2:3 ${needs('config.active_job.queue_adapter = :sidekiq', 'sidekiq')}`],
    },
    'a cable that a page listens to': {
      ...shop({
        'config/cable.yml': 'production:\n  adapter: redis\n',
        'app/views/posts/index.html.erb': '<%= turbo_stream_from "posts" %>\n',
      }),
      expect: [`warning config/cable.yml:2:3 ${needs('adapter: redis', 'redis')}`],
    },
    'a service of storage': {
      ...shop({
        ...environment('  config.active_storage.service = :amazon'),
        'config/storage.yml': 'local:\n  service: Disk\namazon:\n  service: S3\n',
      }),
      expect: [`warning config/storage.yml:4:3 ${needs('service: S3', 'aws-sdk-s3')}`],
    },
    'a command': {
      ...shop({'fly.toml': 'app = "shop"\n[processes]\nworker = "bundle exec sidekiq"\n'}),
      expect: [
        'warning fly.toml:3:1 bundle exec sidekiq is started, and Gemfile.lock has no sidekiq: its command is not there',
      ],
    },
  },
})
