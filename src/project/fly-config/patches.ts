/**
 * The shapes of earlier years that flyctl rewrites before it reads its configuration (internal/appconfig/patches.go).
 * They know keys in their exact case only, and run in flyctl's order. Each works on copies and keeps every value's place.
 */
import type {Format, Node, Path, TableNode} from '../documents/document.ts'
import {Duration} from './duration.ts'
import {goText} from './go-text.ts'
import {headerOf, kindOf, refuse, Undecodable} from './refusals.ts'
import {wholeNumber} from './size.ts'

/** A value that flyctl leaves out without a word. */
export interface Dropped {
  path: Path
  node: Node
  message: string
  hint: string
}

interface Patching {
  format: Format
  dropped: Dropped[]
}
type Entries = Map<string, Node>

export function patch(document: TableNode, format: Format): {root: TableNode; dropped: Dropped[]} {
  const root: Entries = new Map(document.entries)
  const patching: Patching = {format, dropped: []}
  patchEnv(root)
  patchServices(root, patching)
  patchProcesses(root, patching)
  patchExperimental(root, patching)
  patchTopLevelChecks(root, patching)
  concatenate(root, 'vm', ['compute', 'computes', 'vm'], 'memory')
  concatenate(root, 'mounts', ['mount', 'mounts'], 'initial_size')
  concatenate(root, 'metrics', ['metric', 'metrics'])
  patchDuration(root, 'kill_timeout', [], 'seconds', patching)
  patchBuild(root)
  const infinite = findInfinite(root, [])
  if (infinite) refuse(infinite.path, infinite.node, 'a finite number', 'Write a number.')
  return {root: {...document, entries: root}, dropped: patching.dropped}
}

/** `[env]`, or an array of such tables, later ones winning; every value becomes a string. */
function patchEnv(root: Entries): void {
  const env = root.get('env')
  if (!env) return
  const entries: Entries = new Map()
  const collect = (node: Node, path: Path): void => {
    if (node.type === 'array') for (const [index, item] of node.items.entries()) collect(item, [...path, index])
    else if (node.type !== 'table') refuse(path, node, 'a table', 'Write [env], and below it NAME = "value".')
    else for (const [key, value] of node.entries) entries.set(key, asText(value))
  }
  collect(env, ['env'])
  root.set('env', {...env, type: 'table', entries})
}

function patchServices(root: Entries, patching: Patching): void {
  const services = root.get('services')
  if (!services) return
  const items = tables(services, ['services']).map((service, index) => {
    const entries: Entries = new Map(service.entries)
    const path = ['services', index]
    patchConcurrency(entries, path)
    const ports = entries.get('ports')
    if (ports) {
      const patched = tables(ports, [...path, 'ports']).map((port, portIndex): Node => {
        const keys: Entries = new Map(port.entries)
        patchPort(keys, 'port', [...path, 'ports', portIndex])
        return {...port, entries: keys}
      })
      entries.set('ports', {...ports, type: 'array', items: patched})
    }
    for (const key of ['tcp_checks', 'http_checks']) patchChecks(entries, key, path, patching)
    patchPort(entries, 'internal_port', path)
    return {...service, entries}
  })
  root.set('services', {...services, type: 'array', items: items.filter(({entries}) => entries.size > 0)})
}

/** The old `"SOFT,HARD"`. */
function patchConcurrency(service: Entries, path: Path): void {
  const concurrency = service.get('concurrency')
  if (!concurrency || concurrency.type === 'table') return
  const at = [...path, 'concurrency']
  const hint = `Write [${headerOf(at)}] with type, soft_limit and hard_limit below it.`
  if (concurrency.type !== 'string') refuse(at, concurrency, 'a table', hint)
  const comma = concurrency.value.indexOf(',')
  const [soft, hard] = [concurrency.value.slice(0, comma), concurrency.value.slice(comma + 1)].map(wholeNumber)
  if (comma < 0 || soft === undefined || hard === undefined) refuse(at, concurrency, '"SOFT,HARD" or a table', hint)
  const number = (value: number): Node => ({...concurrency, ...integerOf(value)})
  const entries: Entries = new Map([
    ['type', {...concurrency, value: 'requests'}],
    ['soft_limit', number(soft)],
    ['hard_limit', number(hard)],
  ])
  service.set('concurrency', {...concurrency, type: 'table', entries})
}

/** castToInt: an integer, a float cut off, a string of digits. */
function patchPort(entries: Entries, key: string, path: Path): void {
  const port = entries.get(key)
  if (!port) return
  const number =
    port.type === 'string'
      ? wholeNumber(port.value)
      : port.type === 'integer' || port.type === 'float'
        ? Math.trunc(port.value)
        : undefined
  if (number === undefined) refuse([...path, key], port, 'a port', `Write its number: ${key} = 8080`)
  entries.set(key, {...port, ...integerOf(number)})
}

function patchChecks(service: Entries, key: string, path: Path, patching: Patching): void {
  const checks = service.get(key)
  if (!checks) return
  const items = tables(checks, [...path, key]).map((check, index) => patchCheck(check, [...path, key, index], patching))
  if (items.length > 0) service.set(key, {...checks, type: 'array', items})
  else service.delete(key)
}

function patchCheck(check: TableNode, path: Path, patching: Patching): TableNode {
  const entries: Entries = new Map(check.entries)
  for (const key of ['interval', 'timeout', 'grace_period']) {
    patchDuration(entries, key, path, 'milliseconds', patching)
  }
  const headers = entries.get('headers')
  if (headers) {
    const patched = patchHeaders(headers, [...path, 'headers'])
    if (patched.size > 0) entries.set('headers', {...headers, type: 'table', entries: patched})
    else entries.delete('headers')
  }
  return {...check, entries}
}

/** A table, or the old array of {name, value}; every value becomes a string. */
function patchHeaders(headers: Node, path: Path): Entries {
  const hint = `Write [${headerOf(path)}], and below it NAME = "value".`
  if (headers.type === 'table') return new Map([...headers.entries].map(([key, value]) => [key, asText(value)]))
  if (headers.type !== 'array') return refuse(path, headers, 'a table', hint)
  const entries: Entries = new Map()
  for (const [index, header] of headers.items.entries()) {
    if (header.type !== 'table') refuse([...path, index], header, 'a table with name and value', hint)
    const name = header.entries.get('name')
    if (!name) throw new Undecodable([...path, index], header, 'this header has no name, it must have one', hint)
    const value = header.entries.get('value')
    entries.set(goText(name), value ? asText(value) : {...header, type: 'string', value: ''})
  }
  return entries
}

/** The old array of {name, command}. What is no such table, or has no name, flyctl drops. */
function patchProcesses(root: Entries, {dropped}: Patching): void {
  const processes = root.get('processes')
  const hint = 'Write [processes], and below it NAME = "COMMAND".'
  if (!processes || processes.type === 'table') return
  if (processes.type !== 'array') refuse(['processes'], processes, 'a table', hint)
  const entries: Entries = new Map()
  for (const [index, item] of processes.items.entries()) {
    const name = item.type === 'table' ? item.entries.get('name') : undefined
    if (item.type !== 'table' || !name) {
      const message = `flyctl drops this entry of processes, which is ${item.type === 'table' ? 'a table without a name' : kindOf(item)}`
      dropped.push({path: ['processes', index], node: item, message, hint})
      continue
    }
    const command = item.entries.get('command')
    entries.set(goText(name), command ? asText(command) : {...item, type: 'string', value: ''})
  }
  if (entries.size > 0) root.set('processes', {...processes, type: 'table', entries})
  else root.delete('processes')
}

function patchExperimental(root: Entries, patching: Patching): void {
  const experimental = root.get('experimental')
  if (!experimental) return
  if (experimental.type !== 'table') refuse(['experimental'], experimental, 'a table', 'Write [experimental].')
  const entries: Entries = new Map(experimental.entries)
  const metrics: Entries = new Map()
  for (const [key, value] of experimental.entries) {
    const path = ['experimental', key]
    if (['cmd', 'entrypoint', 'exec'].includes(key)) entries.set(key, words(value, path))
    else if (key === 'kill_timeout' && !root.has('kill_timeout')) {
      root.set('kill_timeout', value)
      patchDuration(root, 'kill_timeout', [], 'seconds', patching)
    } else if (key === 'metrics_port' || key === 'metrics_path') metrics.set(key.slice('metrics_'.length), value)
  }
  root.set('experimental', {...experimental, entries})
  if (metrics.size > 0 && !root.has('metrics')) root.set('metrics', {...experimental, entries: metrics})
}

/** A string becomes one word; it is not split. */
function words(node: Node, path: Path): Node {
  if (node.type === 'null') return node
  if (node.type === 'string') return {...node, type: 'array', items: [node]}
  const name = String(path.at(-1))
  if (node.type !== 'array') return refuse(path, node, 'an array of strings', `Write ${name} = ["WORD", "WORD"]`)
  const other = node.items.findIndex((item) => item.type !== 'string')
  if (other >= 0) refuse([...path, other], node.items[other] as Node, 'a string', 'Write it in quotes.')
  return node
}

/** A table of tables, or the old array whose every item has a `name`. */
function patchTopLevelChecks(root: Entries, patching: Patching): void {
  const checks = root.get('checks')
  const hint = 'Write [checks.NAME], and its keys below.'
  if (!checks) return
  if (checks.type !== 'table' && checks.type !== 'array') refuse(['checks'], checks, 'tables with names', hint)
  const entries: Entries = new Map()
  const add = (name: string, check: Node) => {
    if (check.type !== 'table') refuse(['checks', name], check, 'a table', hint)
    entries.set(name, patchCheck(check, ['checks', name], patching))
  }
  if (checks.type === 'table') for (const [name, check] of checks.entries) add(name, check)
  else {
    const named = 'Write [checks.NAME] in place of [[checks]].'
    for (const [index, check] of checks.items.entries()) {
      const path = ['checks', index]
      if (check.type !== 'table') refuse(path, check, 'a table', named)
      const name = check.entries.get('name')
      if (name?.type !== 'string') {
        throw new Undecodable(path, check, 'this [[checks]] has no name, it must have one', named)
      }
      add(name.value, check)
    }
  }
  if (entries.size > 0) root.set('checks', {...checks, type: 'table', entries})
  else root.delete('checks')
}

/** One array of what stands under several names, singular tables too; none of them is null to Go. */
function concatenate(root: Entries, key: string, names: readonly string[], textKey?: string): void {
  const items: Node[] = []
  let place: Node | undefined
  for (const name of names) {
    const found = root.get(name)
    if (!found) continue
    place = found
    root.delete(name)
    for (const table of tables(found, [name])) {
      const text = textKey ? table.entries.get(textKey) : undefined
      items.push(text && textKey ? {...table, entries: new Map(table.entries).set(textKey, asText(text))} : table)
    }
  }
  const range = place?.range ?? ([0, 0] as const)
  root.set(key, place ? {...place, type: 'array', items} : {type: 'null', range})
}

function patchBuild(root: Entries): void {
  const build = root.get('build')
  if (!build) return
  if (build.type !== 'table') refuse(['build'], build, 'a table', 'Write [build], and its keys below.')
  const entries: Entries = new Map(build.entries)
  const target = entries.get('build_target')
  if (target) {
    entries.set('build-target', target)
    entries.delete('build_target')
  }
  root.set('build', {...build, entries})
}

/**
 * A bare number gets its unit, cut off to whole ones before that; an empty text unsets the key.
 * Anything else is dropped, and so are YAML's integers: they come as Go's `int`, which the patch does not know.
 */
function patchDuration(
  entries: Entries,
  key: string,
  path: Path,
  unit: 'seconds' | 'milliseconds',
  {format, dropped}: Patching,
): void {
  const node = entries.get(key)
  if (!node || node.type === 'null') return
  if (node.type === 'string') {
    if (node.value === '') entries.set(key, {...node, type: 'null'})
    return
  }
  const inUnits = (number: number) => String(new Duration(Math.trunc(number) * (unit === 'seconds' ? 1e9 : 1e6)))
  if (node.type === 'float' || (node.type === 'integer' && format !== 'yaml')) {
    entries.set(key, {...node, type: 'string', value: inUnits(node.value)})
    return
  }
  const meant = node.type === 'integer' ? inUnits(node.value) : '30s'
  dropped.push({
    path: [...path, key],
    node,
    message: `flyctl drops ${key}, which is ${kindOf(node)}${node.type === 'integer' ? ' in a YAML file' : ''}`,
    hint: `Write it as a string with its unit: "${meant}"`,
  })
  entries.set(key, {...node, type: 'null'})
}

/** ensureArrayOfMap: an array of tables, or one table. */
function tables(node: Node, path: Path): TableNode[] {
  const hint = `Write [[${headerOf(path)}]], and its keys below.`
  if (node.type === 'table') return [node]
  if (node.type !== 'array') return refuse(path, node, 'an array of tables', hint)
  return node.items.map((item, index) =>
    item.type === 'table' ? item : refuse([...path, index], item, 'a table', hint),
  )
}

const asText = (node: Node): Node => ({...node, type: 'string', value: goText(node)})

const integerOf = (value: number) => ({type: 'integer', value, digits: String(value)}) as const

/** JSON has no NaN and no infinity: with one anywhere, even under an unknown key, flyctl reads nothing. */
function findInfinite(entries: Entries, path: Path): {path: Path; node: Node} | undefined {
  for (const [key, node] of entries) {
    const found = infiniteIn(node, [...path, key])
    if (found) return found
  }
  return undefined
}

function infiniteIn(node: Node, path: Path): {path: Path; node: Node} | undefined {
  if (node.type === 'float') return Number.isFinite(node.value) ? undefined : {path, node}
  if (node.type === 'table') return findInfinite(node.entries, path)
  if (node.type !== 'array') return undefined
  for (const [index, item] of node.items.entries()) {
    const found = infiniteIn(item, [...path, index])
    if (found) return found
  }
  return undefined
}
