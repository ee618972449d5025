import idleStop from '../../../checks/fly-config/idle-stop.ts'
import {testCheck} from '../../harness.ts'

const stopping = '[http_service]\ninternal_port = 8080\nauto_stop_machines = "stop"\nauto_start_machines = true\n'
const project = (files: Record<string, string>, toml = stopping) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`, Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\n', ...files},
})
const discord = "import {Client} from 'discord.js'\nconst client = new Client({})\nclient.login(token)\n"
const says = (what: string, then: string) =>
  `warning fly.toml:4:1 http_service.auto_stop_machines is "stop", and the app runs ${what}: once no requests come, the last machine stops, and ${then}`
const offline = 'it is offline until the next one'
const missed = 'nothing happens at its time'

testCheck(idleStop, {
  clean: {
    'a schedule of another app of the workspace': project({
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "apps/web/server.js"]\n',
      'apps/web/server.js': '',
      'apps/worker/src/index.ts': "import cron from 'node-cron'\ncron.schedule('0 0 * * 0', run)\n",
    }),
    'a schedule that its library only describes': project({
      'jobs.ts': "import cron from 'node-cron'\nif (!cron.validate(text)) throw new Error(text)\n",
    }),
    'a schedule of croner that is asked for its times alone': project({
      'jobs.ts':
        "import {Cron} from 'croner'\nexport const next = (text: string) => new Cron(text, {\n  paused: true,\n}).nextRun()\nexport const then = (text: string) => new Cron(text).nextRun()\n",
    }),
    'a scheduler that is only imported for its types': project({
      'jobs.ts': "import type {CronJob} from 'cron'\nexport const make = (): CronJob => later()\n",
    }),
    'a bot that only sends': project({
      'bot.js':
        "import TelegramBot from 'node-telegram-bot-api'\nconst bot = new TelegramBot(token, {polling: false})\nbot.sendMessage(1, 'a')\n",
    }),
    'a Slack app over HTTP': project({
      'bot.js': "import {App} from '@slack/bolt'\nnew App({token, socketMode: false})\n",
    }),
    'a schedule that a variable turns on': project({
      'jobs.ts': "import cron from 'node-cron'\nif (process.env.ENABLE_CRON) {\n  cron.schedule('0 * * * *', run)\n}\n",
    }),
    'a schedule of Python that a variable turns on': project({
      'main.py':
        'from apscheduler.schedulers.asyncio import AsyncIOScheduler\nif os.getenv("SCHEDULER"):\n    scheduler.start()\n',
    }),
    'a bot of Python in the folder of a server of Node': {
      files: {
        'fly.toml': `app = "shop"\n${stopping}`,
        Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
        'bots/landing.py': 'from telegram.ext import Application\napp.run_polling()\n',
      },
    },
    'a test beside the code': project({'src/bot.test.js': discord}),
    'a web worker of the client': project({'apps/web/src/bot.js': discord.replace('discord.js', './discord.js')}),
    'a job that fly.toml keeps elsewhere': project({'bot.js': discord, 'fly.worker.toml': 'app = "w"\n'}),
    'an app that only answers requests': project({'server.js': "import express from 'express'\n"}),
    'one machine runs always': project({'bot.js': discord}, `${stopping}min_machines_running = 1\n`),
    'no machine stops': project(
      {'bot.js': discord},
      '[http_service]\ninternal_port = 8080\nauto_stop_machines = "off"\n',
    ),
    'what the proxy does is not written': project({'bot.js': discord}, '[http_service]\ninternal_port = 8080\n'),
    'one of two services stops no machine': project(
      {'bot.js': discord},
      '[[services]]\ninternal_port = 8080\nauto_stop_machines = "stop"\n[[services]]\ninternal_port = 8081\nauto_stop_machines = "off"\n',
    ),
    'a process group of its own': project(
      {'bot.js': discord},
      `[processes]\nweb = "node server.js"\nbot = "node bot.js"\n${stopping}processes = ["web"]\n`,
    ),
    'a configuration of its own': project({'bot.js': discord, 'fly.bot.toml': 'app = "shop-bot"\n'}),
    'a bot that is called': project({
      'bot.js': "import {Telegraf} from 'telegraf'\nbot.launch({webhook: {domain: 'shop.fly.dev'}})\n",
    }),
    'a client that logs in for one request': project({
      'report.js':
        "import {Client} from 'discord.js'\nexport async function report() {\n  const client = new Client({})\n  try {\n    await client.login(token)\n  } finally {\n    client.destroy()\n  }\n}\n",
    }),
    'a module for schedules, in which no task stands': project({
      'app.module.ts':
        "import {ScheduleModule} from '@nestjs/schedule'\n@Module({imports: [ScheduleModule.forRoot()]})\nexport class AppModule {}\n",
    }),
    'in the folder of another app': project({'bot/index.js': discord, 'bot/fly.toml': 'app = "shop-bot"\n'}),
    'only a name in a comment': project({'bot.js': "import {Client} from 'discord.js'\n// client.login(token)\n"}),
    'another login of a file that writes about discord.js': project({
      'server.js': "import auth from './auth.js'\n// like discord.js\nauth.login(name)\n",
    }),
    'in a test': project({'tests/bot.js': discord}),
    'not in the image': project({'bot.js': discord, '.dockerignore': 'bot.js\n'}),
  },
  flagged: {
    'a bot for Discord': {...project({'bot.js': discord}), expect: [says('a bot for Discord', offline)]},
    'a bot in Python': {
      ...project({'bot.py': 'import discord\nclient = discord.Client()\nclient.run(token)\n'}),
      expect: [says('a bot for Discord', offline)],
    },
    'a bot that asks for its messages': {
      ...project({'bot.py': 'from telegram.ext import Application\napplication.run_polling()\n'}),
      expect: [says('a bot for Telegram', offline)],
    },
    'a schedule of node-cron': {
      ...project({'jobs.ts': "import cron from 'node-cron'\ncron.schedule('0 * * * *', run)\n"}),
      expect: [says('tasks on a schedule', missed)],
    },
    'a schedule of croner': {
      ...project({'jobs.ts': "import {Cron} from 'croner'\nnew Cron('0 * * * *', () => run())\n"}),
      expect: [says('tasks on a schedule', missed)],
    },
    'a schedule of Nest': {
      ...project({
        'orders.cron.ts':
          "import {Cron} from '@nestjs/schedule'\nclass Orders {\n  @Cron('0 * * * *')\n  run() {}\n}\n",
      }),
      expect: [says('tasks on a schedule', missed)],
    },
    'a schedule of APScheduler': {
      ...project({
        'main.py':
          'from apscheduler.schedulers.asyncio import AsyncIOScheduler\nscheduler = AsyncIOScheduler()\nscheduler.start()\n',
      }),
      expect: [says('tasks on a schedule', missed)],
    },
    'a schedule in Go': {
      ...project({'main.go': 'import "github.com/robfig/cron/v3"\nfunc main() {\n\tc := cron.New()\n\tc.Start()\n}\n'}),
      expect: [says('tasks on a schedule', missed)],
    },
    'a schedule in Elixir': {
      ...project({'lib/shop/scheduler.ex': 'defmodule Shop.Scheduler do\n  use Quantum, otp_app: :shop\nend\n'}),
      expect: [says('tasks on a schedule', missed)],
    },
  },
})
