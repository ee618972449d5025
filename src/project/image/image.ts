import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {expand} from '../dockerfile/expand.ts'
import {flagOf, type Instruction, lineage, type Stage, unquote} from '../dockerfile/parse.ts'
import type {Inputs} from '../inputs.ts'
import type {Python} from '../python/python.ts'
import {type BaseImage, baseImage} from './base-images.ts'
import {copies, copyWords} from './context-path.ts'
import {isBuildPackage, isUnderstood, OsPackages} from './os-packages.ts'
import {pythonInstall} from './python-installs.ts'
import {driversOf, type InstalledDriver, type ResolvedInstall, resolveInstall} from './resolve-install.ts'
import {runCommands, shellText} from './shell.ts'

/** What the stages of the Dockerfile hold, worked out without running anything. */
export interface Image {
  /** The stages that are built: the final one and those that it is made from. BuildKit leaves the others out. */
  stages: StageImage[]
  final: StageImage
  /** Whether a COPY of a stage that is built brings a file of the project. */
  copies(path: string): boolean
}

export interface StageImage {
  stage: Stage
  base: BaseImage | undefined
  /** After the last instruction. */
  packages: OsPackages
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
  exposes: {port: number; at: FileLocation}[] | undefined
  /** Variables that ENV sets, by name; undefined where the value cannot be known. */
  env: ReadonlyMap<string, {value: string | undefined; at: FileLocation}>
}

export async function loadImage({reader}: Inputs, facts: FactStore): Promise<Fact<Image>> {
  const dockerfile = await facts.get('dockerfile')
  if (dockerfile.state !== 'ok') return dockerfile
  const [files, python] = await Promise.all([facts.value('files'), facts.value('python')])
  const stages: StageImage[] = []
  for (const stage of dockerfile.value.stages) {
    stages.push(simulate(stage, stages, {dockerfile: dockerfile.value, paths: files?.paths ?? [], python}))
  }
  const final = stages[dockerfile.value.final.index] as StageImage
  const sources = madeFrom(final)
  const built = stages.filter((stage) => stage === final || sources.has(stage))
  const instructions = built.flatMap(({stage}) => stage.instructions)
  const ignored = await ignoredByDocker(reader, dockerfile.value.file.absolute)
  return known({stages: built, final, copies: (path) => !ignored(path) && copies(path, instructions)})

  /** The stages that a stage is built on, copies from or mounts, and theirs. */
  function madeFrom({stage}: StageImage, found = new Set<StageImage>()): Set<StageImage> {
    const names = stage.instructions.flatMap(({flags}) =>
      flags.flatMap(([name, value]) =>
        name === 'from' ? value : name === 'mount' ? (/\bfrom=([^,]+)/.exec(value)?.[1] ?? []) : [],
      ),
    )
    const sources = [
      stage.parent && stages[stage.parent.index],
      ...names.map((name) => sourceStage(name, stages.slice(0, stage.index))),
    ]
    for (const source of sources) {
      if (!source || found.has(source)) continue
      found.add(source)
      madeFrom(source, found)
    }
    return found
  }
}

/** What BuildKit leaves out of the context: `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore`. */
async function ignoredByDocker(reader: Inputs['reader'], dockerfile: string): Promise<(path: string) => boolean> {
  const file = (await reader.text(`${dockerfile}.dockerignore`)) ?? (await reader.text('.dockerignore'))
  if (!file) return () => false
  const {default: dockerignore} = await import('@balena/dockerignore')
  const matcher = dockerignore.default({ignorecase: false}).add(file.text)
  return (path) => !path.startsWith('../') && matcher.ignores(path)
}

/** PATH of the official images, and of BuildKit where an image has none. */
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

interface Context {
  dockerfile: Dockerfile
  paths: readonly string[]
  python: Python | undefined
}

function simulate(stage: Stage, earlier: readonly StageImage[], context: Context): StageImage {
  const parent = stage.parent && earlier[stage.parent.index]
  const base = parent ? parent.base : stage.image === undefined ? undefined : baseImage(stage.image)
  const packages = parent ? parent.packages.copy() : new OsPackages(base)
  const installs = [...(parent?.installs ?? [])]
  const copied = [...(parent?.copied ?? [])]
  const env = new Map(parent?.env)
  let understood = parent ? parent.understood : base !== undefined && !base.hasPackages
  let exposes = parent ? parent.exposes && [...parent.exposes] : []
  const before = lineage(stage)
    .slice(0, -1)
    .flatMap((each) => each.instructions)
  let fromStages = parent?.fromStages ?? false
  const args = new Map<string, string | undefined>()
  const variables = (name: string) =>
    env.has(name) ? env.get(name)?.value : (args.get(name) ?? (name === 'PATH' ? usualPath : undefined))

  for (const instruction of stage.instructions) {
    if (instruction.keyword === 'ENV') {
      for (const [name, value = ''] of assignments(instruction)) {
        env.set(name, {value: expand(value, variables), at: instruction.at})
      }
    } else if (instruction.keyword === 'ARG') {
      const {buildArgs, globals} = context.dockerfile
      for (const [name, value] of assignments(instruction)) {
        const fallback = value === undefined ? globals.get(name) : expand(value, variables)
        args.set(name, buildArgs[name] ?? fallback)
      }
    } else if (instruction.keyword === 'EXPOSE') {
      const ports = exposedPorts(instruction, variables)
      exposes = exposes && ports && [...exposes, ...ports]
    } else if (instruction.keyword === 'COPY' && flagOf(instruction, 'from') !== undefined) {
      const source = sourceStage(flagOf(instruction, 'from') as string, earlier)
      const brought = source ? installsIn(source, copyWords(instruction).slice(0, -1)) : []
      copied.push(...brought)
      fromStages ||= source !== undefined
      // What was copied from a stage that is not understood may hold packages that nobody saw being installed.
      understood &&= source?.understood ?? false
      // A prefix that pip alone filled holds Python packages and nothing else.
      const pipOnly = brought.length > 0 && brought.every(({location}) => location !== '/usr/local')
      if (mayBringLibraries(instruction, pipOnly)) packages.forget()
    } else if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
      if (mayBringLibraries(instruction, false)) packages.forget()
    } else if (instruction.keyword === 'RUN') {
      const commands = runCommands(context.dockerfile.file, instruction, variables)
      if (!commands) packages.forget()
      understood &&= commands?.every(isUnderstood) ?? false
      for (const command of commands ?? []) {
        const install = pythonInstall(command)
        if (install) {
          // With packages there already, pip may have nothing left to do.
          const has = fromStages || installs.some((earlier) => earlier.opaque || earlier.mayUseWheels)
          const then = {before: [...before, instruction], packagesThen: packages.copy(), base, variables}
          const resolved = resolveInstall(install, {...then, paths: context.paths, python: context.python})
          installs.push({...resolved, mayUseWheels: resolved.mayUseWheels || has})
        }
        packages.run(command)
      }
    }
    before.push(instruction)
  }
  const drivers = driversOf([...installs, ...copied])
  const buildPackages = [...packages.installed].flatMap(([name, at]) => (isBuildPackage(name) ? [{name, at}] : []))
  return {stage, base, packages, installs, understood, fromStages, copied, drivers, buildPackages, exposes, env}
}

/** `A=b C="d e"` of ENV and ARG, a bare `NAME` of ARG, and the old `ENV A rest of line`. */
function* assignments({text, keyword}: Instruction): Iterable<[name: string, value: string | undefined]> {
  const plain = shellText(text).replace(/\\\r?\n/g, '')
  const old = keyword === 'ENV' ? /^\s*([^\s=]+)\s+(.*\S)\s*$/s.exec(plain) : null
  if (old) {
    yield [old[1] as string, old[2] as string]
    return
  }
  for (const match of plain.matchAll(/([^\s=]+)(?:=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'])*))?/g)) {
    yield [
      match[1] as string,
      match[2] === undefined ? undefined : match[2].replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, '$1$2'),
    ]
  }
}

function exposedPorts(
  instruction: Instruction,
  variables: (name: string) => string | undefined,
): StageImage['exposes'] {
  const ports: {port: number; at: FileLocation}[] = []
  for (const word of instruction.words) {
    const text = expand(unquote(word), variables)
    const match = /^(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(text ?? '')
    if (!match) return undefined
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])]
    for (let port = from; port <= to && ports.length < 1000; port++) ports.push({port, at: instruction.at})
  }
  return ports
}

function sourceStage(from: string, stages: readonly StageImage[]): StageImage | undefined {
  return stages.findLast(({stage}) => stage.name === from.toLowerCase() || String(stage.index) === from)
}

/** The installs of a stage whose packages lie in what a COPY takes from it. */
function installsIn(source: StageImage, paths: readonly string[]): ResolvedInstall[] {
  return source.installs.filter(({location}) =>
    paths.some((path) => {
      if (location === undefined) return false
      const from = posix.resolve('/', path)
      return (
        from === location || from.startsWith(`${location}/lib`) || location.startsWith(from === '/' ? '/' : `${from}/`)
      )
    }),
  )
}

/** Whether a COPY may bring libraries that no package manager installed here. */
function mayBringLibraries(instruction: Instruction, fromInstall: boolean): boolean {
  const words = copyWords(instruction)
  if (instruction.keyword === 'ADD' && words.some((word) => /\.(tar|tgz|tbz|txz)/.test(word))) return true
  return words.some((word) => {
    const path = word.replace(/\/+$/, '')
    if (/(^|\/)site-packages(\/|$)/.test(path)) return false
    if (/^\/usr\/local$/.test(path)) return !fromInstall
    return (
      path === '' ||
      path === '/usr' ||
      /(^|\/)lib(64|s)?(\/|$)|\.so(\.|$)/.test(path.replace(/^\/usr\/local\/lib\/python.*$/, ''))
    )
  })
}
