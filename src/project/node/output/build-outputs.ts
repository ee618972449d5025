import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {flagOf, lineage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {isBelow, overlaps} from '../../image/files/image-path.ts'
import {baseMayHave} from '../../image/may-hold.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {commandsOf, type SiteBuild, siteBuilds, stageNamed} from './site-builds.ts'

/** A folder that is copied from the stage of a build, and that no build there writes. */
export interface OtherOutput {
  /** The COPY. */
  at: FileLocation
  stage: string
  /** As the COPY has it, and what the build writes in its place. */
  copied: string
  written: string
  /** `vite build`. */
  tool: string
  /** What starts the tool, and what its folder comes from. */
  related: FileLocation[]
  /** Nothing else that the stage runs can write it. */
  proven: boolean
}

/** Names that such folders have. */
const outputs = /^(?:dist|build|out|output|public|_site|www|\.next|\.output)$/
export async function loadBuildOutputs({reader}: Inputs, facts: FactStore): Promise<Fact<OtherOutput[]>> {
  const [[build, commands], files] = await Promise.all([facts.needAll('build', 'buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  const found: OtherOutput[] = []
  for (const {stage} of build.stages) {
    for (const instruction of stage.instructions) {
      const name = flagOf(instruction, 'from')
      const copy = copyOf(instruction)
      if (name === undefined || !copy) continue
      const source = stageNamed(name, build.stages, stage)
      if (!source) continue
      const own = commandsOf(source, commands.commands)
      for (const copied of copy.sources) {
        const plain = posix.resolve('/', copied)
        // What COPY brings into a folder makes it, whatever it is.
        const isMade = source.unknown.some(({by, path}) => by === 'copy' && isBelow(path, plain))
        if (/[*?$[]/.test(copied) || source.files.get(plain) || isMade) continue
        const other = await otherOutput(plain, own, source)
        if (other) found.push({at: instruction.at, stage: name, copied, ...other})
      }
    }
  }
  return known(found)

  /** undefined where something may write the folder that is copied, or it cannot be told what the build writes. */
  async function otherOutput(
    folder: string,
    own: readonly BuildCommand[],
    source: BuiltStage,
  ): Promise<Pick<OtherOutput, 'written' | 'tool' | 'related' | 'proven'> | undefined> {
    const builds = await siteBuilds(own, posix.basename(folder), {reader, paths})
    if (!builds) return undefined
    const inside = builds.find((each) => each.lacks?.some((path) => path === folder))
    const isElsewhere = builds.every((each) => each.folders.every((written) => !overlaps(folder, written)))
    const [only = await topOf(folder, own, builds, source)] = inside
      ? [inside]
      : builds.filter((each) => isLikeIts(folder, each))
    if (!only || !(inside || isElsewhere)) return undefined
    const {tool, command, related, proven, folders, index} = only
    if ([...command.moment.variables.keys()].some((each) => /^(?:OUT_?DIR|OUTPUT_?DIR)$/i.test(each))) return undefined
    return {
      written: index ?? (folders[0] as string),
      tool,
      related,
      proven: proven && !command.conditional && isFollowed(folder, source, build.stages),
    }
  }

  /** The one site of a workspace, where `dist` at the top is copied, and nothing that runs there writes a folder. */
  async function topOf(
    folder: string,
    own: readonly BuildCommand[],
    [only, another]: readonly SiteBuild[],
    source: BuiltStage,
  ): Promise<SiteBuild | undefined> {
    const top = posix.dirname(folder)
    const name = posix.basename(folder)
    if (!only || another || !/^(?:dist|build|out)$/.test(name)) return undefined
    if (only.command.folder === top || !isBelow(only.command.folder, top)) return undefined
    if (source.files.get(posix.join(top, 'package.json'))?.kind !== 'file') return undefined
    if (own.some((each) => each.folder === top && /^(?:vue-)?tsc$/.test(programOf(each) ?? ''))) return undefined
    const settings = await reader.texts(paths.beginning('tsconfig'))
    return settings.some(({text}) => text.includes(`../${name}`)) ? undefined : {...only, proven: false}
  }
}

/** Whether a folder is one that a build of this app may be thought to write: beside its own, or called as others call theirs. */
function isLikeIts(folder: string, {command, folders}: SiteBuild): boolean {
  if (posix.dirname(folder) === command.folder && outputs.test(posix.basename(folder))) return true
  return folders.some((written) => {
    const [first = ''] = posix.relative(command.folder, written).split('/')
    return first !== '..' && first !== '' && isBelow(folder, posix.join(command.folder, first))
  })
}

/** Whether all that a stage runs before it is copied from is known, and nothing else brings the folder unseen. */
function isFollowed(folder: string, source: BuiltStage, stages: readonly BuiltStage[]): boolean {
  const line = lineage(source.stage)
  const isSeen = stages.every(
    ({stage, moments}) =>
      !line.includes(stage) ||
      (moments.length === stage.instructions.filter(({keyword}) => keyword === 'RUN').length &&
        moments.every(({commands}) => commands.every(staysSeen))),
  )
  const isBrought = source.unknown.some(({by, path}) => by === 'copy' && overlaps(path, folder))
  return isSeen && !isBrought && !baseMayHave(source.stage, folder)
}

const staysSeen = ({words, conditional}: {words: readonly (string | undefined)[]; conditional: boolean}): boolean =>
  words[0] !== 'pushd' && !(words[0] === 'cd' && (words[1] === undefined || conditional))
