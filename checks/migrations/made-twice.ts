import {defineCheck, migrationName, perMigration} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/made-twice',
  title: 'no migration makes what an earlier one has made',
  why: 'The database refuses a second table or column of a name, and the migrations stop there: relation "…" already exists.',
  // A database may be past both, or the earlier one may have been edited after it had run.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['files'],
  uses: ['madeTwice', 'madeByModels', 'migrations', 'tableHistory'],
  *run({madeTwice, madeByModels = [], migrations, tableHistory}) {
    if (!madeTwice && !migrations && !tableHistory) return 'no migrations can be read'
    for (const {kind, table, column, by, at, made, run, failsAt} of tableHistory ?? []) {
      if ((kind !== 'made' && kind !== 'added') || !made) continue
      const where =
        made.file === at.file ? 'which stands above already' : `which ${migrationName(made.file)} has made before`
      const what =
        column === undefined
          ? {making: `${by} makes ${table}`, error: `relation "${table}" already exists`}
          : {making: `${by} adds ${column}`, error: `column "${column}" of relation "${table}" already exists`}
      yield {
        message: `${what.making}, ${where}: the database refuses it (${what.error})`,
        at,
        related: [made, ...run],
        hint: 'Take it out here, or out of the earlier one where no database has run that yet.',
        failsAt,
      }
    }
    for (const {message, at, related, hint, failsAt} of migrations?.twice ?? [])
      yield {message, at, related, hint, failsAt}
    // One cause: the models of today are made first.
    const [again, ...others] = madeByModels
    if (again) {
      const {table, column, at, model, creator, upgrade} = again
      const making = column === undefined ? `create_table makes ${table}` : `add_column adds ${column} to ${table}`
      const what = column === undefined ? `relation "${table}"` : `column "${column}" of relation "${table}"`
      const more = others.length > 0 ? `, so with ${others.length} more` : ''
      yield {
        message: `${making}, which create_all() of ${migrationName(creator.file)} makes from the models of today${more}: a new database refuses it (${what} already exists)`,
        at,
        related: [creator, model, ...(upgrade ? [upgrade] : [])],
        hint: 'Write op.create_table(…) with the columns of that day in place of create_all(); or look first: sa.inspect(op.get_bind()).get_columns(…).',
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    }
    if (!madeTwice) return
    yield* perMigration(madeTwice, function* ({found: [again, ...others], upgrade}) {
      if (!again) return
      const {table, column, index, by, at, first} = again
      const earlier = migrationName(first.file)
      const where = first.file === at.file ? 'which stands above already' : `which ${earlier} has made before`
      if (index !== undefined && by !== undefined) {
        yield {
          message: `${by} makes ${index}, ${where}: the database refuses it (relation "${index}" already exists)`,
          at,
          related: [first, ...(upgrade ? [upgrade] : [])],
          hint: 'Give one of the two another name, or take it out here with its drop: in Postgres all tables of a schema share the names of indexes and unique constraints.',
          ...(!upgrade && {failsAt: 'silent' as const}),
        }
        return
      }
      if (index !== undefined) {
        yield {
          message: `create_index makes ${index}, which index=True above makes already: the database refuses it (relation "${index}" already exists)`,
          at,
          related: [first, ...(upgrade ? [upgrade] : [])],
          hint: 'Keep one of the two: take out index=True, or this line and its drop_index.',
          ...(!upgrade && {failsAt: 'silent' as const}),
        }
        return
      }
      const what =
        column === undefined
          ? {making: `create_table makes ${table}`, error: `relation "${table}" already exists`}
          : {making: `add_column adds ${column} to ${table}`, error: `column "${column}" already exists`}
      // One that was written against an empty database makes all of it again.
      const more = others.length > 0 ? `, so with ${others.length} more` : ''
      yield {
        message: `${what.making}, ${where}${more}: the database refuses it (${what.error})`,
        at,
        related: [first, ...others.slice(0, 5).map((other) => other.at), ...(upgrade ? [upgrade] : [])],
        hint: 'Take it out here, and keep only what is new; a migration that autogenerate wrote against an empty database has all tables in it.',
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    })
  },
})
