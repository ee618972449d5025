import {posix} from 'node:path'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import type {Project} from '../image/programs/missing-tasks.ts'

/** A command of artisan that nothing is seen to define. */
export interface LostArtisan {
  name: string
  /** The package that defines it, which composer.lock does not have. */
  package?: {name: string; lock: TextFile}
  /** A command of Laravel with nearly that name. */
  meant?: string
}

/** By their beginnings: the packages whose commands they are, by their own documentation. */
const ofPackages: readonly (readonly [begin: RegExp, name: string])[] = [
  [/^horizon(?::|$)/, 'laravel/horizon'],
  [/^octane:/, 'laravel/octane'],
  [/^reverb:/, 'laravel/reverb'],
  [/^inertia:/, 'inertiajs/inertia-laravel'],
  [/^telescope:/, 'laravel/telescope'],
  [/^pulse:/, 'laravel/pulse'],
  [/^passport:/, 'laravel/passport'],
  [/^scout:/, 'laravel/scout'],
  [/^nightwatch:/, 'laravel/nightwatch'],
  [/^websockets:/, 'beyondcode/laravel-websockets'],
  [/^backup:/, 'spatie/laravel-backup'],
]

/** Laravel's own, of which a deploy may have use (laravel/framework, $signature and $name of its commands). */
const ofLaravel =
  'cache:clear config:cache config:clear db:seed db:wipe event:cache event:clear key:generate migrate migrate:fresh migrate:refresh migrate:reset migrate:rollback migrate:status optimize optimize:clear package:discover queue:listen queue:restart queue:work route:cache route:clear schedule:run schedule:work serve storage:link view:cache view:clear'.split(
    ' ',
  )

/**
 * `app:` is what artisan make:command begins the name of a command of the project with: no package defines one, and the
 * name stands in the class. `horizon` is a command of its package. `routes:cache` is nobody's, and nearly one of Laravel's.
 */
export async function lostArtisanCommand(
  {words, folder}: Pick<BuildCommand, 'words' | 'folder'>,
  {reader, tracked}: Project,
): Promise<LostArtisan | undefined> {
  const at = words.findIndex((word) => /^(?:\S*\/)?artisan$/.test(word ?? ''))
  const name = words[at + 1]
  if (at < 0 || !name || !/^[a-z][\w-]*(?::[\w:-]+)?$/.test(name) || tracked.has('.gitmodules')) return undefined
  if (ofLaravel.includes(name) || !tracked.has('composer.json')) return undefined
  const sources = tracked.ending('.php').filter((path) => !/(?:^|\/)(?:vendor|node_modules|storage)\//.test(path))
  const own = ofPackages.find(([begin]) => begin.test(name))?.[1]
  const isNear = !own && !name.startsWith('app:')
  const meant = isNear ? nearTo(name) : undefined
  if (sources.length === 0 || (isNear && !meant)) return undefined
  const lock = own ? await lockWithout(own) : undefined
  if (own && !lock) return undefined
  // Also of a name that is put together.
  const files = await reader.texts(sources)
  const wanted = own
    ? new RegExp(`['"]${name}[\\s'"]`)
    : new RegExp(isNear ? `\\b${name}\\b` : name.slice('app:'.length))
  // A route or a setting may have the name of a package.
  const defines = ({path, text}: TextFile) => wanted.test(text) && (!own || /Command|console/i.test(path + text))
  if (files.some(defines)) return undefined
  if (own && lock) return {name, package: {name: own, lock}}
  return meant ? {name, meant} : {name}

  /** The lock file of the project, where it has neither the package nor one that may stand for it. */
  async function lockWithout(wanted: string): Promise<TextFile | undefined> {
    const [lock, another] = tracked.named('composer.lock')
    const file = another ? undefined : await reader.text(lock)
    const document = file && parseJson(file)
    if (!file || !document || !('value' in document) || posix.basename(folder) === 'vendor') return undefined
    const last = posix.basename(wanted)
    for (const list of ['packages', 'packages-dev']) {
      const packages = document.value[list]
      if (!Array.isArray(packages)) return undefined
      for (const each of packages.filter(isTable)) {
        const names = [
          each.name,
          ...[each.replace, each.provide].flatMap((table) => (isTable(table) ? Object.keys(table) : [])),
        ]
        if (names.some((one) => one === wanted || String(one).endsWith(`/${last}`))) return undefined
      }
    }
    return file
  }
}

/** A letter too many, or one too few. */
function nearTo(name: string): string | undefined {
  const isNear = (long: string, short: string) =>
    long.length === short.length + 1 &&
    [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short)
  return ofLaravel.find((each) => isNear(name, each) || isNear(each, name))
}
