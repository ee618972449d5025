/** What a migration says of a column: its type, and whether a row may leave it out. */
import {kindOfType} from '../types.ts'
import {type CallValue, isConstant, type Value} from '../value.ts'

export interface ColumnState {
  /** The kind of its type, with `jsonb`, `enum` and `vector` told apart; undefined where it is not known. */
  type: string | undefined
  /** Of a vector: how many numbers it has. */
  dimensions?: number | undefined
  /** A row without it is taken: NULL is allowed, or the database gives it a value. */
  isOptional: boolean
}

const names: Readonly<Record<string, string>> = {
  JSON: 'json',
  JSONB: 'jsonb',
  Vector: 'vector',
  VECTOR: 'vector',
  HALFVEC: 'halfvec',
}

/** `sa.Column("id", sa.UUID(), primary_key=True)`; `keys`: the columns of the primary key of its table. */
export function columnOfCall({args, keywords}: CallValue, name: string, keys: ReadonlySet<string>): ColumnState {
  const written = args[1] ?? keywords.get('type_')
  const last =
    written?.kind === 'call' ? written.method : written?.kind === 'name' ? written.name.split('.').at(-1) : ''
  const type = names[last ?? ''] ?? kindOfType(written)
  const size = written?.kind === 'call' ? (written.args[0] ?? written.keywords.get('dim')) : undefined
  const isKey = keys.has(name) || isConstant(keywords.get('primary_key'), true)
  const nullable = keywords.get('nullable')
  // A key that is a number counts itself up; an argument that is spread out may be anything.
  const isFilled =
    keywords.has('server_default') ||
    (isKey && (type === 'number' || type === undefined)) ||
    [...args.slice(1), ...keywords.values()].some((each) =>
      /^(?:Identity|Computed|Sequence|FetchedValue)$/.test(methodOf(each)),
    ) ||
    args.slice(2).some(({kind}) => kind !== 'call' && kind !== 'name')
  return {
    type,
    dimensions: size?.kind === 'constant' && typeof size.value === 'number' ? size.value : undefined,
    isOptional: isFilled || !(isConstant(nullable, false) || (isKey && nullable === undefined)),
  }
}

const methodOf = (value: Value): string => (value.kind === 'call' ? value.method : '')

const sqlTypes: readonly [type: string, pattern: RegExp][] = [
  ['array', /^[\w". ]{1,100}(?:\([\d, ]{1,20}\))?\s*\[|^[\w ]{1,50}\barray\b/],
  ['jsonb', /^jsonb\b/],
  ['json', /^json\b/],
  ['vector', /^vector\b/],
  ['halfvec', /^halfvec\b/],
  ['uuid', /^uuid\b/],
  ['boolean', /^bool(?:ean)?\b/],
  ['text', /^(?:text|varchar|char|character|bpchar)\b/],
  ['time', /^(?:timestamp|timestamptz|date)\b/],
  ['number', /^(?:int|int[248]|integer|bigint|smallint|numeric|decimal|real|float[48]?|double precision)\b/],
]

/** What stands behind the name of a column: `uuid PRIMARY KEY DEFAULT gen_random_uuid()`. */
export function columnOfSql(definition: string, isKey: boolean): ColumnState {
  const text = definition.replace(/\s+/g, ' ').trim().toLowerCase()
  const type = sqlTypes.find(([, pattern]) => pattern.test(text))?.[0]
  const mustBe = isKey || /\bnot null\b|\bprimary key\b/.test(text)
  const isFilled = /\bdefault\b|\bgenerated\b|^(?:small|big)?serial[248]?\b/.test(text)
  const [, size] = /^(?:halfvec|vector) ?\((\d{1,6})\)/.exec(text) ?? []
  return {
    type,
    dimensions: size === undefined ? undefined : Number(size),
    // A domain may have a default.
    isOptional: isFilled || !mustBe || type === undefined,
  }
}
