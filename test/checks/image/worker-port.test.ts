import workerPort from '../../../checks/image/worker-port.ts'
import {testCheck} from '../../harness.ts'

const project = (fly: string, files: Record<string, string> = {}, cmd = '["uvicorn", "shop:app"]') => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ${cmd}\n`,
    'shop.py': 'app = 1\n',
    ...files,
  },
})
const two = (worker: string, service = '', more = '') =>
  project(
    `[processes]\nweb = "uvicorn shop:app"\nworker = "${worker}"\n${more}[http_service]\ninternal_port = 8080\n${service}`,
  )
const both = 'processes = ["web", "worker"]\n'
const health = {
  'health.py': 'from http.server import HTTPServer\n\nHTTPServer(("", 8080), None).serve_forever()\n',
}

/** A bot of Telegram that asks for its messages. */
const bot = (code: string, file = 'bot.js', service = '[http_service]\ninternal_port = 8080\n') => ({
  files: {
    'fly.toml': `app = "shop"\n${service}`,
    Dockerfile: `FROM ${file.endsWith('py') ? 'python:3.13-slim' : 'node:22'}\nWORKDIR /app\nCOPY . .\nCMD ["${file.endsWith('py') ? 'python' : 'node'}", "${file}"]\n`,
    'package.json': '{"dependencies": {"node-telegram-bot-api": "0.66.0"}}',
    [file]: code,
  },
})
const polling =
  "const TelegramBot = require('node-telegram-bot-api')\nconst bot = new TelegramBot(process.env.TOKEN, {polling: true})\n"

testCheck(workerPort, {
  clean: {
    'a bot without a service': bot(polling, 'bot.js', ''),
    'a bot that answers its health check': bot(
      `${polling}require('http').createServer((_, answer) => answer.end('ok')).listen(8080)\n`,
    ),
    'a bot that loads what may answer': bot(`${polling}require('./keep_alive')()\n`),
    'a bot that is sent its messages': bot(
      "const {Telegraf} = require('telegraf')\nconst bot = new Telegraf(process.env.TOKEN)\nbot.launch({webhook: {domain: 'shop.fly.dev'}})\n",
    ),
    'the service is of the group that answers': two('celery -A shop worker', 'processes = ["web"]\n'),
    'without processes it is of the first group by name': two('celery -A shop worker'),
    'another program, which may listen': two('celery -A shop flower', both),
    'a server of the project stands beside the worker': project(
      `[processes]\nworker = "celery -A shop worker"\n[http_service]\ninternal_port = 8080\n`,
      health,
    ),
    'the command starts one in the background': two("sh -c 'python health.py & exec celery -A shop worker'", both),
    'good_job is told of a port': two('bundle exec good_job start --probe-port=7001', both),
    'a check of the group that answers': two(
      'celery -A shop worker',
      'processes = ["web"]\n',
      '[checks.up]\ntype = "tcp"\nport = 8080\nprocesses = ["web"]\n',
    ),
  },
  flagged: {
    'a bot that asks for its messages': {
      ...bot(polling),
      expect: [
        'warning fly.toml:2:2 CMD starts bot.js, which listens on no port, and http_service sends it requests: they fail',
      ],
    },
    'a bot of Discord': {
      ...bot('import os\nimport discord\n\nclient = discord.Client()\nclient.run(os.environ["TOKEN"])\n', 'bot.py'),
      expect: [
        'warning fly.toml:2:2 CMD starts bot.py, which listens on no port, and http_service sends it requests: they fail',
      ],
    },
    'a service of both groups': {
      ...two('celery -A shop worker --loglevel=info', both),
      expect: [
        'warning fly.toml:5:2 [processes] worker starts celery worker, which listens on no port, and http_service sends it requests: they fail',
      ],
    },
    'the worker is the first group by name': {
      ...project(
        '[processes]\njobs = "python manage.py qcluster"\nweb = "uvicorn shop:app"\n[http_service]\ninternal_port = 8080\n',
      ),
      expect: [
        'warning fly.toml:5:2 [processes] jobs starts the worker of Django, which listens on no port, and http_service sends it requests: they fail',
      ],
    },
    'a check of the app, of which the worker is all': {
      ...project(
        '[checks.up]\ntype = "tcp"\nport = 6379\n',
        {},
        '["sh", "-c", "exec python -m celery -A shop worker"]',
      ),
      expect: [
        'warning fly.toml:2:2 CMD starts celery worker, which listens on no port, and checks.up asks port 6379 of its machines: it never passes',
      ],
    },
    'sidekiq by Bundler': {
      ...two('bundle exec sidekiq -c 5', both),
      expect: [
        'warning fly.toml:5:2 [processes] worker starts sidekiq, which listens on no port, and http_service sends it requests: they fail',
      ],
    },
    'the worker of Laravel': {
      ...two('php /var/www/html/artisan queue:work', both),
      expect: [
        'warning fly.toml:5:2 [processes] worker starts the worker of Laravel, which listens on no port, and http_service sends it requests: they fail',
      ],
    },
  },
})
