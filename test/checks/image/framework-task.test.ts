import frameworkTask from '../../../checks/image/framework-task.ts'
import {testCheck} from '../../harness.ts'

const django = (apps: string, more: Record<string, string> = {}, command = 'python manage.py seed') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
    'manage.py':
      "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    'shop/__init__.py': '',
    'shop/settings.py': `INSTALLED_APPS = [\n    'django.contrib.auth',  # users\n${apps}]\nif DEBUG:\n    INSTALLED_APPS += ['debug_toolbar']\n`,
    'orders/__init__.py': '',
    'orders/management/commands/import_orders.py': '',
    ...more,
  },
})
const rails = (command: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: 'FROM ruby:3.3-slim\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["bin/rails", "server"]\n',
    'Gemfile.lock': 'GEM\n  specs:\n    rails (8.0.0)\n    good_job (4.0.0)\n',
    Rakefile: 'Rails.application.load_tasks\n',
    ...more,
  },
})
/** As rails new --skip-active-record writes it. */
const bare = (more: Record<string, string> = {}, railties = '# require "active_record/railtie"\n') =>
  rails('bin/rails db:prepare', {
    'config/application.rb': `require_relative "boot"\nrequire "rails"\nrequire "active_model/railtie"\n${railties}require "action_controller/railtie"\n`,
    'Gemfile.lock':
      'GEM\n  specs:\n    activerecord (8.0.0)\n    kaminari-activerecord (1.2.2)\n    pg (1.5.9)\n    rails (8.0.0)\n',
    ...more,
  })
const laravel = (command: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: 'FROM php:8.3-cli\nWORKDIR /app\nCOPY . .\nCMD ["php", "artisan", "serve"]\n',
    'composer.json': '{}',
    'app/Models/Order.php': '<?php class Order {}\n',
    ...more,
  },
})
const lock = (...names: string[]) => ({
  'composer.lock': JSON.stringify({packages: names.map((name) => ({name})), 'packages-dev': []}),
})
const release = 'fly.toml:3:1 release_command runs'

testCheck(frameworkTask, {
  clean: {
    'a command of an app': django("    'orders',\n", {'orders/management/commands/seed.py': ''}),
    'a command of Django': django("    'orders',\n", {}, 'python manage.py migrate --noinput'),
    'a package that may bring it': django("    'orders',\n    'seeder',\n"),
    'a package that brings it': django("    'rest_framework',\n", {}, 'python manage.py generateschema'),
    'apps that are put together': django('] + EXTRA_APPS + [\n'),
    'apps that something adds to': django("    'orders',\n]\nINSTALLED_APPS.append(name)\nX = [\n"),
    'other settings have apps, too': django("    'orders',\n", {
      'shop/settings_production.py': "from .settings import *\nINSTALLED_APPS += ['seeder']\n",
    }),
    'another manage.py': django("    'orders',\n", {'manage.py': 'cli()\n'}),
    'Rails with Active Record': bare({}, 'require "active_record/railtie"\n'),
    'Rails with all of it': bare({'config/application.rb': 'require_relative "boot"\nrequire "rails/all"\n'}),
    'a task of a gem with a database of its own': bare({
      'Gemfile.lock': 'GEM\n  specs:\n    mongoid (9.0.0)\n    rails (8.0.0)\n',
    }),
    'a task of the project for its own database': bare({'lib/tasks/db.rake': 'namespace :db do\nend\n'}),
    'a task of the project': rails('bin/rails fly:release', {'lib/tasks/fly.rake': 'namespace :fly do\nend\n'}),
    'a task of a gem': rails('bin/rails good_job:start'),
    'a task of Rails': rails('bin/rails db:prepare'),
    'a gem that is not in the lock by its tasks': rails('bin/rails fly:release', {
      'Gemfile.lock': 'GIT\n  remote: https://example.com/x\n\nGEM\n  specs:\n    rails (8.0.0)\n',
    }),
    'a command of artisan': laravel('php artisan app:sync', {
      'app/Console/Commands/Sync.php': "<?php class Sync { protected $signature = 'app:sync {--all}'; }\n",
    }),
    'a command of a package': laravel('php artisan scout:sync'),
    'a command of a package that is there': laravel('php artisan octane:start', lock('laravel/octane')),
    'a command of a fork': laravel('php artisan horizon', lock('acme/horizon')),
    'a command of the project, called like that of a package': laravel('php artisan horizon', {
      ...lock(),
      'app/Console/Commands/Horizon.php': "<?php class Horizon extends Command { protected $signature = 'horizon'; }\n",
    }),
    'a package, without a lock file': laravel('php artisan horizon'),
    'a command of Laravel': laravel('php artisan route:cache', lock()),
    'a name that a package may have': laravel('php artisan orders:sync', lock()),
    'a name near to one of Laravel, of the project': laravel('php artisan routes:cache', {
      'app/Console/Commands/Cache.php': "<?php class Cache { protected $signature = 'routes:cache'; }\n",
    }),
  },
  flagged: {
    'a command of Django that is nowhere': {
      ...django("    'orders.apps.OrdersConfig',\n    'rest_framework',\n    'corsheaders',\n"),
      expect: [`error ${release} python manage.py seed, and there is no management command seed`],
    },
    'a task of Active Record, which Rails does not load': {
      ...bare(),
      expect: [`warning ${release} bin/rails db:prepare, and no file of the project has the rake task db:prepare`],
    },
    'a task of rake that is nowhere': {
      ...rails('bin/rails fly:release'),
      expect: [`warning ${release} bin/rails fly:release, and no file of the project has the rake task fly:release`],
    },
    'a command of a package that is not there': {
      ...laravel('php /app/artisan octane:start --port=8080', lock('laravel/horizon')),
      expect: [
        `error ${release} php /app/artisan octane:start --port=8080, and there is no artisan command octane:start`,
      ],
    },
    'the same, under a supervisor': {
      files: {
        ...laravel('php artisan migrate', lock()).files,
        Dockerfile:
          'FROM php:8.3-cli\nRUN apt-get update && apt-get install -y supervisor\nWORKDIR /app\nCOPY . .\nCMD ["supervisord", "-c", "/app/s.conf"]\n',
        's.conf': '[supervisord]\nnodaemon=true\n[program:h]\ncommand=php /app/artisan horizon\n',
      },
      expect: ['warning s.conf:4:1 CMD runs php /app/artisan horizon, and there is no artisan command horizon'],
    },
    'nearly a name of Laravel': {
      ...laravel('php artisan routes:cache'),
      expect: [
        `warning ${release} php artisan routes:cache, and no file of the project has the artisan command routes:cache`,
      ],
    },
    'a command of artisan that is nowhere': {
      ...laravel('php artisan app:sync'),
      expect: [`warning ${release} php artisan app:sync, and no file of the project has the artisan command app:sync`],
    },
  },
})
