/** Queues of jobs that the app fills, and that nothing in its image takes anything from. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {setVariables} from '../environment/set-variables.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {declaredNames} from '../python/packages/declared.ts'
import {isProduction} from '../ruby/rails-environment.ts'
import {idlePythonQueue} from './python-queues.ts'

export interface IdleQueue {
  framework: 'Rails' | 'Laravel' | 'Celery' | 'Dramatiq'
  /** `solid_queue`, `database`. */
  queue: string
  /** Where it is chosen. */
  at: FileLocation
  /** The first place that puts a job into it. */
  job: FileLocation
  /** The variable with which Puma would run the jobs beside, where config/puma.rb asks for one. */
  variable: string | undefined
  /** The command of a worker. */
  worker: string
  /** What is missing starts tasks by the clock. */
  isPlan?: true
}

/** What runs the jobs of each adapter, as a process of its own or beside the server. */
const railsWorkers: Readonly<Record<string, {runs: RegExp; worker: string}>> = {
  solid_queue: {runs: /\bbin\/jobs\b|\bsolid_queue\b|\bsolid-queue\b|\bSolidQueue\b/, worker: './bin/jobs'},
  sidekiq: {runs: /\bsidekiq\b|\bconfigure_embed\b/i, worker: 'bundle exec sidekiq'},
  delayed_job: {runs: /\bdelayed_job\b|\bjobs:work\b/, worker: 'bundle exec rake jobs:work'},
  resque: {runs: /\bresque\b/i, worker: 'bundle exec rake resque:work'},
}
const laravelWorker = /\bqueue:(?:work|listen)\b|\bhorizon\b|\bvapor\b/

/** Files by which a machine may come to start a worker. */
const starting =
  /(?:^|\/)(?:Dockerfile[\w.-]*|[\w.-]*\.Dockerfile|Procfile(?!\.dev)[\w.-]*|docker-entrypoint[\w.-]*|entrypoint[\w.-]*|supervisord?[\w.-]*|litefs\.yml|crontab)$|\.(?:sh|conf|ini|bash|service)$|(?:^|\/)(?:s6|services\.d|s6-rc\.d)\/|(?:^|\/)bin\/(?!jobs$|dev$|setup$|rails$|rake$)[\w-]+$/

export async function loadIdleQueues({reader}: Inputs, facts: FactStore): Promise<Fact<IdleQueue[]>> {
  const flyConfig = await facts.need('flyConfig')
  const [image, files, others] = await Promise.all([
    facts.value('image'),
    facts.value('files'),
    facts.value('otherConfigs'),
  ])
  // Another app may be the one that works.
  if (!image || flyConfig.hasContainers || flyConfig.services.length === 0 || (others ?? []).length > 0)
    return known([])
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  if (paths.named('fly.toml').length > 1) return known([])
  const set = await setVariables(facts)
  if (!set.complete) return known([])
  const declared = new Set(declaredNames(await facts.value('python')))
  const found = paths.has('config/environments/production.rb')
    ? await rails()
    : paths.has('artisan')
      ? await laravel()
      : await idlePythonQueue(paths, reader, {declared, isStarted})
  return known(found ? [found] : [])

  /** Whether anything that the machines may start names it. */
  async function isStarted(runs: RegExp, more: readonly TextFile[] = []): Promise<boolean> {
    const {config} = flyConfig
    const commands = [
      ...Object.values(config.processes ?? {}),
      config.experimental?.cmd,
      config.experimental?.entrypoint,
    ]
    if (runs.test(JSON.stringify(commands))) return true
    const own = await reader.texts(paths.under('.').filter((path) => starting.test(path)))
    return [...own, ...more].some(({text}) => runs.test(text.replace(/^[ \t]*[#;].*$/gm, '')))
  }

  async function rails(): Promise<IdleQueue | undefined> {
    const settings = await reader.text('config/environments/production.rb')
    const match = /^ {2}config\.active_job\.queue_adapter\s{0,9}=\s{0,9}:(\w{1,60})[ \t]*$/m.exec(settings?.text ?? '')
    const adapter = match?.[1] ?? ''
    const kind = railsWorkers[adapter]
    const build = await facts.value('build')
    if (!settings || !match || !kind || !build || !isProduction(build, flyConfig)) return undefined
    const puma = await reader.text('config/puma.rb')
    const plugin = /^[ \t]*plugin[ (]+:solid_queue\b([^\n]{0,200})/m.exec(puma?.text ?? '')
    const variable = /^\)?\s{1,9}if\s{1,9}ENV(?:\[|\.fetch\()["'](\w{1,100})["']/.exec(plugin?.[1] ?? '')?.[1]
    if (adapter === 'solid_queue' && plugin && (variable === undefined || set.mayBeSet(variable))) return undefined
    const others = await reader.texts(
      paths
        .ending('.rb')
        .filter(
          (path) =>
            path.startsWith('config/') &&
            !/^config\/(?:environments|application|routes|deploy)/.test(path) &&
            path !== 'config/puma.rb',
        ),
    )
    // Procfiles of foreman and code that starts it in a thread are among these.
    const beside = adapter === 'solid_queue' ? /\bSolidQueue::(?:Supervisor|Cli)\b/ : kind.runs
    if (await isStarted(kind.runs)) return undefined
    if (others.some(({text}) => beside.test(text) && /Thread|fork|spawn|configure_embed|start/.test(text)))
      return undefined
    const job = await firstOf(
      ['.rb'],
      /^app\//,
      /\.(?:perform_later|deliver_later|delay|broadcast_\w{1,40}_later(?:_to)?)\b/,
    )
    if (!job) return undefined
    const start = match.index + match[0].search(/\S/)
    const at = settings.span(start, match.index + match[0].trimEnd().length)
    return {framework: 'Rails', queue: adapter, at, job, variable, worker: kind.worker}
  }

  async function laravel(): Promise<IdleQueue | undefined> {
    const queue = flyConfig.config.env?.QUEUE_CONNECTION
    if (queue === undefined || !/^(?:database|redis|beanstalkd|sqs)$/.test(queue)) return undefined
    const schedules = await reader.texts(
      paths.ending('.php').filter((path) => /^(?:app\/Console|routes\/console|bootstrap\/app)/.test(path)),
    )
    if (await isStarted(laravelWorker, schedules)) return undefined
    const job = await firstOf(['.php'], /^app\//, /\bimplements\s[^{;]{0,200}\bShouldQueue\b/)
    return (
      job && {
        framework: 'Laravel',
        queue,
        at: flyConfig.at('env', 'QUEUE_CONNECTION'),
        job,
        variable: undefined,
        worker: 'php artisan queue:work',
      }
    )
  }

  async function firstOf(endings: string[], below: RegExp, pattern: RegExp): Promise<FileLocation | undefined> {
    const sources = paths.ending(...endings).filter((path) => below.test(path) && !/(?:^|\/)[Tt]ests?\//.test(path))
    if (sources.length > 5000) return undefined
    for (const file of (await reader.texts(sources)).toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      const match = pattern.exec(file.text.replace(/^[ \t]*(?:#|\/\/|\*).*$/gm, (line) => ' '.repeat(line.length)))
      if (match) return file.span(match.index, match.index + match[0].length)
    }
    return undefined
  }
}
