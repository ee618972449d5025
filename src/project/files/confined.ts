import {existsSync, realpathSync} from 'node:fs'
import {join, resolve, sep} from 'node:path'
import {repositoryTop} from '../git/repository-prefix.ts'
import {disk, type FileSystem} from './file-system.ts'
import {ProjectReader} from './reader.ts'

/**
 * The disk as far as the repository goes, whatever links and settings of somebody else's code say: reports show lines of
 * what is read, and may be shown to them. Git's own files do not count: the token of a checkout is in them.
 * `named`: paths of the command line, which that code does not choose.
 */
export async function confinedDisk(root: string, named: readonly (string | undefined)[]): Promise<FileSystem> {
  const folder = resolve(root)
  const top = (await repositoryTop(folder, new ProjectReader(folder))) ?? folder
  const real = existsSync(top) ? realpathSync(top) : top
  const git = join(real, '.git')
  const leadsOut = (path: string) => !isIn(real, path) || (path !== git && isIn(git, path))
  const chosen = named.flatMap((path) => (path === undefined ? [] : [resolve(folder, path)]))
  const beside = new Set(chosen.filter((path) => !isIn(real, path) && !isIn(top, path)))
  const within = (path: string): string => {
    if (!beside.has(path) && leadsOut(realpathSync(path))) {
      throw Object.assign(new Error('it leads out of the repository'), {code: 'EOUTSIDE'})
    }
    return path
  }
  return {
    ...disk,
    stat: async (path) => disk.stat(within(path)),
    read: async (path) => disk.read(within(path)),
    list: (path) => disk.list(within(path)),
  }
}

const isIn = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)
