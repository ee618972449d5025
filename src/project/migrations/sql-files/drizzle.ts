import {posix} from 'node:path'
import {isTable, locate} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import {columnKey, kindOfSql} from '../column-types.ts'
import type {SqlPart} from '../tables/sql-steps.ts'
import {type MigrationFault, type MigrationSet, runOf, type SetInputs} from './migration-set.ts'
import {sqlSteps} from './sql-file.ts'

interface Entry {
  tag: string
  when: number
}

/**
 * The migrations of drizzle on Postgres. Its migrator (drizzle-orm 0.44, migrator.js and pg-core/dialect.js) reads the file of
 * every entry of the journal, whatever is applied, and runs those that are newer than the last applied one, all of them
 * in one transaction.
 */
export async function drizzleSet(journal: TextFile, inputs: SetInputs): Promise<MigrationSet | undefined> {
  const {reader, since} = inputs
  const folder = posix.dirname(posix.dirname(journal.path))
  const document = parseJson(journal)
  const run = runOf(/\bdrizzle-kit\b.{0,500}\bmigrate\b/, inputs)
  const common = {isSure: run?.certain ?? false, failsAt: run?.failsAt ?? ('release' as const)}
  const set: MigrationSet = {index: journal.path, migrations: [], faults: []}
  const fault = (found: Omit<MigrationFault, 'isSure' | 'failsAt'>) => set.faults.push({...common, ...found})
  if (!('value' in document)) {
    fault({
      message: `the journal of drizzle's migrations cannot be read, and each run stops at it: ${document.message}`,
      at: document.at,
      hint: 'Correct it; after a merge, keep the entries of both sides, each with an idx of its own.',
      stops: true,
    })
    return set
  }
  const {dialect, entries} = document.value as {dialect?: unknown; entries?: unknown}
  if (dialect !== 'postgresql' || !Array.isArray(entries) || !entries.every(isEntry)) return undefined
  const columnsBefore = async (index: number) => {
    const [, number] = /^(\d{4})_/.exec(entries[index - 1]?.tag ?? '') ?? []
    const file = number && (await reader.text(posix.join(folder, `meta/${number}_snapshot.json`)))
    const snapshot = file ? parseJson(file) : undefined
    return snapshot && 'value' in snapshot ? snapshotColumns(snapshot.value) : undefined
  }
  const at = (index: number) => locate(journal, document.root, ['entries', index, 'tag'])
  let newest: Entry | undefined
  const parts: SqlPart[] = []
  for (const [index, entry] of entries.entries()) {
    const path = posix.join(folder, `${entry.tag}.sql`)
    const isNew = since ? !since.had(path) : index === entries.length - 1
    const file = await reader.text(path)
    if (file) parts.push({file, from: 0, to: file.text.length})
    if ((await reader.kindOf(path)) === 'missing') {
      fault({
        message: `the journal has ${entry.tag}, and ${path} is missing: drizzle reads the file of every entry, and stops`,
        at: at(index),
        hint: `Bring the file back, or take the entry out of the journal: git log --diff-filter=D -- ${path}`,
        stops: true,
      })
    }
    if (isNew && newest && entry.when <= newest.when) {
      fault({
        message: `${entry.tag} is dated before ${newest.tag}: where that one is applied, drizzle passes this one over and says nothing`,
        at: at(index),
        hint: `Give its "when" a higher number than ${newest.when}, or generate it anew.`,
        stops: false,
      })
    }
    if (!newest || entry.when > newest.when) newest = entry
    if (!file || (!isNew && since)) continue
    const steps = sqlSteps(file, isNew && common.isSure)
    set.migrations.push({
      file: path,
      tool: 'drizzle',
      steps,
      upgrade: run,
      isNew,
      autocommits: false,
      driver: undefined,
      columns: await columnsBefore(index),
    })
  }
  if (parts.length === entries.length) set.parts = parts
  set.isOneTransaction = true
  const tags = new Set(entries.map(({tag}) => tag))
  const left = inputs.paths.in(folder).flatMap((path) => {
    // A folder below keeps what was once run: an archive.
    const name = posix.dirname(path) === folder ? /^(\d{4}_\w+)\.sql$/.exec(posix.basename(path))?.[1] : undefined
    const isNew = since ? !since.had(path) : path > posix.join(folder, `${entries.at(-1)?.tag}.sql`)
    return name && !tags.has(name) && isNew ? [{path, name}] : []
  })
  // Where most stand in no journal, the project runs its files by a program of its own.
  for (const {path, name} of left.length > Math.max(entries.length, 2) ? [] : left) {
    fault({
      message: `${posix.basename(path)} is not in the journal, and drizzle never runs it`,
      at: {file: path},
      related: [journal.whole],
      hint: `Make it with drizzle-kit generate --custom --name ${name.replace(/^\d+_/, '')}, which puts it into the journal.`,
      stops: false,
    })
  }
  return set
}

/** The columns of a snapshot, which drizzle-kit lays beside the journal with each migration. */
function snapshotColumns(value: Record<string, unknown>): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  for (const table of Object.values(isTable(value.tables) ? value.tables : {})) {
    if (!isTable(table) || typeof table.name !== 'string' || !isTable(table.columns)) continue
    for (const column of Object.values(table.columns)) {
      if (!isTable(column) || typeof column.name !== 'string' || typeof column.type !== 'string') continue
      const key = columnKey(table.name, column.name)
      // Of two schemas each may have such a table.
      found.set(key, found.has(key) || column.typeSchema ? undefined : kindOfSql(column.type))
    }
  }
  return found
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'tag' in value && typeof value.tag === 'string' && 'when' in value
