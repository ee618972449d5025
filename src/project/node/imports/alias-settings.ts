/** Builds that find the project's own modules by `paths` of tsconfig.json or jsconfig.json, and by nothing else. */
import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {lacks, originOf, sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Read} from '../../image/shell/tool-words.ts'
import {importSpecifiers} from './import-specifiers.ts'
import {pathAliases} from './path-aliases.ts'

export interface AliasUse {
  read: Read
  /** The source of the image that needs it, and what it imports. */
  importedBy: string
  specifier: string
}

const names = ['tsconfig.json', 'jsconfig.json']
/** Sources that are read for one build. */
const mostSources = 300
const endings = ['', '.ts', '.tsx', '.js', '.jsx', '/index.ts', '/index.tsx', '/index.js']

/** What knows aliases by these files: `next build` by that of its folder, `bun build` by the nearest above a source. */
function readBy(command: BuildCommand): Read | undefined {
  const [, verb, folder] = command.words
  if (verb !== 'build') return undefined
  const program = programOf(command)
  if (program === 'next') return folder && !folder.startsWith('-') ? undefined : {files: names}
  return program === 'bun' ? {files: names, above: true} : undefined
}

/** The first import of a source in the image that such a build finds by a file that the image has not by then. */
export async function aliasUse(
  command: BuildCommand,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<AliasUse | undefined> {
  const {moment, folder} = command
  const read = readBy(command)
  const origin = read && originOf(moment, folder, paths)
  if (!read || origin === undefined || !names.some((name) => paths.has(posix.join(origin, name)))) return undefined
  const places = (read.above ? withAbove(folder) : [folder]).flatMap((each) =>
    names.map((name) => posix.join(each, name)),
  )
  if (!places.every((place) => lacks(command, place))) return undefined
  // webpack and plugins of Bun may be told of them, too.
  const settings = paths
    .beginning('next.config.', 'bunfig.toml')
    .filter((path) => posix.dirname(path) === (origin || '.'))
  if ((await reader.texts(settings)).some(({text}) => /alias|preload/i.test(text))) return undefined
  const aliases = await pathAliases({reader, paths})
  for (const source of sourcesOf(command, paths).slice(0, mostSources)) {
    const text = (await reader.text(source))?.text ?? ''
    const found = importSpecifiers(text).find(({text: specifier}) =>
      aliases(specifier, source).own.some((path) => endings.some((ending) => paths.has(path + ending))),
    )
    if (found) return {read, importedBy: source, specifier: found.text}
  }
  return undefined
}

/** What the build surely takes in: the pages of Next.js, and the entry that Bun is given. */
function sourcesOf({moment, folder, words}: BuildCommand, paths: Files): string[] {
  if (words[0] === 'bun')
    return words
      .slice(2)
      .flatMap(
        (word) =>
          (/^[\w./-]+\.[jt]sx?$/.test(word ?? '') && sourceAt(moment, posix.resolve(folder, word ?? ''), paths)) || [],
      )
  const held = moment.files.get(folder)
  const found: string[] = []
  for (const [place, entry] of held?.kind === 'folder' ? moment.files.filesOf(held) : []) {
    const isPage = /^\/(?:src\/)?(?:pages\/.+|app\/(?:.*\/)?(?:page|layout|route))\.[jt]sx?$/.test(place)
    if (isPage && entry.kind === 'file' && paths.has(entry.source)) found.push(entry.source)
  }
  return found
}
