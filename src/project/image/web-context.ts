/** What the servers with a configuration of their own are read from. */

import type {Files} from '../files.ts'
import type {Config} from '../fly-config/keys.ts'
import type {ProjectReader} from '../reader.ts'
import type {TextFile} from '../text.ts'
import type {Build} from './build.ts'
import {overlaps} from './image-path.ts'
import type {Surroundings} from './servers.ts'
import {portOf, type Socket} from './sockets.ts'

export interface WebContext {
  build: Build | undefined
  paths: Files
  reader: ProjectReader
  /** Where fly.toml lays files and volumes over what the image has. */
  covered: readonly string[]
}

export const literal = (text: string | undefined): Socket['port'] => portOf({text, fixed: true})

/** `${PORT}`, `{$PORT:80}`: a variable in a file, with its default. */
export function variable(name: string, standard: string | undefined, {variable: read}: Surroundings): Socket['port'] {
  const set = read(name)
  return portOf({text: set ? set.value : standard, fixed: false, variable: name})
}

/** What RUN makes of the configuration is not followed. */
export const changed = (build: Build, name: RegExp): boolean =>
  build.final.unknown.some(({by, text = ''}) => by === 'run' && name.test(text) && !/^\s*rm\s[^&|;]*$/.test(text))

/** Where fly.toml lays files and volumes. */
export const coveredBy = (config: Config | undefined): string[] => [
  ...(config?.mounts ?? []).flatMap(({destination}) => destination || []),
  ...(config?.files ?? []).flatMap(({guest_path: path}) => path || []),
]

/** The text files of the project in the folder of a server's configuration; undefined where others may lie there, too. */
export async function filesIn(
  home: string,
  names: RegExp,
  {build, reader, paths, covered}: WebContext,
): Promise<[string, TextFile][] | undefined> {
  const isUnseen = build?.final.unknown.some(({by, path}) => by === 'copy' && overlaps(path, home))
  if (isUnseen || covered.some((path) => overlaps(path, home))) return undefined
  const found: [string, TextFile][] = []
  for (const [path, entry] of build?.final.files.files() ?? []) {
    if (!names.test(path)) continue
    const file = paths.has(entry.source) ? await reader.text(entry.source) : undefined
    if (!file) return undefined
    found.push([path, file])
  }
  return found
}
