/** Tables and columns that the schema of Drizzle has and no migration makes: `migrate` runs the files of the journal alone. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {parseLoosely} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {startedSources} from '../../node/imports/started-packages.ts'
import {scriptsOf} from '../../node/scripts/scripts-of.ts'
import {startedCommands, textOf} from '../../processes/processes.ts'
import {MadeWords} from './made-words.ts'

/** A table that no migration makes, or some of whose columns none does. */
export interface DrizzleDrift {
  table: string
  /** The columns that are missing; undefined: the whole table. */
  columns: string[] | undefined
  at: FileLocation
  /** The folder of the migrations. */
  folder: string
  isSqlite: boolean
  /** What runs them. */
  run: {by: string; at: FileLocation}
}

const migrator =
  /\bfrom\s{0,20}["']drizzle-orm\/[\w-]{1,40}\/migrator["']|\brequire\(["']drizzle-orm\/[\w-]{1,40}\/migrator["']\)/
/** Makes the tables of the schema itself, or the migrations when the image is built. */
const pushes = /\bdrizzle-kit\b.{0,200}\b(?:push|generate)\b/

export async function loadDrizzleDrift(inputs: Inputs, facts: FactStore): Promise<Fact<DrizzleDrift[]>> {
  const {reader} = inputs
  const [files, image] = await Promise.all([facts.value('files'), facts.value('image')])
  const paths = (files ?? noFiles).only((path) => !isApart(path) && !/(?:^|\/)(?:tests?|__tests__|dist)\//.test(path))
  const [journal, another] = paths.named('meta/_journal.json')
  if (journal === undefined || another !== undefined) return known([])
  const run = await runOf(inputs, facts, paths)
  const others = [...paths.ending('Dockerfile', '.sh'), ...paths.named('fly.toml'), ...paths.under('.github/workflows')]
  const scripts = (await reader.texts(paths.named('package.json'))).flatMap(({text}) => pushingScripts(text))
  const makes = (text: string) =>
    pushes.test(text) || scripts.some((name) => new RegExp(`(?<![\\w:-])${escapePattern(name)}(?![\\w:-])`).test(text))
  if (!run || (await reader.texts(others)).some(({text}) => makes(text))) return known([])
  const folder = posix.dirname(posix.dirname(journal))
  const made = await reader.texts(paths.in(folder).filter((path) => path.endsWith('.sql')))
  const settings = await reader.texts(
    paths.ending('.ts', '.js', '.mjs', '.mts').filter((path) => /(?:^|\/)drizzle\.config\.\w+$/.test(path)),
  )
  // Tables that are somebody else's, and more than one database.
  if (made.length === 0 || settings.length > 1 || settings.some(({text}) => /\b\w{1,40}Filter\b/.test(text)))
    return known([])
  const schemas = await schemasOf(settings[0], paths, inputs)
  const sql = new MadeWords(made.map(({text}) => text).join('\n;\n'))
  const {tablesIn} = await import('./drizzle-tables.ts')
  const tables = schemas.filter(({path}) => !image || image.copies(path)).flatMap(tablesIn)
  // The tables were made in another way, and these migrations only add to them.
  if (tables.filter(({name}) => sql.has(name)).length < tables.length / 2) return known([])
  return known(
    tables.flatMap(({name, at, columns, isSqlite}): DrizzleDrift[] => {
      const own = {table: name, folder, isSqlite, run}
      if (!sql.has(name)) return [{...own, columns: undefined, at}]
      const missing = columns.filter((each) => !each.names.some((one) => sql.hasColumn(name, one)))
      return missing[0] ? [{...own, columns: missing.map(({names: [first]}) => first), at: missing[0].at}] : []
    }),
  )
}

/** What the machines start that runs the migrations: `drizzle-kit migrate`, or a program with Drizzle's own migrator. */
async function runOf(inputs: Inputs, facts: FactStore, paths: Files): Promise<DrizzleDrift['run'] | undefined> {
  const {started} = await startedCommands(facts)
  const all = started.map(({by, command}) => ({by, at: command.at, text: textOf(command)}))
  if (all.some(({text}) => pushes.test(text))) return undefined
  const direct = all.find(({text}) => /\bdrizzle-kit\b.{0,200}\bmigrate\b/.test(text))
  if (direct) return direct
  const sources = paths.ending('.ts', '.mts', '.js', '.mjs', '.cjs')
  const runners = (await inputs.reader.texts(sources)).filter(({text}) => migrator.test(text))
  if (runners.length === 0) return undefined
  const stems = new Set(runners.map(({path}) => posix.basename(path).replace(/\.\w+$/, '')))
  const named = all.find(({text}) =>
    [...text.matchAll(/([\w-]{1,100})\.[cm]?[jt]s(?![\w.])/g)].some(([, stem = '']) => stems.has(stem)),
  )
  if (named) return named
  const loaded = (await startedSources(inputs, facts)).find(({sources: own}) =>
    own.some(({file}) => runners.some(({path}) => path === file.path)),
  )
  return loaded && {by: loaded.by, at: loaded.command}
}

/** The scripts of a package.json that do so. */
const pushingScripts = (manifest: string): string[] =>
  Object.entries(scriptsOf(parseLoosely(manifest))).flatMap(([name, text]) => (pushes.test(text) ? name : []))

/** The files of the schema, as drizzle.config.ts names them; else all that may be. */
async function schemasOf(config: TextFile | undefined, paths: Files, {reader}: Inputs): Promise<TextFile[]> {
  const [, schema] = /\bschema\s{0,20}:\s{0,20}["']([^"'\n*{}]{1,200})/.exec(config?.text ?? '') ?? []
  const place = config && schema ? posix.join(posix.dirname(config.path), schema) : undefined
  const all = await reader.texts(paths.ending('.ts', '.mts', '.js', '.mjs'))
  return all.filter(
    ({path, text}) =>
      (place === undefined || path.startsWith(place.replace(/\/$/, ''))) && /drizzle-orm\/\w{1,10}-core/.test(text),
  )
}
