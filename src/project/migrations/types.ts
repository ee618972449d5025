import {type CallValue, isConstant, type Value} from './value.ts'

/** Types by what Postgres turns into what without being told how (pg_cast, castcontext a; by way of text nothing is). */
const kinds: readonly {kind: string; pattern: RegExp}[] = [
  {kind: 'text', pattern: /^(String|Text|Unicode|UnicodeText|VARCHAR|TEXT|CHAR|Enum|ENUM|CITEXT)$/},
  {
    kind: 'number',
    pattern:
      /^(Integer|BigInteger|SmallInteger|INTEGER|BIGINT|SMALLINT|Numeric|NUMERIC|DECIMAL|Float|FLOAT|REAL|DOUBLE_PRECISION)$/,
  },
  {kind: 'boolean', pattern: /^(Boolean|BOOLEAN)$/},
  {kind: 'time', pattern: /^(DateTime|Date|TIMESTAMP|DATE)$/},
  {kind: 'uuid', pattern: /^(UUID|Uuid)$/},
  {kind: 'json', pattern: /^(JSON|JSONB)$/},
  {kind: 'array', pattern: /^ARRAY$/},
]

const nameOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'call' ? value.method : value?.kind === 'name' ? value.name.split('.').at(-1) : undefined

/** The kind of a type of SQLAlchemy; undefined for one that is not known. */
export function kindOfType(value: Value | undefined): string | undefined {
  const name = nameOf(value)
  // Without a type of the database it is text.
  const isText = ['native_enum', 'native_uuid'].some(
    (flag) => value?.kind === 'call' && isConstant(value.keywords.get(flag), false),
  )
  if (isText) return 'text'
  if (name && /^(Enum|ENUM)$/.test(name)) return 'enum'
  return kinds.find(({pattern}) => name && pattern.test(name))?.kind
}

/** Whether Postgres surely writes the whole table anew (seen on Postgres 15): not where a text only gets longer. */
export function isRewrite(from: Value | undefined, to: Value | undefined): boolean {
  const [was, becomes] = [kindOfType(from), kindOfType(to)]
  if (!was || !becomes) return false
  if (was !== becomes) return true
  const [old, fresh] = [from, to].map((each) => (nameOf(each) as string).toLowerCase().replace('integer', 'int'))
  if (was === 'text') {
    const [before, after] = [lengthOf(from), lengthOf(to)]
    return after !== undefined && (before === undefined || after < before)
  }
  if (was === 'number') return `${old} ${fresh}`.includes('int') && old !== fresh
  return was === 'json' && old !== fresh
}

/** `String(20)`, `String(length=20)`; undefined without a limit. */
function lengthOf(value: Value | undefined): number | undefined {
  if (value?.kind !== 'call') return undefined
  const length = (value as CallValue).keywords.get('length') ?? value.args[0]
  return length?.kind === 'constant' && typeof length.value === 'number' ? length.value : undefined
}
