import type {ReadWord} from '../shell/arguments.ts'

/** A value, and whether nothing in the environment can make it another one. */
export interface Setting<T> {
  value: T
  fixed: boolean
  /** The variable of the environment that decides, where the project's code reads one. */
  variable?: string | undefined
}

/** One address that a server listens on; undefined is what cannot be known. */
export interface Socket {
  /** '' is every address. */
  host: Setting<string> | undefined
  port: Setting<number> | undefined
  /** It takes no IPv4 connection. */
  onlyIPv6?: boolean
}

export const everyAddress: Setting<string> = {value: '', fixed: true}

/** An address alone: brackets are for one with a port, and stay as they are written. */
export const hostOf = ({text, fixed, variable}: ReadWord): Setting<string> | undefined =>
  text === undefined ? undefined : {value: text, fixed, variable}

export function portOf({text, fixed, variable}: ReadWord): Setting<number> | undefined {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0
  return port > 0 && port < 65536 ? {value: port, fixed, variable} : undefined
}

/** `HOST:PORT`, `:PORT`, `[::]:PORT`, `tcp://HOST:PORT`, and `HOST` where a port has a default. */
export function socketOf({text, fixed, variable}: ReadWord, standard?: number): Socket | undefined {
  if (!text) return undefined
  const [, host, port] = /^(?:(?:tcp|https?):\/\/)?(\[[^\]]*\]|[^:/\s]*)(?::(\d+))?$/.exec(text) ?? []
  if (host === undefined || /^\d+$/.test(host) || (port === undefined && standard === undefined)) return undefined
  return {
    host: hostOf({text: host === '*' ? '' : host.replace(/^\[(.*)\]$/, '$1'), fixed, variable}),
    port: portOf({text: port ?? String(standard), fixed, variable}),
  }
}
