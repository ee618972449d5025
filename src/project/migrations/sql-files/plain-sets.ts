import {posix} from 'node:path'
import {compare} from '../../../compare.ts'
import {groupBy} from '../../../group-by.ts'
import type {TextFile} from '../../files/text.ts'
import type {MigrationTool} from '../tools.ts'
import {type MigrationFault, type MigrationSet, runOf, type SetInputs} from './migration-set.ts'
import {ownSets} from './own-sets.ts'
import {sqlSteps} from './sql-file.ts'
import {tablesTwice, type UpFile} from './tables-twice.ts'

interface PlainTool {
  name: MigrationTool
  /** Whether a file is one of its migrations; `manifests` are go.mod, Cargo.toml and the like. */
  owns(file: TextFile, manifests: string): boolean
  run: RegExp
  /** Where what runs forwards begins and ends. */
  up?: RegExp
  down?: RegExp
  /** The comment that does without a transaction. */
  free?: RegExp
  /** It sends each statement by itself; the others hand over the whole text. */
  sendsEach?: true
  /** What it does about two files of one version, as far as its source says. */
  onTwins?: string
  /** What shows that it runs them, where its name may stand for more than migrations. */
  sign?: RegExp
}

const ofGo = /\bgolang-migrate\/migrate\b/

/** Tools that run the numbered files of a folder, each in a transaction, or as it is. */
const tools: readonly PlainTool[] = [
  {
    name: 'goose',
    owns: ({text}) => /^--\s*\+goose Up\b/m.test(text),
    run: /\bgoose\b.{0,500}\sup(?!\S)/,
    up: /^--\s*\+goose Up\b.*$/m,
    down: /^--\s*\+goose Down\b/m,
    free: /^--\s*\+goose NO TRANSACTION\b/m,
    onTwins: 'goose stops: duplicate version',
    sendsEach: true,
  },
  {
    name: 'dbmate',
    owns: ({text}) => /^--\s*migrate:up\b/m.test(text),
    run: /\bdbmate\b.{0,500}\b(?:up|migrate)\b/,
    up: /^--\s*migrate:up\b.*$/m,
    down: /^--\s*migrate:down\b/m,
    free: /^--\s*migrate:up\b.*\btransaction:false/m,
  },
  {
    name: 'golang-migrate',
    owns: ({path}, manifests) => path.endsWith('.up.sql') && ofGo.test(manifests),
    // With a number it runs so many.
    run: /\bmigrate\b.{0,300}-(?:path|source)\b.{0,300}\sup(?!\S|\s+\d)/,
    onTwins: 'migrate stops: duplicate migration file',
  },
  {
    name: 'sqlx',
    owns: (_, manifests) => /^[ \t]*(?:sqlx\b|\[[\w.-]*dependencies\.sqlx\])/m.test(manifests),
    run: /\bsqlx\b.{0,500}\bmigrate\s+run\b(?!.{0,500}--(?:dry-run|target-version))/,
    free: /^--\s*no-transaction\b/,
    onTwins: 'sqlx stops at the second, as it has applied this version with other contents',
    sign: /\bsqlx\s+migrate\s+run\b|\bmigrate!\s*\(|\bMigrator::new\b|^\s{0,20}sqlx\s{0,9}=[^\n]{0,300}"migrate"/m,
  },
]

const numbered = /(?:^|\/)[\w-]*migrations?(?:\/[\w-]+)?\/(\d+)[_-][^/]*(?<!\.down)\.sql$/
const postgres = /\bjackc\/pgx\b|\blib\/pq\b|\btokio-postgres\b|"postgres"|"pg"\s*:|\bpsycopg|\basyncpg\b/
const others = /sqlite|mysql|mariadb|libsql|clickhouse|mssql|duckdb|cockroach|spanner/i

/** Folders of numbered files of SQL for Postgres; nothing where the project has another database too. */
export async function plainSets(inputs: SetInputs): Promise<MigrationSet[]> {
  const {paths, reader, steps = ''} = inputs
  const files = paths.ending('.sql').flatMap((path) => {
    const [, version] = numbered.exec(path) ?? []
    return version ? [{path, version: BigInt(version)}] : []
  })
  const folders = groupBy(files, ({path}) => posix.dirname(path))
  if (folders.size === 0) return []
  const manifests = paths.named('go.mod', 'Cargo.toml', 'package.json', 'requirements.txt', 'pyproject.toml')
  const texts = await Promise.all(manifests.slice(0, 50).map(async (path) => (await reader.glance(path))?.text ?? ''))
  const declared = texts.join('\n')
  const isPostgres = postgres.test(declared) && !others.test(declared)
  // A step of a workflow may run what the code itself does not know.
  const known = `${declared}\n${steps}`
  const sets = await Promise.all(
    [...folders.values()].map(async (each) => {
      const set = await plainSet(each, known, inputs)
      // Of another database only the names of the files are known.
      if (!set || isPostgres) return set
      return set.faults.length > 0 ? {index: set.index, migrations: [], faults: set.faults} : undefined
    }),
  )
  const told = sets.flatMap((set) => set ?? [])
  return told.length > 0 || !isPostgres ? told : ownSets([...folders.values()], inputs)
}

async function plainSet(
  unsorted: readonly {path: string; version: bigint}[],
  manifests: string,
  inputs: SetInputs,
): Promise<MigrationSet | undefined> {
  const {reader, since} = inputs
  const sorted = unsorted.toSorted((a, b) => compare(a.version, b.version))
  // What says no direction, golang-migrate passes over.
  const upwards = ofGo.test(manifests) ? sorted.filter(({path}) => path.endsWith('.up.sql')) : []
  const files = upwards.length > 0 ? upwards : sorted
  const newest = files.at(-1)?.path as string
  const texts = (await Promise.all(files.map(({path}) => reader.text(path)))).flatMap((file) => file ?? [])
  // Of a tool that marks its files the newest may lack the mark.
  const tool = tools.find(({owns}) => texts.filter((file) => owns(file, manifests)).length > texts.length / 2)
  if (!tool) return undefined
  const run = runOf(tool.run, inputs)
  const faults = [...(await twins(files, tool, run, inputs, manifests)), ...unmarked(texts, tool, run, since)]
  const set: MigrationSet = {index: newest, migrations: [], faults}
  const ups: UpFile[] = []
  for (const {path} of files) {
    const isNew = since ? !since.had(path) : path === newest
    const file = await reader.text(path)
    if (!file) continue
    const up = tool.up?.exec(file.text)
    const from = up ? up.index + up[0].length : 0
    const down = tool.down ? file.text.slice(from).search(tool.down) : -1
    const to = down < 0 ? file.text.length : from + down
    ups.push({file, from, to, isNew: isNew || !since})
    if (!isNew && since) continue
    const isFree = tool.free?.test(file.text) ?? true
    const alone = sqlSteps(file, false, from, to).length < 2
    // Without a transaction, several statements that are sent as one text are one to Postgres all the same.
    const autocommits = isFree && (alone || tool.sendsEach === true)
    const isSure = isNew && (run?.certain ?? false) && (!tool.free || autocommits === isFree)
    const steps = sqlSteps(file, isSure, from, to)
    set.migrations.push({file: path, tool: tool.name, steps, upgrade: run, isNew, autocommits, driver: undefined})
  }
  set.twice = tablesTwice(ups, run)
  set.parts = ups
  return set
}

/** dbmate reads all of a folder, and stops at a file that does not say what runs forwards (pkg/dbmate/migration.go). */
function unmarked(
  texts: readonly TextFile[],
  {name, up}: PlainTool,
  run: ReturnType<typeof runOf>,
  since: SetInputs['since'],
): MigrationFault[] {
  if (name !== 'dbmate' || !up) return []
  return texts.flatMap((file): MigrationFault[] => {
    if (up.test(file.text) || since?.had(file.path)) return []
    return [
      {
        message: `${posix.basename(file.path)} has no line -- migrate:up, as the others have: dbmate stops at it`,
        at: file.lineSpan(1),
        hint: 'Begin it with -- migrate:up, and write -- migrate:down before what takes it back.',
        stops: true,
        isSure: false,
        failsAt: run?.failsAt ?? 'boot',
      },
    ]
  })
}

async function twins(
  files: readonly {path: string; version: bigint}[],
  {onTwins, sign}: PlainTool,
  run: ReturnType<typeof runOf>,
  {paths, reader}: SetInputs,
  manifests: string,
): Promise<MigrationFault[]> {
  const faults = files.flatMap(({path, version}, index): MigrationFault[] => {
    const before = files[index - 1]
    if (!onTwins || before?.version !== version) return []
    return [
      {
        message: `${posix.basename(before.path)} and ${posix.basename(path)} have one version, ${version}: ${onTwins}`,
        at: {file: path},
        related: [{file: before.path}],
        hint: 'Give the newer one a higher number.',
        stops: true,
        isSure: run?.certain ?? false,
        failsAt: run?.failsAt ?? 'boot',
      },
    ]
  })
  if (faults.length === 0 || run || !sign || sign.test(manifests)) return faults
  const may = [...paths.ending('.rs'), ...paths.ending('.sh'), ...paths.named('Makefile', 'justfile', 'Dockerfile')]
  for (const path of may) if (sign.test((await reader.glance(path))?.text ?? '')) return faults
  return []
}
