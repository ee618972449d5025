/** What is said of a value that flyctl cannot decode. */
import {redact} from '../../redact.ts'
import {quote, shorten} from '../../wording.ts'
import {keyPath, type Node, type Path} from '../documents/document.ts'

/** A value that flyctl cannot decode: with one of them it reads nothing but the app's name from the file. */
export class Undecodable extends Error {
  readonly path: Path
  readonly node: Node
  readonly hint: string
  /** `a whole number`, where that says it all. */
  readonly wanted: string | undefined

  constructor(path: Path, node: Node, message: string, hint: string, wanted?: string) {
    super(message)
    this.path = path
    this.node = node
    this.hint = hint
    this.wanted = wanted
  }
}

/** `http_service.internal_port is the string "8080", it must be a whole number`. */
export function refuse(path: Path, node: Node, wanted: string, hint: string): never {
  const kind = kindOf(node, {quiet: mayBeSecret(path)})
  throw new Undecodable(path, node, `${keyPath(path)} is ${kind}, it must be ${wanted}`, hint, wanted)
}

/** What [env], build arguments, [[files]] and the headers of checks hold, whatever its form. */
const mayBeSecret = (path: Path): boolean =>
  path[0] === 'env' || path[1] === 'args' || path.some((key) => key === 'headers' || key === 'raw_value')

export function kindOf(node: Node, {quiet = false} = {}): string {
  switch (node.type) {
    case 'string': {
      if (quiet) return 'a string'
      return `the string ${quote(shorten(redact(node.value)))}`
    }
    case 'array':
      return node.items.length > 0 && node.items.every((item) => item.type === 'table')
        ? 'an array of tables'
        : 'an array'
    case 'boolean':
      return `the boolean ${node.value}`
    case 'integer':
      return quiet ? 'a number' : `the number ${node.digits}`
    case 'float':
      return quiet ? 'a number' : `the number ${node.value}`
    case 'null':
      return 'null'
    default:
      return `a ${node.type}`
  }
}

/** A table's name as its header says it: without the indexes. */
export const headerOf = (path: Path): string => path.filter((key) => typeof key === 'string').join('.')

const name = (path: Path) => String(path.findLast((key) => typeof key === 'string') ?? 'the file')

export function notString(path: Path, node: Node): never {
  return refuse(path, node, 'a string', stringHint(path, node))
}

function stringHint(path: Path, node: Node): string {
  const key = name(path)
  if (node.type === 'table') return `${key} has no keys of its own: write ${key} = "…"`
  if (node.type !== 'array') {
    const shown = !mayBeSecret(path) && 'value' in node ? JSON.stringify(String(node.value)) : '"…"'
    return typeof path.at(-1) === 'number'
      ? `Write it in quotes, as all of ${key}: ${shown}`
      : `Write it in quotes: ${key} = ${shown}`
  }
  const words = node.items.map((item) => (item.type === 'string' ? redact(item.value) : '…'))
  const isCommand = path[0] === 'processes' || key.endsWith('command')
  const whole = isCommand && words.every((word) => /^[\w./:=@%+,-]+$/.test(word)) ? words.join(' ') : '…'
  return `Write the whole as one string: ${key} = "${whole}"`
}

export function notNumber(path: Path, node: Node, wanted: string): never {
  const isWhole = wanted.includes('whole')
  // "8080", "08080", "512mb": the number that it begins with. [8080] is one, too.
  const only = node.type === 'array' && node.items.length === 1 ? (node.items[0] as Node) : node
  const begin = only.type === 'string' ? /^\s*[-+]?0*(\d+(?:\.\d+)?)/.exec(only.value)?.[1] : undefined
  const number = begin ?? (only.type === 'integer' ? only.digits : undefined)
  const digits = isWhole ? number?.replace(/\..*/, '') : number
  const isPort = /port$/.test(name(path))
  const example = node.type === 'float' ? Math.max(0, Math.trunc(node.value)) : isPort ? 8080 : 1
  return refuse(
    path,
    node,
    wanted,
    digits
      ? `Write the number without quotes: ${name(path)} = ${digits}`
      : `Write a whole number without quotes: ${name(path)} = ${example}`,
  )
}

/** `"50%"` is meant as 0.5. */
export function notFraction(path: Path, node: Node): never {
  const percent = node.type === 'string' ? /^\s*(\d+)\s*%\s*$/.exec(node.value)?.[1] : undefined
  if (!percent) return notNumber(path, node, 'a number')
  return refuse(path, node, 'a number', `Write the fraction: ${name(path)} = ${Number(percent) / 100}`)
}

export function notBoolean(path: Path, node: Node): never {
  const meant = !(node.type === 'string' && /^(false|no|off)$/i.test(node.value))
  return refuse(path, node, 'true or false', `Write it without quotes: ${name(path)} = ${meant}`)
}

export function notDuration(path: Path, node: Node): never {
  const [, number, unit = ''] = /^\s*(\d+)\s*([a-z]*)/i.exec(node.type === 'string' ? node.value : '') ?? []
  const letter = unit.toLowerCase().startsWith('ms') || /^milli/i.test(unit) ? 'ms' : (unit[0]?.toLowerCase() ?? 's')
  // The Machines API gives no app more than five minutes.
  const meant =
    name(path) === 'kill_timeout' && /^[hdw]$/.test(letter)
      ? '5m'
      : letter === 'd'
        ? `${Number(number) * 24}h`
        : `${number ?? 30}${/^(ms|s|m|h)$/.test(letter) ? letter : 's'}`
  return refuse(path, node, 'a time with its unit', `Units are ms, s, m and h: ${name(path)} = "${meant}"`)
}

export function notArray(path: Path, node: Node): never {
  const item = node.type === 'string' ? quote(redact(node.value)) : '"…"'
  return refuse(path, node, 'an array', `Write it in brackets: ${name(path)} = [${item}]`)
}

export function notTables(path: Path, node: Node): never {
  // Tables with names, where flyctl wants a list of tables.
  const isNamed =
    node.type === 'table' && node.entries.size > 0 && [...node.entries.values()].every(({type}) => type === 'table')
  const more = isNamed ? ', once for each, without a name' : ''
  return refuse(path, node, 'an array of tables', `Write [[${headerOf(path)}]], in double brackets${more}.`)
}

export function notTable(path: Path, node: Node): never {
  const at = headerOf(path)
  if (node.type === 'array') return refuse(path, node, 'one table', `Write [${at}], in single brackets.`)
  return refuse(path, node, 'a table', `Write [${at}], and its keys below.`)
}
