/** Process groups that take their work from a queue, and listen on no port. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../apart.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import {startsInBackground} from './background.ts'

/** What a process group starts, which answers nobody. */
export interface QueueWorker {
  group: string
  /** `[processes] worker`, `CMD`. */
  by: string
  /** `celery worker`. */
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

const most = 2000

export async function loadQueueWorkers({reader}: Inputs, facts: FactStore): Promise<Fact<QueueWorker[]>> {
  const [[flyConfig, processes], files] = await Promise.all([
    facts.needAll('flyConfig', 'processes'),
    facts.value('files'),
  ])
  const {config, groups} = flyConfig
  if (flyConfig.hasContainers || config.experimental?.cmd || config.experimental?.entrypoint) return known([])
  const found: QueueWorker[] = []
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
  }
  return known(found.length > 0 && (await mayListen()) ? [] : found)

  async function mayListen(): Promise<boolean> {
    const paths = (files ?? noFiles).ending('.py', '.rb', 'Gemfile.lock').filter((path) => !isApart(path))
    if (paths.length > most) return true
    return (await reader.texts(paths)).some(({text}) => listens.test(text))
  }
}
