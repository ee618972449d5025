/** The files that are surely read when one is: what it imports, and what that does. */
import {posix} from 'node:path'
import type {Files} from '../../files.ts'
import type {TextFile} from '../../text.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {pageEndings, scriptsIn} from '../imports/page-scripts.ts'
import {pathAliases} from '../imports/path-aliases.ts'
import {resolvedImport, sourceAlias} from '../imports/resolved-import.ts'
import type {Project} from '../output/tsconfig.ts'
import {moduleNames} from './module-names.ts'

/** More files than a program brings along. */
const mostFiles = 1_500
/** All that is parsed of one program: some seconds. */
const mostText = 4_000_000

const isModule = (path: string): boolean => /(?<!\.d)\.[cm]?[jt]sx?$/.test(path)

/**
 * The modules that are read with these entries, in the order in which they are met.
 *
 * @param isRun a program that runs comes to an import in a function later, or never; a bundler follows each
 */
export async function readModules(
  entries: readonly string[],
  {reader, paths}: Project,
  has: (path: string) => boolean,
  isRun = false,
): Promise<TextFile[]> {
  const aliasPaths = await pathAliases({reader, paths})
  const found: TextFile[] = []
  const next = [...entries]
  let length = 0
  const seen = new Set(next)
  for (const path of next) {
    const file = has(path) ? await reader.text(path) : undefined
    length += file?.text.length ?? 0
    if (!file || found.length >= mostFiles || length > mostText) continue
    if (isModule(path)) found.push(file)
    for (const specifier of importsOf(file)) {
      const target = resolve(path, specifier)
      if (target === undefined || seen.has(target)) continue
      seen.add(target)
      next.push(target)
    }
  }
  return found

  /** What the file imports as more than types. */
  function importsOf(file: TextFile): string[] {
    if (pageEndings.some((ending) => file.path.endsWith(ending)))
      return importSpecifiers(scriptsIn(file.path, file.text)).map(({text}) => text)
    const names = isModule(file.path) ? moduleNames(file) : undefined
    const isTyped = /\.[cm]?tsx?$/.test(file.path)
    return (names?.imports ?? []).flatMap((each) => {
      const isKept = !isTyped || each.names.length === 0 || each.names.some((name) => names?.used.has(name))
      return isKept && !(isRun && each.isLate) ? each.specifier : []
    })
  }

  function resolve(from: string, specifier: string): string | undefined {
    // `./logo.svg?raw` is a text.
    if (/[?#]/.test(specifier.slice(1))) return undefined
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return only(posix.join(posix.dirname(from), specifier), paths)
    const {own, others} = aliasPaths(specifier, from)
    const meant = [...own, ...others].flatMap((each) => only(each, paths) ?? [])
    return meant[0] ?? sourceAlias(from, specifier, paths)
  }
}

/** The file that a path means, where no other one could be meant. */
function only(path: string, paths: Files): string | undefined {
  const found = resolvedImport(path, paths)
  const stem = found?.replace(/\.[cm]?[jt]sx?$/, '')
  const alike = ['.ts', '.tsx', '.js', '.jsx', '.mjs'].filter((ending) => paths.has(`${stem}${ending}`))
  return alike.length > 1 ? undefined : found
}
