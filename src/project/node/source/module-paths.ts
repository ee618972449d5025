import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import {pathAliases} from '../imports/path-aliases.ts'
import {resolvedImport, sourceAlias} from '../imports/resolved-import.ts'
import type {Project} from '../typescript/tsconfig.ts'

/** The file of the project that an import means; undefined for packages, and where several could be meant. */
export type ModulePath = (from: string, specifier: string) => string | undefined

export async function modulePaths({reader, paths}: Project): Promise<ModulePath> {
  const aliasPaths = await pathAliases({reader, paths})
  const settings = await reader.texts(paths.beginning('vite.config.', 'webpack.config.', 'astro.config.'))
  return (from, specifier) => {
    // `./logo.svg?raw` is a text.
    if (/[?#]/.test(specifier.slice(1))) return undefined
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return only(posix.join(posix.dirname(from), specifier), paths)
    const {own, others} = aliasPaths(specifier, from)
    const meant = [...own, ...others].flatMap((each) => only(each, paths) ?? [])
    const guessed = sourceAlias(from, specifier, paths)
    // A bundler may have an alias of its own for the folder beside.
    const isUnsure = guessed !== undefined && settings.some(({text}) => tellsOf(text, specifier))
    if (meant.length > 0) return isUnsure && guessed !== meant[0] ? undefined : meant[0]
    return guessed !== undefined && settings.every(({text}) => mayMean(text, specifier, guessed)) ? guessed : undefined
  }
}

/** Whether a bundler that is told of an alias may be told of this folder. */
function mayMean(text: string, specifier: string, path: string): boolean {
  const [, ...rest] = specifier.split('/')
  const folder = posix.basename(path.slice(0, path.lastIndexOf(`/${rest.join('/')}`)))
  return !tellsOf(text, specifier) || text.includes(folder)
}

function tellsOf(text: string, specifier: string): boolean {
  const [sign] = specifier.split('/')
  return [`'${sign}`, `"${sign}`].some((each) => text.includes(each))
}

/** The file that a path means, where no other one could be meant. */
function only(path: string, paths: Files): string | undefined {
  const found = resolvedImport(path, paths)
  const stem = found?.replace(/\.[cm]?[jt]sx?$/, '')
  const alike = ['.ts', '.tsx', '.js', '.jsx', '.mjs'].filter((ending) => paths.has(`${stem}${ending}`))
  return alike.length > 1 ? undefined : found
}
