import {dirname} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, known} from '../../facts.ts'
import {type Document, keyPath, type Node, type Path, type SyntaxProblem} from '../documents/document.ts'
import type {Inputs} from '../inputs.ts'
import {cureOf, type Unreadable} from '../reader.ts'
import type {TextFile} from '../text.ts'
import {type Check, checksOf} from './checks.ts'
import {type Decoded, decodeConfig} from './decode.ts'
import {configNames, findFlyConfig, otherFlyConfigs} from './find.ts'
import {groupsNamed, groupsOf} from './groups.ts'
import {type Guest, guestsOf} from './guests.ts'
import type {Config} from './keys.ts'
import type {Dropped, Format} from './patches.ts'
import {type MachineCheck, machineChecksOf, type Service, servicesOf} from './services.ts'
import {type DeadKey, Undecodable, type UnknownKey} from './types.ts'

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
  checks: readonly Check[]
  /** The machines that [[vm]] and deploy.release_command_vm ask for. */
  guests: readonly Guest[]
  /** The [[machine_checks]] of the services and of the app. */
  machineChecks: readonly {check: MachineCheck; path: Path}[]
  /** The process groups; without [processes] the one group `app`. */
  groups: readonly string[]
  /** The groups that something with these `processes` belongs to: without any, the default group. */
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
  /** A value as the file writes it: `"10s"` with its quotes, `10_000`. */
  textOf(...path: Path): string | undefined
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
      ...((options.app || inputs.env.FLY_APP) && {severity: 'warning'}),
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
  return known({file, folder: dirname(path), format, ...understand(decoded, result.file)})

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
): Omit<FlyConfig, 'file' | 'folder' | 'format'> {
  const groups = groupsOf(config)
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
  return {
    config,
    services: servicesOf(config),
    checks: checksOf(config),
    guests: guestsOf(config),
    machineChecks: machineChecksOf(config),
    groups,
    groupsOf: (processes) => groupsNamed(processes, config),
    unknownKeys: unknown,
    deadKeys: dead,
    dropped,
    at: at('range'),
    keyAt: at('key'),
    valueAt: at('content'),
    textOf: (...path) => {
      const node = all.get(keyPath(path))
      return node && file.text.slice(...(node.content ?? node.range))
    },
  }
}
