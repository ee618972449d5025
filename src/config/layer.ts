import type {FileLocation} from '../check.ts'
import {type Document, isTable, type Path} from '../project/documents/document.ts'
import {parseToml} from '../project/documents/toml.ts'
import type {ProjectReader} from '../project/files/reader.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import type {SettingsFile} from './schema.ts'

/** One settings file: preflight.toml itself, or one that it extends. */
export interface Layer {
  /** How messages name it. */
  file: string
  absolute: string
  data: SettingsFile
  at(path: Path): FileLocation
  /** An error at a place of the file. */
  error(path: Path, message: string): UsageError
}

/** Reads a settings file. What is wrong in it is a usage error: a typo must not weaken the gate. */
export async function readLayer(reader: ProjectReader, path: string): Promise<Layer | 'missing'> {
  const file = reader.display(path)
  const result = await reader.read(path)
  if (!result.ok) {
    if (result.kind === 'missing') return 'missing'
    throw new UsageError(`${file} ${result.reason}`)
  }
  const document = parseToml(result.file)
  if ('message' in document) throw new UsageError(`${place(document.at)}: ${document.message}`)
  const {settingsSchema, keysAt} = await import('./schema.ts')
  const parsed = settingsSchema.safeParse(plainDates(document.value))
  if (!parsed.success) throw new UsageError(describe(parsed.error.issues[0] as Issue, file, document, keysAt))
  return {
    file,
    absolute: result.file.absolute,
    data: parsed.data,
    at: (path: Path) => document.at(path),
    error: (path: Path, message: string) => new UsageError(`${place(document.at(path))}: ${message}`),
  }
}

/** TOML's dates as text: `2026-12-31`. */
function plainDates(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (Array.isArray(value)) return value.map(plainDates)
  if (!isTable(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainDates(entry)]))
}

interface Issue {
  code: string
  path: PropertyKey[]
  message: string
  keys?: string[]
  values?: string[]
  expected?: string
  format?: string
}

/** Says in plain words what is wrong at a place. */
function describe(issue: Issue, file: string, document: Document, keysAt: (path: Path) => string[]): string {
  const path = issue.path as Path
  const name = String(path.at(-1) ?? file)
  const at = place(document.at(path))
  const value = path.reduce<unknown>(
    (found, key) => (found as Record<string | number, unknown> | undefined)?.[key],
    document.value,
  )
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys?.[0] as string
    return `${place(document.at([...path, key]))}: there is no key ${key} here.${didYouMean(key, keysAt(path))}`
  }
  if (value === undefined) return `${at}: ${name} is missing`
  if (issue.code === 'invalid_value') {
    const {values = []} = issue
    const what = path[0] === 'checks' ? 'is no level; it' : `is no value of ${name}, which`
    return `${at}: ${JSON.stringify(value)} ${what} must be ${values.join(', ')}.${didYouMean(String(value), values)}`
  }
  if (issue.code === 'custom') return `${at}: ${name} is ${JSON.stringify(value)}; it ${issue.message}`
  if (issue.code === 'too_small') return `${at}: ${name} is ${typeof value === 'number' ? value : 'empty'}`
  if (issue.expected === 'array')
    return `${at}: ${name} must be a list${name === 'ignore' ? ': [[ignore]], with two brackets' : ''}`
  if (issue.format === 'date') return `${at}: ${name} must be a date: ${name} = 2026-12-31`
  return `${at}: ${name} must be ${kinds[issue.expected ?? ''] ?? 'a value of another kind'}`
}

/** What zod expects, in TOML's words. */
const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  object: 'a table',
  record: 'a table',
}

const place = ({file, line, column}: FileLocation): string => `${file}:${line}:${column}`
