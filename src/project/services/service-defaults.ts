import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {setVariables} from '../environment/set-variables.ts'
import {isApart} from '../files/apart.ts'
import {javascript, noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {composeNames} from '../fly-config/compose.ts'
import type {Inputs} from '../inputs.ts'

/** A variable whose value is a name that there is in docker compose alone. */
export interface ServiceDefault {
  /** `default`: of the code, as nothing sets it; `set`: fly.toml does. */
  kind: 'default' | 'set'
  variable: string
  /** `redis` */
  host: string
  at: FileLocation
  /** The service of this name. */
  compose: FileLocation | undefined
}

/** What people call the services of a compose file. Without a dot, no name server of Fly.io knows such a name. */
const usual =
  /^(?:redis|valkey|cache|db|database|postgres(?:ql)?|pg|mysql|mariadb|mongo(?:db)?|rabbit(?:mq)?|kafka|zookeeper|nats|memcached?|elasticsearch|opensearch|minio|clickhouse|qdrant|meilisearch|influxdb|mailhog|mosquitto)$/
/** Beside what is for development by its name: settings of a bundler, whose proxy is that of its own server, and of tests. */
const notShipped =
  /(^|\/)(scripts?|tools?|\.github|dev(?:elopment)?|local)\/|(^|\/)(dev|local|development)[\w.]*$|[._](?:dev|local)\.|(^|\/)(?:(?:vite|vitest|webpack|rspack|rsbuild|vue|craco|playwright|cypress|jest)\.config|setupProxy|proxy\.conf)\.\w+$/

const variable = String.raw`\w*(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS|URL|URI|BROKER|BACKEND|BOOTSTRAP_SERVERS)`
const value = String.raw`["'\`](?<value>[^"'\`\s]+)["'\`]`
/** How code reads a variable and says what it is otherwise, by the kind of file. All of them name both groups. */
const forms: readonly {endings: readonly string[]; below?: RegExp; pattern: string; needs?: RegExp}[] = [
  {
    endings: ['.py'],
    pattern: String.raw`(?:getenv|environ\.get|config|env(?:\.(?:str|url))?)\(\s*["'](?<name>${variable})["']\s*,\s*(?:default\s*=\s*)?${value}`,
  },
  // A field of pydantic's settings.
  {
    endings: ['.py'],
    pattern: String.raw`^[ \t]+(?<name>${variable})[ \t]*(?::[^=\n]{1,60})?=\s*(?:Field\(\s*(?:default\s*=\s*)?)?${value}`,
    needs: /\(\s*(?:\w+\.)?BaseSettings\b/,
  },
  {
    endings: javascript,
    pattern: String.raw`process\.env\.(?<name>${variable})\s*(?:\|\||\?\?)\s*${value}`,
  },
  {
    endings: ['.rb', '.yml', '.yaml'],
    below: /\.rb$|(?:^|\/)config\/[\w-]+\.ya?ml$/,
    pattern: String.raw`\bENV\.fetch\(\s*["'](?<name>${variable})["']\s*(?:,\s*|\)\s*\{\s*)${value}|\bENV\[["'](?<name2>${variable})["']\]\s*\|\|\s*["'](?<value2>[^"'\s]+)["']`,
  },
  {
    endings: ['.ex', '.exs'],
    pattern: String.raw`System\.get_env\(\s*"(?<name>${variable})"\s*(?:,|\)\s*\|\|)\s*${value}`,
  },
  {
    endings: ['.yml', '.yaml', '.properties'],
    below: /(?:^|\/)src\/main\/resources\/application[\w-]*\.\w+$/,
    pattern: String.raw`\$\{(?<name>${variable}):(?<value>[^}\s$]+)\}`,
  },
]

export async function loadServiceDefaults({reader}: Inputs, facts: FactStore): Promise<Fact<ServiceDefault[]>> {
  const [files, image, set, flyConfig] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    setVariables(facts),
    facts.value('flyConfig'),
  ])
  const paths = files ?? noFiles
  const services = await composeServices()
  const found = new Map<string, ServiceDefault>()
  for (const [name, text] of Object.entries(flyConfig?.config.env ?? {})) {
    const host = hostIn({name, value: withoutUser(text)})
    // A word alone may be no host: SERVER = "app". The name of the app, and what Tailscale is to call it, is its own.
    const isOwn = host === flyConfig?.config.app || /^(?:TS|TAILSCALE)_/.test(name)
    const isHost = text !== host || (/_(?:HOST|HOSTNAME|ADDR|ADDRESS)$/.test(name) && !isOwn)
    const compose = isHost ? services.get(host ?? '') : undefined
    if (flyConfig && host && compose && !(await namesHosts()))
      found.set(name, {kind: 'set', variable: name, host, at: flyConfig.at('env', name), compose})
  }
  if (!set.complete || !image) return known([...found.values()])
  for (const path of paths.ending(...new Set(forms.flatMap(({endings}) => endings)))) {
    const fitting = forms.filter(
      ({endings, below}) => endings.some((each) => path.endsWith(each)) && (!below || below.test(path)),
    )
    if (fitting.length === 0 || isApart(path) || notShipped.test(path) || !image.copies(path)) continue
    const file = await reader.text(path)
    for (const {pattern, needs} of file ? fitting : []) {
      if (!file || (needs && !needs.test(file.text)) || /env_prefix/.test(file.text)) continue
      for (const match of file.text.matchAll(new RegExp(pattern, 'gm'))) {
        const {name, name2 = '', value: text, value2 = ''} = match.groups ?? {}
        const each = defaultOf(file, match, {name: name ?? name2, value: text ?? value2})
        if (each && !found.has(each.variable) && !set.mayBeSet(each.variable)) found.set(each.variable, each)
      }
    }
  }
  return known([...found.values()])

  function defaultOf(
    file: TextFile,
    match: RegExpExecArray,
    read: {name: string; value: string},
  ): ServiceDefault | undefined {
    const host = hostIn(read)
    if (host === undefined || !(usual.test(host) || services.has(host))) return undefined
    const comment = /^\s*(?:#|\/\/|\*)/.test(file.line(file.position(match.index + match[0].length).line))
    // Where the same file takes a URL first, the parts do not count.
    const family = read.name.replace(/_?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/, '')
    const isPart = family !== read.name
    const whole =
      isPart && new RegExp(`\\b(?:${family}_(?:URL|URI|DSN)${isDatabase.test(family) ? '|DATABASE_URL' : ''})\\b`)
    if (comment || (whole ? whole.test(file.text) : false)) return undefined
    const start = match.index + match[0].length - match[0].trimStart().length
    return {
      kind: 'default',
      variable: read.name,
      host,
      at: file.span(start, match.index + match[0].length),
      compose: services.get(host),
    }
  }

  /** Whether something gives the machine names of hosts of its own. */
  async function namesHosts(): Promise<boolean> {
    const names = [...paths.ending('.sh'), ...paths.beginning('Dockerfile'), ...paths.beginning('entrypoint')]
    const texts = await Promise.all([...new Set(names)].slice(0, 100).map((path) => reader.glance(path)))
    const written = flyConfig?.config.files ?? []
    return (
      written.some(({guest_path}) => guest_path === '/etc/hosts') ||
      texts.some((file) => file?.text.includes('/etc/hosts'))
    )
  }

  async function composeServices(): Promise<Map<string, FileLocation>> {
    const services = new Map<string, FileLocation>()
    for (const name of composeNames.filter((each) => paths.has(each))) {
      const file = await reader.text(name)
      const {parseYaml} = await import('../documents/yaml.ts')
      const document = file && parseYaml(file)
      const node = document && !('message' in document) ? document.root.entries.get('services') : undefined
      for (const [service, {key, range}] of node?.type === 'table' ? node.entries : []) {
        if (file && !services.has(service)) services.set(service, file.span(...(key ?? range)))
      }
    }
    return services
  }
}

const isDatabase = /^(?:DB|DATABASE|POSTGRES(?:QL)?|PG|MYSQL|SQL)$/

/** In fly.toml a password stands in the open, and says nothing of the host. */
const withoutUser = (url: string): string => url.replace(/^([a-z][\w+.-]{0,40}:\/\/)[^@/\s]{0,200}@/, '$1')

/** The host of a URL without a password, of `host:port`, or the whole text where the variable is a host. */
function hostIn({name, value}: {name: string; value: string}): string | undefined {
  // What has a password is a secret, and set as one.
  const url = /^[a-z][\w+.:-]*:\/\/(?:[^:@/]*@)?([\w-]+)(?=[:/?]|$)(?![^/?]*@)/.exec(value)?.[1]
  if (url !== undefined) return url
  return /(?:HOST|HOSTNAME|SERVERS?|ADDR|ADDRESS|BROKER)$/.test(name)
    ? /^([a-z][\w-]*)(?::\d+)?$/.exec(value)?.[1]
    : undefined
}
