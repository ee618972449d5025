import {dirname} from 'node:path'
import type {FileLocation, Fix} from '../../check.ts'
import {absent, type Fact, known} from '../../facts.ts'
import {replace} from '../../fix.ts'
import {type Document, type Format, keyPath, type Node, type Path, type SyntaxProblem} from '../documents/document.ts'
import type {Inputs} from '../inputs.ts'
import {cureOf, type Unreadable} from '../reader.ts'
import type {TextFile} from '../text.ts'
import {type Decoded, decodeConfig} from './decode.ts'
import {configNames, findFlyConfig, otherFlyConfigs} from './find.ts'
import {groupsOf, groupsWith} from './groups.ts'
import {type Guest, guestsOf} from './guests.ts'
import {type TopLevelCheck, topLevelChecksOf} from './health-checks.ts'
import type {Config} from './keys.ts'
import type {Dropped} from './patch-values.ts'
import {Undecodable} from './refusals.ts'
import {type MachineCheck, machineChecksOf, type Service, servicesOf} from './services.ts'
import type {DeadKey, UnknownKey} from './types.ts'

/** fly.toml (or fly.json, fly.yaml) as flyctl understands it. */
export interface FlyConfig {
  /** How reports name the file. */
  file: string
  /** The folder that `build.dockerfile` is relative to. Absolute. */
  folder: string
  format: Format
  /** The configuration in flyctl's own names: `config.deploy?.release_command`. */
  config: Config
  /** [http_service] and [[services]] in one shape. */
  services: readonly Service[]
  /** [checks], which belong to process groups and to no service. */
  topLevelChecks: readonly TopLevelCheck[]
  /** The groups that a health check asks, one of a service or one of [checks]. */
  checkedGroups: readonly string[]
  /** The machines that [[vm]] and deploy.release_command_vm ask for. */
  guests: readonly Guest[]
  /** The [[machine_checks]] of the services and of the app. */
  machineChecks: readonly {check: MachineCheck; path: Path}[]
  mounts: readonly Mount[]
  /** PORT of [env], where it is a port. */
  envPort: number | undefined
  /** Machines run several containers, which other files describe. */
  hasContainers: boolean
  /** The process groups; without [processes] the one group `app`. */
  groups: readonly string[]
  /** The existing groups that something with these `processes` belongs to: without any, the default group. */
  groupsOf(processes: readonly string[] | undefined): readonly string[]
  /** Keys that flyctl does not know. */
  unknownKeys: readonly UnknownKey[]
  /** Keys that it reads and that do nothing. */
  deadKeys: readonly DeadKey[]
  /** Values that it leaves out without a word. */
  dropped: readonly Dropped[]
  /** The place of a key with its value, or of a table's header; of its nearest existing parent when it is missing. */
  at(...path: Path): FileLocation
  /** The place of the key alone. */
  keyAt(...path: Path): FileLocation
  /** The place of the value alone. */
  valueAt(...path: Path): FileLocation
  /** A key with a value as a line of the file: `kill_timeout = "5m"`, in JSON `"kill_timeout": "5m"`. */
  setting(key: string, value: Value): string
  /** The cure that gives a key this value: in words, which `more` ends, and as an edit where the file has the key. */
  write(path: Path, value: Value, more?: string): {hint: string; fix: Fix | undefined}
}

type Value = string | number | boolean | readonly Value[] | {readonly [key: string]: Value}

type WrittenMount = NonNullable<Config['mounts']>[number]
/** One of [[mounts]]. */
export interface Mount extends WrittenMount {
  path: Path
  /** The groups whose machines mount it. */
  groups: readonly string[]
}

export async function loadFlyConfig(inputs: Inputs): Promise<Fact<FlyConfig>> {
  const {reader, options} = inputs
  const path = await findFlyConfig(inputs)
  if (!path) {
    const others = await otherFlyConfigs(inputs)
    return absent('there is no fly.toml', {
      kind: 'missing',
      message: `there is no ${configNames.slice(0, -1).join(', ')} or ${configNames.at(-1)} in ${reader.root === process.cwd() ? 'this folder' : reader.root}`,
      at: {file: 'fly.toml'},
      hint:
        others.length > 0
          ? `Did you mean -c ${others[0]}, or to run in its folder?`
          : 'Run preflight in the folder of fly.toml, or make one: flyctl launch --no-deploy',
      failsAt: 'gate',
      // With a name flyctl deploys without a file: it takes the configuration of the last release (remote.go).
      ...((options.app || inputs.env.FLY_APP) && {severity: 'warning', failsAt: 'silent'}),
    })
  }
  const file = reader.display(path)
  const result = await reader.read(path)
  if (!result.ok) {
    const others = result.kind === 'missing' ? await otherFlyConfigs(inputs) : []
    return absent(`${file} ${result.reason}`, {
      kind: result.kind === 'missing' ? 'missing' : 'unreadable',
      message: `${file} ${result.reason}`,
      at: {file, ...(result.line && {line: result.line, column: 1})},
      hint: cure(result.kind, others),
    })
  }
  const document = await parseConfig(result.file)
  if ('message' in document) {
    return absent(`${file} does not parse`, {
      kind: 'syntax',
      message: document.message,
      at: document.at,
      hint: document.hint ?? 'Every flyctl command stops here: correct this line, or the one before it.',
      ...(document.severity && {severity: document.severity}),
    })
  }
  const format = formatOf(path)
  let decoded: Decoded
  try {
    decoded = decodeConfig(document.root, format)
  } catch (problem) {
    if (!(problem instanceof Undecodable)) throw problem
    const app = document.root.entries.get('app')
    return absent(`${file} cannot be decoded`, {
      kind: 'decode',
      message: problem.message,
      at: {...result.file.span(...problem.node.range), keyPath: keyPath(problem.path)},
      // The cures are written in TOML.
      hint: format === 'toml' || !problem.wanted ? problem.hint : `Make ${keyPath(problem.path)} ${problem.wanted}.`,
      app: app?.type === 'string' ? app.value : undefined,
    })
  }
  return known({file, folder: dirname(path), ...understand(decoded, result.file, format)})

  function cure(kind: Unreadable['kind'], others: readonly string[]): string {
    if (kind === 'missing')
      return others[0] ? `Did you mean -c ${others[0]}?` : '-c is relative to the working directory.'
    return kind === 'folder' && options.config ? `Name the file itself: -c ${file}/fly.toml` : cureOf[kind]
  }
}

/** By suffix, as flyctl does: `.json`, `.yaml`, and everything else, `.yml` too, is TOML (serde.go). */
const formatOf = (path: string): Format => (path.endsWith('.json') ? 'json' : path.endsWith('.yaml') ? 'yaml' : 'toml')

export async function parseConfig(file: TextFile): Promise<Document | SyntaxProblem> {
  const format = formatOf(file.path)
  if (format === 'toml') return (await import('../documents/toml.ts')).parseToml(file)
  if (format === 'json') return (await import('../documents/json.ts')).parseJson(file)
  return (await import('../documents/yaml.ts')).parseYaml(file, {textKeys: true})
}

/** A decoded configuration with the questions that checks ask of it. */
function understand(
  {config, places, unknown, dead, dropped}: Decoded,
  file: TextFile,
  format: Format,
): Omit<FlyConfig, 'file' | 'folder'> {
  const all = new Map(places)
  for (const {path, value} of unknown) all.set(keyPath(path), value)
  for (const {path, node} of dropped) all.set(keyPath(path), node)
  const find = (path: Path): Node | undefined => {
    for (let length = path.length; length > 0; length--) {
      const node = all.get(keyPath(path.slice(0, length)))
      if (node) return node
    }
    return undefined
  }
  const at =
    (part: 'range' | 'key' | 'content') =>
    (...path: Path) => {
      const node = find(path)
      const span = node ? file.span(...(node[part] ?? node.range)) : {file: file.path, line: 1, column: 1}
      return path.length > 0 ? {...span, keyPath: keyPath(path)} : span
    }
  const textOf = (path: Path): string | undefined => {
    const node = all.get(keyPath(path))
    return node && file.text.slice(...(node.content ?? node.range))
  }
  const setting = (key: string, value: Value): string => {
    const bare = format !== 'json' && /^[\w-]+$/.test(key)
    return `${bare ? key : JSON.stringify(key)}${format === 'toml' ? ' =' : ':'} ${literal(value, format)}`
  }
  const services = servicesOf(config, textOf)
  const topLevelChecks = topLevelChecksOf(config, textOf)
  const groups = groupsOf(config)
  const checked = new Set(
    [...topLevelChecks, ...services.filter(({checks}) => checks.length > 0)].flatMap((each) => each.groups),
  )
  return {
    format,
    config,
    services,
    topLevelChecks,
    checkedGroups: groups.filter((group) => checked.has(group)),
    guests: guestsOf(config),
    machineChecks: machineChecksOf(config, services),
    mounts: (config.mounts ?? []).map((mount, index) => ({
      ...mount,
      path: ['mounts', index],
      groups: groupsWith(mount.processes, config),
    })),
    envPort: /^\d{1,5}$/.test(config.env?.PORT ?? '') ? Number(config.env?.PORT) || undefined : undefined,
    hasContainers: Boolean(config.build?.compose || config.machine_config || config.experimental?.machine_config),
    groups,
    groupsOf: (processes) => groupsWith(processes, config),
    unknownKeys: unknown,
    deadKeys: dead,
    dropped,
    at: at('range'),
    keyAt: at('key'),
    valueAt: at('content'),
    setting,
    write: (path, value, more = '') => ({
      hint: `Write ${setting(String(path.at(-1)), value)}${more}`,
      fix: all.get(keyPath(path))?.content ? replace(at('content')(...path), literal(value, format)) : undefined,
    }),
  }
}

/** On one line; TOML, JSON and YAML differ in tables only. */
function literal(value: Value, format: Format): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, format)).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, entry]) => {
    return `${format === 'toml' ? `${key} =` : `${JSON.stringify(key)}:`} ${literal(entry, format)}`
  })
  return `{${entries.join(', ')}}`
}
