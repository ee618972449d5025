import type {FileLocation} from '../../../check.ts'
import {compare} from '../../../compare.ts'
import {groupBy} from '../../../group-by.ts'
import type {DjangoApp} from './apps.ts'
import type {Dependency, DjangoMigration} from './migration-file.ts'

/** Why Django cannot put the migrations into an order (django/db/migrations/loader.py, graph.py). */
export type GraphFault =
  /** Two of an app have none behind them: CommandError, Conflicting migrations detected. */
  | {kind: 'leaves'; app: string; leaves: DjangoMigration[]; at: FileLocation}
  /** NodeNotFoundError. */
  | {kind: 'missing'; migration: DjangoMigration; dependency: Dependency; at: FileLocation}
  /** A folder without `__init__.py`, which Django passes over. */
  | {kind: 'namespace'; app: string; folder: string; count: number; at: FileLocation}

/** Of the apps that the settings name, those that could be read. */
export function graphFaults(apps: readonly DjangoApp[]): GraphFault[] {
  const byLabel = groupBy(apps, ({label}) => label)
  return apps.flatMap((app) => {
    const {label, migrations = []} = app
    // Django refuses two apps of one label before it comes to the migrations.
    if (byLabel.get(label)?.length !== 1) return []
    const [first] = migrations
    if (app.isNamespace && first)
      return [{kind: 'namespace', app: label, folder: app.folder, count: migrations.length, at: first.at}]
    const missing = missingIn(migrations)
    // What has lost the one before it is an end, too; Django does not come to that.
    return missing.length > 0 ? missing : leavesOf(label, migrations)
  })

  function missingIn(migrations: readonly DjangoMigration[]): GraphFault[] {
    return migrations.flatMap((migration) =>
      (migration.dependencies ?? []).flatMap((dependency): GraphFault[] =>
        isThere(dependency) ? [] : [{kind: 'missing', migration, dependency, at: dependency.at}],
      ),
    )
  }

  function isThere({app, name}: Dependency): boolean {
    const [known] = byLabel.get(app) ?? []
    // Of packages, and of apps that were not read, nothing is known.
    if (!known?.migrations || known.isNamespace || /^__(?:first|latest)__$/.test(name)) return true
    return known.migrations.some((each) => each.name === name || each.replaces.includes(name))
  }
}

/** Which of an app no other one of it comes after. Which of the replaced ones count, the database decides. */
function leavesOf(app: string, migrations: readonly DjangoMigration[]): GraphFault[] {
  if (migrations.some(({dependencies, replaces, runsBefore}) => !dependencies || replaces.length > 0 || runsBefore))
    return []
  const followed = new Set(
    migrations.flatMap(({dependencies = []}) => dependencies.flatMap((each) => (each.app === app ? [each.name] : []))),
  )
  const leaves = migrations.filter(({name}) => !followed.has(name)).sort((a, b) => compare(a.name, b.name))
  const last = leaves.at(-1)
  return last && leaves.length > 1 ? [{kind: 'leaves', app, leaves, at: last.at}] : []
}
