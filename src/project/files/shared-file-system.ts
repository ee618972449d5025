import {once} from '../../once.ts'
import type {FileSystem} from './file-system.ts'

/** A disk that is asked each thing once, however many runs read the same repository. For one run's time only. */
export function sharedFileSystem(fs: FileSystem): FileSystem {
  return {
    stat: once((path: string) => fs.stat(path)),
    read: once((path: string) => fs.read(path)),
    list: once((path: string) => fs.list(path)),
    link: once((path: string) => fs.link(path)),
    real: once((path: string) => fs.real(path)),
  }
}
