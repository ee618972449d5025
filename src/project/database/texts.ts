import {beginning, bool, equal, list, number, type Text, type Trace, text, unknown, type Value} from './value.ts'

/**
 * The methods of a Python string that code uses on URLs. A method that is not here, or arguments that are not known,
 * give `unknown`.
 */
export function textMethod(on: Text, name: string, args: readonly Value[]): Value {
  const {value, trace} = on
  const made = (result: string): Value => text(result, trace)
  const words = args.map((each) => (each.kind === 'string' ? each.value : undefined))
  const [first, second] = words
  switch (name) {
    case 'replace': {
      if (first === undefined || second === undefined) return unknown
      const [, , count] = args
      if (count && count.kind !== 'number') return unknown
      return made(replaced(value, first, second, count?.kind === 'number' ? count.value : -1))
    }
    case 'startswith':
    case 'endswith': {
      const options = args[0]?.kind === 'list' ? args[0].items : args.slice(0, 1)
      const known = options.map((each) => (each.kind === 'string' ? each.value : undefined))
      if (known.length === 0 || known.includes(undefined)) return unknown
      return bool(
        known.some((each) => (name === 'startswith' ? value.startsWith(each ?? '') : value.endsWith(each ?? ''))),
      )
    }
    case 'split':
    case 'rsplit': {
      if (first === undefined) return unknown
      const limit = args[1]?.kind === 'number' ? args[1].value : args[1] ? undefined : -1
      if (limit === undefined || first === '') return unknown
      return list(split(value, first, limit, name === 'rsplit').map(made))
    }
    case 'partition':
    case 'rpartition': {
      if (!first) return unknown
      const at = name === 'partition' ? value.indexOf(first) : value.lastIndexOf(first)
      if (at < 0)
        return list(name === 'partition' ? [made(value), made(''), made('')] : [made(''), made(''), made(value)])
      return list([made(value.slice(0, at)), made(first), made(value.slice(at + first.length))])
    }
    case 'find':
    case 'index':
      return first === undefined || args.length > 1 ? unknown : number(value.indexOf(first))
    case 'rfind':
      return first === undefined || args.length > 1 ? unknown : number(value.lastIndexOf(first))
    case 'count':
      return first ? number(value.split(first).length - 1) : unknown
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return args.length > 0 && first === undefined ? unknown : made(stripped(value, name, first))
    case 'lower':
    case 'casefold':
      return made(value.toLowerCase())
    case 'upper':
      return made(value.toUpperCase())
    case 'removeprefix':
      return first === undefined ? unknown : made(value.startsWith(first) ? value.slice(first.length) : value)
    case 'removesuffix':
      return first === undefined
        ? unknown
        : made(first && value.endsWith(first) ? value.slice(0, -first.length) : value)
    case 'join': {
      const items = args[0]?.kind === 'list' ? args[0].items : undefined
      if (!items || items.some(({kind}) => kind !== 'string')) return unknown
      const from = items.map((each) => (each as Text).trace).find(Boolean)
      return text(items.map((each) => (each as Text).value).join(value), from ?? trace)
    }
    // pydantic's SecretStr and PostgresDsn: here they are the text itself.
    case 'get_secret_value':
    case 'unicode_string':
    case '__str__':
    case 'encode':
    case 'decode':
      return made(value)
    default:
      return unknown
  }
}

function replaced(value: string, from: string, to: string, count: number): string {
  if (from === '') return value
  let rest = value
  let result = ''
  for (let done = 0; count < 0 || done < count; done++) {
    const at = rest.indexOf(from)
    if (at < 0) break
    result += rest.slice(0, at) + to
    rest = rest.slice(at + from.length)
  }
  return result + rest
}

function split(value: string, by: string, limit: number, fromEnd: boolean): string[] {
  const parts = value.split(by)
  if (limit < 0 || parts.length <= limit + 1) return parts
  return fromEnd
    ? [parts.slice(0, parts.length - limit).join(by), ...parts.slice(parts.length - limit)]
    : [...parts.slice(0, limit), parts.slice(limit).join(by)]
}

function stripped(value: string, name: string, characters = ' \t\n\r\f\v'): string {
  let start = 0
  let end = value.length
  if (name !== 'rstrip') while (start < end && characters.includes(value[start] as string)) start++
  if (name !== 'lstrip') while (end > start && characters.includes(value[end - 1] as string)) end--
  return value.slice(start, end)
}

/** `startswith` of a text of which only the beginning is known: f"sqlite:///{folder}/shop.db". */
export function beginsWith(beginning: string, asked: Value | undefined): Value {
  const options = asked?.kind === 'list' ? asked.items : asked ? [asked] : []
  const words = options.map((each) => (each.kind === 'string' ? each.value : undefined))
  if (words.length === 0 || words.includes(undefined)) return unknown
  if (words.some((each) => beginning.startsWith(each as string))) return bool(true)
  return words.some((each) => each?.startsWith(beginning)) ? unknown : bool(false)
}

/** `value[a:b]` of a text or a list. */
export function slice(value: Value, from: Value | undefined, to: Value | undefined): Value {
  const edge = (each: Value | undefined) => (each === undefined || each.kind === 'none' ? undefined : each)
  const [start, end] = [edge(from), edge(to)]
  if ((start && start.kind !== 'number') || (end && end.kind !== 'number')) return unknown
  const [a, b] = [start?.kind === 'number' ? start.value : undefined, end?.kind === 'number' ? end.value : undefined]
  if (value.kind === 'string') return text(value.value.slice(a, b), value.trace)
  return value.kind === 'list' ? list(value.items.slice(a, b)) : unknown
}

/** `a + b` */
export function plus(a: Value, b: Value): Value {
  if (a.kind === 'string' && b.kind === 'string') return text(a.value + b.value, a.trace ?? b.trace)
  if (a.kind === 'string' && b.kind === 'unknown') return beginning(a.value + (b.begins ?? ''))
  // What a library gives.
  if (a.kind === 'string' && b.kind === 'foreign') return beginning(a.value)
  if (a.kind === 'number' && b.kind === 'number') return number(a.value + b.value)
  if (a.kind === 'list' && b.kind === 'list') return list([...a.items, ...b.items])
  return unknown
}

/** `a in b` */
export function contains(b: Value, a: Value): boolean | undefined {
  if (b.kind === 'string') return a.kind === 'string' ? b.value.includes(a.value) : undefined
  if (b.kind === 'dict' && a.kind === 'string') return b.entries.has(a.value) ? true : b.open ? undefined : false
  if (b.kind !== 'list') return undefined
  const answers = b.items.map((item) => equal(item, a))
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
}

/** `str(value)`, and what a value is inside an f-string. */
export function shown(value: Value): {value: string; trace: Trace | undefined} | undefined {
  if (value.kind === 'string') return {value: value.value, trace: value.trace}
  if (value.kind === 'number') return {value: String(value.value), trace: undefined}
  if (value.kind === 'none') return {value: 'None', trace: undefined}
  if (value.kind === 'bool') return {value: value.value ? 'True' : 'False', trace: undefined}
  return undefined
}

/** `re.sub(pattern, by, value, count)`, where Python's pattern means the same to JavaScript. */
export function substituted(pattern: string, by: string, on: Text, count: number): Value {
  // Python's own forms; and a group that is repeated could take JavaScript for ever.
  if (count > 1 || /\(\?(?!:)|\\[AZ]|\\g<|\)[+*{]/.test(pattern + by)) return unknown
  try {
    const to = by.replace(/\$/g, '$$$$').replace(/\\(\d)/g, '$$$1')
    return text(on.value.replace(new RegExp(pattern, count === 1 ? '' : 'g'), to), on.trace)
  } catch {
    return unknown
  }
}
