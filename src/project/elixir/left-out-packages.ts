/** Packages of mix that the environment of the build leaves out, and that the code of the app is compiled with. */

import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {camelized} from '../camelized.ts'
import {codeOf} from '../code/code.ts'
import {withoutHashLines} from '../code/comments.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {functionAt, headsAt} from './blocks.ts'
import {onlyIn} from './only-in.ts'

export interface LeftOutPackage {
  /** `compiled`: a module does not compile without it. `called`: a function calls it. `migration`: one of Ecto does. */
  kind: 'compiled' | 'called' | 'migration'
  /** `ex_machina` */
  name: string
  /** `use ExMachina.Ecto`, `Faker.Person.name` */
  written: string
  at: FileLocation
  /** `{:ex_machina, "~> 2.8", only: :test}`; undefined where mix.exs does not list it at all. */
  named: FileLocation | undefined
  env: string
}

interface Dependency {
  name: string
  at: FileLocation
}

export async function loadLeftOutPackages({reader}: Inputs, facts: FactStore): Promise<Fact<LeftOutPackage[]>> {
  const [mix, image, files] = await Promise.all([facts.need('mixConfig'), facts.value('image'), facts.value('files')])
  const paths = files ?? noFiles
  const [manifest, lock] = await Promise.all(
    ['mix.exs', 'mix.lock'].map((name) => reader.text(posix.join(mix.folder, name))),
  )
  if (!mix.isBuilt || !image || !manifest || !lock || mix.env === 'dev' || mix.env === 'test') return known([])
  if (/\bapps_path:/.test(manifest.text) || !compilesLib(manifest.text)) return known([])
  const gone = leftOut(manifest, lock, mix.env)
  const below = mix.folder === '.' ? '' : `${mix.folder}/`
  const sourcesOf = async (folder: string, ending: string) => {
    const own = paths.ending(ending).filter((path) => path.startsWith(below + folder) && image.copies(path))
    return (await reader.texts(own)).filter(({text}) => !/\bensure_(?:loaded|compiled)|function_exported/.test(text))
  }
  const migrations = (await sourcesOf('priv/', '.exs')).filter(({path}) => path.includes('/migrations/'))
  const unlisted = unlistedIn(migrations, [manifest, lock], mix.env)
  if (gone.length === 0) return known(unlisted)
  const texts = await sourcesOf('lib/', '.ex')
  const found = gone.flatMap(({name, at: named}): LeftOutPackage[] => {
    const module = camelized(name)
    // A module of the project's own may be called so.
    if (texts.some(({text}) => new RegExp(`\\bdefmodule\\s+${module}\\b`).test(text))) return []
    const common = {name, named, env: mix.env}
    const use = texts.map((file) => usedIn(file, module)).find(Boolean)
    if (use) return [{...common, kind: 'compiled', ...use}]
    const migration = migrations.map((file) => calledIn(file, module)).find(Boolean)
    if (migration) return [{...common, kind: 'migration', ...migration}]
    const call = texts.map((file) => calledIn(file, module)).find(Boolean)
    return call ? [{...common, kind: 'called', ...call}] : []
  })
  return known([...found, ...unlisted])
}

/** Packages whose tables a migration makes with a call: mix compiles no migration, so that nobody misses the package before. */
const migrating: ReadonlyMap<string, RegExp> = new Map([
  ['oban', /\bOban\.Migrations?\.\w+/],
  ['error_tracker', /\bErrorTracker\.Migration\.\w+/],
])

function unlistedIn(migrations: readonly TextFile[], lists: readonly TextFile[], env: string): LeftOutPackage[] {
  return [...migrating].flatMap(([name, call]) => {
    if (lists.some(({text}) => new RegExp(`\\b${name}(?:_pro)?\\b`).test(text))) return []
    for (const file of migrations) {
      const match = call.exec(codeOf(file)?.bare ?? '')
      if (!match) continue
      const at = file.span(match.index, match.index + match[0].length)
      return [{kind: 'migration' as const, name, written: match[0], at, named: undefined, env}]
    }
    return []
  })
}

/** `elixirc_paths(_)` is lib, as the generators write it, or nothing is said of it. */
const compilesLib = (text: string): boolean =>
  !/\belixirc_paths:/.test(text) ||
  (/elixirc_paths\(_\w*\),?\s*(?:do:\s*)?(?:do\s*)?\["lib"\]/.test(text) &&
    !/elixirc_paths\(:(?:prod|dev)\)/.test(text))

/** The dependencies that are for other environments alone, and that no other package asks for. */
function leftOut(manifest: TextFile, lock: TextFile, env: string): Dependency[] {
  const text = withoutHashLines(manifest.text)
  const all = [...text.matchAll(/\{:(\w+),[^{}]*\}/g)]
  // What one of git asks for stands in no lock.
  if (all.some(([each]) => /\b(?:git|github|path|in_umbrella):/.test(each) && !/\bcompile: false/.test(each))) return []
  return all.flatMap(({0: whole, 1: name = '', index}) => {
    const only = onlyIn(whole)
    // An environment of the project's own may be what its build is for.
    const isOther = only?.every((each) => /^(?:dev|test|docs|ci|lint)$/.test(each)) === true
    const isTwice = all.filter((each) => each[1] === name).length > 1
    const isNeeded = new RegExp(`\\{:${name}, `).test(lock.text)
    return isOther && !only?.includes(env) && !isTwice && !isNeeded
      ? [{name, at: manifest.span(index, index + whole.length)}]
      : []
  })
}

/** `use ExMachina.Ecto` in the body of a module: "module ExMachina.Ecto is not loaded and could not be found". */
function usedIn(file: TextFile, module: string): {written: string; at: FileLocation} | undefined {
  if (!file.text.includes(module)) return undefined
  const code = codeOf(file)
  const pattern = new RegExp(`^[ \\t]+((?:use|import|require|plug)[ (]+${module}(?:\\.[A-Z]\\w*)*)(?![\\w.])`, 'gm')
  for (const {0: whole, 1: written = '', index} of code?.bare.matchAll(pattern) ?? []) {
    if (!code) continue
    const heads = headsAt(code, index)
    // In a condition, a macro or what is quoted it is compiled at another time, or never.
    if (heads.length === 0 || heads.some((head) => !/^(?:defmodule|pipeline)\b/.test(head))) continue
    const start = index + whole.length - written.length
    return {written, at: file.span(start, start + written.length)}
  }
  return undefined
}

/** `Faker.Person.name()` in a function: UndefinedFunctionError, once it is called. */
function calledIn(file: TextFile, module: string): {written: string; at: FileLocation} | undefined {
  if (!file.text.includes(`${module}.`)) return undefined
  const code = codeOf(file)
  if (!code || /\b(?:rescue|catch|alias)\b/.test(code.bare)) return undefined
  const pattern = new RegExp(`(?<![\\w.:@&%])${module}(?:\\.[A-Z]\\w*){0,9}\\.[a-z_]\\w*[?!]?(?=\\()`, 'g')
  for (const {0: written, index} of code.bare.matchAll(pattern)) {
    const heads = headsAt(code, index)
    if (functionAt(code, index) === undefined) continue
    // In a macro it is laid elsewhere, and in a condition it may be for development alone.
    if (heads.some((head) => /^(?:defmacrop?|quote|if|unless|case|cond)\b|^else$/.test(head))) continue
    return {written, at: file.span(index, index + written.length)}
  }
  return undefined
}
