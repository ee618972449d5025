import {posix} from 'node:path'
import {allInstructions} from '../dockerfile/parse.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {unchangedAt} from '../image/moment.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'

/** Stores of Laravel's cache that are elsewhere (illuminate/cache, CacheManager). */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['database', 'the database'],
  ['redis', 'Redis'],
  ['memcached', 'Memcached'],
])

/** What may give the build a database, or its commands other settings. */
const interferes =
  /\.env\b|\bmigrate\b|\.sqlite|:memory:|\bDB_\w+=|\bDATABASE_URL\b|type=secret|localhost|127\.0\.0\.1|\bservice \w+ start/i
/** CACHE_DRIVER of before Laravel 11 says nothing where the settings ask for CACHE_STORE. */
const setsCache = /\b(CACHE_\w+)=/g

/**
 * `php artisan optimize:clear` calls cache:clear, which empties the default store: where that is a table, "delete from
 * cache" finds no database while the image is built. It is the default since Laravel 11.
 */
export async function clearedCache(
  command: BuildCommand,
  {reader, tracked}: Project,
): Promise<MissingTask | undefined> {
  const [, script = '', task = '', ...rest] = command.words
  if (!/^php[\d.]*$/.test(programOf(command) ?? '') || posix.basename(script) !== 'artisan') return undefined
  // Another store, or optimize:clear --except=cache.
  if (
    !/^(?:optimize|cache):clear$/.test(task) ||
    rest.some((word) => !/^(?:-q|-n|--no-\w+|--quiet|--ansi)$/.test(word ?? ''))
  )
    return undefined
  const {moment, folder, at} = command
  // Where no WORKDIR is set it is the base's: most images of PHP have this one.
  const root = [posix.resolve(folder, posix.dirname(script)), '/var/www/html'].find((each) =>
    moment.files.get(posix.join(each, 'artisan')),
  )
  if (root === undefined) return undefined
  const source = unchangedAt(command, posix.join(root, 'config/cache.php'), tracked)
  const file = await reader.text(source)
  if (!file || moment.files.get(posix.join(root, '.env'))) return undefined
  const all = allInstructions(moment.stage)
  const said = all
    .slice(0, all.indexOf(moment.instruction) + 1)
    .filter(({keyword}) => /^(?:RUN|ENV|ARG)$/.test(keyword))
  const texts = said.map(({text, flags}) => [text, ...flags.map(([, value]) => value)].join('\n'))
  const isSet = texts.some((text) =>
    [...text.matchAll(setsCache)].some(([, name = '']) => file.text.includes(`'${name}'`)),
  )
  if (isSet || texts.some((text) => interferes.test(text))) return undefined
  if (tracked.ending('.sqlite').length > 0) return undefined
  const chosen = /^[ \t]*'default'\s{0,9}=>\s{0,9}(?:env\(\s{0,9}'(\w+)'\s{0,9},\s{0,9})?'(\w+)'/m.exec(file.text)
  const [whole = '', variable = '', otherwise = ''] = chosen ?? []
  const store = moment.variables.get(variable) ?? otherwise
  const driver = new RegExp(`'${escapePattern(store)}'\\s{0,9}=>\\s{0,9}\\[\\s{0,20}'driver'\\s{0,9}=>\\s{0,9}'(\\w+)'`)
  const [, kind = ''] = driver.exec(file.text) ?? []
  const where = elsewhere.get(kind)
  if (!chosen || !where) return undefined
  return {
    message: `php artisan ${task} ${task === 'cache:clear' ? 'empties' : 'also empties'} the cache, and ${file.path} keeps that in ${where}, which the build does not reach`,
    at,
    related: [file.span(chosen.index, chosen.index + whole.length)],
    hint: `Leave it out: a new image has no caches yet. Or empty another one: ${variable || 'CACHE_STORE'}=array php artisan ${task}`,
    // A provider of the app may choose another store.
    likely: true,
  }
}
