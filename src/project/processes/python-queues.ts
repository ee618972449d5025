/** Queues of tasks in Python, and schedules: who fills them, and what would take from them. */
import type {FileLocation} from '../../check.ts'
import {withoutHashLines} from '../code/comments.ts'
import {escapePattern} from '../escape-pattern.ts'
import {isApart} from '../files/apart.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import type {IdleQueue} from './idle-queues.ts'

interface Library {
  framework: IdleQueue['framework']
  /** By this name it is installed. */
  package: string
  /** Where the queue is made. */
  made: RegExp
  /** The decorators that make a task of a function. */
  decorator: RegExp
  /** The methods by which a task is put into the queue. */
  queues: string
  /** A command, or code, that takes tasks from it. */
  runs: RegExp
  worker: string
}

const libraries: readonly Library[] = [
  {
    framework: 'Celery',
    package: 'celery',
    made: /^\w{1,60}\s{0,9}=\s{0,9}(?:celery\.)?Celery\(/m,
    decorator: /^[ \t]*@(?:(?:\w{1,60}\.)?shared_task|\w{1,60}\.task)\b/gm,
    queues: 'delay|apply_async|s|si',
    runs: /\bcelery\b[^\n]{0,300}\b(?:worker|multi)\b|\bworker_main\b|\bcelery[_-]?worker\b/i,
    worker: 'celery -A MODULE worker',
  },
  {
    framework: 'Dramatiq',
    package: 'dramatiq',
    made: /\bdramatiq\.set_broker\(|\bDramatiq\(/,
    decorator: /^[ \t]*@(?:dramatiq\.)?actor\b/gm,
    queues: 'send|send_with_options',
    runs: /\bdramatiq\b|\brundramatiq\b/,
    worker: 'dramatiq MODULE',
  },
]

/** Tasks that run where they are called: always, or as a variable says. */
const eager = /(?:^|[({,])[ \t]{0,40}["']?[\w.]{0,60}always_eager\w{0,10}["']?\s{0,9}[:=]\s{0,9}([^\n]{0,200})/gim
/** Settings for another place than production. */
const ofOtherSettings = /(?:^|\/)(?:test|testing|tests|dev|development|local|ci)(?:_settings)?\.py$/
/** … unless the variable says so. */
const lazy = /^(?:False\b|[\w.]{1,60}\([^\n]{0,100}(?:,|default\s{0,9}=)\s{0,9}["']?(?:False|false|0|no)["']?\s{0,9}\))/

/** Files by which another host may run the worker: those of docker compose are for development mostly. */
const ofOthers = /\.(?:ya?ml|toml|tf|service)$|(?:^|\/)railway\.json$/
const isCompose = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)docker-compose/

const most = 3000

/** Tasks by the clock: Celery only starts them where its beat runs. */
const scheduled = /\b(?:CELERY_)?BEAT_SCHEDULE\b[^=\n]{0,60}=\s{0,9}\{\s{0,99}["']|\.add_periodic_task\(/i
const runsBeat =
  /\bcelery\b[^\n]{0,300}(?:\bbeat\b|\s-\w{0,3}B\b)|\bcelery[_-]?beat\b|\bredbeat\b|["']-B["']|\bPersistentScheduler\b/i

export async function idlePythonQueue(
  paths: Files,
  reader: ProjectReader,
  {declared, isStarted}: {declared: ReadonlySet<string>; isStarted(runs: RegExp): Promise<boolean>},
): Promise<IdleQueue | undefined> {
  const library = libraries.find((each) => declared.has(each.package))
  const sources = paths.ending('.py').filter((path) => !isApart(path) && !/(?:^|\/)migrations\//.test(path))
  if (!library || sources.length > most) return undefined
  const {framework, made, decorator, runs, worker} = library
  const code = (await reader.texts(sources)).toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const app = code.find(({text}) => made.test(text))
  const isEager = ({path, text}: TextFile) =>
    !ofOtherSettings.test(path) && [...text.matchAll(eager)].some(([, value = '']) => !lazy.test(value))
  if (!app || code.some(isEager)) return undefined
  const others = await reader.texts(paths.under('.').filter((path) => ofOthers.test(path) && !isCompose.test(path)))
  const found = {framework, queue: 'its queue', at: lineAt(app, made), variable: undefined, worker}
  if (await isRun(runs)) {
    const plan = framework === 'Celery' ? code.find(({text}) => scheduled.test(withoutHashLines(text))) : undefined
    // Where a thread, or another host, is what works it may plan as well.
    if (!plan || !(await isStarted(runs)) || (await isRun(runsBeat))) return undefined
    return {
      ...found,
      at: lineAt(plan, scheduled),
      job: lineAt(app, made),
      worker: 'celery -A MODULE beat',
      isPlan: true,
    }
  }
  const tasks = new Set(code.flatMap((file) => tasksOf(file, decorator)))
  if (tasks.size === 0) return undefined
  const calls = new RegExp(`\\b(?:${[...tasks].map(escapePattern).join('|')})\\.(?:${library.queues})\\(`)
  // Tasks that start others wait themselves.
  const caller = code.find(({text}) => !text.match(decorator) && calls.test(withoutHashLines(text)))
  return caller && {...found, job: lineAt(caller, calls)}

  /** By the machines, by a thread of the server or a program that it starts, or on another host. */
  async function isRun(program: RegExp): Promise<boolean> {
    const texts = [...code.map(({text}) => withoutHashLines(text)), ...others.map(({text}) => text)]
    return texts.some((text) => program.test(text)) || (await isStarted(program))
  }
}

/** The line of the first place. */
function lineAt(file: TextFile, pattern: RegExp): FileLocation {
  const start = pattern.exec(withoutHashLines(file.text))?.index ?? 0
  const end = file.text.indexOf('\n', start)
  return file.span(start, end < 0 ? file.text.length : end)
}

/** The functions of a file that a decorator makes a task of. */
function tasksOf({text}: TextFile, decorator: RegExp): string[] {
  return [...text.matchAll(decorator)].flatMap(({index}) => {
    const [, name] = /\n[ \t]*(?:async[ \t]+)?def[ \t]+(\w{1,100})/.exec(text.slice(index, index + 2000)) ?? []
    return name ?? []
  })
}
