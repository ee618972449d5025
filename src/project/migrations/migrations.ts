import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Upgrade} from '../alembic/commands.ts'
import {isApart} from '../files/apart.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {declaredNames} from '../python/packages/declared.ts'
import type {ColumnTypes} from './column-types.ts'
import {type EmptiedPath, emptiedPath} from './sql-files/emptied-path.ts'
import type {MigrationFault, MigrationSet} from './sql-files/migration-set.ts'
import type {Step} from './steps.ts'
import type {MigrationTool} from './tools.ts'

/** What the migrations do to a Postgres database, read without running them. */
export interface Migrations {
  /** Those that the next deploy may run: where a base tells the new ones, they; else all. */
  migrations: Migration[]
  /** Tables that the new ones make: nothing is in them. */
  made: ReadonlySet<string>
  /** Files of SQL that a program of the project runs, in a transaction or without one. */
  own: Migration[]
  /** Files of SQL after which the next ones find no table without its schema. */
  emptied: EmptiedPath[]
  /** Every file of a revision, for what another one may have made. */
  mentions(text: string, except: string): boolean
  /** The file of a revision that the database has behind it and that makes this enum type, which none drops. */
  enumBefore(name: string): string | undefined
  /** What tools that keep their migrations as SQL stop at, or pass over; alembic's own faults are in its fact. */
  faults: MigrationFault[]
  /** What files of SQL make although an earlier one has made it; that of alembic is a fact of its own. */
  twice: MigrationFault[]
  /** The folders of SQL in which each file is read, in the order of their tools. */
  folders: Pick<MigrationSet, 'parts' | 'twice' | 'isOneTransaction'>[]
}

export interface Migration {
  file: string
  /** What runs it, and how: each in its own kind of transaction. */
  tool: MigrationTool
  /** The calls of upgrade(), or the statements of the file, in order. */
  steps: Step[]
  /** What runs it in the deploy; undefined where nothing is seen to. */
  upgrade: Pick<Upgrade, 'by' | 'at'> | undefined
  /** The next deploy most likely brings it. */
  isNew: boolean
  /** Each statement is committed by itself: a connection says so, or the file has no more than one. */
  autocommits: boolean
  /** env.py, or the revision itself, begins or commits what comes behind. */
  commitsItself?: boolean
  /** What env.py connects with, where it says so. */
  driver: 'asyncpg' | undefined
  /** The types of the columns before it, where the tool keeps them beside it. */
  columns?: ColumnTypes | undefined
}

/** Those that one loader found, and their files. */
export interface FoundMigrations {
  migrations: Migration[]
  texts: ReadonlyMap<string, string>
  enumBefore: Migrations['enumBefore']
}

export async function loadMigrations(inputs: Inputs, facts: FactStore): Promise<Fact<Migrations>> {
  const {loadSqlSets} = await import('./sql-files/sql-sets.ts')
  const [alembic, sets] = await Promise.all([ofAlembic(inputs, facts), loadSqlSets(inputs, facts)])
  if (alembic.state !== 'ok' && sets.length === 0) return alembic
  const none: FoundMigrations = {migrations: [], texts: new Map(), enumBefore: () => undefined}
  const {migrations: revisions, texts, enumBefore} = alembic.state === 'ok' ? alembic.value : none
  const migrations = [...revisions, ...sets.flatMap((set) => set.migrations)]
  const {changesOf} = await import('./changes.ts')
  const fresh = migrations.filter(({isNew}) => isNew).flatMap(changesOf)
  return known({
    migrations,
    made: new Set(fresh.flatMap(({kind, table}) => (kind === 'make table' ? [table] : []))),
    mentions: (text, except) => [...texts].some(([path, each]) => path !== except && each.includes(text)),
    enumBefore,
    own: sets.flatMap(({own = []}) => own),
    emptied: sets.flatMap((set) => emptiedPath(set) ?? []),
    faults: sets.flatMap(({faults}) => faults),
    twice: sets.flatMap(({twice = []}) => twice),
    folders: sets.filter(({parts}) => parts !== undefined),
  })
}

/** The URL of another one, as SQLAlchemy takes it. */
const otherDatabase = /^(?:sqlite|mysql|mariadb|mssql|oracle)(?:\+\w+)?:/
const otherServer = String.raw`(?:mysql|mariadb|mssql|oracle|cockroachdb|redshift)(?:\+\w+)?://`
const otherDrivers =
  /^(?:pymysql|mysqlclient|aiomysql|asyncmy|mysql-connector-python|mariadb|oracledb|cx-oracle|pyodbc|pymssql|sqlalchemy-(?:cockroachdb|redshift))$/

async function ofAlembic(inputs: Inputs, facts: FactStore): Promise<Fact<FoundMigrations>> {
  const [alembic, python, image, flyConfig] = await Promise.all([
    facts.get('alembic'),
    facts.value('python'),
    facts.value('image'),
    facts.value('flyConfig'),
  ])
  if (alembic.state !== 'ok') return alembic
  const drivers = image?.final.drivers ?? []
  if (drivers.length === 0 && !python?.postgresUse) return absent('nothing shows that the database is Postgres')
  // A project may know several databases: which one, the variables of the machines say.
  if (Object.values(flyConfig?.config.env ?? {}).some((value) => otherDatabase.test(value)))
    return absent('[env] names another database than Postgres')
  // SQLite has its file on a volume: with both in the project, either may be what is migrated.
  const hasVolume = (flyConfig?.config.mounts ?? []).length > 0
  const named = hasVolume ? new RegExp(`sqlite(?:\\+\\w+)?://|${otherServer}`) : new RegExp(otherServer)
  const hasOther =
    declaredNames(python).some((name) => otherDrivers.test(name)) ||
    (await mentions(named, (await facts.value('files')) ?? noFiles, inputs.reader))
  // What an image says may be for its build alone.
  const inImage = [...(image?.final.env.values() ?? [])].some(({value}) => otherDatabase.test(value ?? ''))
  const isPostgres = !inImage && !hasOther
  const {alembicMigrations} = await import('./revisions/alembic-migrations.ts')
  const since = await facts.value('since')
  return known(await alembicMigrations(alembic.value, {reader: inputs.reader, drivers, since, isPostgres}))
}

async function mentions(url: RegExp, paths: Files, reader: Inputs['reader']): Promise<boolean> {
  for (const path of [...paths.ending('.py'), ...paths.named('alembic.ini')]) {
    if (isApart(path)) continue
    if (url.test((await reader.text(path))?.text ?? '')) return true
  }
  return false
}
