import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'

/** An INI file as Python's ConfigParser reads it: strict, keys in lower case, no inline comments, no quotes. */
export interface Ini {
  names: string[]
  section(name: string): IniSection | undefined
}

export interface IniSection {
  at: FileLocation
  /** Its own, and those of [DEFAULT]. */
  keys: string[]
  /** The value with %(name)s filled in, or why ConfigParser cannot. undefined where the key is missing. */
  get(key: string): {value: string; at: FileLocation} | {invalid: string; at: FileLocation} | undefined
}

interface Option {
  value: string
  at: FileLocation
}

/** Parses (configparser.RawConfigParser._read), or says what ConfigParser raises and where. */
export function parseIni(
  file: TextFile,
  defaults: Readonly<Record<string, string>>,
): Ini | {invalid: string; at: FileLocation} {
  const sections = new Map<string, {at: FileLocation; options: Map<string, Option>}>()
  let current: Map<string, Option> | undefined
  let last: {option: Option; indent: number} | undefined
  if (file.text.startsWith('\ufeff'))
    return {invalid: 'the file begins with a byte order mark (BOM)', at: file.lineSpan(1)}
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number)
    const text = line.trim()
    const at = file.lineSpan(number)
    if (text === '' || /^[#;]/.test(text)) continue
    const indent = line.length - line.trimStart().length
    if (last && indent > last.indent) {
      last.option.value += `\n${text}`
      continue
    }
    const header = /^\[(.+)\]/.exec(text)
    if (header) {
      const name = header[1] as string
      if (sections.has(name) && name !== 'DEFAULT') return {invalid: `the section [${name}] stands twice`, at}
      current = sections.get(name)?.options ?? new Map()
      sections.set(name, {at, options: current})
      last = undefined
      continue
    }
    if (!current) return {invalid: 'a key stands before the first [section]', at}
    const option = /^([^=:]*)[=:]\s*(.*)$/.exec(text)
    if (!option) return {invalid: 'a line has no = and no value', at}
    const key = (option[1] as string).trimEnd().toLowerCase()
    if (current.has(key)) return {invalid: `the key ${key} stands twice in its section`, at}
    const entry = {value: option[2] as string, at}
    current.set(key, entry)
    last = {option: entry, indent}
  }
  return {
    names: [...sections.keys()],
    section(name) {
      const section = sections.get(name)
      if (!section) return undefined
      const lookup = (key: string): Option | undefined => {
        const fallback = Object.hasOwn(defaults, key) ? defaults[key] : undefined
        return (
          section.options.get(key) ??
          sections.get('DEFAULT')?.options.get(key) ??
          (fallback === undefined ? undefined : {value: fallback, at: section.at})
        )
      }
      return {
        at: section.at,
        keys: [...section.options.keys(), ...(sections.get('DEFAULT')?.options.keys() ?? [])],
        get(key) {
          const option = lookup(key)
          return option && {...interpolate(option.value, lookup), at: option.at}
        },
      }
    },
  }
}

/** No value of a real file is longer; each key may double the one before. */
const longest = 100_000

/** BasicInterpolation: `%%` and `%(name)s`, nothing else may follow a `%`. Each key is filled in once. */
function interpolate(
  raw: string,
  lookup: (key: string) => Option | undefined,
  depth = 0,
  known = new Map<string, {value: string} | {invalid: string}>(),
): {value: string} | {invalid: string} {
  if (depth > 10) return {invalid: 'it refers to itself'}
  let value = ''
  let done = 0
  for (const {0: reference, 1: name, index} of raw.matchAll(/%(?:%|\(([^%)]{1,300})\)s)?/g)) {
    value += raw.slice(done, index)
    done = index + reference.length
    if (reference === '%') return {invalid: `a % must be doubled: %%`}
    if (name === undefined) {
      value += '%'
      continue
    }
    const key = name.toLowerCase()
    const option = lookup(key)
    if (!option) return {invalid: `%(${name})s names no key of the file (environment variables cannot be read there)`}
    const inner = known.get(key) ?? interpolate(option.value, lookup, depth + 1, known)
    known.set(key, inner)
    if ('invalid' in inner) return inner
    value += inner.value
    if (value.length > longest) return {invalid: 'it grows without end'}
  }
  return {value: value + raw.slice(done)}
}
