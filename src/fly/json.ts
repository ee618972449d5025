/** Lenient access to flyctl's JSON: unknown keys are ignored, and keys were once `SizeGb` that are `size_gb` today. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const table = value as Record<string, unknown>
  if (Object.hasOwn(table, name)) return table[name]
  const key = Object.keys(table).find((candidate) => plain(candidate) === plain(name))
  return key === undefined ? undefined : table[key]
}

const plain = (key: string) => key.replaceAll('_', '').toLowerCase()

export function textOf(value: unknown, name: string): string | undefined {
  const found = field(value, name)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The name of a state: `pending_validation`, `Awaiting configuration`. Another text is none, and is shown to nobody. */
export function stateOf(value: unknown, name: string): string | undefined {
  const text = textOf(value, name)
  return text !== undefined && /^[a-z][a-z_ -]{0,39}$/i.test(text) ? text : undefined
}

export function numberOf(value: unknown, name: string): number | undefined {
  const found = field(value, name)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

export const booleanOf = (value: unknown, name: string): boolean => field(value, name) === true

/** The elements of a list that `read` can make something of. */
export const eachOf = <T>(value: unknown, read: (element: unknown) => T | undefined): T[] =>
  (listOf(value) ?? []).flatMap((element) => read(element) ?? [])

/** For a command that prints a list: its elements; undefined for what is no list. */
export const listWith =
  <T>(read: (element: unknown) => T | undefined) =>
  (json: unknown): T[] | undefined =>
    listOf(json) && eachOf(json, read)

/** Whether the host of a machine or of a volume answers; flyctl says nothing of one that does. */
export const isReachable = (value: unknown): boolean => ['ok', undefined].includes(textOf(value, 'host_status'))

/** A list; old versions print `null` for an empty one. */
export const listOf = (value: unknown): unknown[] | undefined =>
  value === null ? [] : Array.isArray(value) ? value : undefined

/** A list of a command that says `No postgres clusters found` for an empty one, even with --json. */
export const listOrSentence = (value: unknown): unknown[] | undefined => (value === undefined ? [] : listOf(value))
