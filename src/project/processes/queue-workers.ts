/** Process groups that take their work from a queue, or from the servers of a chat, and listen on no port. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type CodeContext, codeContext} from '../code/code-context.ts'
import {startedCode} from '../code/started-code.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {startsInBackground} from './background.ts'

/** What a process group starts, which answers nobody. */
export interface QueueWorker {
  group: string
  /** `[processes] worker`, `CMD`. */
  by: string
  /** `celery worker`, `bot.py`. */
  name: string
  at: FileLocation
}

/** As they stand behind `bundle exec` and `python -m`, from the manual of each; with options they may listen all the same. */
const workers: readonly {starts: RegExp; name: string; unless?: RegExp}[] = [
  {starts: /^celery\b(?:.{0,500}\s)?(?:worker|multi)\b/, name: 'celery worker'},
  {starts: /^celery\b(?:.{0,500}\s)?beat\b/, name: 'celery beat'},
  {starts: /^(?:rq|rq\.cli) worker\b|^(?:python\S*\s+)?(?:\S*\/)?manage\.py\s+rqworker\b/, name: 'rq worker'},
  {starts: /^dramatiq\b/, name: 'dramatiq', unless: /prometheus/i},
  {
    starts: /^(?:python\S*\s+)?(?:\S*\/)?manage\.py\s+(?:qcluster|process_tasks|db_worker)\b/,
    name: 'the worker of Django',
  },
  {starts: /^sidekiq\b/, name: 'sidekiq'},
  {starts: /^good_job start\b/, name: 'good_job', unless: /--probe-(?:port|app)/},
  {
    starts: /^(?:(?:ruby\s+)?(?:\.\/)?bin\/jobs\b|rake (?:jobs:work|solid_queue:start|resque:work)\b)/,
    name: 'the worker of Rails',
  },
  {
    starts: /^(?:php\S*\s+)?(?:\S*\/)?artisan\s+(?:queue:(?:work|listen)|horizon|schedule:work)\b/,
    name: 'the worker of Laravel',
  },
]

/** By which code of one's own, or a gem, listens beside the worker: a health check in a thread. */
const listens =
  /\b(?:HTTPServer|TCPServer|socketserver|start_http_server|serve_forever|make_server|start_server|create_server|run_app|WEBrick|Rack::Handler|Rackup::Handler|sidekiq_alive|sidekiq-alive)\b|\bsock(?:et)?\.bind\(/
/** What starts several programs. */
const supervisors = /\b(?:supervisord?|honcho|foreman|overmind|hivemind|pm2|concurrently|parallel)\b/

/** A bot that asks for its messages itself, by the libraries' own manuals: node-telegram-bot-api, telegraf, grammY, discord. */
const asks: readonly {library: RegExp; call: RegExp}[] = [
  {library: /["']node-telegram-bot-api["']/, call: /\bpolling\s{0,9}:\s{0,9}true\b/},
  {library: /["']telegraf["']/, call: /\.launch\(\s{0,9}\)/},
  {library: /["']grammy["']/, call: /\.start\(\s{0,9}\)/},
  {library: /["']discord\.js["']/, call: /\.login\(/},
  {
    library: /^\s{0,20}(?:from|import)\s+(?:telegram|telebot|aiogram)\b/m,
    call: /\b(?:run|start|infinity)_polling\(|\.polling\(/,
  },
  {library: /^\s{0,20}(?:from|import)\s+discord\b/m, call: /\.run\(/},
]
/** What may answer requests all the same, or starts or loads what is not seen here. */
const mayAnswer =
  /\blisten\w{0,20}\s{0,9}\(|createServer|\bserve\w{0,20}\s{0,9}\(|\bHono\b|\bexpress\b|fastify|\bkoa\b|http\.server|HTTPServer|\bFlask\b|FastAPI|Starlette|\bquart\b|aiohttp\.web|import\s+web\b|uvicorn|hypercorn|run_app|start_server|web_?hook|\bport\b|\b(?:spawn|exec|execFile|fork|system)\s{0,9}\(|subprocess|importlib|load_extension/i
/** A module that may answer, or one that only the machine knows. */
const loadsMore =
  /\b(?:require|import)\(\s{0,9}[^"'`\s]|(?:\bfrom|\bimport|\brequire\()\s{0,9}["']?[\w@./-]{0,80}(?:server|health|dashboard|keep.?alive|metrics|probe|express|fastify|hono|koa|flask|fastapi|uvicorn)/i

const most = 2000

export async function loadQueueWorkers(inputs: Inputs, facts: FactStore): Promise<Fact<QueueWorker[]>> {
  const {reader} = inputs
  const [[flyConfig, processes], files] = await Promise.all([
    facts.needAll('flyConfig', 'processes'),
    facts.value('files'),
  ])
  const {config, groups} = flyConfig
  if (flyConfig.hasContainers || config.experimental?.cmd || config.experimental?.entrypoint) return known([])
  const found: QueueWorker[] = []
  const bots: QueueWorker[] = []
  for (const group of groups) {
    const own = `[processes] ${group}`
    const by = config.processes?.[group] ? own : 'CMD'
    const texts = processes.read.texts.filter((each) => each.by === by || each.by === 'ENTRYPOINT')
    const last = processes.commands.findLast((each) => each.by === by)
    if (!last?.certain || texts.some(({text}) => startsInBackground.test(text) || supervisors.test(text))) continue
    const text = last.text.replace(
      /^(?:exec\s+)?(?:bundle exec |poetry run |uv run |pdm run |pipenv run |python\S* -m )?(?:\/\S*\/)?/,
      '',
    )
    const worker = workers.find(({starts, unless}) => starts.test(text) && !unless?.test(text))
    if (worker) found.push({group, by, name: worker.name, at: last.at})
    else if (flyConfig.services.length > 0 && /^(?:\S*\/)?(?:node|bun|tsx|python[\d.]*)\s/.test(last.text)) {
      const name = await botOf(last.text, await codeContext(inputs, facts))
      if (name !== undefined) bots.push({group, by, name, at: last.at})
    }
  }
  return known([...(found.length > 0 && (await mayListen()) ? [] : found), ...bots])

  async function mayListen(): Promise<boolean> {
    const paths = (files ?? noFiles).ending('.py', '.rb', 'Gemfile.lock').filter((path) => !isApart(path))
    if (paths.length > most) return true
    return (await reader.texts(paths)).some(({text}) => listens.test(text))
  }
}

/** The file that a command starts, where that is a bot which listens nowhere. */
async function botOf(command: string, context: CodeContext): Promise<string | undefined> {
  const {entry, files} = await startedCode(command.split(' '), context)
  if (!entry?.sure || !files.some(({file}) => file.path === entry.path)) return undefined
  const bot = asks.find(({library, call}) =>
    files.some(({text, bare}) => library.test(text) && (call.test(bare) || files.some((each) => call.test(each.bare)))),
  )
  return bot && !files.some(({text, bare}) => mayAnswer.test(bare) || loadsMore.test(text)) ? entry.path : undefined
}
