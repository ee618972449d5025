import {type Change, changesOf, defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/old-code',
  title: 'the running version can live with the migration',
  why: 'The release command changes the database while the machines still run the code of before, which then asks for what is gone.',
  // Whether the code of before still uses it is not known.
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations, made}}) {
    // What was deployed has been lived with.
    for (const migration of migrations.filter(({isNew, upgrade}) => isNew && upgrade)) {
      for (const change of changesOf(migration)) {
        const what = made.has(change.table) ? undefined : taken(change)
        if (!what) continue
        yield {
          message: `${what} before the machines that still use the old one are replaced, and stays so when the new version does not become healthy`,
          at: change.at,
          hint: 'Deploy code that no longer uses it first, and this migration with the deploy after.',
        }
      }
    }
  },
})

function taken(change: Change): string | undefined {
  const {table} = change
  switch (change.kind) {
    case 'drop table':
      return `${table} is dropped`
    case 'drop column':
      return `${table}.${change.column} is dropped`
    case 'rename table':
      return `${table} gets another name`
    case 'rename column':
      return `${table}.${change.column} gets another name`
    default:
      return undefined
  }
}
