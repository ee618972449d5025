/** Where COPY and ADD take files from: the build context, or the stage that --from names. */
import type {BuildContext} from '../../context/build-context.ts'
import type {Stage} from '../../dockerfile/parse.ts'
import {raise, type StageWork} from '../stage-work.ts'
import type {SourceStage} from './missing-sources.ts'

export const contextSource = (context: BuildContext): SourceStage => ({
  files: {complete: true, entry: context.entry, names: context.names, origin: (path) => path.slice(1)},
  unknown: [],
})

/** A stage by number or name; undefined for an image of somebody else's. */
export function stageSource(from: string, {dockerfile, built, stage}: StageWork): SourceStage | undefined {
  if (from.includes('$')) raise('--from takes no variables: FROM does, so give the image a stage of its own')
  const index = stageIndex(from, dockerfile.stages, stage)
  const source = index === undefined ? undefined : built.get(index)
  if (!source) return undefined
  const {files, unknown, pruned} = source
  return {
    unknown,
    pruned,
    tree: files,
    stage: source.stage,
    files: {
      complete: unknown.length === 0,
      entry(path) {
        const found = files.get(path, {followLast: false})
        return found?.kind === 'link' ? {kind: 'link', target: found.target} : found && {kind: found.kind}
      },
      names(path, wanted) {
        const found = files.get(path)
        return found?.kind === 'folder' ? found.list(wanted).map(([name]) => name) : []
      },
      origin(path) {
        const found = files.get(path, {followLast: false})
        return found && found.kind !== 'folder' ? found.source : path
      },
    },
  }
}

/** The stage that `--from` names, by number or name; undefined for an image. Raises where BuildKit does. */
export function stageIndex(from: string, stages: readonly Stage[], current: Stage): number | undefined {
  const found = /^\d+$/.test(from)
    ? stages[Number(from)]
    : // Of two stages with one name the last counts, even for what stands between them (dispatchStates.findStateByName).
      stages.findLast(({name}) => name === from.toLowerCase())
  if (!found) {
    return /^\d+$/.test(from)
      ? raise(`there is no stage ${from}: the stages are numbered 0 to ${stages.length - 1}`)
      : undefined
  }
  if (found.index === current.index) return raise(`the stage copies from itself (--from=${from})`)
  if (found.index > current.index)
    return raise(`the stage ${from} comes later: it must stand before the one that copies from it`)
  return found.index
}
