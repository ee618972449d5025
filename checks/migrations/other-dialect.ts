import {
  booleanColumns,
  booleanNumber,
  defineCheck,
  type FileLocation,
  type Finding,
  perMigration,
  sqlOf,
  textOf,
} from '../../src/check.ts'

/** SQL that Postgres does not know, and what it has instead (each was run on Postgres 15). */
const foreign: readonly {of: string; within?: RegExp; pattern: RegExp; cure: string; mayBeOwn?: true}[] = [
  {of: 'SQLite', pattern: /\binsert\s+or\s+(ignore|replace)\b/i, cure: 'INSERT … ON CONFLICT DO NOTHING'},
  {of: 'SQLite', pattern: /^pragma\b/i, cure: 'nothing: Postgres has no PRAGMA'},
  {
    of: 'SQLite',
    pattern: /\bautoincrement\b(?<=\bkey\s+(?:asc\s+)?autoincrement)/i,
    cure: 'GENERATED ALWAYS AS IDENTITY',
  },
  {of: 'SQLite', pattern: /\b(datetime|strftime|julianday|unixepoch)\s*\(/i, cure: 'now() and to_char()'},
  {of: 'SQLite', pattern: /\brandomblob\s*\(/i, cure: 'gen_random_uuid()'},
  {of: 'SQLite', pattern: /\bwithout\s+rowid\b/i, cure: 'a primary key of its own'},
  {of: 'SQLite', pattern: /\bglob\s+''/i, cure: 'LIKE or ~'},
  {
    of: 'SQLite',
    // A column without a type (one OF a type or partition has none); what follows a bracket or a comma may be a constraint of the table.
    within: /^create\s+(?:unlogged\s+|temp(?:orary)?\s+)?table\b(?![^(]*\sof\s)/i,
    pattern:
      /(?<![\w"])"?(?!(?:constraint|primary|unique|check|foreign|exclude|like|not|and|or)\b)\w+(?!\w)"?(?<=[(,]\s*"?\w+"?)\s+(?:primary\s+key|not\s+null|unique|references)\b/i,
    cure: 'a type for each column, such as integer or text',
  },
  {
    of: 'SQLite and MySQL',
    pattern:
      /\bbool(?:ean)?\s{1,20}(?:(?:not\s{1,20})?null\s{1,20})?default\s{1,20}\(?[01]\b(?!\s{0,20}\)?\s{0,20}(?:::|[=<>!]))/i,
    cure: 'DEFAULT false and DEFAULT true',
  },
  {
    of: 'SQLite and MySQL',
    pattern: /\b(ifnull|group_concat)\s*\(/i,
    cure: 'COALESCE and string_agg',
    // Some define them.
    mayBeOwn: true,
  },
  {of: 'SQLite and MySQL', pattern: /^replace\s+into\b/i, cure: 'INSERT … ON CONFLICT DO UPDATE'},
  {of: 'MySQL', pattern: /\bauto_increment\b/i, cure: 'GENERATED ALWAYS AS IDENTITY'},
  {of: 'MySQL', pattern: /\)\s*engine\s*=/i, cure: 'nothing: Postgres has one engine'},
  {of: 'MySQL', pattern: /\bon\s+update\s+current_timestamp\b/i, cure: 'a trigger'},
  {of: 'MySQL', pattern: /\b(int|integer|bigint|smallint)(\(\d+\))?\s+unsigned\b/i, cure: 'a larger type'},
  {of: 'MySQL', pattern: /`\w+`/, cure: 'double quotes around names'},
]

export default defineCheck({
  id: 'migrations/other-dialect',
  title: 'the SQL of the migrations is that of Postgres',
  why: 'SQL of SQLite or MySQL passes in tests on that database, and fails in the release command on Postgres.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    const booleans = booleanColumns(migrations)
    yield* perMigration(migrations, function* (migration) {
      const {steps, tool} = migration
      const lower = (isSure: boolean) => (isSure ? {} : {severity: 'warning' as const})
      for (const {step, statements} of sqlOf(migration)) {
        const found = foreignIn(statements)
        if (!found) {
          const [number] = statements.flatMap((each) => booleanNumber(each, booleans) ?? [])
          if (!number) continue
          yield {
            message: `${number.word} is a number, and ${number.column} a boolean: Postgres refuses it (${number.error})`,
            at: step.at,
            hint: 'Write true and false.',
            ...lower(step.isSure),
          }
          continue
        }
        yield told(found, step.at, tool, step.isSure)
      }
      for (const {call, isSure} of steps) {
        // A Table that is only named here is not made.
        if (!/^(create_table|add_column)$/.test(call.method)) continue
        for (const column of call.args) {
          if (column.kind !== 'call' || column.method !== 'Column') continue
          const [, type] = column.args
          const typeName = type?.kind === 'call' ? type.name : type?.kind === 'name' ? type.name : ''
          const fallback = column.keywords.get('server_default')
          const number = fallback?.kind === 'call' && fallback.method === 'text' ? textOf(fallback.args[0]) : undefined
          if (/(^|\.)TINYINT$/.test(typeName)) {
            yield {
              message: `${typeName} is a type of MySQL, for which SQLAlchemy has no SQL on Postgres`,
              at: column.at,
              hint: 'Write sa.SmallInteger or sa.Boolean.',
              ...lower(isSure),
            }
          } else if (
            /(^|\.)(Boolean|BOOLEAN)$/.test(typeName) &&
            number !== undefined &&
            /^[01]$/.test(number.trim())
          ) {
            yield {
              message: `the default ${number.trim()} is a number, and the column is a boolean: Postgres refuses it`,
              at: fallback?.at ?? column.at,
              hint: `Write server_default=sa.${number.trim() === '1' ? 'true' : 'false'}()`,
              ...lower(isSure),
            }
          } else {
            // The database reads the default as it makes the table.
            const found = foreignIn(number === undefined ? [] : [number])
            if (found) yield told(found, fallback?.at ?? column.at, tool, isSure)
          }
        }
      }
    })
  },
})

interface Foreign {
  of: string
  cure: string
  word: string
  mayBeOwn: boolean
}

/** The first of the list that one of these statements has. */
function foreignIn(statements: readonly string[]): Foreign | undefined {
  for (const {of, within, pattern, cure, mayBeOwn = false} of foreign) {
    const text = statements.find((each) => (within?.test(each) ?? true) && pattern.test(each))
    if (text !== undefined) return {of, cure, mayBeOwn, word: pattern.exec(text)?.[0].trim() ?? ''}
  }
  return undefined
}

function told({word, of, cure, mayBeOwn}: Foreign, at: FileLocation, tool: string, isSure: boolean): Finding {
  const both = tool === 'alembic' ? ' For both databases, ask op.get_bind().dialect.name.' : ''
  return {
    message: `${word} is SQL of ${of}, which Postgres refuses`,
    at,
    hint: `Postgres has: ${cure}.${both}`,
    ...(!(isSure && !mayBeOwn) && {severity: 'warning'}),
  }
}
