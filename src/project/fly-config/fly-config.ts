import {dirname} from 'node:path'
import type {FileLocation, Fix} from '../../check.ts'
import {absent, type Fact, known} from '../../facts.ts'
import {type Format, keyPath, type Path, type SyntaxProblem, type TableNode, valuesOnce} from '../documents/document.ts'
import {cureOf, type Unreadable} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {type Decoded, decodeConfig} from './decode.ts'
import {configNames, findFlyConfig, otherFlyConfigs} from './find.ts'
import type {Guest} from './guests.ts'
import type {TopLevelCheck} from './health-checks.ts'
import type {Config} from './keys.ts'
import type {Dropped} from './patch-values.ts'
import {Undecodable} from './refusals.ts'
import type {MachineCheck, Service} from './services.ts'
import type {DeadKey, UnknownKey} from './types.ts'
import {understand} from './understand.ts'

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

/** What may be written for a key. */
export type Value = string | number | boolean | readonly Value[] | {readonly [key: string]: Value}

type WrittenMount = NonNullable<Config['mounts']>[number]
/** One of [[mounts]]. */
export interface Mount extends WrittenMount {
  path: Path
  /** The groups whose machines mount it. */
  groups: readonly string[]
}

/** `port = {{PORT}}`, `app = <%= name %>`, `memory = ${MEMORY}`: a value that stands for another one, without quotes. */
const isTemplate = /[=:[,]\s{0,20}(?:\{\{\s{0,9}[\w.-]{1,100}\s{0,9}\}\}|<%=|\$\{\w{1,100}\})/

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
          ? `Did you mean -c ${others[0]}, or to run in its folder?${others.length > 1 ? ' --all checks every one.' : ''}`
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
  const root = await parseConfig(result.file)
  if ('message' in root) {
    return absent(`${file} does not parse`, {
      kind: 'syntax',
      message: root.message,
      at: root.at,
      hint: root.hint ?? 'Every flyctl command stops here: correct this line, or the one before it.',
      ...(root.severity && {severity: root.severity}),
      // A script fills it in before flyctl reads it.
      ...(isTemplate.test(root.at.line ? result.file.line(root.at.line) : '') && {severity: 'warning' as const}),
    })
  }
  const format = formatOf(path)
  let decoded: Decoded
  try {
    decoded = decodeConfig(root, format)
  } catch (problem) {
    if (!(problem instanceof Undecodable)) throw problem
    const app = root.entries.get('app')
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

export async function parseConfig(file: TextFile): Promise<TableNode | SyntaxProblem> {
  const format = formatOf(file.path)
  if (format === 'toml') return valuesOnce(file, (await import('../documents/toml.ts')).parseToml)
  if (format === 'json') return valuesOnce(file, (await import('../documents/json.ts')).parseJson)
  return valuesOnce(file, (await import('../documents/yaml.ts')).parseFlyYaml)
}
