import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {escapePattern} from '../escape-pattern.ts'
import {isApart} from '../files/apart.ts'
import {javascript, noFiles} from '../files/files.ts'
import {isBelow} from '../image/files/image-path.ts'
import type {Inputs} from '../inputs.ts'
import type {StartedCommand} from '../processes/processes.ts'
import {blocksAround, type Code, codeOf, headersAround} from './code.ts'

/** What the app does without being asked for it. */
export interface OwnWork {
  /** `a bot for Discord`, `tasks on a schedule`. */
  what: string
  /** Whether it waits for something from outside: else it does something at its times. */
  waits: boolean
  /** Where it begins. */
  at: FileLocation
}

interface Kind {
  what: string
  waits: boolean
  files: readonly string[]
  /** What the file imports for it, or how its language names it. */
  library: string
  starts: RegExp
  /** Where the file has this, too, requests wake the machine. */
  unless?: RegExp
}

const python = ['.py']
/** The service calls the app then, and a request starts a machine. Or the app logs in for one request, and out again. */
const asked = /webhook|\bfinally\s*\{[^{}]{0,200}\.destroy\s*\(/i

const bot = (what: string, files: readonly string[], library: string, starts: RegExp): Kind => ({
  what,
  waits: true,
  files,
  library,
  starts,
  unless: asked,
})
const schedule = (files: readonly string[], library: string, starts: RegExp): Kind => ({
  what: 'tasks on a schedule',
  waits: false,
  files,
  library,
  starts,
})

/** A connection that the app holds, questions that it asks again and again, or a clock that it keeps itself. */
const kinds: readonly Kind[] = [
  bot('a bot for Discord', javascript, 'discord.js', /\.login\s*\(/),
  bot('a bot for Discord', python, 'discord', /\b(?:client|bot)\w*\.(?:run|start)\s*\(/),
  bot('a bot for Discord', python, 'nextcord', /\b(?:client|bot)\w*\.(?:run|start)\s*\(/),
  bot('a bot for Discord', python, 'disnake', /\b(?:client|bot)\w*\.(?:run|start)\s*\(/),
  bot('a bot for Discord', ['.go'], 'github.com/bwmarrin/discordgo', /\.Open\s*\(\s*\)/),
  bot('a bot for Discord', ['.rs'], 'serenity', /\.start(?:_autosharded)?\s*\(\s*\)/),
  bot('a bot for Telegram', javascript, 'telegraf', /\.launch\s*\(/),
  bot('a bot for Telegram', javascript, 'grammy', /\bbot\.start\s*\(/),
  bot('a bot for Telegram', javascript, 'node-telegram-bot-api', /\bpolling\s*:\s*(?:true|\{)/),
  bot('a bot for Telegram', python, 'telegram', /\.(?:run|start)_polling\s*\(/),
  bot('a bot for Telegram', python, 'aiogram', /\.(?:run|start)_polling\s*\(/),
  bot('a bot for Telegram', python, 'telebot', /\.(?:infinity_)?polling\s*\(/),
  bot('a bot for Telegram', ['.go'], 'github.com/go-telegram-bot-api/telegram-bot-api', /\bGetUpdatesChan\s*\(/),
  bot('an app for Slack in socket mode', javascript, '@slack/bolt', /\bsocketMode\s*:\s*true\b/),
  bot('an app for Slack in socket mode', python, 'slack_bolt', /\bSocketModeHandler\s*\(/),
  bot('a client of WhatsApp', javascript, '@whiskeysockets/baileys', /\bmakeWASocket\s*\(/),
  schedule(javascript, 'node-cron', /\b\w{0,50}cron\w{0,50}\.schedule\s*\(/i),
  schedule(javascript, 'node-schedule', /\bscheduleJob\s*\(/),
  schedule(javascript, 'cron', /\bnew CronJob\s*\(|\bCronJob\.from\s*\(/),
  schedule(javascript, '@nestjs/schedule', /@(?:Cron|Interval)\s*\(/),
  // One that is paused, or is given nothing to do, is asked for its times alone.
  schedule(
    javascript,
    'croner',
    /(?:\bnew Cron\s*\(|(?<![\w.])Cron\s*\((?=\s*["'`]))(?!\s*[^,()]{1,200}\)|[^;]{0,200}\bpaused\s*:\s*true)/,
  ),
  schedule(python, 'apscheduler', /\bscheduler\w*\.start\s*\(/i),
  schedule(python, 'schedule', /\brun_pending\s*\(/),
  schedule(python, 'fastapi_utils', /@repeat_every\s*\(/),
  schedule(['.go'], 'github.com/robfig/cron', /\.(?:Start|Run)\s*\(\s*\)/),
  schedule(['.go'], 'github.com/go-co-op/gocron', /\.Start(?:Async|Blocking)?\s*\(\s*\)/),
  schedule(['.rs'], 'tokio_cron_scheduler', /\.start\s*\(\s*\)/),
  schedule(['.ex'], 'use Quantum', /\buse Quantum\b/),
  schedule(['.exs'], 'Oban.Plugins.Cron', /\bOban\.Plugins\.Cron\b/),
  schedule(['.java', '.kt'], 'EnableScheduling', /@EnableScheduling\b/),
]

const imports = (library: string): string => {
  const name = escapePattern(library)
  // In quotes in JavaScript and Go, where a path may follow; behind a word in Python and Rust.
  return `["']${name}(?:/[^"'\\n]{0,100})?["']|^[ \\t]*(?:import|from|use)[ \\t]+${name}\\b`
}
/** The others are the names of attributes and modules, which are nothing else. */
const hasImports = /\.(?:py|go|rs|[cm]?[jt]sx?)$/

/** Of what the image holds; in the order of the files, one for each kind. */
export async function loadOwnWork({reader}: Inputs, facts: FactStore): Promise<Fact<OwnWork[]>> {
  const config = await facts.need('flyConfig')
  if (!config.services.some(({auto_stop_machines: stop}) => stop && stop !== 'off')) return known([])
  const [image, processes] = await Promise.all([facts.value('image'), facts.value('processes')])
  const files = (await facts.value('files')) ?? noFiles
  const folder = posix.dirname(config.file)
  const others = files.beginning('fly.').flatMap((path) => (path.endsWith('.toml') ? posix.dirname(path) : []))
  // Below another configuration lies another app.
  const isOthers = (path: string) =>
    others.some((other) => other !== '.' && !isBelow(folder, other) && isBelow(path, other))
  const idle = notStarted(processes?.commands ?? [])
  const isBeside = besideStarted(processes?.commands ?? [])
  const own = files.only(
    (path) =>
      !isApart(path) &&
      !aside.test(path) &&
      !isOthers(path) &&
      !isBeside(path) &&
      !idle.some((ending) => path.endsWith(ending)),
  )
  const found = new Map<string, OwnWork>()
  for (const path of own.ending(...new Set(kinds.flatMap(({files}) => files)))) {
    const fitting = kinds.filter(({files, what}) => !found.has(what) && files.some((ending) => path.endsWith(ending)))
    if (fitting.length === 0 || (image && !image.copies(path))) continue
    const file = await reader.text(path)
    for (const {what, waits, library, starts, unless} of file ? fitting : []) {
      if (!file?.text.includes(library) || unless?.test(file.text)) continue
      if (hasImports.test(path) && !new RegExp(imports(library), 'm').test(file.text)) continue
      const code = codeOf(file)
      const match = starts.exec(code?.bare ?? file.text)
      if (match && !(code && isChosen(code, match.index)))
        found.set(what, {what, waits, at: file.span(match.index, match.index + match[0].length)})
    }
  }
  return known([...found.values()])
}

/** Whether a file is of another app than those that the commands name: of `apps/worker`, where `node apps/web/server.js` runs. */
function besideStarted(commands: readonly StartedCommand[]): (path: string) => boolean {
  const texts = commands.flatMap(({by, text}) => (by === 'release_command' ? [] : text))
  const appOf = (text: string) => /(?:^|[\s/])((?:apps|services)\/[\w.-]{1,100})\//.exec(text)?.[1]
  const started = texts.map(appOf)
  if (started.length === 0 || started.includes(undefined)) return () => false
  return (path) => {
    const app = appOf(path)
    return app !== undefined && !started.includes(app)
  }
}

/** What runs each of the two languages that often stand beside each other, by the first word of a command. */
const runtimes = [
  {files: javascript, starts: /^(?:node|bun|deno|npm|npx|pnpm|yarn|tsx)\s/},
  {files: python, starts: /^(?:python[\d.]*|uvicorn|gunicorn|hypercorn|daphne|flask|fastapi|streamlit|celery)\s/},
]

/** The endings of a language that no command of the machines runs, where all of them run the other one. */
function notStarted(commands: readonly StartedCommand[]): readonly string[] {
  const texts = commands.flatMap(({by, text}) => (by === 'release_command' ? [] : text))
  const [only] = runtimes.filter(({starts}) => texts.length > 0 && texts.every((text) => starts.test(text)))
  return only ? runtimes.flatMap((each) => (each === only ? [] : each.files)) : []
}

/** Whether a variable decides if it begins: this app may go without it. */
function isChosen(code: Code, index: number): boolean {
  const around = code.language === 'python' ? headersAround(code, index) : blocksAround(code, index)
  return around.some((header) => /\b(?:if|unless)\b.{0,300}(?:env|settings|config|enable)/i.test(header))
}

/** Run by hand, or in the browser. */
const aside = /(?:^|\/)(?:scripts?|tools?|bin|frontend|client|web)\//
