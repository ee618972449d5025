/** Folders that `pnpm deploy` makes of a member of a workspace: its files, and a node_modules of its own. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {flagOf} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import type {Build} from '../../image/build.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {located} from '../../image/moment.ts'
import type {Manifest} from './workspace.ts'

/** The `pnpm --filter NAME deploy --prod /out` of a stage that the image takes the node_modules of a member from. */
export function deployOf(folder: string, {name}: Manifest, {stages, final}: Build): FileLocation | undefined {
  for (const each of final.stage.instructions) {
    const [copy, from] = [copyOf(each), flagOf(each, 'from')]
    const [source, another] = copy?.sources ?? []
    if (!copy || from === undefined || source === undefined || another !== undefined) continue
    const target = posix.resolve(final.config.workingDir, copy.target)
    const isWhole = target === folder
    if (!isWhole && !(target === posix.join(folder, 'node_modules') && posix.basename(source) === 'node_modules'))
      continue
    const made = posix.resolve('/', isWhole ? source : posix.dirname(source))
    const moments = stages.find(({stage}) => isNamed(stage, from))?.moments ?? []
    for (const {command, folder: place} of moments.flatMap((moment) => located(moment.commands, moment.workingDir))) {
      const {words} = command
      const isDeploy =
        words[0] === 'pnpm' && words.includes('deploy') && words.some((word) => word?.includes(name ?? '?'))
      const isProduction = words.some((word) => /^(?:-P|--prod(?:uction)?)$/.test(word ?? ''))
      if (isDeploy && isProduction && posix.resolve(place, words.at(-1) ?? '?') === made) return command.at
    }
  }
  return undefined
}
