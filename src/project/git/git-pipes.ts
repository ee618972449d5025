/** What git reads before it answers, and would wait at for ever where it is a named pipe into which nobody writes. */
import {readFileSync, type Stats, statSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {pathFrom} from '../files/reader.ts'

/** In each folder from the top of the repository down; of those further below git alone knows which it reads. */
const inFolders = ['.gitignore', '.gitattributes']
const inRepository = [
  ...['HEAD', 'config', 'config.worktree', 'commondir', 'index', 'packed-refs', 'shallow'],
  ...['info/exclude', 'info/attributes', 'objects/info/alternates'],
]

/** The named pipe that git would open when it is asked in this folder, as seen from there; undefined where there is none. */
export function pipeOfGit(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const own = join(folder, '.git')
    const found = statsOf(own)
    const paths = [...inFolders.map((name) => join(folder, name)), ...(found ? [own, ...filesOf(own, found)] : [])]
    const pipe = paths.find((path) => statsOf(path)?.isFIFO())
    if (pipe !== undefined) return pathFrom(root, pipe)
    if (found || folder === dirname(folder)) return undefined
  }
}

/** The files of a repository, with the branch that its HEAD names. In a linked worktree or a submodule, .git is a file. */
function filesOf(own: string, found: Stats): string[] {
  const [, elsewhere] = (found.isFile() && /^gitdir: (.+)$/m.exec(textOf(own).trimEnd())) || []
  const repository = elsewhere ? resolve(dirname(own), elsewhere) : own
  const [, branch] = /^ref: (refs\/\S+)\s*$/.exec(textOf(join(repository, 'HEAD'))) ?? []
  return [...inRepository, ...(branch ? [branch] : [])].map((name) => join(repository, name))
}

const statsOf = (path: string): Stats | undefined => orNothing(() => statSync(path))

/** Of a short file; of anything else it is git that has to say something. */
function textOf(path: string): string {
  const stats = statsOf(path)
  return stats?.isFile() && stats.size < 10_000 ? (orNothing(() => readFileSync(path, 'utf8')) ?? '') : ''
}

function orNothing<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
