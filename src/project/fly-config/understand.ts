import {replace} from '../../fix.ts'
import {type Format, keyPath, type Node, type Path} from '../documents/document.ts'
import type {TextFile} from '../files/text.ts'
import type {Decoded} from './decode.ts'
import type {FlyConfig, Value} from './fly-config.ts'
import {groupsOf, groupsWith} from './groups.ts'
import {guestsOf} from './guests.ts'
import {topLevelChecksOf} from './health-checks.ts'
import {machineChecksOf, servicesOf} from './services.ts'

/** A decoded configuration with the questions that checks ask of it. */
export function understand(
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
