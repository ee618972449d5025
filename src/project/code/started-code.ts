import {posix} from 'node:path'
import {peel} from '../image/servers/server-name.ts'
import type {StartedBy} from '../processes/processes.ts'
import {startedModules} from '../python/imports/started-modules.ts'
import {type Code, codeOf} from './code.ts'
import type {CodeContext} from './code-context.ts'
import {type Entry, entryOf} from './entry.ts'
import {goPackage} from './go.ts'
import {javascriptModules} from './javascript.ts'

/** What a command starts: its `entry`, as far as it can be told, and the `files` of the project that run with it. */
export async function startedCode(
  words: readonly (string | undefined)[],
  context: CodeContext,
): Promise<{entry: Entry | undefined; files: Code[]}> {
  const entry = entryOf(peel(words.map((text) => ({text, fixed: true}))), context)
  return {entry, files: await filesOf(entry, words.join(' '), context)}
}

/** Commands that surely run in the folder of the image: those of a script that goes to another one are left out. */
export function inPlace(started: StartedBy['started']): StartedBy['started'] {
  const moving = new Set(started.filter(({command}) => /^(?:cd|pushd)$/.test(command.words[0] ?? '')).map(({by}) => by))
  return started.filter(({by, certain}) => certain && !moving.has(by))
}

/** What `entry` is, or else what the text names. */
async function filesOf(entry: Entry | undefined, text: string, {paths, reader}: CodeContext): Promise<Code[]> {
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
