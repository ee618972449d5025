/** Files of db/migrate that Active Record refuses before it runs any of them. */
import {posix} from 'node:path'
import type {FileLocation, Location} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'

/** A command that runs the migrations of Rails. */
export const runsRailsMigrations = /\b(?:rails|rake)\s(?:\S{1,200}\s){0,9}db:(?:migrate|prepare)(?=\s|$)/

export interface RailsMigrationFault {
  /** Two files with one version, or with one name; `file`: a name that is none of a migration. */
  kind: 'version' | 'name' | 'file'
  what: string
  at: FileLocation
  others: FileLocation[]
  /** The command that runs the migrations. */
  by: string
  command: Location
  /** It surely runs, and looks at every file whether or not one of them is new. */
  isSure: boolean
}

/** ActiveRecord::MigrationContext: which files it takes, and what it makes of their names (lib/active_record/migration.rb). */
const taken = /^\d[^/_]{0,99}_[^/]{0,200}\.rb$/
const name = /^(\d{1,30})_([_a-z0-9]{0,200})(?:\.[_a-z0-9]{0,200})?\.rb$/

export async function loadRailsMigrationFaults(
  {reader}: Inputs,
  facts: FactStore,
): Promise<Fact<RailsMigrationFault[]>> {
  const [processes, image] = await Promise.all([facts.need('processes'), facts.value('image')])
  const paths = (await facts.value('files')) ?? noFiles
  const lock = await reader.text('Gemfile.lock')
  if (!/^ {4}activerecord \(/m.test(lock?.text ?? '')) return absent('there is no Gemfile.lock with Active Record')
  const start = processes.find(runsRailsMigrations)
  const settings = await reader.texts(
    ['config/database.yml', 'config/application.rb', 'config/environments/production.rb'].filter((path) =>
      paths.has(path),
    ),
  )
  // Another folder may be that of the migrations.
  // Those of the databases for the queue and the cache, as Rails itself writes them, lie beside it.
  const own = settings
    .map(({text}) =>
      text.replace(/^[ \t]{0,200}(?:#[^\n]*|migrations_paths:[ \t]{0,9}["']?db\/\w{1,60}_migrate["']?[ \t\r]*$)/gm, ''),
    )
    .join('\n')
  if (!start || /\bmigrations_paths?\b|db\/migrate/.test(own)) return known([])
  const files = paths
    .under('db/migrate')
    .filter((path) => taken.test(posix.basename(path)) && (!image || image.copies(path)))
    .map((path) => ({path, parts: name.exec(posix.basename(path))}))
  const placed = async (path: string) => (await reader.text(path))?.whole
  const found: RailsMigrationFault[] = []
  const tell = async (kind: RailsMigrationFault['kind'], what: string, all: readonly string[]) => {
    const [at, ...others] = (await Promise.all(all.map(placed))).filter((each) => each !== undefined)
    const isSure = start.certain && /\bdb:migrate\b/.test(start.text)
    if (at) found.push({kind, what, at, others, by: start.by, command: start.at, isSure})
  }
  for (const {path, parts} of files) if (!parts) await tell('file', posix.basename(path), [path])
  const read = files.flatMap(({path, parts}) =>
    parts ? [{path, version: String(BigInt(parts[1] as string)), title: parts[2] as string}] : [],
  )
  for (const [kind, groups] of [
    ['name', groupBy(read, ({title}) => title)],
    ['version', groupBy(read, ({version}) => version)],
  ] as const)
    for (const [what, all] of groups)
      if (all.length > 1)
        await tell(
          kind,
          what,
          all.map(({path}) => path).sort((one, other) => (one < other ? 1 : -1)),
        )
  return known(found)
}
