import {defineCheck, isConstant, perMigration} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/unnamed-constraint',
  title: 'constraints are dropped by their names',
  why: 'DROP CONSTRAINT needs a name; SQLAlchemy has none to write, and the release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    yield* perMigration(migrations, function* ({steps}) {
      for (const {call, at, table, isSure} of steps) {
        const name = call.keywords.get('constraint_name') ?? call.args[0]
        if (call.method !== 'drop_constraint' || !isConstant(name, null)) continue
        // That of a primary key a naming_convention can make of the table alone.
        const type = call.keywords.get('type_') ?? call.args[2]
        const isPrimary = type?.kind === 'text' && type.text === 'primary'
        yield {
          message: `drop_constraint has no name${table ? ` for the constraint of ${table}` : ''}: SQLAlchemy stops with "it has no name"`,
          at,
          hint: 'Name the constraint as Postgres did (\\d TABLE in psql shows it), and set a naming_convention in the metadata.',
          ...(!(isSure && !isPrimary) && {severity: 'warning'}),
        }
      }
    })
  },
})
