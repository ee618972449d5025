import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Dockerfile, flagOf, type Instruction, lineage, type Stage, unquote} from '../dockerfile/dockerfile.ts'
import {expand} from '../dockerfile/expand.ts'
import {type Driver, driverOf} from '../python/drivers.ts'
import {evaluateMarker} from '../python/markers.ts'
import {parseRequirement} from '../python/pep508.ts'
import type {Python} from '../python/python.ts'
import type {Requirement, RequirementsFile} from '../python/requirements.ts'
import {type BaseImage, baseImage} from './base-images.ts'
import {contextPath, copyWords} from './context-path.ts'
import {isBuildPackage, OsPackages} from './os-packages.ts'
import {type PythonInstall, pythonInstall} from './python-installs.ts'
import {runCommands} from './shell.ts'

/** What the stages of the Dockerfile hold, worked out without running anything. */
export interface Image {
  stages: StageImage[]
  final: StageImage
}

export interface StageImage {
  stage: Stage
  base: BaseImage | undefined
  /** After the last instruction. */
  packages: OsPackages
  /** Python packages installed in this stage or in one it is built on. */
  installs: ResolvedInstall[]
  /** Stages whose Python packages are copied into this one. */
  copiesPythonFrom: StageImage[]
  drivers: InstalledDriver[]
  /** Compilers and headers that a RUN installed and nothing removed again. */
  buildPackages: {name: string; at: FileLocation}[]
  /** Ports of EXPOSE; undefined when one cannot be known. */
  exposes: {port: number; at: FileLocation}[] | undefined
  /** Variables that ENV sets, by name; undefined where the value cannot be known. */
  env: ReadonlyMap<string, {value: string | undefined; at: FileLocation}>
}

/** A Python install, with what it installs looked up in the project. */
export interface ResolvedInstall extends PythonInstall {
  /** The OS packages at that moment. */
  packagesThen: OsPackages
  /** What it asks for, markers decided; undefined when that cannot be known. */
  requirements: Requirement[] | undefined
  /** The requirements files it reads, by path in the project. */
  projectFiles: string[]
}

/** A Postgres driver that a stage holds. */
export interface InstalledDriver extends Driver {
  requirement: Requirement
  install: ResolvedInstall
}

export async function loadImage(facts: FactStore): Promise<Fact<Image>> {
  const dockerfile = await facts.get('dockerfile')
  if (dockerfile.state !== 'ok') return dockerfile
  const [files, python] = await Promise.all([facts.value('files'), facts.value('python')])
  const stages: StageImage[] = []
  for (const stage of dockerfile.value.stages) {
    stages.push(simulate(stage, stages, {dockerfile: dockerfile.value, paths: files?.paths ?? [], python}))
  }
  return known({stages, final: stages[dockerfile.value.final.index] as StageImage})
}

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
  const copiesPythonFrom = [...(parent?.copiesPythonFrom ?? [])]
  const env = new Map(parent?.env)
  let exposes = parent ? parent.exposes && [...parent.exposes] : []
  const before = lineage(stage)
    .slice(0, -1)
    .flatMap((each) => each.instructions)
  const args = new Map<string, string | undefined>()
  const variables = (name: string) => (env.has(name) ? env.get(name)?.value : args.get(name))

  for (const instruction of stage.instructions) {
    if (instruction.keyword === 'ENV') {
      for (const [name, value] of pairs(instruction))
        env.set(name, {value: expand(value, variables), at: instruction.at})
    } else if (instruction.keyword === 'ARG') {
      for (const word of instruction.words) {
        const [name = '', ...value] = word.split('=')
        args.set(name, value.length > 0 ? expand(unquote(value.join('=')), variables) : undefined)
      }
    } else if (instruction.keyword === 'EXPOSE') {
      const ports = exposedPorts(instruction, variables)
      exposes = exposes && ports && [...exposes, ...ports]
    } else if (instruction.keyword === 'COPY' && flagOf(instruction, 'from') !== undefined) {
      const source = sourceStage(flagOf(instruction, 'from') as string, earlier)
      if (source && copiesPython(instruction, source)) copiesPythonFrom.push(source)
      // Whole system folders may bring libraries that no package manager installed.
      if (copyWords(instruction).some((word) => /^\/?$|^\/usr\/?$|^\/(usr\/)?lib(64)?(\/|$)(?!python)/.test(word)))
        packages.forget()
    } else if (instruction.keyword === 'RUN') {
      const commands = runCommands(context.dockerfile.file, instruction, variables)
      if (!commands) packages.forget()
      for (const command of commands ?? []) {
        const install = pythonInstall(command)
        if (install) installs.push(resolveInstall(install, [...before, instruction], packages.copy(), base, context))
        packages.run(command)
      }
    }
    before.push(instruction)
  }
  const drivers = driversOf(installs, copiesPythonFrom)
  const buildPackages = [...packages.installed].flatMap(([name, at]) => (isBuildPackage(name) ? [{name, at}] : []))
  return {stage, base, packages, installs, copiesPythonFrom, drivers, buildPackages, exposes, env}
}

/** `ENV A=b C="d e"` and the old `ENV A rest of line`. */
function* pairs({text, words}: Instruction): Iterable<[string, string]> {
  const first = words[0] ?? ''
  if (!first.includes('=')) {
    yield [first, text.trim().slice(first.length).trim()]
    return
  }
  for (const word of words) {
    const equals = word.indexOf('=')
    if (equals > 0) yield [word.slice(0, equals), unquote(word.slice(equals + 1))]
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

/** Whether a COPY brings installed Python packages: a virtual environment, a prefix, site-packages or user packages. */
function copiesPython(instruction: Instruction, source: StageImage): boolean {
  const [from = ''] = copyWords(instruction)
  if (/site-packages|venv|^\/(install|usr\/local|root\/\.local|home\/\w+\/\.local)(\/|$)/.test(from)) return true
  // `uv sync` makes .venv inside the project: whoever copies the project copies it.
  return (
    source.installs.some(({tool}) => tool === 'uv sync') &&
    posix.resolve('/', from) === workdirOf(source.stage.instructions)
  )
}

const workdirOf = (instructions: readonly Instruction[]): string =>
  instructions.reduce(
    (path, each) => (each.keyword === 'WORKDIR' ? posix.resolve(path, each.words.join(' ')) : path),
    '/',
  )

function resolveInstall(
  install: PythonInstall,
  before: readonly Instruction[],
  packagesThen: OsPackages,
  base: BaseImage | undefined,
  {paths, python}: Context,
): ResolvedInstall {
  const workdir = workdirOf(before)
  const mounted = bindMounts(before.at(-1))
  const locate = (file: string) => {
    const mount = mounted.find(({target}) => posix.resolve(workdir, target) === posix.resolve(workdir, file))
    return mount ? mount.source.replace(/^\.?\//, '') : contextPath(file, workdir, before, paths)
  }

  const requirements: Requirement[] = []
  const projectFiles: string[] = []
  let complete = !install.opaque && python !== undefined
  const add = (found: Requirement[] | undefined, whole: boolean) => {
    if (!found) complete = false
    else requirements.push(...found)
    complete &&= whole
  }
  for (const name of install.files) {
    const path = locate(name)
    const manifest = path === undefined ? undefined : manifestOf(path, python)
    if (path !== undefined) projectFiles.push(path)
    add(manifest?.requirements, manifest?.complete ?? false)
  }
  if (install.project) {
    const path = locate('pyproject.toml')
    const manifest = path === undefined ? undefined : python?.pyprojects.get(path)
    if (path !== undefined) projectFiles.push(path)
    // Pipenv and setup.py are not read yet: what they install is not known.
    add(install.tool === 'pipenv' ? undefined : manifest?.requirements, manifest?.complete ?? false)
  }
  for (const text of install.packages) {
    const parsed = parseRequirement(text)
    if ('invalid' in parsed) complete = false
    else requirements.push({...parsed, at: install.at})
  }
  const decided = requirements.filter(({marker}) => !marker || evaluateMarker(marker, base?.python) !== false)
  // A marker that cannot be decided may drop its package; what is certain is only what carries none, or a true one.
  const certain = decided.filter(({marker}) => !marker || evaluateMarker(marker, base?.python) === true)
  return {
    ...install,
    packagesThen,
    projectFiles,
    requirements: complete ? (certain.length === decided.length ? decided : undefined) : undefined,
  }
}

function manifestOf(
  path: string,
  python: Python | undefined,
): Pick<RequirementsFile, 'requirements' | 'complete'> | undefined {
  return python?.requirements.get(path) ?? python?.pyprojects.get(path)
}

/** `RUN --mount=type=bind,source=requirements.txt,target=requirements.txt`: files that are there for one RUN. */
function bindMounts(run: Instruction | undefined): {source: string; target: string}[] {
  const mounts = run?.flags.filter(([name]) => name === 'mount') ?? []
  return mounts.flatMap(([, text]) => {
    const options = text.split(',').map((option) => option.split('='))
    const value = (...names: string[]) => options.find(([name]) => names.includes(name ?? ''))?.[1]
    const target = value('target', 'dst', 'destination')
    const source = value('source', 'src')
    return target && source && !value('from') && (value('type') ?? 'bind') === 'bind' ? [{source, target}] : []
  })
}

/** The Postgres drivers that a stage certainly holds, its own and those copied in from other stages. */
function driversOf(own: readonly ResolvedInstall[], copied: readonly StageImage[]): InstalledDriver[] {
  const installs = [...own, ...copied.flatMap((source) => source.installs)]
  return installs
    .filter((install) => install.tool !== 'pip wheel')
    .flatMap((install) =>
      (install.requirements ?? []).flatMap((requirement) => {
        const found = driverOf(requirement)
        return found ? [{...found, requirement, install}] : []
      }),
    )
}
