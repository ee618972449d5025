import check from '../../../checks/image/rails-names.ts'
import {testCheck} from '../../harness.ts'

const storage = 'local:\n  service: Disk\n\ntigris:\n  service: S3\n  bucket: <%= ENV["BUCKET_NAME"] %>\n'
const all =
  'production:\n  primary: &primary\n    url: <%= ENV["DATABASE_URL"] %>\n  cache:\n    <<: *primary\n    migrations_paths: db/cache_migrate\n  queue:\n    <<: *primary\n'
const shop = (settings: string, files: Record<string, string> = {}, env = 'RAILS_ENV=production') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ruby:3.4\nWORKDIR /rails\nENV ${env}\nCOPY . .\nRUN bundle install\nCMD ["./bin/rails", "server"]\n`,
    'Gemfile.lock': 'GEM\n  specs:\n    rails (8.0.2)\n    solid_cache (1.0.7)\n    solid_queue (1.2.1)\n',
    'config/application.rb': 'require "rails/all"\n',
    'config/environments/production.rb': `Rails.application.configure do\n  config.eager_load = true\n  ${settings}\nend\n`,
    'config/storage.yml': storage,
    'config/database.yml': all,
    'config/cache.yml': 'production:\n  database: cache\n',
    ...files,
  },
})
const queue = 'config.solid_queue.connects_to = { database: { writing: :queue } }'
const amazon = 'config.active_storage.service = :amazon'
const one = {'config/database.yml': 'production:\n  adapter: postgresql\n  url: <%= ENV["DATABASE_URL"] %>\n'}

testCheck(check, {
  clean: {
    'a service that is there': shop('config.active_storage.service = :tigris'),
    'databases that are there': shop(`${queue}\n  config.cache_store = :solid_cache_store`),
    'a condition': shop(`${amazon} if ENV["AWS"]`),
    'a file for production alone': shop(amazon, {'config/storage/production.yml': 'amazon:\n  service: S3\n'}),
    'no Active Storage': shop(amazon, {'config/application.rb': 'require "rails"\nrequire "active_record/railtie"\n'}),
    'models that are not loaded as it starts': shop(amazon, {
      'config/environments/production.rb': `Rails.application.configure do\n  config.eager_load = false\n  ${amazon}\nend\n`,
    }),
    'not in production': shop(amazon, {}, 'RAILS_ENV=staging'),
    'services that code writes': shop(amazon, {
      'config/storage.yml': '<% %w[amazon].each do |name| %>\n<%= name %>:\n<% end %>\n',
    }),
    'databases that another section brings': shop(queue, {
      'config/database.yml': 'all: &all\n  queue:\n    url: x\nproduction:\n  <<: *all\n  primary:\n    url: x\n',
    }),
    'a cache in the first database': shop('config.cache_store = :solid_cache_store', {
      ...one,
      'config/cache.yml': 'production:\n  store_options:\n    max_size: 1\n',
    }),
    'a cache of another kind': shop('config.cache_store = :memory_store', one),
  },
  flagged: {
    'a service': {
      ...shop(amazon),
      expect: [
        'warning config/environments/production.rb:3:3 config/storage.yml has no service amazon, but local and tigris: Rails stops with "Missing configuration for the :amazon Active Storage service"',
      ],
    },
    'the database of the queue': {
      ...shop(queue, one),
      expect: [
        'warning config/environments/production.rb:3:3 config/database.yml has no database queue in production, but primary: Rails stops with "The `queue` database is not configured"',
      ],
    },
    'the database of the cache': {
      ...shop('config.cache_store = :solid_cache_store', {
        'config/database.yml': 'production:\n  primary:\n    url: x\n  queue:\n    url: x\n',
      }),
      expect: [
        'warning config/cache.yml:2:3 config/database.yml has no database cache in production, but primary and queue: Rails stops with "The `cache` database is not configured"',
      ],
    },
  },
})
