import {posix} from 'node:path'
import type {Instruction} from '../../dockerfile/parse.ts'
import type {BuiltStage} from '../build-stage.ts'
import type {FileTree, FolderEntry} from './file-tree.ts'

/** What compiles the sources of JavaScript and TypeScript. */
const builds =
  /\b(?:npm|pnpm|yarn|bun|turbo|nx)\b[^\n]{0,200}\bbuild\b|\b(?:tsc|swc|esbuild|tsup|rollup|webpack)\b|\b(?:vite|astro|nest|remix|ncc) build\b/

/** The folders that it mostly writes to. */
const outputs = ['dist', 'build', 'out']

/** What stands where the project has committed its output is no longer that, once a RUN has compiled the sources beside it. */
export function forgetRebuilt({text}: Instruction, {files, config}: BuiltStage): boolean {
  if (!builds.test(text)) return false
  const home = posix.resolve('/', config.workingDir)
  const forgotten = outputs.map((name) => {
    const folder = files.get(posix.join(home, name))
    return folder?.kind === 'folder' && forgetIn(folder, '', {files, home})
  })
  return forgotten.includes(true)
}

/** `inside`: the folder of the output that this is. Whether there was something to forget. */
function forgetIn(folder: FolderEntry, inside: string, place: {files: FileTree; home: string}): boolean {
  let isAny = false
  for (const [name, entry] of folder.entries) {
    const path = posix.join(inside, name)
    if (entry.kind === 'folder') isAny = forgetIn(entry, path, place) || isAny
    else if (/\.[cm]?js$/.test(name) && hasSource(path, place)) {
      folder.entries.delete(name)
      isAny = true
    }
  }
  return isAny
}

/** `src/server.ts` for `server.js` of the output. */
function hasSource(path: string, {files, home}: {files: FileTree; home: string}): boolean {
  const stem = path.replace(/\.[cm]?js$/, '')
  return ['src', ''].some((folder) =>
    ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs'].some(
      (ending) => files.get(posix.join(home, folder, stem + ending))?.kind === 'file',
    ),
  )
}
