import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {once} from '../../once.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {expand} from '../dockerfile/expand.ts'
import {
  allInstructions,
  flagOf,
  type Instruction,
  mountsOf,
  rootImage,
  rootStage,
  type Stage,
} from '../dockerfile/parse.ts'
import {namedBy} from '../dockerfile/stage-name.ts'
import type {Files} from '../files/files.ts'
import type {Python} from '../python/python.ts'
import {type BaseImage, baseImage, hasNoEntrypoint, plainName, usualPath} from './base/base-images.ts'
import {type Release, releaseOf} from './base/releases.ts'
import {type SlimImage, slimImage} from './base/slim-images.ts'
import {contextPath, copies, copyOf, copyWords, workdirAfter, workdirBehind} from './files/context-path.ts'
import {assignments, type ExposedPort, exposedPorts} from './instruction-values.ts'
import {bringsUv, installsIn, mayBringLibraries, placeOf} from './packages/copied-installs.ts'
import {knownInstallers} from './packages/fetched-scripts.ts'
import {knownInstallersIn} from './packages/installers.ts'
import {installsPackages, isBuildPackage, isUnderstood, OsPackages, type PackagesThen} from './packages/os-packages.ts'
import {PackageLists} from './packages/package-lists.ts'
import {type OtherSources, otherSources} from './packages/package-sources.ts'
import {pythonInstall} from './packages/python-installs.ts'
import {
  bringsPipSettings,
  driversOf,
  type InstalledDriver,
  mentionsEnvironment,
  type ResolvedInstall,
  resolveInstall,
} from './packages/resolve-install.ts'
import type {Command, Variables} from './shell/command.ts'
import {foldersOf} from './shell/folders.ts'
import {jsonWords} from './shell/shell-text.ts'

/** What a stage holds after its last instruction. */
export interface StageImage {
  stage: Stage
  /** The one that it is built on in the end, from somebody else's image. */
  root: Stage
  base: BaseImage | undefined
  /** The base, where it is known to be slim. */
  slim: SlimImage | undefined
  /** The release of the distribution under it, where the base's name tells it. */
  release: Release | undefined
  packages: OsPackages
  /** Whether its package manager looks elsewhere than the base does; `maybe`: a script is run that is not read. */
  otherSources: OtherSources
  /** The commands of this stage's own RUNs. */
  commands: StageCommand[]
  /** Python packages installed in this stage or in one it is built on. */
  installs: ResolvedInstall[]
  /** The base is known and so is every command: no Python package comes from anywhere else. */
  understood: boolean
  /** Something was copied from another stage. */
  fromStages: boolean
  /** Installs of other stages whose packages are copied into this one. */
  copied: ResolvedInstall[]
  drivers: InstalledDriver[]
  /** Compilers and headers that a RUN installed and nothing removed again. */
  buildPackages: {name: string; at: FileLocation}[]
  /** Ports of EXPOSE; undefined when one cannot be known. */
  exposes: ExposedPort[] | undefined
  /** Variables that ENV sets, by name; undefined where the value cannot be known. */
  env: ReadonlyMap<string, {value: string | undefined; at: FileLocation}>
  /** Values of ARG; undefined where one is not known. */
  args: ReadonlyMap<string, string | undefined>
  /** The words that ENTRYPOINT puts before every command, maybe none; undefined where the base image may bring some. */
  entrypoint: readonly string[] | undefined
}

/** A command of a RUN, and what the stage held before it. */
export interface StageCommand extends Command {
  packagesThen: PackagesThen
  /** The file of the project that lies there under this name; undefined where that is not certain. */
  source(name: string): string | undefined
  /** Whether it is certain that no step before has brought this file of the project. */
  lacks(path: string): boolean
}

/** The commands of a RUN; undefined when its text cannot be parsed. */
export type Commands = (run: Instruction, variables: Variables) => readonly Command[] | undefined

interface Context {
  dockerfile: Dockerfile
  commandsOf: Commands
  paths: Files
  python: Python | undefined
}

/** What builds pages, and installs no package of Python, whatever its scripts do: of a copy of it no other comes. */
export const isOfNodeAlone = ({stage}: Pick<StageImage, 'stage'>, copy?: Instruction): boolean =>
  /^(?:node|oven\/bun|denoland\/deno)(?::|$)/.test(plainName(rootImage(stage) ?? '')) &&
  !/(?:site|dist)-packages|venv/.test(copy?.text ?? '') &&
  !allInstructions(stage).some(
    (each) =>
      (each.keyword === 'RUN' && bringsPython.test(each.text)) ||
      (flagOf(each, 'from') !== undefined && holdsPython.test(each.text)),
  )
const bringsPython =
  /\b(?:pip|pip3|pipx|python|python3|py3-\w+|uv|uvx|poetry|pdm|pipenv|conda|mamba|site-packages|curl|wget|git clone)\b|\.sh\b/
const holdsPython = /(?:site|dist)-packages|venv|python|\s\/(?:usr|opt|root|home)?(?:\/local|\/lib)?\/?\s/

/** Follows the instructions of a stage, from what the stage holds that it is `FROM`. */
export function simulate(stage: Stage, earlier: readonly StageImage[], context: Context): StageImage {
  const parent = stage.parent && earlier[stage.parent.index]
  const base = parent ? parent.base : stage.image === undefined ? undefined : baseImage(stage.image)
  const packages = parent ? parent.packages.copy() : new OsPackages(base)
  const slim = parent ? parent.slim : stage.image === undefined ? undefined : slimImage(stage.image)
  const release = parent ? parent.release : stage.image === undefined ? undefined : releaseOf(stage.image)
  const commandsRun: StageCommand[] = []
  const installs = [...(parent?.installs ?? [])]
  const copied = [...(parent?.copied ?? [])]
  const env = new Map(parent?.env)
  let understood = parent ? parent.understood : base !== undefined && !base.hasPackages
  let exposes = parent ? parent.exposes && [...parent.exposes] : []
  let fromStages = parent?.fromStages ?? false
  let entrypoint = parent
    ? parent.entrypoint
    : stage.image !== undefined && hasNoEntrypoint(stage.image)
      ? []
      : undefined
  // A stage inherits the build arguments of the one that it begins with (docs.docker.com/build/building/variables).
  const args = new Map(parent?.args)
  const installers = new Set<string>()
  const variables: Variables = (name) =>
    env.has(name) ? env.get(name)?.value : (args.get(name) ?? (name === 'PATH' ? usualPath : undefined))

  const follow: Readonly<Record<string, (instruction: Instruction) => void>> = {
    ENV(instruction) {
      for (const [name, value = ''] of assignments(instruction)) {
        env.set(name, {value: expand(value, variables), at: instruction.at})
        // The linker then looks in a place that is not followed.
        if (name === 'LD_LIBRARY_PATH') packages.forget()
      }
      lists.note(instruction)
    },
    ARG(instruction) {
      const {buildArgs, globals} = context.dockerfile
      for (const [name, value] of assignments(instruction)) {
        const fallback = value === undefined ? globals.get(name) : expand(value, variables)
        args.set(name, buildArgs[name] ?? fallback)
      }
      lists.note(instruction)
    },
    ENTRYPOINT({text}) {
      entrypoint = jsonWords(text) ?? ['/bin/sh', '-c', text]
    },
    EXPOSE(instruction) {
      const ports = exposedPorts(instruction, variables)
      if (ports) exposes?.push(...ports)
      else exposes = undefined
    },
    ADD(instruction) {
      const [address = '', target = ''] = copyWords(instruction)
      if (knownInstallers.test(address)) installers.add(target)
      if (mayBringLibraries(instruction, false, workdir)) packages.forget()
    },
    COPY(instruction) {
      const from = flagOf(instruction, 'from')
      if (from === undefined) return follow.ADD?.(instruction)
      const source = sourceStage(from, earlier)
      const copy = copyOf(instruction)
      const brought = source && copy ? installsIn(source, copy.sources) : []
      copied.push(...brought.map((each) => ({...each, location: placeOf(each, copy, workdir)})))
      fromStages ||= source !== undefined
      // What was copied from a stage that is not understood may hold packages that nobody saw being installed.
      understood &&= source ? source.understood || isOfNodeAlone(source, instruction) : bringsUv(from, copy)
      // With packages of pip may come those of an install that lays its own nobody knows where, as Poetry's.
      const mayBeApart = source?.installs.some(({location}) => location === undefined) === true
      understood &&= !mayBeApart || (brought.length === 0 && !copy?.sources.some((path) => /venv/.test(path)))
      // A prefix that pip alone filled holds Python packages and nothing else.
      const pipOnly = brought.length > 0 && brought.every(({location}) => location !== '/usr/local')
      // libs/ of a workspace of Node.js, which one stage hands to the next.
      const ofProject = (folder: string) =>
        source !== undefined && isOfNodeAlone(source) && context.paths.hasFolderNamed(folder)
      if (mayBringLibraries(instruction, pipOnly, workdir, ofProject)) packages.forget()
    },
    RUN(instruction) {
      const commands = context.commandsOf(instruction, variables)
      // What another stage lends may be copied from it.
      const borrows = mountsOf(instruction).some((mount) => mount.has('from'))
      if (!commands || borrows) packages.forget()
      const known = knownInstallersIn(commands ?? [], installers)
      understood &&= commands?.every((each) => isUnderstood(each) || known.has(each)) ?? false
      const [count, folder] = [taken - 1, workdir]
      // Behind the end of a subshell its folder is left again.
      const isLeft = /\(\s*(?:cd|pushd)\s/.test(instruction.text)
      const folders = isLeft ? [] : foldersOf(commands ?? [], folder)
      const sourceIn = (place: string | undefined) => (name: string) =>
        place === undefined ? undefined : contextPath(name, place, before(count), context.paths)
      const lacks = (path: string) =>
        !copies(path, before(count)) &&
        before(count + 1).every(
          (each) =>
            flagOf(each, 'from') === undefined &&
            !mountsOf(each).some((mount) => (mount.get('type') ?? 'bind') === 'bind') &&
            !(copyOf(each)?.sources.some((word) => word.includes('$')) ?? false) &&
            !(each.keyword === 'RUN' && each.text.includes(posix.basename(path))),
        )
      for (const [index, command] of (commands ?? []).entries()) {
        install(command, instruction)
        const source = sourceIn(folders[index])
        commandsRun.push({...command, packagesThen: packages.snapshot(), source, lacks})
        if (!known.has(command)) packages.run(command)
        if (installsPackages(command)) packages.listedAt = lists.placeFor(instruction) ?? command.at
      }
    },
  }
  /** How many of its own instructions are followed, with the one that is under way. */
  let taken = 0
  /** The first of its own, behind those of the stages that it is built on, which a long chain need not carry along. */
  const before = (count: number) => [...inherited(), ...stage.instructions.slice(0, count)]
  const inherited = once<void, readonly Instruction[]>(() => (stage.parent ? allInstructions(stage.parent) : []))
  const lists = new PackageLists(inherited)
  const ever = (test: (each: Instruction) => boolean) => {
    const isInherited = once<void, boolean>(() => inherited().some(test))
    const isOwn = everIn(stage.instructions, test, () => taken)
    return () => isInherited() || isOwn()
  }
  const settings = ever(bringsPipSettings)
  const environments = ever(mentionsEnvironment)
  const bringWheels = everIn(installs, (earlier) => earlier.opaque || earlier.mayUseWheels)
  let workdir = stage.parent ? workdirBehind(stage.parent) : '/'
  for (const instruction of stage.instructions) {
    taken += 1
    follow[instruction.keyword]?.(instruction)
    workdir = workdirAfter(workdir, instruction)
  }
  const drivers = driversOf([...installs, ...copied])
  const buildPackages = [...packages.installed].flatMap(([name, at]) => (isBuildPackage(name) ? [{name, at}] : []))
  return {
    stage,
    root: rootStage(stage),
    base,
    slim,
    release,
    packages,
    otherSources: otherSources(stage.instructions, parent?.otherSources),
    commands: commandsRun,
    installs,
    understood,
    fromStages,
    copied,
    drivers,
    buildPackages,
    exposes,
    env,
    args,
    entrypoint,
  }

  function install(command: Command, run: Instruction): void {
    const found = pythonInstall(command)
    if (!found) return
    // With packages there already, pip may have nothing left to do.
    const has = fromStages || bringWheels()
    const then = {
      run,
      before: () => before(taken),
      settings,
      environments,
      workdir,
      packagesThen: packages.snapshot(),
      base,
      variables,
    }
    const resolved = resolveInstall(found, {...then, paths: context.paths, python: context.python})
    installs.push({...resolved, mayUseWheels: resolved.mayUseWheels || has})
  }
}

/** Whether a list, or as much of it as counts by now, has such an item: each is looked at once, however often that is asked. */
function everIn<T>(items: readonly T[], test: (item: T) => boolean, count = () => items.length): () => boolean {
  let found = false
  let looked = 0
  return () => {
    while (!found && looked < count()) found = test(items[looked++] as T)
    return found
  }
}

/** The stage that `--from` or a mount names, by name or number. */
export function sourceStage(from: string, stages: readonly StageImage[]): StageImage | undefined {
  const isMeant = namedBy(from)
  return stages.findLast(({stage}) => isMeant(stage))
}
