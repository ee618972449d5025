/** What the servers with a configuration of their own are read from. */

import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Config} from '../../fly-config/keys.ts'
import type {Build} from '../build.ts'
import type {Unknown} from '../build-stage.ts'
import type {FileEntry} from '../files/file-tree.ts'
import {overlaps} from '../files/image-path.ts'
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

/** What RUN makes of the configuration is not followed, and neither is a script that it runs. */
export const changed = (build: Build, name: RegExp): boolean =>
  build.final.unknown.some(
    ({by, text = '', folder = ''}) =>
      by === 'run' &&
      (name.test(text) || name.test(folder) || runsScript.test(text)) &&
      !/^\s*rm\s[^&|;]*$/.test(text) &&
      !leavesTexts(text),
  )

/** Owners, rights, empty folders and packages: what a server that is no root needs, and no text is written. */
const leavesTexts = (text: string): boolean =>
  text
    .replace(/\\\r?\n/g, ' ')
    .split(/&&|;|\n/)
    .every((each) =>
      /^\s*(?:(?:chown|chmod|mkdir|touch|addgroup|adduser|groupadd|useradd|apk (?:update|upgrade|add)|set -[a-z]+)(?=\s|$)[^|<>$`]*|rm (?:-\w+ )?\/etc\/nginx\/conf\.d\/default\.conf\s*)?$/.test(
        each,
      ),
    )
const runsScript = /(?:^|[;&|]\s*)(?:(?:ba|da|a)?sh\s+(?!-)\S|(?:\.\s+)?\.{0,2}\/(?!(?:usr\/)?s?bin\/)\S)/

/** Where fly.toml lays files and volumes. */
export const coveredBy = (config: Config | undefined): string[] => [
  ...(config?.mounts ?? []).flatMap(({destination}) => destination || []),
  ...(config?.files ?? []).flatMap(({guest_path: path}) => path || []),
]

/** Where a COPY may lay what is not seen, or fly.toml lays something over the image. */
export const hiddenPlaces = (build: Build | undefined, covered: readonly string[]): string[] => [
  ...covered,
  ...(build?.final.unknown ?? []).flatMap(({by, path}) => (by === 'copy' ? [path] : [])),
]

/** The text files of the project in the folder of a server's configuration; undefined where others may lie there, too. */
export async function filesIn(
  home: string,
  names: RegExp,
  {build, reader, paths, covered}: WebContext,
): Promise<[string, TextFile][] | undefined> {
  if (hiddenPlaces(build, covered).some((path) => overlaps(path, home))) return undefined
  if (home === '/etc/nginx' && (await startChanges(build, reader, paths))) return undefined
  const found: [string, TextFile][] = []
  for (const [path, entry] of build?.final.files.files() ?? []) {
    if (!names.test(path)) continue
    if (build?.final.unknown.some(removes(path, entry))) return undefined
    const file = paths.has(entry.source) ? await reader.text(entry.source) : undefined
    if (!file) return undefined
    found.push([path, file])
  }
  return found
}

/** Whether a RUN behind the COPY takes the file away again. */
const removes =
  (path: string, {at: copied}: Pick<FileEntry, 'at'>) =>
  ({by, text = '', at}: Unknown): boolean =>
    by === 'run' &&
    /\brm\s/.test(text) &&
    (at.line ?? 0) > (copied.line ?? 0) &&
    // By its name, or with its folder.
    (text.includes(path) ||
      / \.?\/?[\w.-]+\.conf\b/.test(text) ||
      /\/etc\/nginx(?:\/conf\.d)?\/?(?![\w/.-])/.test(text))

/** The image of nginx runs the scripts of that folder first; its variables move the templates. */
async function startChanges(build: Build | undefined, reader: ProjectReader, paths: Files): Promise<boolean> {
  if (!build) return false
  const {final} = build
  const folder = '/docker-entrypoint.d'
  if ([...final.config.env.keys()].some((name) => name.startsWith('NGINX_ENVSUBST_'))) return true
  if (final.unknown.some(({by, path}) => by === 'copy' && overlaps(path, folder))) return true
  for (const [path, entry] of final.files.files()) {
    if (!path.startsWith(`${folder}/`)) continue
    const text = paths.has(entry.source) ? (await reader.text(entry.source))?.text : undefined
    if (text === undefined || /nginx|\blisten\b|\.conf\b/.test(text)) return true
  }
  return false
}
