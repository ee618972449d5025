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
  needs: ['lostTargets'],
  *run({lostTargets}) {
    for (const lost of lostTargets) {
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

function describe({table, column, lacks, kinds}: LostTarget): string {
  const points = `a foreign key points to ${table}.${column}`
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
