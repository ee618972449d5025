/** The server that the project's own code is: which file a command starts, and where that listens. */

import {posix} from 'node:path'
import {isApart} from '../../files/apart.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {peel} from '../../image/servers/server-name.ts'
import type {Server, Surroundings} from '../../image/servers/servers.ts'
import type {ReadWord} from '../../image/shell/arguments.ts'
import {startedModules} from '../../python/imports/started-modules.ts'
import {codeOf} from '../code.ts'
import type {CodeContext} from '../code-context.ts'
import {type Entry, entryOf} from '../entry.ts'
import {goListens, goPackage} from '../go.ts'
import {javascriptModules} from '../javascript.ts'
import {javascriptListens} from './javascript-listen.ts'
import type {ListenCall} from './listen-calls.ts'
import {pythonListens} from './python-listen.ts'
import {rocketListens} from './rocket.ts'
import {rustListens} from './rust.ts'

/** undefined: it is not code of the project, or nothing in it is seen to listen. */
export async function codeServer(
  words: readonly ReadWord[],
  around: Surroundings,
  context: CodeContext,
): Promise<Server | undefined> {
  const own = peel(words)
  const entry = entryOf(asModule(words, own), context)
  if (!entry) return undefined
  const hidden = await filledFromFile(entry, context)
  const variable: Surroundings['variable'] = (name) =>
    around.variable(name) ?? (hidden ? {value: undefined} : undefined)
  const calls = await listensOf(entry, {...around, variable}, context)
  const [only] = calls
  if (!only) return undefined
  const server = {name: only.at.file, everywhere: only.everywhere, at: only.at, entry}
  // With several it cannot be known which one the requests are for, but where all are known none has another port.
  if (calls.length > 1) {
    const ports = calls.flatMap(({socket}) => socket?.port ?? [])
    const sockets = ports.map((port) => ({host: undefined, port}))
    return {...server, indirect: true, sockets: ports.length === calls.length ? sockets : []}
  }
  if (!only.socket) return {...server, sockets: []}
  // A flag of the command may say another one: `/shop -addr :8080`.
  const {host, port} = only.socket
  const isOpen = (host && !host.fixed) || (port && !port.fixed)
  if (isOpen && /^(?:go|rust)$/.test(entry.kind) && own.length > 1) return {...server, sockets: []}
  return {...server, indirect: only.indirect || !entry.sure, sockets: [only.socket]}
}

/** `python -m shop.server`, `uv run -m shop.server`: of what is peeled the module alone is left. */
function asModule(words: readonly ReadWord[], own: readonly ReadWord[]): readonly ReadWord[] {
  const before = words[words.length - own.length - 1]?.text
  return before === '-m' || before === '--module' ? [word('python'), word('-m'), ...own] : own
}

const word = (text: string): ReadWord => ({text, fixed: true})

async function listensOf(
  entry: Entry,
  around: Surroundings,
  {paths, reader, image}: CodeContext,
): Promise<ListenCall[]> {
  if (entry.kind === 'go') return goListens(await goPackage(entry.path, paths, reader), entry.path, around)
  if (entry.kind === 'python') {
    const called = entry.module === undefined ? entry.path : `-m ${entry.module}`
    const started = await startedModules([`python ${called}`], paths, reader)
    return pythonListens(
      await codes([entry.path, ...[...started].filter((path) => path !== entry.path)], reader),
      entry.path,
      around,
    )
  }
  if (entry.kind === 'rust') {
    const folder = posix.dirname(entry.path)
    const others = paths
      .ending('.rs')
      .filter(
        (path) => path.startsWith(`${folder}/`) && path !== entry.path && !isApart(path) && !path.includes('/bin/'),
      )
    const files = await codes([entry.path, ...others], reader)
    const calls = rustListens(files, entry.path, around)
    const hasSettings = paths.named('Rocket.toml').some((path) => image?.copies(path) ?? true)
    return calls.length > 0 ? calls : rocketListens(files, entry.path, around, hasSettings)
  }
  const modules = await javascriptModules(entry.path, paths, reader)
  return javascriptListens(modules, around, entry.kind)
}

async function codes(paths: readonly string[], reader: ProjectReader) {
  const files = await reader.texts(paths)
  return files.flatMap((file) => codeOf(file) ?? [])
}

/** Whether a .env may set what nothing else does: it lies beside the code, and what is started reads it. */
export async function filledFromFile({path}: Entry, {reader, paths}: CodeContext): Promise<boolean> {
  const folders = ['.', posix.dirname(path)]
  const names = [
    ...(await Promise.all(folders.map((folder) => reader.list(folder)))).flat(),
    ...paths.beginning('.env').map((each) => posix.basename(each)),
  ]
  return names.some((name) => /^\.env(?:\.(?:local|production|prod))?$/.test(name))
}
