/** What a COPY brings of what was installed elsewhere. */
import {posix} from 'node:path'
import {flagOf, type Instruction} from '../../dockerfile/parse.ts'
import {type copyOf, copyWords} from '../files/context-path.ts'
import type {StageImage} from '../stage-image.ts'
import type {ResolvedInstall} from './resolve-install.ts'

/** `COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/`: two programs, and no package of Python. */
export const bringsUv = (from: string, copy: ReturnType<typeof copyOf>): boolean =>
  /^ghcr\.io\/astral-sh\/uv(?:[:@]|$)/.test(from) && (copy?.sources.every((path) => /^\/uvx?$/.test(path)) ?? false)

/** The installs of a stage whose packages lie in what a COPY takes from it. */
export function installsIn(source: StageImage, paths: readonly string[]): ResolvedInstall[] {
  return source.installs.filter(({location}) =>
    paths.some((path) => {
      if (location === undefined) return false
      const from = posix.resolve('/', path)
      return (
        from === location || from.startsWith(`${location}/lib`) || location.startsWith(from === '/' ? '/' : `${from}/`)
      )
    }),
  )
}

/** Where a COPY lays an install: it copies what is in a folder, and not the folder. */
export function placeOf(
  {location}: ResolvedInstall,
  copy: ReturnType<typeof copyOf>,
  workdir: string,
): ResolvedInstall['location'] {
  const [source, another] = copy?.sources ?? []
  if (!copy || location === undefined || source === undefined || another || /\$/.test(copy.target)) return location
  const below = posix.relative(posix.resolve('/', source), location)
  return below.startsWith('..') ? location : posix.resolve(workdir, copy.target, below)
}

/** Whether what is copied to a path lies beside the folders of the system. The WORKDIR of the base may be another than /. */
const isOfProject = (word: string, workdir: string): boolean =>
  (workdir === '/' && !word.startsWith('/')) ||
  !/^\/(?:usr(?:\/local)?)?(?:\/?lib(?:64|32)?(?:\/|$)|\/?$)/.test(posix.resolve(workdir, word))

/**
 * Whether a COPY may bring libraries that no package manager installed here. `workdir`: where it runs; `ofProject`: that a
 * stage which it takes from has a folder of this name from the project alone.
 */
export function mayBringLibraries(
  instruction: Instruction,
  fromInstall: boolean,
  workdir: string,
  ofProject: (folder: string) => boolean = () => false,
): boolean {
  const words = copyWords(instruction)
  if (instruction.keyword === 'ADD' && words.some((word) => /\.(tar|tgz|tbz|txz)/.test(word))) return true
  return words.some((word, index) => {
    // A folder lib of the project, as Ruby and Elixir have it, which stays the project's.
    const isOwn = flagOf(instruction, 'from') === undefined && !/\.so(\.|$)/.test(word)
    if (isOwn && (index < words.length - 1 || isOfProject(word, workdir))) return false
    const path = word.replace(/(?<!\/)\/+$/, '')
    if (/(?:^|\/)libs?$/.test(path) && isOfProject(word, workdir) && ofProject(posix.basename(path))) return false
    if (/(^|\/)site-packages(\/|$)/.test(path)) return false
    if (/^\/usr\/local$/.test(path)) return !fromInstall
    return (
      path === '' ||
      path === '/usr' ||
      /(^|\/)lib(64|s)?(\/|$)|\.so(\.|$)/.test(
        path.replace(/^\/usr\/(?:local\/lib\/python|lib\/fullstaq-ruby(?:\/|$)).*$/, ''),
      )
    )
  })
}
