/** Names that [env] gives to Laravel, and that its configuration does not have. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {escapePattern} from '../escape-pattern.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'

export interface LostName {
  variable: string
  value: string
  /** `connection`, `disk`. */
  what: string
  /** In Laravel's own words, without the name. */
  says: string
  file: FileLocation
  /** Those that the file has. */
  names: string[]
  /** The command of the release that asks for it first. */
  asked: FileLocation | undefined
}

interface Kind {
  variable: string
  file: string
  list: string
  what: string
  /** What the framework has by itself: merged with the project's since Laravel 11, and drivers that need no settings. */
  own: string
  says: (name: string) => string
}

/** The messages of the managers of laravel/framework, and its own configuration. */
const kinds: readonly Kind[] = [
  {
    ...{variable: 'DB_CONNECTION', file: 'database', list: 'connections', what: 'connection'},
    own: 'sqlite mysql mariadb pgsql sqlsrv',
    says: (name) => `Database connection [${name}] not configured.`,
  },
  {
    ...{variable: 'QUEUE_CONNECTION', file: 'queue', list: 'connections', what: 'connection'},
    own: 'sync database beanstalkd sqs redis deferred background failover null',
    says: (name) => `The [${name}] queue connection has not been configured.`,
  },
  {
    ...{variable: 'FILESYSTEM_DISK', file: 'filesystems', list: 'disks', what: 'disk'},
    own: 'local public s3',
    says: (name) => `Disk [${name}] does not have a configured driver.`,
  },
  ...['CACHE_STORE', 'CACHE_DRIVER'].map(
    (variable): Kind => ({
      ...{variable, file: 'cache', list: 'stores', what: 'store'},
      own: 'array session database file storage memcached redis dynamodb octane failover apc null',
      says: (name) => `Cache store [${name}] is not defined.`,
    }),
  ),
  {
    ...{variable: 'MAIL_MAILER', file: 'mail', list: 'mailers', what: 'mailer'},
    own: 'smtp ses ses-v2 postmark resend sendmail log array failover roundrobin mailgun',
    says: (name) => `Mailer [${name}] is not defined.`,
  },
]

export async function loadLostNames({reader}: Inputs, facts: FactStore): Promise<Fact<LostName[]>> {
  const [flyConfig, tracked = noFiles, processes] = await Promise.all([
    facts.need('flyConfig'),
    facts.value('files'),
    facts.value('processes'),
  ])
  const env = flyConfig.config.env ?? {}
  if (!tracked.has('artisan') || !tracked.has('composer.json')) return known([])
  const packages = packagesOf(await reader.text('composer.lock'))
  const found: LostName[] = []
  for (const {variable, file: name, list, what, own, says} of kinds) {
    const written = env[variable]
    const value = String(written ?? '')
    if (written === undefined || !/^[A-Za-z][\w-]*$/.test(value) || own.split(' ').includes(value)) continue
    if (!packages || packages.some((each) => each.includes(value.toLowerCase()))) continue
    const file = await reader.text(`config/${name}.php`)
    const reads = file && new RegExp(`'default'\\s*=>\\s*env\\(\\s*'${variable}'`).test(file.text)
    const names = reads ? keysOf(file.text, list) : undefined
    if (!file || !names || names.length === 0 || names.includes(value)) continue
    if (processes?.mayAssign(variable) || (await addsTo(list, value))) continue
    const asked =
      variable === 'DB_CONNECTION' &&
      processes?.commands.find(
        ({by, text, certain}) => by === 'release_command' && certain && /\bartisan migrate\b/.test(text),
      )
    found.push({
      ...{variable, value, what, names},
      says: says(value),
      file: file.whole,
      asked: asked ? asked.at : undefined,
    })
  }
  return known(found)

  /** Whether code may set it up as it runs: `config(['queue.connections.jobs' => …])`, `Storage::extend('jobs', …)`. */
  async function addsTo(list: string, value: string): Promise<boolean> {
    const paths = tracked
      .ending('.php')
      .filter((path) => !/(?:^|\/)(?:vendor|node_modules|storage|tests?)\//.test(path))
    const name = escapePattern(value)
    const adds = new RegExp(
      `\\b${list}(?:\\.|['"]\\]\\[['"])(?:${name}\\b|['"{$])|\\b(?:extend|addConnector|addConnection|resolverFor|build)\\(\\s*['"]${name}|mergeConfigFrom`,
    )
    return (await reader.texts(paths)).some(({text}) => adds.test(text))
  }
}

/** The names of the locked packages; undefined without a lock file. */
function packagesOf(lock: TextFile | undefined): string[] | undefined {
  const document = lock && parseJson(lock)
  if (!document || !('value' in document)) return undefined
  return ['packages', 'packages-dev'].flatMap((list) => {
    const packages = document.value[list]
    return Array.isArray(packages) ? packages.filter(isTable).map(({name}) => String(name).toLowerCase()) : []
  })
}

/** Comments and texts of PHP, and what nests. */
const tokens =
  /\/\*[\s\S]*?(?:\*\/|$)|(?:\/\/|#(?!\[))[^\n]*|(?<text>'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")|(?<open>[[({])|(?<close>[\])}])|(?<arrow>=>)|(?<comma>,)|\.\.\.|[^\s'"[\](){},/#=.]+|[/#=.]/g

/** The keys of `'connections' => […]`; undefined where one of them is no text, or others are spread into it. */
function keysOf(text: string, list: string): string[] | undefined {
  const begin = new RegExp(`^[ \\t]*'${list}'\\s*=>\\s*\\[`, 'm').exec(text)
  if (!begin) return undefined
  const found: string[] = []
  let depth = 1
  let before: string | undefined
  let isFirst = true
  for (const match of text.slice(begin.index + begin[0].length).matchAll(tokens)) {
    const {text: word, open, close, arrow, comma} = match.groups ?? {}
    if (/^(?:\/[/*]|#)/.test(match[0])) continue
    if (open) depth++
    else if (close && --depth === 0) return found
    else if (depth === 1 && comma) [before, isFirst] = [undefined, true]
    else if (depth === 1 && arrow) {
      if (before === undefined) return undefined
      found.push(before)
    } else if (depth === 1) {
      if (match[0] === '...') return undefined
      before = isFirst && word ? word.slice(1, -1) : undefined
      isFirst = false
    }
  }
  return undefined
}
