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
const laravel = (command: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: 'FROM php:8.3-cli\nWORKDIR /app\nCOPY . .\nCMD ["php", "artisan", "serve"]\n',
    'composer.json': '{}',
    'app/Models/Order.php': '<?php class Order {}\n',
    ...more,
  },
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
  },
  flagged: {
    'a command of Django that is nowhere': {
      ...django("    'orders.apps.OrdersConfig',\n    'rest_framework',\n    'corsheaders',\n"),
      expect: [`error ${release} python manage.py seed, and there is no management command seed`],
    },
    'a task of rake that is nowhere': {
      ...rails('bin/rails fly:release'),
      expect: [`warning ${release} bin/rails fly:release, and no file of the project has the rake task fly:release`],
    },
    'a command of artisan that is nowhere': {
      ...laravel('php artisan app:sync'),
      expect: [`warning ${release} php artisan app:sync, and no file of the project has the artisan command app:sync`],
    },
  },
})
