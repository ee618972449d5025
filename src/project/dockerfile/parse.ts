import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {Problem} from '../../facts.ts'
import {onceOf} from '../../once.ts'
import {didYouMean} from '../../suggest.ts'
import type {TextFile} from '../files/text.ts'
import type {Dockerfile} from './dockerfile.ts'
import {expand} from './expand.ts'
import {instructionsIn, type Written} from './instructions.ts'
import {escapeOf, type LogicalLine, takeFlags} from './logical-line.ts'
import {isNamed} from './stage-name.ts'

export interface Stage {
  index: number
  name: string | undefined
  at: FileLocation
  /** Its FROM. */
  from: Instruction
  /** The image name with its arguments filled in; undefined for `FROM stage` and where an ARG has no value. */
  image: string | undefined
  /** The earlier stage it starts from. */
  parent: Stage | undefined
  /** Those that are carried out: what would make a layer too many is left out. */
  instructions: Instruction[]
  /** How many of its instructions make a layer, with those of the stages that it is built on. */
  layers: number
  /** The first instruction that would make a layer too many, of this stage or of one that it is built on. */
  tooMany: Instruction | undefined
}

export interface Instruction {
  /** Upper case. */
  keyword: string
  at: FileLocation
  /** Words after the flags, quotes and all, as Docker splits them. */
  words: string[]
  /** `--from=builder` as ["from", "builder"]; --mount may stand several times. */
  flags: readonly (readonly [name: string, value: string])[]
  /** The whole of it as BuildKit reads it: joined to one line, flags and heredocs apart. */
  line: LogicalLine
  /** The text after keyword and flags, as written, and the offset at which it begins in the file. */
  text: string
  offset: number
}

/** Docker's instructions (Dockerfile reference); MAINTAINER is deprecated but works. */
const instructions = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
)

/** A word, or what goes on with a command: `&& apt-get`, `--flag`. */
const notJoined = /^(?:[A-Z]+|&&|\|\||--?[A-Z][\w-]*)$/
/** What stands before all instructions, and is neither a template nor one side of a merge. */
const isText = /^(?:[A-Z][\w./:-]*|`{3}\w*)$/

const isInstruction = (word: string): boolean => instructions.has(word.toUpperCase())

/** Reads instructions and stages. `buildArgs` fill the ARGs of FROM lines. */
export function parseDockerfile(
  file: TextFile,
  buildArgs: Readonly<Record<string, string>> = {},
): Pick<Dockerfile, 'stages' | 'globals' | 'open' | 'escapeCharacter'> | Problem {
  const problem = (message: string, at: FileLocation, hint?: string): Problem => ({kind: 'syntax', message, at, hint})
  const escapeCharacter = escapeOf(file.text)
  const parsed = [...instructionsIn(file.text, escapeCharacter)].map((each) =>
    readInstruction(file, each, escapeCharacter),
  )
  if (parsed.length === 0)
    return problem(`${file.path} has no instructions`, {file: file.path}, 'Begin it with FROM IMAGE.')

  const left = parsed.find(({keyword, line}) => instructions.has(keyword) && line.left && !isInstruction(line.left))
  if (left) {
    const hint = `A line goes on after a single ${escapeCharacter} at its end: two of them are a character.`
    return problem(`${left.line.left} is no Dockerfile instruction`, left.at, hint)
  }
  const unknown = parsed.find(
    ({keyword}, index) =>
      !instructions.has(keyword) && (notJoined.test(keyword) || (index === 0 && isText.test(keyword))),
  )
  if (unknown) {
    const [word] = /^\S+/.exec(file.line(unknown.at.line ?? 1).trim()) ?? [unknown.keyword]
    if (unknown === parsed[0] && /^services:\s*$/m.test(file.text)) {
      const cure = `Name the Dockerfile. flyctl reads a Compose file by [build.compose] with file = "${posix.basename(file.path)}".`
      return problem(`${file.path} is a Compose file, no Dockerfile`, unknown.at, cure)
    }
    const go = unknown === parsed[0] ? '.' : ', or end the line before it with a \\ to go on there.'
    const hint = `Correct it${go}${didYouMean(unknown.keyword, [...instructions])}`
    return problem(`${/^\w+$/.test(word) ? unknown.keyword : word} is no Dockerfile instruction`, unknown.at, hint)
  }
  const found = parsed.filter(({keyword}) => instructions.has(keyword))
  const first = found.find((instruction) => instruction.keyword !== 'ARG')
  if (!first)
    return problem(`${file.path} has no FROM, so there is nothing to build`, {file: file.path}, 'Add FROM IMAGE.')
  if (first.keyword !== 'FROM') {
    return problem(`${first.keyword} stands before the first FROM; only ARG may`, first.at, 'Begin with FROM IMAGE.')
  }

  const globals = new Map<string, string>(Object.entries(platform))
  const open = new Map<string, string>()
  const stages: Stage[] = []
  const byName = new Map<string, Stage>()
  for (const instruction of found) {
    if (instruction.keyword === 'FROM') {
      const stage = readStage(instruction, stages.length, {earlier: byName, globals, escapeCharacter})
      stages.push(stage)
      if (stage.name !== undefined) byName.set(stage.name, stage)
      continue
    }
    const stage = stages.at(-1)
    if (stage) add(instruction, stage)
    else for (const [name, value] of globalArguments(instruction, {globals, open, buildArgs})) globals.set(name, value)
  }
  return {stages, globals, open, escapeCharacter}
}

/**
 * Linux lays no more folders on each other (fs/overlayfs/params.h, OVL_MAX_STACK), and BuildKit runs a step on the layers of
 * all those before it. Docker's own store ends at 125 (layer/layer_store.go), which not every builder has.
 */
export const mostLayers = 500

function add(instruction: Instruction, stage: Stage): void {
  if (/^(?:ADD|COPY|RUN)$/.test(instruction.keyword)) {
    if (stage.layers === mostLayers) {
      stage.tooMany ??= instruction
      return
    }
    stage.layers++
  }
  stage.instructions.push(instruction)
}

/** Fly builds for one platform; these need no ARG in a FROM line (BuildKit, dockerfile2llb/platform.go). */
const platform = {
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
  TARGETVARIANT: '',
  BUILDPLATFORM: 'linux/amd64',
  BUILDOS: 'linux',
  BUILDARCH: 'amd64',
  BUILDVARIANT: '',
}

/** The values of an ARG; one without any goes to `open`. */
function* globalArguments(
  instruction: Instruction,
  {globals, open, buildArgs}: Pick<Dockerfile, 'globals' | 'buildArgs'> & {open: Map<string, string>},
): Iterable<[string, string]> {
  for (const word of instruction.words) {
    const [name = '', ...rest] = word.split('=')
    const written = unquote(rest.join('='))
    const value = buildArgs[name] ?? (rest.length > 0 ? expand(written, (key) => globals.get(key)) : undefined)
    if (value !== undefined) yield [name, value]
    else open.set(name, expand(written, (key) => globals.get(key) ?? open.get(key) ?? '') ?? '')
  }
}

interface Known {
  /** The stages before it, by name; of two with one name the last. */
  earlier: ReadonlyMap<string, Stage>
  globals: ReadonlyMap<string, string>
  escapeCharacter: string
}

function readStage(from: Instruction, index: number, {earlier, globals, escapeCharacter}: Known): Stage {
  const [base = '', as, name] = from.words
  const image = expand(unquote(base), (key) => globals.get(key))
  // Stage names are compared in lower case, the reference as it is written (dockerfile2llb/convert.go).
  const parent = image === undefined ? undefined : earlier.get(image)
  const stage: Stage = {
    index,
    name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined,
    at: from.at,
    from,
    image: parent ? undefined : image,
    parent,
    instructions: [],
    layers: parent?.layers ?? 0,
    tooMany: parent?.tooMany,
  }
  for (const each of parent?.instructions ?? []) {
    const instruction = triggered(each, escapeCharacter)
    if (instruction) add(instruction, stage)
  }
  return stage
}

/** What an ONBUILD does in the stage that is built on its own, once, right behind FROM (dockerfile2llb, initOnBuildTriggers). */
function triggered(
  {keyword: own, at, line, text, offset}: Instruction,
  escapeCharacter: string,
): Instruction | undefined {
  const [whole = '', keyword = ''] = own === 'ONBUILD' ? (/^(\S+)\s+/.exec(line.rest) ?? []) : []
  if (keyword === '') return undefined
  const {flags, rest} = takeFlags(line.rest.slice(whole.length), escapeCharacter)
  const begin = Math.max(0, text.indexOf(rest.split('\n')[0] as string))
  return {
    keyword: keyword.toUpperCase(),
    at,
    line: {...line, flags, rest},
    flags,
    text: text.slice(begin),
    offset: offset + begin,
    words: wordsOf(rest, escapeCharacter),
  }
}

function readInstruction(
  file: TextFile,
  {keyword, start, end, rest, line}: Written,
  escapeCharacter: string,
): Instruction {
  let words: string[] | undefined
  return {
    keyword: keyword.toUpperCase(),
    at: file.span(start, end),
    line,
    flags: line.flags,
    text: file.text.slice(rest.start, rest.end),
    offset: rest.start,
    get words() {
      words ??= wordsOf(line.rest, escapeCharacter)
      return words
    },
  }
}

/** Split at blanks, escapes taken off but that of a variable, which stays a plain text. */
const wordsOf = (rest: string, escapeCharacter: string): string[] =>
  rest
    .split(/\s+/)
    .map((word) =>
      word.includes('<<') ? word : word.replace(escapeCharacter === '`' ? /`(.?)/g : /\\(.?)/g, unescaped),
    )
    .filter((word) => word !== '')

const unescaped = (both: string, character: string): string => (character === '$' ? both : character)

export const unquote = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2')

/** The stages that a stage is built on, the base first, itself last. */
export function lineage(stage: Stage): Stage[] {
  const found: Stage[] = []
  for (let each: Stage | undefined = stage; each; each = each.parent) found.push(each)
  return found.reverse()
}

/** The instructions of a stage, behind those of the stages that it is built on. */
export const allInstructions = onceOf((stage: Stage): readonly Instruction[] =>
  lineage(stage).flatMap(({instructions}) => instructions),
)

/** Those of them that stand before one. */
export function instructionsBefore(stage: Stage, instruction: Instruction): Instruction[] {
  const all = allInstructions(stage)
  return all.slice(0, all.indexOf(instruction))
}

/** The text of an instruction before one of its places in the file. */
export const textBefore = (file: TextFile, {text, offset}: Instruction, at: FileLocation): string =>
  text.slice(0, Math.max(0, file.startOf(at) - offset))

/** The stage that a stage is built on in the end, which begins with somebody else's image. */
export const rootStage = onceOf((stage: Stage): Stage => {
  let base = stage
  while (base.parent) base = base.parent
  return base
})

/** The image that a stage is built on, through the stages between; undefined where its name is not known. */
export const rootImage = (stage: Stage): string | undefined => rootStage(stage).image

/** The same where it is known without its tag only: `ruby` of `ruby:${RUBY_VERSION}`. */
export function rootName(stage: Stage): string | undefined {
  const {image, from} = rootStage(stage)
  return image ?? /^["']?([^$:"']+):/.exec(from.words[0] ?? '')?.[1]
}

export const flagOf = ({flags}: Instruction, name: string): string | undefined =>
  flags.find(([each]) => each === name)?.[1]

/** Whether COPY or ADD takes something for an image from a stage that it is not built on. */
export const copiesFrom = (final: Stage, stage: Stage): boolean =>
  !lineage(final).includes(stage) &&
  lineage(final).some(({instructions}) =>
    instructions.some((each) => {
      const from = flagOf(each, 'from')
      return from !== undefined && isNamed(stage, from)
    }),
  )

/** The --mount flags of a RUN, each with its options by name: `type=bind,from=builder,target=/deps`. */
export const mountsOf = ({flags}: Instruction): ReadonlyMap<string, string>[] =>
  flags
    .filter(([name]) => name === 'mount')
    .map(([, value]) => new Map(value.split(',').map((option) => option.split(/=(.*)/s) as [string, string])))

/** Where a mount stands, under each of the names that BuildKit takes for it. */
export const mountTarget = (mount: ReadonlyMap<string, string>): string | undefined =>
  mount.get('target') ?? mount.get('dst') ?? mount.get('destination')
