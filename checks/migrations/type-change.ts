import {defineCheck, isConstant, type Value} from '../../src/check.ts'

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

function kindOf(value: Value | undefined): string | undefined {
  const name = value?.kind === 'call' ? value.method : value?.kind === 'name' ? value.name.split('.').at(-1) : undefined
  if (name && /^(Enum|ENUM)$/.test(name)) {
    // Without a type of its own it is a VARCHAR.
    return value?.kind === 'call' && isConstant(value.keywords.get('native_enum'), false) ? 'text' : 'enum'
  }
  return kinds.find(({pattern}) => name && pattern.test(name))?.kind
}

export default defineCheck({
  id: 'migrations/type-change',
  title: 'a change of type tells Postgres how to convert',
  why: 'Postgres does not turn text into a number, a UUID or an enum by itself: the release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    for (const {steps} of migrations) {
      for (const {call, at, table, isSure} of steps) {
        if (call.method !== 'alter_column' || call.keywords.has('postgresql_using')) continue
        const [from, to] = [call.keywords.get('existing_type'), call.keywords.get('type_')].map(kindOf)
        // Everything can become text.
        if (!from || !to || from === to || to === 'text') continue
        const [name] = call.args.slice(-1)
        const column = name?.kind === 'text' ? name.text : 'column'
        yield {
          message: `${table ?? 'the table'}.${column} becomes ${to} and was ${from}, which Postgres does not convert by itself`,
          at,
          hint: `Say how: postgresql_using="${column}::${to === 'number' ? 'integer' : to === 'time' ? 'timestamp' : to}"`,
          ...(!isSure && {severity: 'warning'}),
        }
      }
    }
  },
})
