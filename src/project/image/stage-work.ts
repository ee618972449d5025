import type {BuildContext} from '../context/build-context.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {LexError, processWord, processWords} from '../dockerfile/lex.ts'
import type {Stage} from '../dockerfile/parse.ts'
import type {BuiltStage} from './build-stage.ts'
import type {Workspace} from './files/pruned-workspace.ts'
import {History} from './history.ts'
import {longestArgument} from './shell/command.ts'

export interface Building {
  dockerfile: Dockerfile
  context: BuildContext
  /** The stages built so far, by their index. */
  built: ReadonlyMap<number, BuiltStage>
  /** Names of files that a RUN asks for and that another deploy may have: git ignores them, or a step before makes them. */
  madeLater: ReadonlySet<string>
  /** Whether git ignores what a COPY takes and is not in the context: the computer of another deploy may have it. */
  mayHaveElsewhere(path: string): Promise<boolean>
  /** What `turbo prune` takes from; undefined where nothing is pruned. */
  workspace: Workspace | undefined
}

/** A stage while it is built: what its instructions change, and how they are read. */
export interface StageWork extends Building {
  stage: Stage
  result: BuiltStage
  /** ENV and ARG together, as they are filled in: the later one counts. */
  variables: History
  shell: string[]
  /** A CMD of this stage: ENTRYPOINT takes away what is of the base image or of an earlier stage. */
  cmdIsSet: boolean
  /** The text of an instruction, variables filled in and quotes taken off. */
  word(text: string): string
  /** The same, split at blanks. */
  words(text: string): string[]
}

/** What stages that are built on this one go on with. */
const works = new WeakMap<BuiltStage, Pick<StageWork, 'variables' | 'shell'>>()

/** `instructionAt`: where the instruction stands that is under way. */
export function beginWork(
  stage: Stage,
  result: BuiltStage,
  building: Building,
  instructionAt: () => Stage['at'],
): StageWork {
  const {dockerfile, built} = building
  const parent = stage.parent && built.get(stage.parent.index)
  const inherited = parent && works.get(parent)
  const variables = new History(inherited?.variables ?? result.config.env)
  const lookup = (name: string) => {
    const value = variables.get(name)
    if (value === undefined && dockerfile.globals.get(name)) result.unscoped.push({name, at: instructionAt()})
    return value
  }
  const work: StageWork = {
    ...building,
    stage,
    result,
    variables,
    shell: inherited?.shell ?? ['/bin/sh', '-c'],
    cmdIsSet: false,
    word(text) {
      const value = processWord(text, lookup, dockerfile.escapeCharacter)
      return value.length < longestArgument
        ? value
        : raise(`a value has ${value.length} characters, with which Linux starts no program`)
    },
    words: (text) => processWords(text, lookup, dockerfile.escapeCharacter),
  }
  works.set(result, work)
  return work
}

/** BuildKit refuses the instruction. */
export function raise(message: string): never {
  throw new LexError(message)
}

/** The elements of an exec form, where all of them are strings. */
export const strings = (list: unknown[] | undefined): string[] | undefined =>
  list?.every((each) => typeof each === 'string') ? (list as string[]) : undefined
