import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'

/** Whether a file of that name lies where a server hands files out, of `/` its index. */
export const isHandedOut = (path: string, folder: RegExp, paths: Files): boolean =>
  paths.named(posix.basename(path) || 'index.html').some((each) => folder.test(each))
