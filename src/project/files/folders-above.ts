import {posix} from 'node:path'

/** The folders of the project that a path lies in, the nearest first: `a/b`, `a` and `.` for `a/b/c.py`; none for `.`. */
export function foldersAbove(path: string): string[] {
  if (path === '.' || path === '') return []
  const folder = posix.dirname(path)
  return [folder, ...foldersAbove(folder)]
}

/** The same as the beginnings of paths: `a/b/`, `a/` and ``. */
export const prefixesAbove = (path: string): string[] =>
  foldersAbove(path).map((folder) => (folder === '.' ? '' : `${folder}/`))
