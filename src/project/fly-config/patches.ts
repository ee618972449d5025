/**
 * The shapes of earlier years that flyctl rewrites before it reads its configuration (internal/appconfig/patches.go).
 * They know keys in their exact case only, and run in flyctl's order. Each works on copies and keeps every value's place.
 */
import type {Format, Node, Path, TableNode} from '../documents/document.ts'
import {goText} from './go-text.ts'
import {patchCheck, patchServices} from './patch-services.ts'
import {asText, type Dropped, type Entries, type Patching, patchDuration, tables} from './patch-values.ts'
import {kindOf, refuse, Undecodable} from './refusals.ts'

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
