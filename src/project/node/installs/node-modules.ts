import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {groupBy} from '../../../group-by.ts'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {allInstructions, flagOf, type Instruction, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import type {Build} from '../../image/build.ts'
import {copyOf, workdirAfter} from '../../image/files/context-path.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {assignments} from '../../image/instruction-values.ts'
import {commandsByRun} from '../../image/moment.ts'
import {type Command, programOf} from '../../image/shell/command.ts'
import {runCommands} from '../../image/shell/shell.ts'
import type {PnpmMajor} from '../locks/pnpm-version.ts'

/** The RUNs as they are written, and as the stages answer their questions about files. */
export interface Source {
  dockerfile: Dockerfile
  build: Pick<Build, 'stages'>
}

/** What is in node_modules: all packages, those of production only, or what cannot be told. */
export type NodeModules = {kind: 'all' | 'production'; at: FileLocation} | {kind: 'none' | 'unknown'}

/**
 * What an install or a prune leaves, by its words; undefined for other commands. `added`: packages of production come to
 * what is there.
 */
function leaves(
  command: Command,
  isProduction: boolean,
  pnpm: PnpmMajor,
): 'all' | 'production' | 'added' | 'unknown' | undefined {
  const [verb = '', ...rest] = command.words.slice(1).map((word) => word ?? '?')
  const flags = [verb, ...rest].filter((word) => word.startsWith('-'))
  const names = rest.filter((word) => !/^(?:-|(?:dev|development|true|false|prod|production)$)/.test(word))
  const has = (pattern: RegExp) => [verb, ...rest].some((word) => pattern.test(word)) || pattern.test(rest.join(' '))
  // `--production false` is one option and its value.
  const kept = has(/--(?:include|also)[= ]dev|--prod(?:uction)?[= ]false\b|^--no-prod(?:uction)?$|^--dev$/)
  const omits = !kept && has(/--omit[= ]dev\b|--only[= ]prod|^--production$|^--prod$|--production=true/)
  switch (programOf(command)) {
    case 'npm':
      // A member brings packages of its own into the node_modules of all.
      if (/^(ci|clean-install|install|i)$/.test(verb) && has(/^(?:-w|--workspace)/)) return omits ? 'added' : 'unknown'
      if (/^(ci|clean-install|install|i|prune)$/.test(verb) && !has(/^(-g|--global|--prefix|-C|-w|--workspace)/)) {
        if (names.length > 0)
          return verb === 'prune' ? 'unknown' : omits || (isProduction && !kept) ? 'added' : undefined
        if (verb === 'prune' && !omits && !isProduction) return undefined
        return omits || (isProduction && !kept) ? 'production' : 'all'
      }
      return undefined
    case 'pnpm':
      if (/^(install|i|prune)$/.test(verb) && !has(/^(-g|--global|--filter|-F|--dir|-C)/)) {
        if (has(/^(?:-D|--dev)$/)) return 'unknown'
        if (omits || has(/^-P$/)) return 'production'
        if (verb === 'prune') return undefined
        // Up to version 9 pnpm heeds NODE_ENV (tried with 8, 9.15, 10.0 and 10.12).
        if (!isProduction || kept || pnpm === 'newest') return 'all'
        return pnpm === undefined ? 'unknown' : pnpm < 10 ? 'production' : 'all'
      }
      if (
        /^(?:install|i)$/.test([verb, ...names].find((word) => !word.startsWith('-')) ?? '') &&
        omits &&
        has(/^(?:--filter|-F)\b/)
      )
        return 'added'
      // `pnpm --filter X build` leaves what is there.
      return [verb, ...rest].some((word) => /^(deploy|i|install|add|rm|remove|update|up|prune)$/.test(word))
        ? 'unknown'
        : undefined
    case 'yarn':
      if (verb === '' || verb === 'install' || (verb.startsWith('-') && names.length === 0)) {
        if (!kept && flags.some((flag) => /^--prod(uction)?(=true)?$/.test(flag))) return 'production'
        // Of Yarn only version 1 heeds NODE_ENV.
        return isProduction && !kept ? 'unknown' : 'all'
      }
      return verb === 'workspaces' ? 'unknown' : undefined
    case 'bun':
      if (!/^(install|i)$/.test(verb) || has(/^(-g|--global|--filter|--cwd)/)) return undefined
      // bun takes nothing away that is there (oven-sh/bun#11091, #21297).
      return !kept && has(/^(?:--production|-p|--omit=dev)$/) ? 'added' : isProduction ? 'unknown' : 'all'
    case 'rm':
      return rest.some((word) => /node_modules/.test(word)) ? 'unknown' : undefined
    default:
      return undefined
  }
}

/** Where in a stage one looks: once a command of an instruction has run. */
export interface Until {
  instruction: Instruction
  at: FileLocation
}

/** From where on there is something else in node_modules: behind that command of an instruction, or behind all of it. */
interface Change {
  modules: NodeModules
  instruction: Instruction
  at: FileLocation | undefined
}

/** What becomes of the node_modules of a folder in a stage: in the end, or by then. */
export function nodeModulesOf(
  stage: Stage,
  folder: string,
  source: Source,
  {until, pnpm, depth = 0}: {until?: Until; pnpm?: PnpmMajor; depth?: number} = {},
): NodeModules {
  const changes = [...changesOf(stage, folder, source, {pnpm, depth})]
  const isBefore = ({instruction, at}: Change) =>
    !until ||
    instruction.offset < until.instruction.offset ||
    (instruction === until.instruction && !(at && isBehind(at, until.at)))
  return changes.findLast(isBefore)?.modules ?? {kind: 'none'}
}

/** A COPY, or a command of a RUN, with the folder that it runs in; without one, nothing can be told from there on. */
interface Step {
  instruction: Instruction
  command: Command | undefined
  folder: string | undefined
  /** NODE_ENV is `production`. */
  isProduction: boolean
}

/** `npm config set production false`, `echo include=dev >> .npmrc`. */
const setsOptions =
  /\b(?:npm|pnpm|yarn)\s+(?:config\s+)?set\s+(?:-\S{1,50}\s+){0,9}(?:include|omit|production|dev|also|only)\b|\b(?:include|omit|production|dev|also|only)(?:\[\])?\s?=[^\n]{0,300}\.npmrc\b/

/** Commands by the hundred ask for their folders. */
const known = new WeakMap<Stage, Step[]>()

function stepsOf(stage: Stage, source: Source): Step[] {
  const steps = known.get(stage) ?? [...readSteps(stage, source)]
  known.set(stage, steps)
  return steps
}

function* readSteps(stage: Stage, source: Source): Generator<Step> {
  let workdir = '/'
  const env = new Map<string, string>()
  const answered = commandsByRun(source.build)
  for (const instruction of allInstructions(stage)) {
    const {keyword, text} = instruction
    const isProduction = env.get('NODE_ENV') === 'production'
    const lost = {instruction, command: undefined, folder: undefined, isProduction}
    if (keyword === 'WORKDIR') workdir = workdirAfter(workdir, instruction)
    else if (keyword === 'ENV' || keyword === 'ARG') {
      // npm takes every option from such a variable, too.
      if (/\bnpm_config_(production|include|omit|only)/i.test(text)) return yield lost
      for (const [name, value = ''] of assignments(instruction)) {
        const given = keyword === 'ARG' && Object.hasOwn(source.dockerfile.buildArgs, name)
        env.set(name, given ? String(source.dockerfile.buildArgs[name]) : value)
      }
    } else if (keyword === 'COPY' || keyword === 'ADD') yield {...lost, folder: workdir}
    else if (keyword === 'RUN') {
      const commands =
        answered.get(instruction) ?? runCommands(source.dockerfile.file, instruction, (name) => env.get(name))
      if (!commands || setsOptions.test(text)) return yield lost
      let folder = workdir
      for (const command of commands) {
        if (command.words[0] === 'cd') {
          if (command.words[1] === undefined) return yield {...lost, command}
          folder = posix.resolve(folder, command.words[1])
        }
        yield {...lost, command, folder}
      }
    }
  }
}

/** `npm install x`, without what sends it elsewhere, or has npm bring development packages or save it as another. */
const plainInstall =
  /^npm (?:i|install|add)(?!.*\s(?:-g|--global|--prefix|-C|-w|--workspace|-P|--save-prod|-O|--save-optional|--include|--also|--dev|--no-production|--production[= ]false|--only[= ]dev)\b)/

/**
 * The packages that a command names for npm, which writes them down and brings none of them: those for development where
 * it leaves these out. One that package.json has among these stays there, whatever the flag (tried with npm 10 and 11).
 */
function idleNames({command, isProduction, instruction}: Step, isForDevelopment: (name: string) => boolean): string[] {
  const words = command?.words.map((word) => word ?? '?') ?? []
  const text = words.join(' ')
  const omits =
    /\s(?:--omit[= ]dev|--production)\b/.test(text) || (isProduction && !instruction.text.includes('NODE_ENV='))
  if (!plainInstall.test(text) || !omits || command?.conditional) return []
  const saves = /\s(?:-D|--save-dev)\b/.test(text)
  return words.slice(2).filter((word) => {
    const name = /^((?:@[\w.-]+\/)?\w[\w.-]*)(?:@[\w.^~-]+)?$/.exec(word)?.[1]
    return name !== undefined && (saves || isForDevelopment(name))
  })
}

/** What the RUNs of a stage run, without the names of packages that npm is given in vain; and those names. */
export function installTexts(
  stage: Stage,
  source: Source,
  isForDevelopment: (name: string) => boolean,
): {texts: string[]; idle: {name: string; at: FileLocation}[]} {
  const idle: {name: string; at: FileLocation}[] = []
  // How npm 6 goes about it was not tried.
  const isOld = /^node:(?:[0-9]|1[0-4])(?![0-9])/.test(rootImage(stage) ?? '')
  const steps = groupBy(isOld ? [] : stepsOf(stage, source), ({instruction}) => instruction)
  const all = allInstructions(stage)
  // Without a package.json nothing is for development yet.
  const copies = all.find(({keyword, text}) => keyword === 'COPY' && /package|(?:^|\s)\.\/?\s/.test(text))
  const copied = copies?.offset ?? Number.POSITIVE_INFINITY
  const texts = all.flatMap((each) => {
    if (each.keyword !== 'RUN') return []
    const count = idle.length
    const left = (steps.get(each) ?? []).flatMap((step) => {
      const names = idleNames(step, (name) => copied < each.offset && isForDevelopment(name))
      if (step.command)
        for (const name of names) idle.push({name: name.replace(/(?<=.)@[^@\n]*$/, ''), at: step.command.at})
      return step.command?.words.filter((word) => !names.includes(word ?? '')).join(' ') ?? []
    })
    return idle.length === count ? each.text : left
  })
  return {texts, idle}
}

/** In their order; where it cannot be told any more, that is the last. */
function* changesOf(
  stage: Stage,
  folder: string,
  source: Source,
  {pnpm, depth}: {pnpm: PnpmMajor | undefined; depth: number},
): Generator<Change> {
  let found: NodeModules = {kind: 'none'}
  let isEmptied = false
  for (const step of stepsOf(stage, source)) {
    const modules = modulesAfter(step)
    if (!modules) continue
    found = modules
    isEmptied = empties(step)
    yield {modules, instruction: step.instruction, at: step.command?.at}
  }

  /** undefined where a step leaves what is there. */
  function modulesAfter({instruction, folder: place, command, isProduction}: Step): NodeModules | undefined {
    if (place === undefined) return {kind: 'unknown'}
    if (!command) return copied(instruction, place)
    const {path, words} = elsewhere(command, place)
    if (path !== folder) return undefined
    // `NODE_ENV=production npm ci` in the line itself is not followed: only what flags say is sure.
    const inline = /\bNODE_ENV=/.test(instruction.text)
    const kind = leaves({...command, words}, !inline && isProduction, pnpm)
    if (kind === undefined) return undefined
    if (kind === 'unknown' || command.conditional || (inline && kind === 'all')) return {kind: 'unknown'}
    if (kind !== 'added') return {kind, at: command.at}
    if (found.kind === 'none' || isEmptied) return {kind: 'production', at: command.at}
    return found.kind === 'production' ? found : {kind: 'unknown'}
  }

  function copied(instruction: Instruction, workdir: string): NodeModules | undefined {
    const copy = copyOf(instruction)
    const from = flagOf(instruction, 'from')
    if (!copy || from === undefined) return undefined
    const target = posix.resolve(workdir, copy.target)
    const modules = posix.join(folder, 'node_modules')
    for (const each of copy.sources) {
      const path = posix.resolve('/', each)
      const asked = posix.basename(path) === 'node_modules'
      // /app/node_modules to ./node_modules, or /app with all that is in it.
      const landsHere = asked
        ? target === modules
        : modules.startsWith(target === '/' ? '/' : `${target}/`) && path !== '/'
      if (!landsHere) {
        // That is the node_modules of a folder in this one.
        if (asked && posix.basename(target) === 'node_modules' && isBelow(posix.dirname(target), folder)) continue
        if (asked || /[*$]/.test(each) || [...copy.sources, copy.target].some((word) => word.includes('$')))
          return {kind: 'unknown'}
        continue
      }
      const origin = asked ? posix.dirname(path) : posix.join(path, posix.relative(target, folder))
      const other = source.dockerfile.stages.find((stage) => isNamed(stage, from))
      if (!other || depth > 5) return {kind: 'unknown'}
      const there = nodeModulesOf(other, origin, source, {...(pnpm && {pnpm}), depth: depth + 1})
      // A file or another folder of that stage brings none.
      if (there.kind !== 'none') return there
    }
    return undefined
  }
}

/** `rm -rf node_modules` */
const empties = ({command}: Step): boolean =>
  command !== undefined &&
  !command.conditional &&
  /^rm -(?:rf|fr|r)(?: (?:\.\/)?node_modules\/?)+$/.test(command.words.map((word) => word ?? '?').join(' '))

/** The folder that a package manager is told to work in, and the words without that: `npm ci --prefix server`, `yarn --cwd server`. */
function elsewhere({words}: Command, place: string): Pick<Command, 'words'> & {path: string} {
  const flags = /^(?:npm|pnpm|yarn|bun)$/.test(words[0] ?? '') ? /^(?:--prefix|-C|--dir|--cwd)(?:=(.*))?$/ : /$^/
  for (const [index, word = ''] of words.entries()) {
    const [flag, given] = flags.exec(word) ?? []
    const path = flag && (given ?? words[index + 1])
    if (path) return {path: posix.resolve(place, path), words: words.toSpliced(index, given === undefined ? 2 : 1)}
  }
  return {path: place, words}
}

const isBehind = ({line = 0, column = 0}: FileLocation, other: FileLocation): boolean =>
  line > (other.line ?? 0) || (line === other.line && column > (other.column ?? 0))
