/** What the servers with a configuration of their own are read from. */
import type {ProjectReader} from '../reader.ts'
import type {TextFile} from '../text.ts'
import type {Build} from './build.ts'
import type {Surroundings} from './servers.ts'
import {portOf, type Socket} from './sockets.ts'

export interface WebContext {
  build: Build | undefined
  paths: readonly string[]
  reader: ProjectReader
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

/** The text files of the project that lie in a folder of the image; undefined where others may, too. */
export async function filesIn(
  folder: RegExp,
  {build, reader, paths}: WebContext,
): Promise<[string, TextFile][] | undefined> {
  const found: [string, TextFile][] = []
  for (const [path, entry] of build?.final.files.files() ?? []) {
    if (!folder.test(path)) continue
    const file = paths.includes(entry.source) ? await reader.text(entry.source) : undefined
    if (!file) return undefined
    found.push([path, file])
  }
  return found
}
