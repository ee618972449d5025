/** The older shapes of services, their ports and their checks. */
import type {Node, Path, TableNode} from '../documents/document.ts'
import {goText} from './go-text.ts'
import {asText, type Entries, integerOf, type Patching, patchDuration, tables} from './patch-values.ts'
import {headerOf, refuse, Undecodable} from './refusals.ts'
import {wholeNumber} from './size.ts'

export function patchServices(root: Entries, patching: Patching): void {
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

export function patchCheck(check: TableNode, path: Path, patching: Patching): TableNode {
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
