import check from '../../../checks/image/queue-worker.ts'
import {testCheck} from '../../harness.ts'

const service = '[http_service]\ninternal_port = 3000\n'
const rails = (adapter: string, files: Record<string, string> = {}, toml = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}${service}`,
    Dockerfile:
      'FROM ruby:3.4-slim\nWORKDIR /rails\nENV RAILS_ENV=production\nCOPY . .\nRUN bundle install\nCMD ["./bin/rails", "server"]\n',
    'config/environments/production.rb': `Rails.application.configure do\n  config.active_job.queue_adapter = ${adapter}\nend\n`,
    'app/models/order.rb': 'class Order\n  after_create_commit { Mailer.created(self).deliver_later }\nend\n',
    ...files,
  },
})
const puma = {'config/puma.rb': 'port 3000\nplugin :solid_queue if ENV["SOLID_QUEUE_IN_PUMA"]\n'}
const processes = (worker: string) => `[processes]\napp = "./bin/rails server"\nworker = "${worker}"\n`
const laravel = (queue: string, files: Record<string, string> = {}, toml = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\nQUEUE_CONNECTION = "${queue}"\n${toml}${service}`,
    Dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\n',
    artisan: '#!/usr/bin/env php\n',
    'app/Jobs/Send.php': '<?php\nclass Send implements ShouldQueue\n{\n}\n',
    ...files,
  },
})
const celery = (files: Record<string, string> = {}, toml = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}${service}`,
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
    'requirements.txt': 'fastapi\nuvicorn\ncelery[redis]\n',
    'tasks.py':
      'from celery import Celery\n\nqueue = Celery("shop")\n\n@queue.task(bind=True)\ndef send(self, to): ...\n',
    'main.py': 'from tasks import send\napp = 1\ndef order():\n    send.delay("a")\n',
    ...files,
  },
})
const plan = {'settings.py': 'CELERY_BEAT_SCHEDULE = {\n    "nightly": {"task": "tasks.send"},\n}\n'}
const groups = (more: string) =>
  `[processes]\napp = "uvicorn main:app"\nworker = "celery -A tasks worker"\n${more}[[services]]\nprocesses = ["app"]\n`

testCheck(check, {
  clean: {
    'a worker of Celery': celery({}, groups('')),
    'one in a script, with its beat': celery({
      ...plan,
      'start.sh': 'celery -A tasks worker -B &\nexec uvicorn main:app\n',
    }),
    'Celery that runs its tasks at once': celery({'settings.py': 'CELERY_TASK_ALWAYS_EAGER = True\n'}),
    'Celery in a thread': celery({'worker.py': 'from tasks import queue\nqueue.worker_main(["worker"])\n'}),
    'Celery on another host': celery({'render.yaml': 'services:\n  - startCommand: celery -A tasks worker\n'}),
    'tasks that nobody calls': celery({'main.py': 'app = 1\n'}),
    'a beat of its own': celery(plan, groups('beat = "celery -A tasks beat"\n')),
    'a process of its own': rails(':solid_queue', puma, processes('./bin/jobs')),
    'the variable of Puma': rails(':solid_queue', puma, '[env]\nSOLID_QUEUE_IN_PUMA = "true"\n'),
    'Puma in any case': rails(':solid_queue', {'config/puma.rb': 'plugin :solid_queue\n'}),
    'a script that starts it': rails(':solid_queue', {'bin/start': '#!/bin/sh\nbin/jobs &\nexec bin/rails server\n'}),
    'a Procfile': rails(':sidekiq', {Procfile: 'worker: bundle exec sidekiq\n'}),
    'Sidekiq in the server': rails(':sidekiq', {
      'config/initializers/sidekiq.rb': 'Sidekiq.configure_embed { }.start\n',
    }),
    'the configuration of another app': rails(':sidekiq', {'fly.worker.toml': 'app = "shop-worker"\n'}),
    'jobs in the memory of the server': rails(':async'),
    'an adapter that a variable names': rails('ENV.fetch("ADAPTER", "sidekiq").to_sym'),
    'no jobs': rails(':solid_queue', {'app/models/order.rb': 'class Order\nend\n'}),
    'a job in a comment': rails(':solid_queue', {'app/models/order.rb': '# Mailer.created.deliver_later\n'}),
    'Rails in another environment': rails(':sidekiq', {}, '[env]\nRAILS_ENV = "staging"\n'),
    'Laravel with a worker': laravel('database', {}, '[processes]\napp = ""\nworker = "php artisan queue:work"\n'),
    'Laravel with one of supervisord': laravel('redis', {
      '.fly/supervisor/conf.d/worker.conf': '[program:worker]\ncommand=php /var/www/html/artisan queue:work\n',
    }),
    'Laravel that empties it on a schedule': laravel('database', {
      'routes/console.php': "<?php\nSchedule::command('queue:work --stop-when-empty')->everyMinute();\n",
    }),
    'Laravel that runs them at once': laravel('sync'),
    'Laravel without jobs': laravel('database', {'app/Jobs/Send.php': '<?php\nclass Send\n{\n}\n'}),
  },
  flagged: {
    'no worker of Celery, which a variable may do without': {
      ...celery({
        'settings.py': 'CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)\n',
        'compose.yaml': 'services:\n  worker:\n    command: celery -A tasks worker\n',
        'config/settings/test.py': 'CELERY_TASK_ALWAYS_EAGER = True\n',
      }),
      expect: [
        'warning tasks.py:3:1 Celery puts its jobs into its queue, and no process of the machines takes them from there: they never run',
      ],
    },
    'a worker without beat': {
      ...celery(plan, groups('')),
      expect: [
        'warning settings.py:1:1 Celery has tasks by the clock, and no process of the machines starts its beat: they never run',
      ],
    },
    'the variable of Puma is not set': {
      ...rails(':solid_queue', puma),
      expect: [
        'warning config/environments/production.rb:2:3 Rails puts its jobs into solid_queue, and no process of the machines takes them from there, and config/puma.rb does so only with SOLID_QUEUE_IN_PUMA, which nothing sets: they never run',
      ],
    },
    'no Sidekiq': {
      ...rails(':sidekiq', {'Procfile.dev': 'worker: bundle exec sidekiq\n'}),
      expect: [
        'warning config/environments/production.rb:2:3 Rails puts its jobs into sidekiq, and no process of the machines takes them from there: they never run',
      ],
    },
    'Laravel without a worker': {
      ...laravel('database'),
      expect: [
        'warning fly.toml:3:1 Laravel puts its jobs into database, and no process of the machines takes them from there: they never run',
      ],
    },
  },
})
