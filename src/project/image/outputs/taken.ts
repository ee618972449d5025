/** What is taken from a stage, and what else may have put it there. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {expand} from '../../dockerfile/expand.ts'
import {flagOf} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Build} from '../build.ts'
import type {BuildCommand} from '../build-commands.ts'
import type {BuiltStage} from '../build-stage.ts'
import {copyOf} from '../files/context-path.ts'
import {isBelow} from '../files/image-path.ts'
import {baseMayHave} from '../may-hold.ts'
import {programOf} from '../shell/command.ts'
import {isQuiet} from '../shell/quiet-run.ts'
import {argumentsIn} from '../variable-reads.ts'
import type {OutputRule} from './output.ts'

/** Something that is taken from a stage. */
export interface Taken {
  at: FileLocation
  stage: string
  source: BuiltStage
  path: string
  /** As a COPY has it. */
  written?: string
  /** As a `cp` in a RUN of the stage itself has it, and whether it goes into one file. */
  moved?: {word: string; toFile: boolean}
}

/** What COPY takes from a stage by its plain name, or by a pattern for archives. */
export function* copied({stages}: Build): Generator<Taken> {
  for (const {stage, config} of stages) {
    for (const instruction of stage.instructions) {
      const from = flagOf(instruction, 'from')
      const source = stages.find((each) => from !== undefined && isNamed(each.stage, from))
      const sources = copyOf(instruction)?.sources ?? []
      // Words of a shell behind it are sources, too.
      const isPlain = sources.every((each) => /^[^|<>&;]+$/.test(each))
      for (const written of sources) {
        // What an ARG holds a build may be given.
        const word =
          argumentsIn(written, {stage}).length > 0 ? undefined : expand(written, (name) => config.env.get(name))
        if (from !== undefined && source && word !== undefined && isReadable(word))
          yield {at: instruction.at, stage: from, source, path: placeOf('/', word), ...(isPlain && {written: word})}
      }
    }
  }
}

/** What `cp` and its like take in a RUN behind the build. */
export function* moved({stages}: Build, commands: readonly BuildCommand[]): Generator<Taken> {
  const built = new Map(stages.map((each) => [each.stage, each]))
  for (const command of commands) {
    const source = built.get(command.moment.stage)
    if (!/^(?:cp|mv)$/.test(programOf(command) ?? '') || command.conditional || !command.decisive || !source) continue
    const words = command.words.slice(1).filter((word) => !word?.startsWith('-'))
    const toFile = /\.[jw]ar$/.test(words.pop() ?? '')
    for (const word of words) {
      if (word === undefined || !isReadable(word)) continue
      const stage = source.stage.name ?? String(source.stage.index)
      yield {at: command.at, stage, source, path: placeOf(command.folder, word), moved: {word, toFile}}
    }
  }
}

/** A / at the end stays: what is taken is a folder. */
const placeOf = (folder: string, word: string): string =>
  `${posix.resolve(folder, word)}${/[^/]\/$/.test(word) ? '/' : ''}`

const isReadable = (word: string): boolean =>
  !/[?[$]/.test(word) && (!word.includes('*') || /\/[^/]*\*[^/]*\.[jw]ar$/.test(word))

const movers = /\b(?:cp|mv|ln|install|tar|unzip|rsync|rename|wget|curl|git|make|zigbuild|cross)\b/

/** What only fetches and moves a tool says nothing of the folder that a build has for itself. */
const isAside = (part: string, path: string): boolean =>
  !/\b(?:git|make|zigbuild|cross)\b/.test(part) &&
  !posix
    .dirname(path)
    .split('/')
    .slice(-2)
    .some((folder) => new RegExp(`(?<![\\w.-])${escapePattern(folder)}(?![\\w.-])`).test(part))

/** Whether something beside the build, in the stage or in what it is built on, may write a path. */
export function othersOf(
  {source, path, moved: own}: Pick<Taken, 'source' | 'path' | 'moved'>,
  {harmless, ownFolder}: OutputRule,
): 'none' | 'unlikely' | 'may make it' {
  const name = posix.basename(path)
  const called = name.includes('*') ? posix.extname(name) : name
  let answer: 'none' | 'unlikely' = 'none'
  for (const {by, path: place, text} of source.unknown) {
    if (by === 'copy' && isBelow(path, place)) return 'may make it'
    if (by === 'base' && !ownFolder && baseMayHave(source.stage, path)) return 'may make it'
    if (by !== 'run') continue
    for (const part of (text ?? '').replace(/\\\r?\n/g, ' ').split(/&&|\|\||[;\n|]/)) {
      if (own && part.includes(own.word) && /^\s*(?:cp|mv)\b/.test(part)) continue
      if (isQuiet(part) || harmless.test(part)) continue
      if (part.includes(called) || (movers.test(part) && !(ownFolder && isAside(part, path)))) return 'may make it'
      answer = 'unlikely'
    }
  }
  return answer
}
