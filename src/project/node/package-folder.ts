import {posix} from 'node:path'
import type {Tracked} from '../files/files.ts'

/** The folder of the package.json that a file belongs to; '.' where none is above it but at the top, if at all. */
export function packageFolder(path: string, paths: Tracked): string {
  let folder = posix.dirname(path)
  while (folder !== '.' && !paths.has(`${folder}/package.json`)) folder = posix.dirname(folder)
  return folder
}
