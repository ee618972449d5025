import {type AnyCheck, answersTo, type Severity} from '../check.ts'
import {type Document, isTable, type Path} from '../project/documents/document.ts'
import {parseToml} from '../project/documents/toml.ts'
import type {ProjectReader} from '../project/reader.ts'
import {didYouMean, noCheck} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import type {SettingsFile} from './schema.ts'
import {defaults, type Named, type Settings} from './settings.ts'

const settingsName = 'preflight.toml'

/** Reads preflight.toml from the working directory. What is wrong in it is a usage error: a typo must not weaken the gate. */
export async function loadSettings(reader: ProjectReader, checks: readonly AnyCheck[]): Promise<Settings> {
  const result = await reader.read(settingsName)
  if (!result.ok) {
    if (result.kind === 'missing') return defaults
    throw new UsageError(`${settingsName} ${result.reason}`)
  }
  const document = parseToml(result.file)
  if ('message' in document) {
    throw new UsageError(`${settingsName}:${document.at.line}:${document.at.column}: ${document.message}`)
  }
  const {settingsSchema, keysAt, levels} = await import('./schema.ts')
  const parsed = settingsSchema.safeParse(plainDates(document.value))
  if (!parsed.success) throw new UsageError(describe(parsed.error.issues[0] as Issue, document, {keysAt, levels}))
  for (const [path, id] of namedChecks(parsed.data)) {
    if (!checks.some((check) => answersTo(id, check)))
      throw new UsageError(`${place(document, path)}: ${noCheck(id, checks)}`)
  }
  const idOf = (name: string) => checks.find((check) => answersTo(name, check))?.id ?? name
  return settingsOf(parsed.data, document, idOf)
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
  keys?: string[]
  expected?: string
  format?: string
}

/** Says in plain words what is wrong at a place. */
function describe(
  issue: Issue,
  document: Document,
  {keysAt, levels}: Pick<typeof import('./schema.ts'), 'keysAt' | 'levels'>,
): string {
  const path = issue.path as Path
  const name = String(path.at(-1) ?? settingsName)
  const at = place(document, path)
  const value = path.reduce<unknown>(
    (found, key) => (found as Record<string | number, unknown> | undefined)?.[key],
    document.value,
  )
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys?.[0] as string
    return `${place(document, [...path, key])}: there is no key ${key} here.${didYouMean(key, keysAt(path))}`
  }
  if (issue.code === 'invalid_value') {
    return `${at}: ${JSON.stringify(value)} is no level; it must be ${levels.join(', ')}.${didYouMean(String(value), levels)}`
  }
  if (value === undefined) return `${at}: ${name} is missing`
  if (issue.code === 'too_small') return `${at}: ${name} is empty`
  if (issue.expected === 'array')
    return `${at}: ${name} must be a list${name === 'ignore' ? ': [[ignore]], with two brackets' : ''}`
  if (issue.format === 'date') return `${at}: ${name} must be a date: ${name} = 2026-12-31`
  return `${at}: ${name} must be a ${issue.expected ?? 'value of another kind'}`
}

function place(document: Document, path: Path): string {
  const at = document.at(path)
  return `${settingsName}:${at.line}:${at.column}`
}

function* namedChecks(file: SettingsFile): Iterable<[Path, string]> {
  for (const id of Object.keys(file.checks ?? {})) yield [['checks', id], id]
  for (const [index, {check}] of (file.ignore ?? []).entries()) yield [['ignore', index, 'check'], check]
}

/** `idOf`: the id that a check has today, for one it had earlier. */
function settingsOf(file: SettingsFile, document: Document, idOf: (name: string) => string): Settings {
  const levels = Object.entries(file.checks ?? {}).map(([name, level]) => [idOf(name), level] as const)
  const named = (list: readonly string[] | undefined, path: Path): Named[] =>
    (list ?? []).map((name, index) => ({name, at: document.at([...path, index])}))
  const one = (name: string | undefined, path: Path): Named | undefined =>
    name === undefined ? undefined : {name, at: document.at(path)}
  return {
    severities: new Map(levels.filter((entry): entry is readonly [string, Severity] => entry[1] !== 'off')),
    off: new Set(levels.filter(([, level]) => level === 'off').map(([id]) => id)),
    ignores: (file.ignore ?? []).map(({check, path, reason, until}, index) => ({
      check: idOf(check),
      path,
      line: undefined,
      reason,
      until,
      at: document.at(['ignore', index]),
    })),
    requiredSecrets: named(file.secrets?.required, ['secrets', 'required']),
    recommendedSecrets: named(file.secrets?.recommended, ['secrets', 'recommended']),
    envFile: one(file.secrets?.['env-file'], ['secrets', 'env-file']),
    postgres: {
      app: one(file.postgres?.app, ['postgres', 'app']),
      cluster: one(file.postgres?.cluster, ['postgres', 'cluster']),
    },
    stagePackages: Object.entries(file.policy?.packages ?? {}).map(([stage, packages]) => ({
      stage,
      packages,
      at: document.at(['policy', 'packages', stage]),
    })),
  }
}
