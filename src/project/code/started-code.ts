import {posix} from 'node:path'
import {foldersAbove} from '../files/folders-above.ts'
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

/** What a program of Rust is compiled with beside its own folder: the library of its crate, and crates of the project. */
export async function crateCode(entry: Entry | undefined, {paths, reader}: CodeContext): Promise<Code[]> {
  if (entry?.kind !== 'rust') return []
  const own = [...crateFolders(entry.path)].find((folder) => paths.has(posix.join(folder, 'Cargo.toml')))
  const folders = new Set<string>()
  const next = own === undefined ? [] : [own]
  for (let folder = next.shift(); folder !== undefined && folders.size < mostCrates; folder = next.shift()) {
    const manifest = folders.has(folder) ? undefined : await reader.text(posix.join(folder, 'Cargo.toml'))
    folders.add(folder)
    // `webapp = { path = "../webapp" }`; of a target it is a file.
    for (const [, path = ''] of manifest?.text.matchAll(/^[^#\n]{0,300}\bpath\s{0,9}=\s{0,9}"([^"\n]{1,200})"/gm) ?? [])
      if (!path.endsWith('.rs')) next.push(posix.join(folder, path))
  }
  const sources = [...folders].map((folder) => `${posix.join(folder, 'src')}/`)
  const read = paths
    .ending('.rs')
    .filter((path) => sources.some((each) => path.startsWith(each)) && !/(?:^|\/)src\/(?:bin|main\.rs)/.test(path))
  return (await reader.texts(read)).flatMap((file) => codeOf(file) ?? [])
}

const mostCrates = 30
const crateFolders = (path: string): string[] => foldersAbove(path).map((folder) => (folder === '.' ? '' : folder))

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
