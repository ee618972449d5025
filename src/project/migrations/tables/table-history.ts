/** What the migrations of frameworks, and those in SQL, do to the tables, one after the other, and where the database would refuse it. */
import {posix} from 'node:path'
import type {Location} from '../../../check.ts'
import {compare} from '../../../compare.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import type {Migrations} from '../migrations.ts'
import {alembicSteps} from './alembic-steps.ts'
import {ectoSteps, ownKeys} from './ecto-steps.ts'
import {laravelSteps} from './laravel-steps.ts'
import {railsSteps} from './rails-steps.ts'
import {type TableFault, tableFaults} from './replay-tables.ts'
import {sqlTableSteps} from './sql-steps.ts'
import type {MigrationSteps} from './table-step.ts'

export interface HistoryFault extends TableFault {
  /** The command of the deploy that runs the migrations. */
  run: Location[]
  failsAt: 'release' | 'boot' | 'silent'
}

/** One framework whose migrations are numbered files of a folder. */
interface Framework {
  folder: RegExp
  ending: string
  file: RegExp
  stepsOf(file: TextFile, version?: number): MigrationSteps | undefined
  /** The major version of the framework, where the steps depend on it. */
  version?(folder: string, reader: ProjectReader): Promise<number | undefined>
  /** The kinds of faults that the database of this project refuses. */
  refuses(folder: string, project: {reader: ProjectReader; facts: FactStore}): Promise<readonly TableFault['kind'][]>
  /** The file that has all tables as they are in the end: what stands in it is made somewhere. */
  schema?: string
}

const all = ['missing', 'later', 'made', 'added', 'no column', 'no key', 'other kind', 'default', 'held'] as const

const frameworks: readonly Framework[] = [
  {
    folder: /(?:^|\/)priv\/\w{1,60}\/migrations$/,
    ending: '.exs',
    file: /^\d{1,30}_.{1,200}\.exs$/,
    stepsOf: ectoSteps,
    async version(folder, reader) {
      const settings = ['config', 'dev', 'prod', 'runtime'].map((each) =>
        posix.join(folder, `../../../config/${each}.exs`),
      )
      const texts = await Promise.all(settings.map(async (path) => (await reader.text(path))?.text ?? ''))
      return texts.some((text) => /\bmigration_(?:primary|foreign)_key:/.test(text)) ? ownKeys : undefined
    },
    refuses: async (folder, {reader}) => ((await hasServer(folder, reader)) ? all : []),
  },
  {
    folder: /(?:^|\/)db\/migrate$/,
    ending: '.rb',
    file: /^\d{1,30}_\w{1,200}(?:\.\w{1,200})?\.rb$/,
    stepsOf: railsSteps,
    async refuses(folder, {reader, facts}) {
      const lock = (await reader.text(posix.join(folder, '../../Gemfile.lock')))?.text ?? ''
      if (!/^ {4}pg \(/m.test(lock) || /^ {4}sqlite3 \(/m.test(lock)) return []
      // db:prepare loads the schema into a new database, where the order of the migrations counts for nothing.
      const migrates = (await facts.value('processes'))?.find(/\bdb:migrate\b/)
      return migrates ? all : ['made', 'added', 'no column']
    },
    schema: 'schema.rb',
  },
  {
    folder: /(?:^|\/)database\/migrations$/,
    ending: '.php',
    file: /^\d{4}_\d\d_\d\d_\d{1,9}_\w{1,200}\.php$/,
    stepsOf: laravelSteps,
    async version(folder, reader) {
      const lock = (await reader.text(posix.join(folder, '../../composer.lock')))?.text ?? ''
      const [, major] = /"name":\s*"laravel\/framework",\s*"version":\s*"v?(\d{1,3})\./.exec(lock) ?? []
      return major === undefined ? undefined : Number(major)
    },
    // Packages make tables of their own. SQLite, the default, takes a foreign key to a table that is not there.
    async refuses(_, {facts}) {
      const [config, image] = [await facts.value('flyConfig'), await facts.value('image')]
      const connection = config?.config.env?.DB_CONNECTION ?? image?.final.env.get('DB_CONNECTION')?.value
      return /^(?:pgsql|mysql|mariadb|sqlsrv)$/.test(connection ?? '')
        ? ['later', 'made', 'added', 'no column']
        : ['made', 'added']
    },
  },
]

export async function loadTableHistory({reader}: Inputs, facts: FactStore): Promise<Fact<HistoryFault[]>> {
  const paths = ((await facts.value('files')) ?? noFiles).only((path) => !isApart(path))
  const found: TableFault[] = []
  let isAny = false
  for (const {folder, ending, file, stepsOf, version, refuses, schema} of frameworks) {
    const own = paths
      .ending(ending)
      .filter((path) => folder.test(posix.dirname(path)) && file.test(posix.basename(path)))
    const folders = groupBy(own, (path) => posix.dirname(path))
    // Several may be of one database, or each of its own.
    const [only, another] = [...folders.values()]
    const kinds = only && !another ? await refuses(posix.dirname(only[0] as string), {reader, facts}) : []
    if (!only || kinds.length === 0) continue
    isAny = true
    const files = await reader.texts(only.toSorted(inOrder))
    if (files.length < only.length) continue
    const major = await version?.(posix.dirname(only[0] as string), reader)
    const faults = tableFaults(files.flatMap((each) => stepsOf(each, major) ?? []))
    const whole = schema && (await reader.text(posix.join(posix.dirname(only[0] as string), '..', schema)))?.text
    const isMade = (table: string) => schema !== undefined && (whole === undefined || whole.includes(`"${table}"`))
    found.push(...faults.filter(({kind, table}) => kinds.includes(kind) && !(kind === 'missing' && isMade(table))))
  }
  const revised = await ofAlembic(reader, facts)
  found.push(...(revised ?? []))
  isAny ||= revised !== undefined
  const folders = (await facts.value('migrations'))?.folders ?? []
  for (const folder of folders) found.push(...(await ofSql(folder, {reader, paths})))
  if (!isAny && folders.length === 0)
    return absent('no folder has migrations of Ecto, Rails, Laravel or alembic, or in SQL')
  if (found.length === 0) return known([])
  const [since, processes] = [await facts.value('since'), await facts.value('processes')]
  const run = processes?.find(/migrat|\bdb:prepare\b|\balembic\b.{0,300}?\bupgrade\b/i)
  const failsAt = !run ? ('silent' as const) : run.by === 'release_command' ? ('release' as const) : ('boot' as const)
  return known(
    found.filter(({at}) => !since?.had(at.file)).map((fault) => ({...fault, run: run ? [run.at] : [], failsAt})),
  )
}

/** Of the revisions of alembic what no other look at them tells: other faults are those of `src/project/migrations/revisions`. */
async function ofAlembic(reader: ProjectReader, facts: FactStore): Promise<TableFault[] | undefined> {
  const [environment, another] = (await facts.value('alembic'))?.environments ?? []
  // Without these nothing shows that the database is Postgres; of several databases each has a history of its own.
  if (!environment || another || (await facts.get('migrations')).state !== 'ok') return undefined
  const read = await alembicSteps(environment, reader)
  if (!read) return undefined
  const {precedes, made: columns} = read
  return tableFaults(read.files).filter(({kind, table, column, at, made}) => {
    // With branches the order is known of those that lead to each other. Who makes a table later finds none, so none was there.
    if (precedes) return kind === 'later' && made && precedes(at.file, made.file)
    return (
      kind === 'held' ||
      kind === 'later' ||
      kind === 'renamed' ||
      (kind === 'no column' && columns.has(`${table}.${column}`))
    )
  })
}

/** How many of the older files are told: a new database stops at the first. */
const enough = 5
/** How many tables may be missing of a history that makes the others. */
const few = 3

async function ofSql(
  {parts = [], twice, isOneTransaction}: Migrations['folders'][number],
  {reader, paths}: SqlInputs,
): Promise<TableFault[]> {
  const files = sqlTableSteps(parts)
  // A table that is made twice is told of files as a whole.
  const faults = files
    ? tableFaults(files, {isOneTransaction}).filter(({kind}) => kind !== 'made' || twice === undefined)
    : []
  const unmade = faults.filter(({kind}) => kind === 'missing').map(({table}) => table)
  const others = new Set(
    unmade.length > 0 ? await madeElsewhere(unmade, new Set(parts.map(({file}) => file.path)), {reader, paths}) : [],
  )
  const nowhere = new Set(unmade.filter((table) => !others.has(table)))
  // Of a history that was begun on a database with tables many are not made.
  const isBegun = nowhere.size > few
  const told = faults.filter(({table, kind}) => !others.has(table) && !(kind === 'missing' && isBegun))
  const newest = parts.at(-1)?.file.path
  // A value that is added long ago was committed with the deploy of its day.
  const older = told.filter(({at, kind}) => at.file !== newest && kind !== 'new value')
  return [...older.slice(0, enough), ...told.filter(({at}) => at.file === newest)]
}

interface SqlInputs {
  reader: ProjectReader
  paths: Files
}

/** Of these tables those that other SQL, or code, makes. */
async function madeElsewhere(
  tables: readonly string[],
  own: ReadonlySet<string>,
  {reader, paths}: SqlInputs,
): Promise<string[]> {
  const makes =
    /\bcreate\s+(?:\w+\s+){0,3}(?:table|view)\s+(?:if\s+not\s+exists\s+)?["'`\w.]{0,20}?["`]?(\w{1,100})\b/gi
  const found = new Set<string>()
  for (const path of paths.ending('.sql', '.sh', '.ts', '.js', '.mjs', '.py', '.go', '.rs', '.rb', '.java', '.kt')) {
    if (own.has(path)) continue
    const text = (await reader.glance(path))?.text ?? ''
    if (!/\bcreate\s/i.test(text)) continue
    for (const [all] of text.matchAll(makes))
      for (const table of tables)
        if (all.toLowerCase().includes((table.split('.').at(-1) as string).toLowerCase())) found.add(table)
  }
  return [...found]
}

/** SQLite takes a foreign key to a table that is not there. */
async function hasServer(folder: string, reader: ProjectReader): Promise<boolean> {
  const manifest = (await reader.text(posix.join(folder, '../../../mix.exs')))?.text ?? ''
  return /\{:(?:postgrex|myxql|tds)\b/.test(manifest) && !/\{:(?:ecto_sqlite3|exqlite)\b/.test(manifest)
}

const numberOf = (path: string): bigint => BigInt(/^\d+/.exec(posix.basename(path))?.[0] ?? 0)

/** By the number; of one number, as the dates of Laravel have it, by the whole name. */
function inOrder(one: string, other: string): number {
  const [a, b] = [numberOf(one), numberOf(other)]
  return a < b ? -1 : a > b ? 1 : compare(one, other)
}
