/** What is known of a kind of server: how its flags, its variables and its defaults become sockets. */
import type {Arguments, ReadWord} from '../shell/arguments.ts'
import type {Surroundings} from './servers.ts'
import {hostOf, portOf, type Setting, type Socket, socketOf} from './sockets.ts'

/** Where the arguments and the environment let a server listen: nothing where that is not known. */
export type Read = (args: Arguments, around: Surroundings) => Socket[]
export interface Kind {
  /** What to write so that every address is listened on. */
  everywhere: string
  read: Read
}

/** What counts without a flag: the first variable that is set, else the server's own default. */
export function preset<T>(
  names: readonly string[],
  standard: T,
  {variable}: Surroundings,
  read: (word: ReadWord) => Setting<T> | undefined,
): Setting<T> | undefined {
  for (const name of names) {
    const set = variable(name)
    if (set) return read({text: set.value, fixed: false})
  }
  // A secret may set the variable, which no file shows.
  return {value: standard, fixed: names.length === 0}
}

interface Plain {
  host: string
  port: number
  hostFlags?: string[]
  portFlags?: string[]
  hostVariables?: string[]
  portVariables?: string[]
  /** Where one of these is there, the defaults are not known. */
  files?: readonly string[]
  /** Or one whose name begins so. */
  filesBeginning?: readonly string[]
  /** With one of these flags it listens elsewhere. */
  elsewhere?: string[]
  /** The defaults are those of some versions, or can be changed in code. */
  loose?: boolean
}

/** A server with a flag for its address and one for its port. */
export const plain =
  (about: Plain): Read =>
  (args, around) => {
    if (args.has(...(about.elsewhere ?? []))) return []
    const host = args.last(...(about.hostFlags ?? ['--host']))
    const port = args.last(...(about.portFlags ?? ['--port']))
    const hidden = around.hasFile(...(about.files ?? [])) || around.hasFileBeginning(...(about.filesBeginning ?? []))
    const loosen = <T>(setting: Setting<T> | undefined) =>
      hidden ? undefined : about.loose && setting ? {...setting, fixed: false} : setting
    return [
      {
        host: host ? hostOf(host) : loosen(preset(about.hostVariables ?? [], about.host, around, hostOf)),
        port: port ? portOf(port) : loosen(preset(about.portVariables ?? [], about.port, around, portOf)),
      },
    ]
  }

/** One that takes addresses with their ports: all of them, or none where one cannot be read. */
export const bound = (words: readonly ReadWord[], standard?: number): Socket[] => {
  const sockets = words.map((word) => socketOf(word, standard))
  return sockets.every((socket) => socket !== undefined) ? sockets : []
}
