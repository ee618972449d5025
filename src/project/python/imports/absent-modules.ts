import type {FactStore} from '../../../facts.ts'
import type {Files} from '../../files/files.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Build} from '../../image/build.ts'
import type {Inputs} from '../../inputs.ts'
import {installsItself} from '../commands/module-starts.ts'
import {installedPackages} from '../packages/installed-packages.ts'
import {generated} from './import-faults.ts'
import {providersOf, resembles} from './import-names.ts'
import {standardLibrary} from './standard-library.ts'

/** Packages of the project, of a repository or of an index of its own: they bring modules of any name. */
const fromElsewhere =
  /^(?:type = "(?:git|url|file|directory|legacy)"|source = \{ (?:git|url|path|directory|editable)\b)/m

export interface AbsentModules {
  /** Whether the project surely has no file that is this module, and nothing makes one. */
  isUnmade(parts: readonly string[]): Promise<boolean>
  /** … nor does any package that the image installs bring it, by its name. */
  isAbsent(parts: readonly string[]): Promise<boolean>
}

export async function absentModules(
  {reader}: Inputs,
  facts: FactStore,
  {build, files, makes}: {build: Build; files: Files; makes(path: string): boolean},
): Promise<AbsentModules> {
  const [image, processes, python] = await Promise.all([
    facts.value('image'),
    facts.value('processes'),
    facts.value('python'),
  ])
  const locks = await reader.texts(files.named('uv.lock', 'poetry.lock', 'pdm.lock'))
  const isPlain =
    [...(python?.requirements.values() ?? [])].every(({complete, ownIndex}) => complete && !ownIndex) &&
    !locks.some(({text}) => fromElsewhere.test(text)) &&
    !files.has('.gitmodules')
  return {
    isUnmade,
    async isAbsent(parts) {
      const [top = ''] = parts
      if (!isPlain || installsItself(build) || standardLibrary.has(top) || /^django_/.test(top)) return false
      const installed = image && processes && python && (await installedPackages(image, {reader, python, processes}))
      if (!installed || [...installed.names].some((name) => mayBring(name, top))) return false
      return isUnmade(parts)
    },
  }

  async function isUnmade(parts: readonly string[]): Promise<boolean> {
    const tail = parts.join('/')
    const forms = [`${tail}.py`, `${tail}/__init__.py`, `${tail}/__main__.py`]
    // The folder in which flyctl runs may be the package itself, of a build that has the folder above.
    const inside = parts.slice(1).join('/')
    if (inside && (files.has(`${inside}.py`) || files.has(`${inside}/__init__.py`))) return false
    // One that is compiled, or has no __init__.py.
    if (files.named(...forms).length > 0 || files.ending('.so', '.pyc', '.pyx').length > 0) return false
    if (files.ending('.py').some((path) => `/${path}`.includes(`/${tail}/`))) return false
    if (generated.test(parts.at(-1) ?? '') || forms.some(makes)) return false
    return (await ignoredPaths(reader.root, forms)).size === 0
  }
}

/** By its name: `social-auth-app-django` brings social_django. */
function mayBring(name: string, top: string): boolean {
  if (providersOf(top)?.includes(name) || resembles(name, top) || resembles(top, name)) return true
  const words = top
    .toLowerCase()
    .split('_')
    .filter((word) => word.length > 3)
  return name.split('-').some((part) => words.some((word) => part.startsWith(word)))
}
