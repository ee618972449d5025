import {type Fact, type FactStore, known} from '../../facts.ts'
import {groupBy} from '../../group-by.ts'
import {onceOf} from '../../once.ts'
import {readIgnoreFile} from '../context/build-context.ts'
import {ignoreRules} from '../context/dockerignore.ts'
import {flagOf, mountsOf} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import type {BuildCommand} from './build-commands.ts'
import {copies, mounts} from './files/context-path.ts'
import {leftByPrune} from './files/left-by-prune.ts'
import {asksFiles, runCommands} from './shell/shell.ts'
import {type Commands, type StageCommand, type StageImage, simulate, sourceStage} from './stage-image.ts'

/** What the stages of the Dockerfile hold, worked out without running anything. */
export interface Image {
  /** The stages that are built: the final one and those that it is made from. BuildKit leaves the others out. */
  stages: StageImage[]
  final: StageImage
  /**
   * Whether a COPY of a stage that is built brings a file of the project; or, of what is compiled into a program, a bind mount
   * of a RUN, as `docker init` writes it for Rust and Go.
   */
  copies(path: string): boolean
}

const byPlace = onceOf(({commands}: StageImage) => groupBy(commands, ({at}) => `${at.line}:${at.column}`))

/** The stage that a command of the build runs in, and what is held of it; several, where they stand in one text. */
export function heldOf(image: Image, {moment, at}: BuildCommand): {held?: StageImage; commands: StageCommand[]} {
  const held = image.stages.find(({stage}) => stage === moment.stage)
  return {...(held && {held}), commands: (held && byPlace(held).get(`${at.line}:${at.column}`)) ?? []}
}

export async function loadImage({reader}: Inputs, facts: FactStore): Promise<Fact<Image>> {
  const dockerfile = await facts.need('dockerfile')
  const [files, python, build] = await Promise.all([facts.value('files'), facts.value('python'), facts.value('build')])
  const moments = new Map(build?.stages.flatMap((stage) => stage.moments.map((each) => [each.instruction, each])))
  const commandsOf: Commands = (instruction, variables) =>
    // The build knows what questions about files come to.
    (asksFiles(instruction.text) && moments.get(instruction)?.commands) ||
    runCommands(dockerfile.file, instruction, variables)
  const stages: StageImage[] = []
  for (const stage of dockerfile.stages) {
    stages.push(simulate(stage, stages, {dockerfile, commandsOf, paths: files ?? noFiles, python}))
  }
  const final = stages[dockerfile.final.index] as StageImage
  const sources = madeFrom(final)
  const built = stages.filter((stage) => stage === final || sources.has(stage))
  const instructions = built.flatMap(({stage}) => stage.instructions)
  const laid = (await facts.value('deployCommands'))?.laidAt('.dockerignore')
  const ignored = await ignoredByDocker(reader, dockerfile.file.absolute, laid)
  const isLeft = build ? leftByPrune(build, files ?? noFiles) : () => false
  return known({
    stages: built,
    final,
    copies: (path) =>
      !ignored(path) &&
      (copies(path, instructions) || (isCompiled.test(path) && mounts(path, instructions))) &&
      !isLeft(path),
  })

  /** The stages that a stage is built on, copies from or mounts, and theirs. */
  function madeFrom(final: StageImage): Set<StageImage> {
    const found = new Set<StageImage>()
    const next = [final]
    for (let each = next.pop(); each; each = next.pop()) {
      const {stage} = each
      const named = stage.instructions.flatMap((instruction) => {
        const mounted = mountsOf(instruction).map((mount) => mount.get('from'))
        return [flagOf(instruction, 'from'), ...mounted].flatMap((name) =>
          name === undefined ? [] : sourceStage(name, stages.slice(0, stage.index)),
        )
      })
      for (const source of [stage.parent && stages[stage.parent.index], ...named]) {
        if (!source || found.has(source)) continue
        found.add(source)
        next.push(source)
      }
    }
    return found
  }
}

/** What ends in a program, which then has it with itself. */
const isCompiled = /\.(?:rs|go|swift|zig)$|(?:^|\/)(?:Cargo\.(?:toml|lock)|go\.(?:mod|sum|work))$/

/** What BuildKit leaves out of the context. */
async function ignoredByDocker(
  reader: Inputs['reader'],
  dockerfile: string,
  laid: string | undefined,
): Promise<(path: string) => boolean> {
  const {ignoreFile} = await readIgnoreFile(reader, dockerfile, laid)
  if (!ignoreFile) return () => false
  const {ignores} = ignoreRules(ignoreFile.text)
  return (path) => !path.startsWith('../') && ignores(path)
}
