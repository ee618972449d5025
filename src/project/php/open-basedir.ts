import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, lineage} from '../dockerfile/parse.ts'
import {isBelow} from '../image/files/image-path.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'

/** A database of SQLite that lies where PHP-FPM lets no script open a file. */
export interface ClosedDatabase {
  path: string
  /** The folders of `open_basedir`. */
  allowed: string[]
  /** DB_DATABASE. */
  at: FileLocation
  /** The line of the pool. */
  set: FileLocation
}

const ofPool = /\/(?:fpm\/pool\.d|php-fpm\.d)\/[^/]+\.conf$/
const line = /^[ \t]*php_(?:admin_)?value\[open_basedir\][ \t]*=[ \t]*["']?([^\s"';]+)/gm

/**
 * The pool that `flyctl launch` writes for Laravel has `open_basedir`, which counts for requests and not for artisan: the
 * migrations find the database on the volume, and each request ends with "open_basedir prohibits opening".
 */
export async function loadClosedDatabases({reader}: Inputs, facts: FactStore): Promise<Fact<ClosedDatabase[]>> {
  const [{final}, files, flyConfig] = await facts.needAll('build', 'files', 'flyConfig')
  const env = flyConfig.config.env ?? {}
  const path = String(env.DB_DATABASE ?? '')
  const settings = files.has('artisan') ? ((await reader.text('config/database.php'))?.text ?? '') : ''
  const isSqlite = /'sqlite'/.test(settings) && /^(?:sqlite|undefined)$/.test(String(env.DB_CONNECTION))
  if (!isSqlite || !posix.isAbsolute(path) || !/env\(\s*'DB_DATABASE'/.test(settings)) return known([])
  // The server of Octane is a program of the command line.
  if (/"laravel\/octane"/.test((await reader.text('composer.json'))?.text ?? '')) return known([])
  const {scripts, texts} = await startedCommands(facts)
  const started = [...scripts.map(({file}) => file.text), ...texts.map(({text}) => text)]
  if (started.some((text) => otherServer.test(text))) return known([])
  const said = [
    ...started,
    ...lineage(final.stage).flatMap((stage) => allInstructions(stage).map(({text}) => text)),
    // The entrypoint that flyctl launch writes runs all of these.
    ...(await reader.texts(files.under('.fly/scripts'))).map(({text}) => text),
  ]
  const isLinked = (text: string) => /\bln\s/.test(text) && text.includes(posix.dirname(path))
  if (said.some((text) => /open_basedir/.test(text) || isLinked(text))) return known([])
  const found: ClosedDatabase[] = []
  for (const [place, {source}] of final.files.files((names) => names.ending('.conf'))) {
    if (!ofPool.test(place) || !files.has(source) || said.some((text) => changes(text, place))) continue
    const file = await reader.text(source)
    const match = [...(file?.text ?? '').matchAll(line)].at(-1)
    const allowed = match?.[1]?.split(':') ?? []
    if (!file || !match || allowed.some((each) => !posix.isAbsolute(each) || /[$%{]/.test(each))) continue
    if (allowed.some((each) => isBelow(path, each))) continue
    const start = match.index + match[0].search(/\S/)
    const set = file.span(start, match.index + match[0].length)
    found.push({path, allowed, at: flyConfig.at('env', 'DB_DATABASE'), set})
  }
  return known(found.slice(0, 1))
}

/** A server of PHP that is none of PHP-FPM, and does not read its pools. */
const otherServer = /\bfrankenphp\b|\bartisan (?:serve|octane)|\bphp -S\b|\brr serve\b/

/** Whether a step or a script may write the file of a pool anew. */
const changes = (text: string, place: string): boolean =>
  text.includes(posix.basename(place)) && /\b(?:sed|envsubst|tee|mv|rm|perl|echo|cat)\b/.test(text)
