import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {FactStore} from '../../../facts.ts'
import type {Document} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {mayBeChanged, sourceAt} from '../../image/moment.ts'
import {type Request, readRequest} from '../scripts/package-runner.ts'

/** An install of the project's packages that surely runs in the image, and the files that it finds. */
export interface Install {
  command: BuildCommand
  request: Request
  text: string
  /** Of the image. */
  folder: string
  manifest: TextFile
  value: Document['value']
  /** `pnpm@9.15.0`, and where it says so. */
  packageManager: string | undefined
  at: FileLocation
  lock: TextFile | undefined
  /** The commands before it in its stage and those that it is built on. */
  before: readonly string[]
  /** Another install follows in the same stage. */
  isFollowed: boolean
  /** A file of the project that stands in the folder or above it. */
  find(name: string): Promise<TextFile | undefined>
}

const locks = {npm: 'package-lock.json', pnpm: 'pnpm-lock.yaml', yarn: 'yarn.lock', bun: 'bun.lock'}

export async function installsOf(reader: ProjectReader, facts: FactStore): Promise<Install[]> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: Install[] = []
  const lastInstall = new Map(
    commands.flatMap(({moment, words}, index) =>
      readRequest(words)?.kind === 'install' ? [[moment.stage, index] as const] : [],
    ),
  )
  for (const [index, command] of commands.entries()) {
    const request = readRequest(command.words)
    if (request?.kind !== 'install' || command.conditional || !command.decisive) continue
    const folder = posix.resolve(command.folder, request.folder ?? '.')
    const find = (name: string) => foundFrom(folder, name, command, {reader, tracked})
    const manifest = await find('package.json')
    const document = manifest && parseJson(manifest)
    if (!manifest || !document || !('value' in document)) continue
    const {packageManager} = document.value
    found.push({
      command,
      request,
      text: command.words.slice(0, 3).join(' '),
      folder,
      manifest,
      value: document.value,
      packageManager: typeof packageManager === 'string' ? packageManager.split('+')[0] : undefined,
      at: document.at(['packageManager']),
      lock: await find(locks[request.manager]),
      get before() {
        return commandsBefore(commands, index).map(({words}) => words.map((word) => word ?? '?').join(' '))
      },
      isFollowed: (lastInstall.get(command.moment.stage) ?? 0) > index,
      find,
    })
  }
  return found
}

/** The file of the project that a command of the build finds by a name, in a folder of the image or above it. */
export async function foundFrom(
  folder: string,
  name: string,
  command: BuildCommand,
  {reader, tracked}: {reader: ProjectReader; tracked: Files},
): Promise<TextFile | undefined> {
  const place = withAbove(folder)
    .map((each) => posix.join(each, name))
    .find((each) => sourceAt(command.moment, each, tracked))
  const source = place && sourceAt(command.moment, place, tracked)
  return place && source && !mayBeChanged(command, place) ? reader.text(source) : undefined
}
