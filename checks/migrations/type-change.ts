import {changesOf, columnKey, columnTypes, defineCheck, perMigration} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/type-change',
  title: 'a change of type tells Postgres how to convert',
  why: 'Postgres does not turn text into a number, a UUID or an enum by itself: the release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['files'],
  uses: ['migrations', 'tableHistory'],
  *run({migrations: all, tableHistory}) {
    if (!all && !tableHistory) return 'no migrations can be read'
    for (const {kind, table, column, what, kinds, by, at, made, run, failsAt} of tableHistory ?? []) {
      if (kind !== 'default' || !kinds) continue
      const [from, to] = kinds
      const isEnum = from === 'enum' && to === 'enum'
      const change = isEnum
        ? 'is one of the old enum, and becomes none of the new one'
        : `is ${from}, and becomes no ${to}`
      yield {
        message: `${by} gives ${column} another type, and USING is for its rows alone: its default ${what} ${change} by itself (default for column "${column}" cannot be cast automatically)`,
        at,
        related: [...(made ? [made] : []), ...run],
        hint: `Take the default away before, and set it again behind: ALTER TABLE ${table} ALTER COLUMN ${column} DROP DEFAULT;`,
        // Somebody may have taken it away by hand.
        severity: 'warning',
        failsAt,
      }
    }
    const {migrations} = all ?? {migrations: []}
    const typesBefore = columnTypes(migrations)
    yield* perMigration(migrations, function* (migration) {
      const known = typesBefore(migration)
      if (!known) return
      const changes = changesOf(migration)
      for (const change of changes) {
        if (change.kind !== 'change type' || change.hasUsing) continue
        const {to, table, column, at, isSure} = change
        // What the migration itself does to it before may be another type.
        const others = changes.filter(
          (each) => each !== change && each.table === table && 'column' in each && each.column === column,
        )
        const earlier = others.length === 0 ? known.get(columnKey(table, column)) : undefined
        const from = change.from ?? earlier
        if (others.some(({kind}) => kind === 'change type') || (earlier && earlier !== from)) continue
        // Everything can become text.
        if (!from || !to || from === to || to === 'text') continue
        const cast = `${column}::${to === 'number' ? 'integer' : to === 'time' ? 'timestamp' : to}`
        yield {
          message: `${table}.${column} becomes ${to} and was ${from}, which Postgres does not convert by itself`,
          at,
          hint: `Say how: ${migration.tool === 'alembic' ? `postgresql_using="${cast}"` : `… USING ${cast}`}`,
          ...(!isSure && {severity: 'warning'}),
        }
      }
    })
  },
})
