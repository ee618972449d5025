import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {sourceAt} from '../../image/moment.ts'
import type {Request} from '../scripts/package-runner.ts'
import {readManifest} from '../workspace/workspace.ts'
import {type LockedPackage, npmPackages, pnpmPackages} from './locked-packages.ts'

interface Context {
  reader: ProjectReader
  paths: Files
  /** The commands of the image: the members that they name with --filter are the ones that count. */
  texts: readonly string[]
}

/**
 * What an install brings for production, as the lock file beside it says: of the packages with an install script those that
 * are wanted, each name once.
 */
export async function installedPackages(
  command: BuildCommand,
  request: Request,
  context: Context,
  wanted: (name: string, version: string) => boolean,
): Promise<LockedPackage[]> {
  const found = (await lockedBy(command, request, context)).filter(({name, version}) => wanted(name, version))
  return found.filter(({name}, index) => found.findIndex((each) => each.name === name) === index)
}

async function lockedBy(
  command: BuildCommand,
  request: Request,
  {reader, paths, texts}: Context,
): Promise<LockedPackage[]> {
  const folder = posix.resolve(command.folder, request.folder ?? '.')
  const source = (name: string) => sourceAt(command.moment, posix.join(folder, name), paths)
  const [npm, pnpm] = await Promise.all(
    [source('package-lock.json'), source('pnpm-lock.yaml')].map(async (path) => path && (await reader.text(path))),
  )
  if (request.manager === 'npm' && npm) return npmPackages(npm)
  if (request.manager !== 'pnpm' || !pnpm) return []
  const present = paths
    .named('package.json')
    .filter((path) => source(path) === path)
    .map((path) => posix.dirname(path))
  const built = await namedBy(present)
  return pnpmPackages(pnpm, built.length > 0 ? built : present)

  /** The members that the commands of the image name with --filter: what others need is not loaded there. */
  async function namedBy(folders: readonly string[]): Promise<string[]> {
    const flags = texts.flatMap((text) => [...text.matchAll(/\s(?:--filter|-F)[ =]["']?([^\s"']+)/g)])
    const wanted = new Set(flags.map(([, name = '']) => name.replace(/\.\.\.$/, '').replace(/^\.\//, '')))
    const found: string[] = []
    for (const each of wanted.size > 0 ? folders : []) {
      const manifest = await readManifest(reader, each === '.' ? '' : each)
      if (wanted.has(each) || (manifest?.name !== undefined && wanted.has(manifest.name))) found.push(each)
    }
    return found
  }
}
