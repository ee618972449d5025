import {posix} from 'node:path'
import type {Tracked} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {sourceAt} from '../../image/moment.ts'
import {readManifest} from '../workspace/workspace.ts'
import {type PnpmMajor, pnpmMajor} from './pnpm-version.ts'

/** The pnpm of a stage, by what its RUNs say and the package.json in these folders; undefined where they do not tell. */
export async function stagePnpm(
  {moment}: BuildCommand,
  folders: readonly string[],
  texts: readonly string[],
  {reader, tracked}: {reader: ProjectReader; tracked: Tracked},
): Promise<PnpmMajor> {
  if (!texts.some((text) => text.includes('pnpm'))) return undefined
  for (const folder of folders) {
    const source = sourceAt(moment, posix.join(folder, 'package.json'), tracked)
    const manifest = source === undefined ? undefined : await readManifest(reader, posix.dirname(source))
    if (!manifest?.packageManager && folder !== folders.at(-1)) continue
    return pnpmMajor(
      manifest?.packageManager,
      texts.flatMap((text) => text.split(/&&|;|\n/).map((part) => part.trim())),
    )
  }
  return undefined
}
