import {posix} from 'node:path'
import {flagOf, mountsOf, type Stage} from '../../dockerfile/parse.ts'
import type {Tracked} from '../../files/files.ts'
import {packageFolder} from '../../node/package-folder.ts'
import type {Build} from '../build.ts'
import {copies, copyOf} from './context-path.ts'
import {isBelow} from './image-path.ts'

/**
 * Tells of a file of the context whether it is of a member of the workspace that `turbo prune` leaves behind in its stage:
 * from there on, nothing has it.
 */
export function leftByPrune({stages}: Build, tracked: Tracked): (path: string) => boolean {
  const pruners = stages.filter(({pruned}) => pruned.length > 0)
  const [pruner, another] = pruners
  if (!pruner || another) return () => false
  const {stage, files, pruned} = pruner
  const rest = stages.filter((each) => each !== pruner).flatMap((each) => each.stage.instructions)
  const takesOther = rest.some(
    (each) =>
      mountsOf(each).some((mount) => isFrom(mount.get('from'), stage)) ||
      (isFrom(flagOf(each, 'from'), stage) &&
        !copyOf(each)?.sources.every((source) => pruned.some((folder) => isBelow(posix.resolve('/', source), folder)))),
  )
  // The image is that stage, or is built on it.
  if (takesOther || stages.at(-1) === pruner) return () => false
  const kept = new Set<string>()
  for (const folder of pruned) {
    const entry = files.get(folder)
    for (const [, {source}] of entry?.kind === 'folder' ? files.filesOf(entry) : []) kept.add(source)
  }
  return (path) => {
    const folder = packageFolder(path, tracked)
    return folder !== '.' && !kept.has(`${folder}/package.json`) && !copies(path, rest)
  }
}

const isFrom = (from: string | undefined, {name, index}: Stage): boolean =>
  from !== undefined && (from.toLowerCase() === name || from === String(index))
