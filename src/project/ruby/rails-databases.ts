import {posix} from 'node:path'
import type {FactStore} from '../../facts.ts'
import type {CodeDatabase} from '../database/sqlite-code.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'

/** Gems of other databases: the app may have one of these in production. */
const others = ['pg', 'mysql2', 'trilogy', 'tiny_tds', 'activerecord-sqlserver-adapter', 'oracle-enhanced']

/** Databases that may begin empty: what is in them is made again. */
const fleeting = /^(?:cache|cable|errors)$/

/**
 * The SQLite databases of config/database.yml in production. Their paths begin at the folder of the app, which is where the
 * image works; DATABASE_URL takes the place of the first one.
 */
export async function railsDatabases(reader: ProjectReader, files: Files, facts: FactStore): Promise<CodeDatabase[]> {
  const [gems, build, flyConfig] = await Promise.all([
    facts.value('gems'),
    facts.value('build'),
    facts.value('flyConfig'),
  ])
  const lock = gems?.get('Gemfile.lock')?.gems
  const {workingDir, env} = build?.final.config ?? {}
  if (!lock?.has('sqlite3') || others.some((name) => lock.has(name)) || !workingDir) return []
  const file = files.has('config/database.yml') ? await reader.text('config/database.yml') : undefined
  const scripts = files.under('bin').filter((path) => /^bin\/[\w-]*entrypoint[\w.-]*$/.test(path))
  const started = (await Promise.all(scripts.map(async (path) => (await reader.text(path))?.text ?? ''))).join('\n')
  const built = (build?.stages ?? []).flatMap(({stage}) => stage.instructions.map(({text}) => text)).join('\n')
  // A link may lead from there to a volume, and a script may name another place.
  if (!file || /\bln -\w*s/.test(`${built}\n${started}`) || /\bDATABASE/.test(started)) return []
  const isGiven = env?.has('DATABASE_URL') || flyConfig?.config.env?.DATABASE_URL !== undefined
  return productionDatabases(file)
    .filter(({name}) => !(isGiven && name === 'primary') && !fleeting.test(name))
    .map(({path, at}) => ({path: posix.resolve(workingDir, path), at}))
}

/** `database:` below `production:`, and below the names that stand between them; a `url:` beside it takes its place. */
function productionDatabases(file: TextFile): {name: string; path: string; at: CodeDatabase['at']}[] {
  const found: {name: string; path: string; at: CodeDatabase['at']}[] = []
  const urls = new Set<string>()
  let isProduction = false
  let name = 'primary'
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number)
    if (/^\w/.test(line)) isProduction = /^production:/.test(line)
    if (!isProduction) continue
    name = /^ {1,4}(\w+):\s*$/.exec(line)?.[1] ?? name
    if (/^[ \t]+url:/.test(line)) urls.add(name)
    const path = /^[ \t]+database:[ \t]*["']?([\w./-]+\.(?:sqlite3?|db))["']?\s*$/.exec(line)?.[1]
    if (path !== undefined) found.push({name, path, at: file.lineSpan(number)})
  }
  return found.filter((each) => !urls.has(each.name))
}
