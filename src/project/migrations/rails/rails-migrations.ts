/** New migrations of Rails that stop as they are loaded or run, whatever the database holds. */
import {posix} from 'node:path'
import type {FileLocation, Location} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {camelized} from '../../camelized.ts'
import {withoutHashLines} from '../../code/comments.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {railsCasts} from './rails-casts.ts'
import {runsRailsMigrations} from './rails-files.ts'

export interface RailsMigrationStop {
  /**
   * `class`: the file defines another class than its name says. `version`: its Active Record is newer than that of the
   * lock. `bare`: it names none. `transaction`: CONCURRENTLY stands in the transaction of the migration. `cast`: Postgres
   * is not told how to convert a column.
   */
  kind: 'class' | 'version' | 'bare' | 'transaction' | 'cast'
  /** The class that Rails looks for; the version of Active Record that is asked for; the new type. */
  wanted: string
  /** The class that is there; the version of the lock; the old type. */
  has: string
  /** Of a `cast`: `items.price`. */
  column?: string
  at: FileLocation
  by: string
  command: Location
}

/**
 * "uninitialized constant AddPrice" (name.camelize.constantize), "Unknown migration version", "Directly inheriting from
 * ActiveRecord::Migration is not supported" (activerecord/lib/active_record/migration.rb, …/migration/compatibility.rb).
 */
export async function loadRailsMigrationStops({reader}: Inputs, facts: FactStore): Promise<Fact<RailsMigrationStop[]>> {
  const processes = await facts.need('processes')
  const lock = (await reader.text('Gemfile.lock'))?.text ?? ''
  const [, version] = /^ {4}activerecord \((\d{1,5}\.\d{1,5})[\w.]{0,40}\)$/m.exec(lock) ?? []
  if (version === undefined) return absent('there is no Gemfile.lock with Active Record')
  const paths = (await facts.value('files')) ?? noFiles
  const start = processes.find(runsRailsMigrations)
  const own = paths
    .under('db/migrate')
    .filter((path) => /^\d+_[_a-z0-9]+(?:\.[_a-z0-9]+)?\.rb$/.test(posix.basename(path)))
    .sort()
  if (!start || own.length === 0) return known([])
  const since = await facts.value('since')
  const files = await reader.texts(since ? own.filter((path) => !since.had(path)) : own.slice(-1))
  const isPostgres = /^ {4}pg \(/m.test(lock) && !/^ {4}(?:mysql2|trilogy|sqlite3) \(/m.test(lock)
  const changes = isPostgres && files.some(({text}) => text.includes('change_column'))
  const all = changes ? await reader.texts(own) : []
  return known(
    files.flatMap((file) =>
      [...stopsOf(file, version, isPostgres), ...castsOf(file, all)].map((each) => ({
        ...each,
        by: start.by,
        command: start.at,
      })),
    ),
  )
}

type Stop = Omit<RailsMigrationStop, 'by' | 'command'>

/** "column "price" cannot be cast automatically to type integer" */
const castsOf = (file: TextFile, all: readonly TextFile[]): Stop[] =>
  all.some(({path}) => path === file.path)
    ? railsCasts(
        file,
        all.filter(({path}) => path < file.path),
      ).map(({column, from, to, at}) => ({kind: 'cast', wanted: to, has: from, column, at}))
    : []

function* stopsOf(file: TextFile, version: string, isPostgres: boolean): Generator<Stop> {
  const text = withoutHashLines(file.text)
  const span = (match: RegExpExecArray) => file.span(match.index, match.index + match[0].length)
  const wanted = camelized(posix.basename(file.path, '.rb').replace(/^\d+_|\.[\s\S]*/g, ''))
  // An acronym of the project is written in upper case: AddAPIKey.
  const classes = [...text.matchAll(/\bclass\s+([\w:]+)/g)]
  const [first] = classes
  const isThere = classes.some(([, name = '']) => name.toLowerCase() === wanted.toLowerCase())
  if (first && !isThere && !/\bconst_set\b|\bClass\.new\b/.test(text))
    yield {kind: 'class', wanted, has: first[1] as string, at: span(first)}
  const base = /<\s*ActiveRecord::Migration(?:\[\s*(\d+\.\d+)\s*\]|(?!\[|\.))/.exec(text)
  const asked = base?.[1]
  if (base && asked === undefined) yield {kind: 'bare', wanted: version, has: '', at: span(base)}
  else if (base && asked !== undefined && isNewer(asked, version))
    yield {kind: 'version', wanted: asked, has: version, at: span(base)}
  const beside = /\balgorithm:\s*:concurrently\b|:algorithm\s*=>\s*:concurrently\b/.exec(text)
  if (beside && isPostgres && !/disable_ddl_transaction!|commit_db_transaction|strong_migrations/.test(text))
    yield {kind: 'transaction', wanted: '', has: '', at: span(beside)}
}

function isNewer(one: string, other: string): boolean {
  const [[a = 0, b = 0], [c = 0, d = 0]] = [one, other].map((each) => each.split('.').map(Number)) as [
    number[],
    number[],
  ]
  return a !== c ? a > c : b > d
}
