import {posix} from 'node:path'
import {startedModules} from '../python/imports/started-modules.ts'
import {type Code, codeOf} from './code.ts'
import type {CodeContext} from './code-servers.ts'
import type {Entry} from './entry.ts'
import {goPackage} from './go.ts'
import {javascriptModules} from './javascript.ts'

/** The files of the project that run when a command starts: what `entry` is, or else its text names. */
export async function startedCode(
  entry: Entry | undefined,
  text: string,
  {paths, reader}: CodeContext,
): Promise<Code[]> {
  if (entry?.kind === 'go') return goPackage(entry.path, paths, reader)
  if (entry && /^(node|bun|deno)$/.test(entry.kind)) {
    return (await javascriptModules(entry.path, paths, reader)).files
  }
  const rust =
    entry?.kind === 'rust' ? paths.ending('.rs').filter((path) => path.startsWith(`${posix.dirname(entry.path)}/`)) : []
  const python =
    entry === undefined || entry.kind === 'python' ? [...(await startedModules([text], paths, reader))] : []
  const files = await reader.texts([...rust, ...python])
  return files.flatMap((file) => codeOf(file) ?? [])
}
