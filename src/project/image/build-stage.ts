/**
 * What BuildKit makes of a stage without running anything: the configuration, and the files that COPY and ADD bring
 * (frontend/dockerfile/dockerfile2llb/convert.go).
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {BuildContext} from '../build-context.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {LexError, type Lookup, processWord, processWords, splitWords} from '../dockerfile/lex.ts'
import {jsonArray} from '../dockerfile/logical-line.ts'
import {type Instruction, mountsOf, type Stage} from '../dockerfile/parse.ts'
import {usualPath} from './base-images.ts'
import {CopyError, copyFiles} from './copy-files.ts'
import {FileTree, NotAFolder} from './file-tree.ts'
import {overlaps} from './image-path.ts'
import {baseMayHave} from './may-hold.ts'
import {isNoSource, ownSource, type SourceStage} from './missing-sources.ts'
import type {Moment} from './moment.ts'
import {missingNeed} from './needs.ts'
import {runCommands} from './shell.ts'

/** In Docker's own names. What the base image brings is not in it. */
export interface ImageConfig {
  env: Map<string, string>
  workingDir: string
  user: string
  /** undefined: none is set here, so that of the base image counts. */
  entrypoint: string[] | undefined
  cmd: string[] | undefined
  exposedPorts: Set<string>
  /** VOLUME: each path with its instruction. */
  volumes: Map<string, FileLocation>
}

/** Something that ends the build. */
export interface BuildProblem {
  /** `need`: a RUN runs a program that stops without a file that is not there. */
  kind: 'instruction' | 'copy' | 'from' | 'need'
  message: string
  at: FileLocation
  hint?: string | undefined
  /** The source that is not there. */
  missing?: MissingSource | undefined
}

export interface MissingSource {
  /** Begins with `/`: in the context, or in the stage that `from` names. */
  path: string
  from: string | undefined
  /** It is there, and .dockerignore leaves it out. */
  leftOut: boolean
  /** Of a stage in which RUNs make other files: they are not likely to make this one. */
  likely?: boolean
  /** Where it would be in the context, by the files beside it in that stage. */
  own?: string | undefined
  /** git ignores it: a step before the deploy may make it. */
  madeLater?: boolean
}

/** Paths that cannot be known, and why. */
export interface Unknown {
  by: 'base' | 'run' | 'copy'
  path: string
  why: string
  at: FileLocation
  /** Of a RUN: what it runs. */
  text?: string
}

/** A variable that is declared before the first FROM only, and so has no value in the stage that uses it. */
export interface Unscoped {
  name: string
  at: FileLocation
}

export interface BuiltStage {
  stage: Stage
  config: ImageConfig
  files: FileTree
  unknown: Unknown[]
  problems: BuildProblem[]
  unscoped: Unscoped[]
  /** Its own RUNs, each with the stage as it is then; none behind a COPY that fails. */
  moments: Moment[]
}

export interface Building {
  dockerfile: Dockerfile
  context: BuildContext
  /** The stages built so far, by their index. */
  built: ReadonlyMap<number, BuiltStage>
}

interface State {
  config: ImageConfig
  /** ENV and ARG together, as they are filled in: the later one counts. */
  variables: Map<string, string>
  shell: string[]
}
/** What stages that are built on this one go on with. */
const states = new WeakMap<BuiltStage, State>()

export async function buildStage(stage: Stage, {dockerfile, context, built}: Building): Promise<BuiltStage> {
  const parent = stage.parent && built.get(stage.parent.index)
  const inherited = parent && states.get(parent)
  const config: ImageConfig = inherited
    ? {
        ...inherited.config,
        env: new Map(inherited.config.env),
        exposedPorts: new Set(inherited.config.exposedPorts),
        volumes: new Map(inherited.config.volumes),
      }
    : {
        env: new Map([['PATH', usualPath]]),
        workingDir: stage.image === 'scratch' ? '/' : '',
        user: '',
        entrypoint: undefined,
        cmd: undefined,
        exposedPorts: new Set(),
        volumes: new Map(),
      }
  const state: State = {
    config,
    variables: new Map(inherited?.variables ?? config.env),
    shell: inherited?.shell ?? ['/bin/sh', '-c'],
  }
  const files = parent ? parent.files.copy() : new FileTree()
  const unknown: Unknown[] = parent ? [...parent.unknown] : []
  const problems: BuildProblem[] = []
  if (!parent && stage.image !== 'scratch') {
    unknown.push({by: 'base', path: '/', why: `the base image ${stage.image ?? ''} brings files`, at: stage.at})
  }
  const unscoped: Unscoped[] = []
  const moments: Moment[] = []
  const result: BuiltStage = {stage, config, files, unknown, problems, unscoped, moments}
  states.set(result, state)
  let cmdIsSet = false
  let current: FileLocation = stage.at
  /** RUNs without a COPY between them see the same files. */
  let seen: FileTree | undefined
  const lookup: Lookup = (name) => {
    const value = state.variables.get(name)
    if (value === undefined && dockerfile.globals.get(name)) unscoped.push({name, at: current})
    return value
  }

  for (const instruction of stage.instructions) {
    current = instruction.at
    if (/^(?:ADD|COPY|WORKDIR)$/.test(instruction.keyword)) seen = undefined
    try {
      await follow(instruction)
    } catch (error) {
      const at = instruction.at
      if (error instanceof LexError) problems.push({kind: 'instruction', message: error.message, at})
      else if (error instanceof NotAFolder) {
        problems.push({kind: 'copy', message: `${error.message} is below a file`, at})
      } else if (error instanceof CopyError) {
        const from = instruction.line.flags.find(([name]) => name === 'from')?.[1]
        const path = error.missing
        const leftOut = path !== undefined && from === undefined && context.leftOut(path)
        problems.push({
          kind: 'copy',
          message: error.message,
          at,
          missing: path === undefined ? undefined : {path, from, leftOut},
        })
      } else throw error
    }
  }
  return result

  async function follow(instruction: Instruction): Promise<void> {
    const {keyword, line} = instruction
    const {rest} = line
    const word = (text: string) => processWord(text, lookup, dockerfile.escapeCharacter)
    switch (keyword) {
      case 'ENV': {
        // All values of one line are filled in with what was there before it.
        const pairs = namesAndValues(rest, dockerfile.escapeCharacter).map(
          ([name, value]) => [word(name), word(value)] as const,
        )
        for (const [name, value] of pairs) {
          config.env.set(name, value)
          state.variables.set(name, value)
        }
        return
      }
      case 'ARG':
        for (const each of splitWords(rest, dockerfile.escapeCharacter)) argument(each, word)
        return
      case 'WORKDIR': {
        // An absolute one stays as it is written, with a / at its end too (system.NormalizeWorkdir).
        const written = word(rest)
        config.workingDir = written.startsWith('/') ? written : posix.resolve('/', config.workingDir, written)
        files.folder(posix.resolve(config.workingDir))
        return
      }
      case 'USER':
        config.user = word(rest)
        return
      case 'SHELL':
        state.shell = strings(jsonArray(rest)) ?? state.shell
        return
      case 'CMD':
        config.cmd = command(rest)
        cmdIsSet = true
        return
      case 'ENTRYPOINT':
        config.entrypoint = command(rest)
        // A CMD of the base image or of an earlier stage is lost.
        if (!cmdIsSet) config.cmd = []
        return
      case 'EXPOSE':
        for (const each of processWords(rest, lookup, dockerfile.escapeCharacter)) expose(each)
        return
      case 'VOLUME':
        for (const path of strings(jsonArray(rest)) ?? processWords(rest, lookup, dockerfile.escapeCharacter)) {
          config.volumes.set(posix.resolve('/', word(path)), instruction.at)
        }
        return
      case 'RUN':
        await lookForMounts(instruction)
        lookForNeeds(instruction)
        noteUnscoped(instruction.text, instruction.at)
        unknown.push({
          by: 'run',
          path: '/',
          why: 'a RUN may write anywhere',
          at: instruction.at,
          text: instruction.text,
        })
        return
      case 'COPY':
      case 'ADD':
        await copy(instruction, word)
        return
      default:
    }
  }

  /** The shell fills in what BuildKit hands it: the variables of this stage. */
  function noteUnscoped(text: string, at: FileLocation): void {
    for (const [, name = ''] of text.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
      const assigns = new RegExp(`\\b${name}=|\\bread\\b[^\\n]*\\b${name}\\b|\\bfor ${name}\\b`).test(text)
      if (!state.variables.has(name) && dockerfile.globals.get(name) && !assigns) unscoped.push({name, at})
    }
  }

  /** What a bind mount takes from the context must be there before the RUN begins. */
  async function lookForMounts(instruction: Instruction): Promise<void> {
    for (const mount of mountsOf(instruction)) {
      const source = mount.get('source') ?? mount.get('src')
      const isOfContext = (mount.get('type') ?? 'bind') === 'bind' && !mount.has('from')
      if (!isOfContext || !source || source.includes('$')) continue
      const path = posix.resolve('/', source)
      if (path === '/' || context.entry(path)) continue
      const message = `${source} is not there`
      const missing = {path, from: undefined, leftOut: context.leftOut(path)}
      problems.push({kind: 'copy', message, at: placeOfMount(instruction, source), missing})
    }
  }

  /** The line of a RUN that has the mount. */
  function placeOfMount({at}: Instruction, source: string): FileLocation {
    const {line = 1, endLine = line} = at
    for (let number = line; number <= endLine; number++) {
      if (/--mount/.test(dockerfile.file.line(number)) && dockerfile.file.line(number).includes(source)) {
        return dockerfile.file.lineSpan(number)
      }
    }
    return at
  }

  function lookForNeeds(instruction: Instruction): void {
    // What a COPY did not bring is told there.
    if (problems.some(({kind, missing}) => kind === 'copy' && !missing?.likely)) return
    const commands = runCommands(dockerfile.file, instruction, (name) => state.variables.get(name))
    const workingDir = posix.resolve('/', config.workingDir)
    if (commands) {
      seen ??= files.copy()
      const now = {files: seen, env: new Map(config.env), variables: new Map(state.variables)}
      const {length} = unknown
      moments.push({
        stage,
        instruction,
        commands,
        workingDir,
        ...now,
        // Not a copy for each: thousands of RUNs would need room for millions.
        get unknown() {
          return unknown.slice(0, length)
        },
      })
    }
    const missing = missingNeed(commands ?? [], workingDir, {
      stage: result,
      mounts: mountsOf(instruction),
      text: instruction.text,
    })
    if (missing) problems.push({kind: 'need', at: missing.at, message: missing.message, hint: missing.hint})
  }

  function argument(text: string, word: (text: string) => string): void {
    const [written = '', ...value] = text.split(/=(.*)/s)
    const name = word(written)
    const given = dockerfile.buildArgs[name]
    const fallback = value.length > 0 ? word(value[0] as string) : dockerfile.globals.get(name)
    const found = given ?? fallback
    if (found !== undefined) state.variables.set(name, found)
  }

  function command(text: string): string[] {
    const words = jsonArray(text)
    if (words) {
      return (
        strings(words) ??
        raise(`the array ${text} holds something that is no string: Docker reads only ["program", "argument"]`)
      )
    }
    return [...state.shell, text]
  }

  function expose(text: string): void {
    const [port = '', protocol = 'tcp'] = text.split('/')
    const inside = port.split(':').at(-1) as string
    const range = /^(\d+)(?:-(\d+))?$/.exec(inside)
    if (!range) raise(`EXPOSE ${text}: ${JSON.stringify(inside)} is no port`)
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])]
    for (let each = first; each <= last && each < first + 1000; each++) {
      config.exposedPorts.add(`${each}/${protocol.toLowerCase()}`)
    }
  }

  async function copy({keyword, line, at}: Instruction, word: (text: string) => string): Promise<void> {
    const written = strings(jsonArray(line.rest)) ?? line.rest.split(/\s+/).filter(Boolean)
    const isHeredoc = (text: string) => line.heredocs.length > 0 && /^\d*<<-?./.test(text)
    const words = written.map((each) => (isHeredoc(each) ? each : word(each)))
    const destination = words.pop() ?? ''
    const flag = (name: string) => line.flags.find(([each]) => each === name)?.[1]
    const from = flag('from')
    const source = from === undefined ? contextSource(context) : stageSource(from, {dockerfile, built, stage})
    const paths = words.filter((each) => !isHeredoc(each) && !isAddress(each))
    if (keyword === 'COPY' && words.some(isAddress)) {
      raise(`${words.find(isAddress)} is an address, which only ADD can fetch`)
    }
    const request = {
      destination,
      workdir: posix.resolve('/', config.workingDir),
      parents: line.flags.some(([name, value]) => name === 'parents' && value !== 'false'),
      exclude: line.flags.flatMap(([name, value]) => (name === 'exclude' ? [word(value)] : [])),
      at,
    }
    const target = posix.resolve(request.workdir, destination)
    /** The place of one file of this name: in the destination, or as it. */
    const placeOf = (name: string) =>
      /(^|\/)\.?$/.test(destination) || files.get(target)?.kind === 'folder' ? posix.join(target, name) : target
    if (!source) {
      unknown.push({
        by: 'copy',
        path: target,
        why: `it is copied from the image ${from}`,
        at,
      })
    } else {
      const isArchive = (path: string) => keyword === 'ADD' && /\.(tar|tgz|tbz2?|txz|tzst)$|\.tar\.\w+$/.test(path)
      const {unpack} = Object.fromEntries(line.flags)
      const archives = unpack === 'false' ? [] : paths.filter(isArchive)
      // An archive must be there, and is then unpacked.
      const probe = new FileTree()
      if (archives.length > 0) await copyFiles(probe, source.files, {...request, sources: archives})
      for (const archive of archives) {
        unknown.push({
          by: 'copy',
          path: target,
          why: `${archive} is unpacked there`,
          at,
        })
      }
      const plain = paths.filter((path) => !archives.includes(path))
      if (plain.length > 0) await copyFiles(files, source.files, {...request, sources: plain})
      for (const path of plain.map((each) => posix.resolve('/', each))) {
        if (from === undefined || source.files.complete || source.files.entry(path)) continue
        const own = await ownSource(path, source, context)
        if (own === undefined && !(await isNoSource(path, source))) continue
        const missing = {path, from, leftOut: false, likely: true, own}
        problems.push({kind: 'copy', message: `${path} is not there`, at, missing})
      }
      // A file that is seen brings itself alone, whatever else its stage may hold.
      const maybeMore: string[] = []
      for (const path of plain) {
        const seen = source.files.entry(posix.resolve('/', path))
        if (seen?.kind !== 'file') maybeMore.push(path)
      }
      for (const each of source.unknown) {
        const below = maybeMore.some((path) => {
          const place = posix.resolve('/', path)
          const isSystem = each.by !== 'base' || !source.stage || baseMayHave(source.stage, place)
          return isSystem && overlaps(place, each.path)
        })
        if (below) {
          unknown.push({
            ...each,
            by: 'copy',
            path: target,
            why: `${each.why} in ${from}`,
          })
        }
      }
    }
    for (const address of words.filter(isAddress)) {
      const isGit = /\.git(#|$)|^git@|^git:/.test(address)
      if (isGit) unknown.push({by: 'copy', path: target, why: `${address} is cloned there`, at})
      else {
        const name = posix.basename(new URL(address).pathname)
        files.put(placeOf(name), {kind: 'file', source: address, at})
      }
    }
    const heredocs = words.filter(isHeredoc)
    for (const [index, {name}] of line.heredocs.entries()) {
      if (index < heredocs.length) {
        files.put(placeOf(name), {kind: 'file', source: `heredoc ${name}`, at})
      }
    }
  }
}

/** BuildKit refuses the instruction. */
export function raise(message: string): never {
  throw new LexError(message)
}

const isAddress = (text: string): boolean => /^(https?:\/\/|git:\/\/|git@)/.test(text)

const strings = (list: unknown[] | undefined): string[] | undefined =>
  list?.every((each) => typeof each === 'string') ? (list as string[]) : undefined

/** `A=b C=d`, or the old `A rest of the line`, which is recognised by its first word (parseNameVal). */
export function namesAndValues(text: string, escapeCharacter: string): [name: string, value: string][] {
  const words = splitWords(text, escapeCharacter)
  if (words[0] !== undefined && !words[0].includes('=')) {
    const [, name = '', value = ''] = /^\s*(\S+)\s+(.*)$/s.exec(text) ?? []
    if (!name) return raise(`${words[0]} has no value: write ${words[0]}=value`)
    return [[name, value]]
  }
  return words.map((word) => {
    const at = word.indexOf('=')
    if (at < 0)
      return raise(
        `${word} is no NAME=value: a # in the middle of a line begins no comment, and a value with blanks needs quotes`,
      )
    return [word.slice(0, at), word.slice(at + 1)]
  })
}

const contextSource = (context: BuildContext): SourceStage => ({
  files: {complete: true, entry: context.entry, names: context.names, origin: (path) => path.slice(1)},
  unknown: [],
})

/** A stage by number or name; undefined for an image of somebody else's. */
function stageSource(
  from: string,
  {dockerfile, built, stage}: {dockerfile: Dockerfile; built: Building['built']; stage: Stage},
): SourceStage | undefined {
  if (from.includes('$')) raise('--from takes no variables: FROM does, so give the image a stage of its own')
  const index = stageIndex(from, dockerfile.stages, stage)
  const source = index === undefined ? undefined : built.get(index)
  if (!source) return undefined
  const {files, unknown} = source
  return {
    unknown,
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
