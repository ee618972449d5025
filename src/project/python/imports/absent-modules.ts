import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {once} from '../../../once.ts'
import {flagOf} from '../../dockerfile/parse.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Build} from '../../image/build.ts'
import {copyOf} from '../../image/files/context-path.ts'
import type {Inputs} from '../../inputs.ts'
import {foldersAboveHere, topFolder} from '../../workflows/workflow-folders.ts'
import {installsItself} from '../commands/module-starts.ts'
import {installedPackages} from '../packages/installed-packages.ts'
import {generated} from './import-faults.ts'
import {providersOf, resembles} from './import-names.ts'
import {standardLibrary} from './standard-library.ts'

/** Packages of the project, of a repository or of an index of its own: they bring modules of any name. */
const fromElsewhere =
  /^(?:type = "(?:git|url|file|directory|legacy)"|source = \{ (?:git|url|path|directory|editable)\b)/m

export interface AbsentModules {
  /** What the folder that is built is called. */
  ownFolder: string
  /** The file that the module would be, were this folder called as its package is and copied with its name. */
  insideOf(parts: readonly string[]): string | undefined
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
  const isContext = once<void, Promise<boolean>>(() => isWholeContext(build, reader))
  return {
    ownFolder: posix.basename(reader.root),
    insideOf,
    isUnmade,
    async isAbsent(parts) {
      const [top = ''] = parts
      if (!isPlain || installsItself(build) || standardLibrary.has(top) || /^django_/.test(top)) return false
      const installed = image && processes && python && (await installedPackages(image, {reader, python, processes}))
      if (!installed || [...installed.names].some((name) => mayBring(name, top))) return false
      return isUnmade(parts)
    },
  }

  function insideOf(parts: readonly string[]): string | undefined {
    const inside = parts.slice(1).join('/')
    return inside ? [`${inside}.py`, `${inside}/__init__.py`].find((path) => files.has(path)) : undefined
  }

  async function isUnmade(parts: readonly string[]): Promise<boolean> {
    const tail = parts.join('/')
    const forms = [`${tail}.py`, `${tail}/__init__.py`, `${tail}/__main__.py`]
    // The folder in which flyctl runs may be the package itself, of a build that has the folder above.
    if (insideOf(parts) !== undefined && !(await isContext())) return false
    // One that is compiled, or has no __init__.py.
    if (files.named(...forms).length > 0) return false
    // What Python keeps in __pycache__ is read beside its source alone (peps.python.org/pep-3147).
    if (files.ending('.so', '.pyc', '.pyx').some((path) => !/(?:^|\/)__pycache__\//.test(path))) return false
    if (files.ending('.py').some((path) => `/${path}`.includes(`/${tail}/`))) return false
    if (generated.test(parts.at(-1) ?? '') || forms.some(makes)) return false
    return (await ignoredPaths(reader.root, forms)).size === 0
  }
}

/**
 * Whether the build surely has this folder, and none above it: it is the top of the repository, or a COPY names what is here
 * and in none of those.
 */
async function isWholeContext({stages}: Build, reader: ProjectReader): Promise<boolean> {
  const top = await topFolder(reader)
  if (top === undefined || top === '.') return top === '.'
  const above = await foldersAboveHere(reader)
  for (const instruction of stages.flatMap(({stage}) => stage.instructions)) {
    if (flagOf(instruction, 'from') !== undefined) continue
    for (const source of copyOf(instruction)?.sources ?? []) {
      const path = posix.normalize(source.replace(/^\//, ''))
      if (!/^[\w@-][\w@.-]*(?:\/[\w@.-]+)*\/?$/.test(path) || (await reader.kindOf(path)) === 'missing') continue
      const kinds = await Promise.all(above.map(({folder}) => reader.kindOf(`${folder}/${path}`)))
      if (kinds.every((kind) => kind === 'missing')) return true
    }
  }
  return false
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
