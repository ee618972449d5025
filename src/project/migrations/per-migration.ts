import type {Finding, Location} from '../../check.ts'

/**
 * What `look` finds: all of the new migrations; of the older ones, which most likely have run, the first finding and how
 * many migrations more have the like.
 */
export function* perMigration<Migration extends {isNew: boolean}>(
  migrations: readonly Migration[],
  look: (migration: Migration) => Iterable<Finding>,
): Iterable<Finding> {
  const older: Finding[][] = []
  for (const migration of migrations) {
    if (migration.isNew) yield* look(migration)
    else older.push([...look(migration)])
  }
  const [first, ...others] = older.flatMap((each) => each.slice(0, 1))
  if (!first) return
  const more: Location[] = others.slice(0, 5).map(({at}) => at)
  yield {
    ...first,
    message:
      others.length === 0
        ? first.message
        : `${first.message}; ${others.length} more of the older migrations ${others.length === 1 ? 'has' : 'have'} the like`,
    related: [...(first.related ?? []), ...more],
  }
}
