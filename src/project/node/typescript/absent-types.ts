/** Packages of types that tsconfig.json names, and that no lock file has. */
import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import {lockFiles} from '../locks/lock-files.ts'
import {readManifest} from '../workspace/workspace.ts'
import type {Project} from './tsconfig.ts'

/**
 * `types` names `@types/node` as `node`, and other packages by their own names: `vite/client`. What a package.json or the
 * Dockerfile speaks of may be installed all the same.
 */
export async function absentTypes(names: readonly string[], {reader, paths}: Project): Promise<string[]> {
  const own = names.filter((name) => /^(?:@[\w.-]+\/)?[\w-][\w./-]*$/.test(name))
  const locks = await reader.texts(lockFiles.flatMap((name) => paths.named(name)))
  // Of a lock file that is no text nothing is known.
  if (own.length === 0 || locks.length === 0 || paths.named('bun.lockb').length > 0) return []
  const declared = await Promise.all(
    paths.named('package.json').map((path) => readManifest(reader, posix.dirname(path).replace(/^\.$/, ''))),
  )
  const asked = new Set(
    declared.flatMap((each) => [
      ...(each?.name === undefined ? [] : [each.name]),
      ...[each?.dependencies, each?.devDependencies, each?.peerDependencies].flatMap((table) =>
        Object.keys(table ?? {}),
      ),
    ]),
  )
  const dockerfiles = await reader.texts(paths.beginning('Dockerfile'))
  return own.filter((name) => {
    const parts = name.split('/', name.startsWith('@') ? 2 : 1)
    const brings = [parts.join('/'), `@types/${parts.join('__').replace(/^@/, '')}`]
    return !brings.some(
      (each) =>
        asked.has(each) ||
        locks.some(({text}) => entryOf(each).test(text)) ||
        dockerfiles.some(({text}) => new RegExp(`\\s${escapePattern(each)}[@\\s]`).test(text)),
    )
  })
}

/** As npm, pnpm, Yarn and Bun write it, each in its own way. */
function entryOf(name: string): RegExp {
  const own = escapePattern(name)
  return new RegExp(`node_modules/${own}"|^ {0,6}['"]?/?${own}@|^ {2,10}'?${own}'?:\\s|"${own}": \\[`, 'm')
}
