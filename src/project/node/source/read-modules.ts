/** The files that are surely read when one is: what it imports, and what that does. */
import type {TextFile} from '../../files/text.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {isPage, scriptsIn} from '../imports/page-scripts.ts'
import type {Project} from '../typescript/tsconfig.ts'
import {isLoaded, moduleNames} from './module-names.ts'
import {modulePaths} from './module-paths.ts'
import {isModule} from './parsed-module.ts'

/** More files than a program brings along. */
const mostFiles = 1_500
/** All that is parsed of one program: some seconds. */
const mostText = 4_000_000

/**
 * The modules that are read with these entries, in the order in which they are met, and pages of Svelte, Vue and Astro.
 *
 * @param isRun a program that runs comes to an import in a function later, or never; a bundler follows each
 * @param lost is told of each import of a file that the project has and that is not there
 */
export async function readModules(
  entries: readonly string[],
  project: Project,
  has: (path: string) => boolean,
  isRun = false,
  lost?: (path: string, by: {file: TextFile; specifier: string; start: number}) => void,
): Promise<TextFile[]> {
  const resolve = await modulePaths(project)
  const found: TextFile[] = []
  const next = [...entries]
  let length = 0
  const seen = new Set(next)
  for (const path of next) {
    const file = has(path) ? await project.reader.text(path) : undefined
    length += file?.text.length ?? 0
    if (!file || found.length >= mostFiles || length > mostText) continue
    if (isModule(path) || isPage(path)) found.push(file)
    for (const {specifier, start} of importsOf(file, isRun)) {
      const target = resolve(path, specifier)
      if (target === undefined || seen.has(target)) continue
      seen.add(target)
      if (!has(target)) lost?.(target, {file, specifier, start})
      next.push(target)
    }
  }
  return found
}

/** What the file surely imports, as more than types. */
function importsOf(file: TextFile, isRun: boolean): {specifier: string; start: number}[] {
  if (isPage(file.path))
    return importSpecifiers(scriptsIn(file.path, file.text)).map(({text, start}) => ({specifier: text, start}))
  const names = isModule(file.path) ? moduleNames(file) : undefined
  const kept =
    names?.imports.filter((each) => isLoaded(file, names, each) && !each.isGuarded && !(isRun && each.isLate)) ?? []
  return kept
}
