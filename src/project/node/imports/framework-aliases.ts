/** Aliases that a framework has by itself: `$lib` of SvelteKit (svelte.dev/docs/kit/$lib). */
import {posix} from 'node:path'
import {scripts} from '../../files/files.ts'
import type {Project} from '../typescript/tsconfig.ts'

/** Settings that lay the folder elsewhere, or that come from another file. */
const laysElsewhere = /\bfiles\s{0,9}:|\$lib|\.\.\.|\bfrom\s{0,9}["']\./

/** The path that an import means by one of them, as a file of the project has it. */
export async function frameworkAliases({
  reader,
  paths,
}: Project): Promise<(specifier: string, from: string) => string | undefined> {
  const settings = await reader.texts(scripts('svelte.config').flatMap((name) => paths.named(name)))
  const folders = settings.filter(({text}) => !laysElsewhere.test(text)).map(({path}) => posix.dirname(path))
  const bundlers = folders.length > 0 ? await reader.texts(paths.beginning('vite.config.', 'vitest.config.')) : []
  const homes = bundlers.some(({text}) => text.includes('$lib')) ? [] : folders
  return (specifier, from) => {
    const [, rest] = /^\$lib\/([^?#]{1,300})/.exec(specifier) ?? []
    const home = homes.find((folder) => folder === '.' || from.startsWith(`${folder}/`))
    const target = home === undefined ? undefined : posix.join(home, 'src/lib')
    // Without the folder it may be a link, or made.
    return rest === undefined || target === undefined || !paths.hasFolder(target) ? undefined : posix.join(target, rest)
  }
}
