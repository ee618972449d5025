import {defineCheck, type Facts} from '../../src/check.ts'

type LostTarget = Facts['lostTargets'][number]

export default defineCheck({
  id: 'migrations/foreign-key-target',
  title: 'foreign keys point to a key of a table that is there',
  why: 'Postgres makes no foreign key without its target, and the migrations stop there.',
  // Somebody may have made it by hand.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['files'],
  uses: ['lostTargets', 'tableHistory'],
  *run({lostTargets, tableHistory}) {
    if (!lostTargets && !tableHistory) return 'no migrations can be read'
    for (const {kind, table, column, kinds, by, at, made, run, failsAt} of tableHistory ?? []) {
      if ((kind !== 'no key' && kind !== 'other kind') || column === undefined) continue
      const lacks = kind === 'no key' ? ('key' as const) : ('type' as const)
      const lost = {table, column, lacks, ...(kinds && {kinds})}
      yield {
        message: describe(lost, by.startsWith('a foreign key') ? by : `the foreign key of ${by}`),
        at,
        related: [...(made ? [made] : []), ...run],
        hint:
          kind === 'no key'
            ? `Make it unique before: ALTER TABLE ${table} ADD UNIQUE (${column}). Of one file, move that statement up.`
            : `Give the column the type that ${table}.${column} has.`,
        failsAt,
      }
    }
    for (const lost of lostTargets ?? []) {
      const {at, made, upgrade} = lost
      yield {
        message: describe(lost),
        at,
        related: [...(made ? [made] : []), ...(upgrade ? [upgrade] : [])],
        hint: cure(lost),
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    }
  },
})

function describe(
  {table, column, lacks, kinds}: Pick<LostTarget, 'table' | 'column' | 'lacks' | 'kinds'>,
  key = 'a foreign key',
): string {
  const points = `${key} points to ${table}.${column}`
  switch (lacks) {
    case 'table':
      return `${points}, and neither a migration nor a model makes a table ${table} (relation "${table}" does not exist)`
    case 'column':
      return `${points}, and no migration gives ${table} that column (column "${column}" referenced in foreign key constraint does not exist)`
    case 'key':
      return `${points}, which is no primary key and not unique (there is no unique constraint matching given keys for referenced table "${table}")`
    case 'type':
      return `${points}, whose type is ${kinds?.[1]}, from a column of ${kinds?.[0]} (foreign key constraint cannot be implemented: key columns are of incompatible types)`
  }
}

function cure({table, column, lacks}: LostTarget): string {
  switch (lacks) {
    case 'table':
      return 'Correct the name, or make the table in a migration before.'
    case 'column':
      return `Correct the name, or add the column before: op.add_column("${table}", sa.Column("${column}", …)).`
    case 'key':
      return `Make it the key where the table is made: sa.PrimaryKeyConstraint("${column}"), or sa.UniqueConstraint("${column}").`
    case 'type':
      return `Give the column the type that ${table}.${column} has. SQLite does not look, Postgres does.`
  }
}
