import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import type {Tracked} from '../../files/files.ts'
import type {Build} from '../build.ts'
import {writtenByRun} from '../moment.ts'
import {copyOf} from './context-path.ts'
import {isBelow} from './image-path.ts'

/** The file of the project that the final image has at a path, where nothing unseen lies over it and no RUN writes another one. */
export function keptSource(path: string, {final, stages}: Build, paths: Tracked): string | undefined {
  const entry = final.files.get(path)
  if (entry?.kind !== 'file' || !paths.has(entry.source)) return undefined
  const folder = posix.dirname(path)
  const unseen = stages.flatMap(({stage, unknown, files}) => {
    if (stage === final.stage) return []
    const named = [...files.files((names) => names.named(posix.basename(entry.source)))]
    const laid = named.filter(([, each]) => each.kind === 'file' && each.source === entry.source)
    /** A later COPY of the stage has laid the file over what came unseen. */
    const isUnder = ({path: place, at}: {path: string; at: FileLocation}) =>
      laid.length > 0 &&
      laid.every(([, each]) => (each.at.line ?? 0) > (at.line ?? 0)) &&
      laid.some(([own]) => isBelow(own, place))
    return unknown.filter((each) => each.by === 'copy' && !each.path.includes('node_modules') && !isUnder(each))
  })
  const later = allInstructions(final.stage).filter(
    ({keyword, at}) => (keyword === 'COPY' || keyword === 'ADD') && (at.line ?? 0) > (entry.at.line ?? 0),
  )
  const covers = later.some((each) =>
    isBelow(folder, posix.resolve(final.config.workingDir, copyOf(each)?.target ?? '.')),
  )
  if (unseen.length > 0 || covers) return undefined
  return writtenByRun(stages)(path) ? undefined : entry.source
}
