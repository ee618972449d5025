/** Folders that `pnpm deploy` makes of a member of a workspace: its files, and a node_modules of its own. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {flagOf} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {located} from '../../image/moment.ts'
import type {Command} from '../../image/shell/command.ts'
import {flag} from '../../image/shell/tool-words.ts'
import {type Manifest, readManifest} from './workspace.ts'

/** The `pnpm --filter NAME deploy --prod /out` of a stage that the image takes the node_modules of a member from. */
export function deployOf(folder: string, {name}: Manifest, build: Build): FileLocation | undefined {
  for (const {words, at} of deploysInto(folder, build)) {
    const isProduction = words.some((word) => /^(?:-P|--prod(?:uction)?)$/.test(word ?? ''))
    if (isProduction && words.some((word) => word?.includes(name ?? '?'))) return at
  }
  return undefined
}

/** Where the whole folder that such a deploy makes is taken: that of a path of the image, and of the member in the project. */
export async function deployedHome(
  path: string,
  build: Build,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<{folder: string; origin: string} | undefined> {
  for (const folder of withAbove(posix.dirname(path))) {
    const [deploy, another] = [...deploysInto(folder, build)].filter(({isWhole}) => isWhole)
    const wanted =
      deploy && !another
        ? flag(
            deploy.words.map((word) => word ?? '?'),
            '--filter',
            '-F',
          )
        : undefined
    if (wanted === undefined) continue
    const folders = paths.named('package.json').map((each) => posix.dirname(each).replace(/^\.$/, ''))
    const members = await Promise.all(folders.map((each) => readManifest(reader, each)))
    const origin = members.find((each) => each?.name === wanted)?.folder
    if (origin !== undefined) return {folder, origin}
  }
  return undefined
}

/** The deploys whose folder, or its node_modules, the last stage takes to a folder. */
function* deploysInto(
  folder: string,
  {stages, final}: Build,
): Generator<{words: Command['words']; at: FileLocation; isWhole: boolean}> {
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
      const {words, at} = command
      if (words[0] === 'pnpm' && words.includes('deploy') && posix.resolve(place, words.at(-1) ?? '?') === made)
        yield {words, at, isWhole}
    }
  }
}
