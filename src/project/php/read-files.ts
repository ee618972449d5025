/** Files that the code of a Laravel app asks for by a path below its folder: `base_path('docs/orders.schema.json')`. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {withoutPhpComments} from '../code/comments.ts'
import {appOf} from '../code/folders/framework-folders.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Build} from '../image/build.ts'
import {mayBring} from '../image/may-hold.ts'
import type {StartedCommand} from '../processes/processes.ts'

export interface ReadFile {
  by: string
  /** `base_path`. */
  reader: string
  /** In the project, and in the image. */
  path: string
  place: string
  at: FileLocation
}

/** Illuminate/Foundation/helpers.php: below which folder each of them is. */
const helpers: Readonly<Record<string, string>> = {base_path: '', resource_path: 'resources', database_path: 'database'}
const calls = /(?<![\w>:$])(base_path|resource_path|database_path)\(\s{0,20}'\/?([\w@-][\w@ ./-]{0,300})'\s{0,20}\)/g
const serves =
  /\bartisan (?:serve|octane|queue:work|horizon)|\b(?:php-fpm\S*|apache2\S*|httpd|frankenphp|nginx|supervisord)\b/

/** The code looks first, or goes on without it. */
const asks =
  /\b(?:is_file|is_dir|is_readable|file_exists|exists|missing|isFile|isDirectory|catch)\s{0,5}\((?![\s\S]{0,300}\b(?:throw|abort)\b)/
/** What a developer has, what other tools read, and what is made where the app runs. */
const besides =
  /(?:^|\/)(?:\.[^/]*|tests?|stubs|node_modules|vendor|storage|build|dist)(?:\/|$)|\.(?:lock|sqlite|log)$|(?:^|\/)(?:package\.json|composer\.json|README[^/]*|CHANGELOG[^/]*|VERSION)$/i

/** Those that the project has, and the image, which has the app, has not. */
export async function laravelReads(
  {final}: Build,
  {paths, reader, started}: {paths: Files; reader: ProjectReader; started: readonly StartedCommand[]},
): Promise<ReadFile[]> {
  const by = started.find(({text}) => serves.test(text))?.by
  const app =
    by === undefined ? undefined : appOf({marker: 'artisan', beside: ['bootstrap/app.php']}, final.files, paths)
  if (by === undefined || !app) return []
  const {root, home} = app
  const found = new Map<string, ReadFile>()
  // What Artisan runs by a name is mostly called by hand.
  const sources = paths
    .under(posix.join(home, 'app'), posix.join(home, 'routes'))
    .filter((path) => path.endsWith('.php') && !path.startsWith(posix.join(home, 'app/Console/')))
  for (const file of await reader.texts(sources)) {
    if (!file.text.includes('_path(')) continue
    const text = withoutPhpComments(file.text)
    if (asks.test(text)) continue
    for (const {0: whole, 1: helper = '', 2: written = '', index} of text.matchAll(calls)) {
      const relative = posix.join(helpers[helper] ?? '', written)
      const [path, place] = [posix.join(home, relative), posix.join(root, relative)]
      if (found.has(path) || besides.test(relative) || !(paths.has(path) || paths.hasFolder(path))) continue
      if (final.files.get(place) || mayBring(final, place)) continue
      found.set(path, {by, reader: helper, path, place, at: file.span(index, index + whole.length)})
    }
  }
  return [...found.values()]
}
