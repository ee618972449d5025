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

const describe = ({table, column, lacks}: LostTarget): string =>
  lacks === 'table'
    ? `a foreign key points to ${table}.${column}, and neither a migration nor a model makes a table ${table} (relation "${table}" does not exist)`
    : lacks === 'column'
      ? `a foreign key points to ${table}.${column}, and no migration gives ${table} that column (column "${column}" referenced in foreign key constraint does not exist)`
      : `a foreign key points to ${table}.${column}, which is no primary key and not unique (there is no unique constraint matching given keys for referenced table "${table}")`

const cure = ({table, column, lacks}: LostTarget): string =>
  lacks === 'table'
    ? 'Correct the name, or make the table in a migration before.'
    : lacks === 'column'
      ? `Correct the name, or add the column before: op.add_column("${table}", sa.Column("${column}", …)).`
      : `Make it the key where the table is made: sa.PrimaryKeyConstraint("${column}"), or sa.UniqueConstraint("${column}").`
