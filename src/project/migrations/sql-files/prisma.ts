import {posix} from 'node:path'
import type {TextFile} from '../../files/text.ts'
import {ignoringRules} from '../../git/git.ts'
import type {SqlPart} from '../tables/sql-steps.ts'
import {type MigrationSet, runOf, type SetInputs} from './migration-set.ts'
import {sqlSteps} from './sql-file.ts'

/**
 * The migrations of Prisma on Postgres. It sends each file as it is: several statements are one transaction to Postgres, and one
 * alone is in none.
 */
export async function prismaSet(lock: TextFile, inputs: SetInputs): Promise<MigrationSet | undefined> {
  const {reader, since, paths} = inputs
  const folder = posix.dirname(lock.path)
  const locked = /^provider\s*=\s*"(\w+)"/m.exec(lock.text)
  if (!locked) return undefined
  const run = runOf(/\bprisma\b.{0,500}\bmigrate\s+deploy\b/, inputs)
  const set: MigrationSet = {index: lock.path, migrations: [], faults: []}
  const provider = await schemaProvider(folder, inputs)
  if (provider && provider.name !== kindOf(locked[1] as string)) {
    set.faults.push({
      message: `the migrations are for ${locked[1]}, and the schema says ${provider.name}: prisma migrate stops with P3019`,
      at: lock.span(locked.index, locked.index + locked[0].length),
      related: [provider.at],
      hint: `Move ${folder} away, and begin a new history for ${provider.name}: npx prisma migrate dev --name init`,
      stops: true,
      isSure: run?.certain ?? false,
      failsAt: run?.failsAt ?? 'release',
    })
    return set
  }
  if (kindOf(locked[1] as string) !== 'postgresql') return set
  const files = paths.named('migration.sql').filter((path) => posix.dirname(posix.dirname(path)) === folder)
  for (const path of await emptyFolders(folder, files, inputs)) {
    set.faults.push({
      message: `${posix.dirname(path)} has no migration.sql: prisma migrate stops with P3015`,
      at: {file: path},
      hint: 'Bring the file back, or delete the folder.',
      stops: true,
      // Read in the description of the error, not run with each version.
      isSure: false,
      failsAt: run?.failsAt ?? 'release',
    })
  }
  const ignored = files.length === 0 && run ? await ignoringRule(folder, inputs) : undefined
  if (ignored) {
    set.faults.push({
      message: `no migration.sql is below ${folder}, and git would leave it out, by ${ignored.pattern}: the image has no migrations, and ${run?.by} makes no tables`,
      at: {file: ignored.file, line: ignored.line},
      related: [lock.span(locked.index, locked.index + locked[0].length)],
      hint: `Take them in again, with a line below this one: !${folder}/**/migration.sql`,
      stops: false,
      isSure: false,
      failsAt: run?.failsAt ?? 'release',
    })
  }
  const parts: SqlPart[] = []
  for (const path of files) {
    const isNew = since ? !since.had(path) : path === files.at(-1)
    const file = await reader.text(path)
    if (!file) continue
    parts.push({file, from: 0, to: file.text.length})
    if (!isNew && since) continue
    const steps = sqlSteps(file, isNew && (run?.certain ?? false))
    const autocommits = steps.length < 2
    set.migrations.push({file: path, tool: 'prisma', steps, upgrade: run, isNew, autocommits, driver: undefined})
  }
  if (parts.length === files.length) set.parts = parts
  return set
}

/** What would keep the next migration out of the repository: `*.sql`, meant for the dumps of a database. */
async function ignoringRule(folder: string, {reader}: SetInputs) {
  const next = `${folder}/20990101000000_next/migration.sql`
  const rule = (await ignoringRules(reader.root, [next])).get(next)
  // A folder that is left out on purpose is made anew by who builds the image.
  return rule && /\.sql$/.test(rule.pattern) && !rule.pattern.startsWith('!') ? rule : undefined
}

/** Of each folder that has other files than a migration.sql, the first of these. */
async function emptyFolders(folder: string, files: readonly string[], {reader, paths}: SetInputs): Promise<string[]> {
  const first = new Map<string, string>()
  for (const path of paths.under(folder)) {
    const name = path.slice(folder.length + 1).split('/')[0] as string
    const own = posix.join(folder, name)
    if (own !== path && !first.has(own) && !files.includes(`${own}/migration.sql`)) first.set(own, path)
  }
  const kinds = await Promise.all(
    [...first].map(async ([own, path]) => ({path, kind: await reader.kindOf(`${own}/migration.sql`)})),
  )
  return kinds.flatMap(({path, kind}) => (kind === 'missing' ? [path] : []))
}

/** What the datasource says, in the one schema beside the migrations. */
async function schemaProvider(folder: string, {reader, paths}: SetInputs) {
  const beside = posix.dirname(folder)
  const schemas = paths.in(beside).filter((path) => path.endsWith('.prisma'))
  if (schemas.length !== 1) return undefined
  const file = await reader.text(schemas[0] as string)
  const block = /^datasource\s+\w+\s*\{[^}]*?^[ \t]*provider\s*=\s*"(\w+)"/m.exec(file?.text ?? '')
  if (!file || !block) return undefined
  const end = block.index + block[0].length
  return {name: kindOf(block[1] as string), at: file.span(end - (block[1] as string).length - 2, end)}
}

const kindOf = (provider: string): string => (provider === 'postgres' ? 'postgresql' : provider)
