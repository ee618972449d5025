import {posix} from 'node:path'
import {type Instruction, mountsOf, mountTarget} from '../../dockerfile/parse.ts'
import type {Files} from '../../files/files.ts'
import {type Driver, driverOf} from '../../python/packages/drivers.ts'
import {evaluateMarker} from '../../python/packages/markers.ts'
import {parseRequirement} from '../../python/packages/pep508.ts'
import type {Requirement, RequirementsFile} from '../../python/packages/requirements.ts'
import type {Python} from '../../python/python.ts'
import type {BaseImage} from '../base/base-images.ts'
import {contextPath} from '../files/context-path.ts'
import type {PackagesThen} from './os-packages.ts'
import type {PythonInstall} from './python-installs.ts'

/** A Python install, with what it installs looked up in the project. */
export interface ResolvedInstall extends PythonInstall {
  /** The OS packages at that moment. */
  packagesThen: PackagesThen
  /** What it certainly installs. */
  requirements: Requirement[]
  /** … and nothing else. */
  complete: boolean
  /** The same, whatever is said of dependencies: all that is asked for is told. */
  told: boolean
  /** The requirements files and pyproject.toml it reads, by path in the project. */
  projectFiles: string[]
  /** In an environment that Poetry makes for it, below the home: nothing but `poetry run` finds it. */
  isApart: boolean
}

/** A Postgres driver that a stage holds. */
export interface InstalledDriver extends Driver {
  requirement: Requirement
  install: ResolvedInstall
}

/** What an install is resolved against. */
export interface InstallContext {
  /** The RUN that installs. */
  run: Instruction
  /** The instructions up to it, itself last. */
  before(): readonly Instruction[]
  /** Whether one of them brings settings of pip, or speaks of an environment. */
  settings(): boolean
  environments(): boolean
  workdir: string
  packagesThen: PackagesThen
  base: BaseImage | undefined
  /** Variables of ENV and ARG. */
  variables: (name: string) => string | undefined
  /** The files of the build context. */
  paths: Files
  python: Python | undefined
  /** What filled a folder with wheels; undefined where something else may have. */
  wheelsIn(folder: string): readonly ResolvedInstall[] | undefined
}

/** Looks up in the project what an install asks for. */
export function resolveInstall(install: PythonInstall, context: InstallContext): ResolvedInstall {
  const {run, workdir, packagesThen, base, variables, paths, python} = context
  const mounted = bindMounts(run)
  // `cd` in the same RUN: a relative path is then another one.
  const moved = /(^|[\s;&|(])(cd|pushd)\s/.test(run.text)
  const locate = (file: string) => {
    if (moved && !posix.isAbsolute(file)) return undefined
    const mount = mounted.find(({target}) => posix.resolve(workdir, target) === posix.resolve(workdir, file))
    return mount ? mount.source.replace(/^\.?\//, '') : contextPath(file, workdir, context.before(), paths)
  }

  let {onlyMain} = install
  const requirements: Requirement[] = []
  const projectFiles: string[] = []
  const houses = install.wheelhouses.map((folder) => context.wheelsIn(folder))
  const built = houses.every((each) => each !== undefined) ? houses.flat() : undefined
  const opaque = install.opaque || built === undefined
  let complete = !opaque && python !== undefined
  let mayUseWheels =
    install.mayUseWheels ||
    ['PIP_FIND_LINKS', 'PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'UV_INDEX_URL', 'UV_FIND_LINKS'].some(
      (name) => variables(name) !== undefined,
    ) ||
    context.settings()
  const isLeftOut = (group: string) => install.without.includes(group)
  const add = (manifest: Manifest | undefined) => {
    if (manifest) requirements.push(...manifest.requirements)
    complete &&= manifest?.complete ?? false
    mayUseWheels ||= manifest?.ownIndex ?? false
  }
  const clones = [...install.clones]
  for (const name of install.files) {
    const path = locate(name)
    const listed = path === undefined ? undefined : python?.requirements.get(path)
    if (listed && install.cloner) clones.push(...listed.clones)
    if (path !== undefined) projectFiles.push(path)
    add(path === undefined ? undefined : (python?.requirements.get(path) ?? python?.pyprojects.get(path)))
  }
  if (install.project) {
    const path = locate('pyproject.toml')
    const manifest = path === undefined ? undefined : python?.pyprojects.get(path)
    if (path !== undefined) projectFiles.push(path)
    if (manifest && install.cloner && !install.partial && !install.elsewhere && !install.withoutDependencies)
      clones.push(...manifest.clones, ...(install.cloner === 'uv' ? manifest.uvClones : []))
    // Another project or another group may be meant; Pipenv and setup.py are not read yet.
    const known = install.tool !== 'pipenv' && !install.withoutDependencies && !(opaque && install.tool !== 'pip')
    add(known ? manifest : undefined)
    onlyMain ||= install.without.length > 0 && manifest !== undefined && manifest.groups.every(isLeftOut)
    // Poetry, uv and PDM install the groups for development too, unless they are told not to.
    if (install.tool !== 'pip' && !onlyMain && manifest?.hasGroups) complete = false
  }
  for (const each of built ?? []) {
    requirements.push(...each.requirements)
    projectFiles.push(...each.projectFiles)
    complete &&= each.told
  }
  for (const text of install.packages) {
    const parsed = parseRequirement(text)
    if ('invalid' in parsed) complete = false
    else {
      requirements.push({...parsed, at: install.at})
      // The project itself, from a wheel that another stage built: with what it depends on.
      const own = [...(python?.pyprojects ?? [])].find(([, {name}]) => name === parsed.name)
      if (own) {
        projectFiles.push(own[0])
        add(parsed.extras.length > 0 ? undefined : own[1])
      }
    }
  }
  // A marker that cannot be decided may drop its package; one that is false does.
  const asked = requirements.map((requirement) => ({
    requirement,
    applies: !requirement.marker || evaluateMarker(requirement.marker, base?.python),
  }))
  const certain = install.conditional
    ? []
    : asked.flatMap(({requirement, applies}) => (applies === true ? requirement : []))
  const told = complete && !install.conditional && asked.every(({applies}) => applies !== undefined)
  // Wheels that were built with their dependencies have these beside them.
  const isAll =
    !install.withoutDependencies ||
    (built !== undefined &&
      built.length > 0 &&
      install.files.length + install.packages.length === 0 &&
      built.every((each) => !each.withoutDependencies))
  return {
    ...install,
    opaque,
    withoutDependencies: !isAll,
    onlyMain,
    clones,
    checksPython: install.checksPython && variables('PIP_IGNORE_REQUIRES_PYTHON') === undefined,
    mayUseWheels,
    packagesThen,
    // A file that only may be read proves nothing.
    projectFiles: install.conditional ? [] : projectFiles,
    location: placeOf(install, context),
    isApart: install.tool === 'poetry' && keepsApart(context),
    requirements: certain,
    complete: told && isAll,
    told,
  }
}

/** Poetry makes an environment below the home, but where one is active, or its settings say otherwise (virtualenvs.create). */
const keepsApart = ({before, paths}: InstallContext): boolean =>
  paths.named('poetry.toml').length === 0 &&
  !before().some(({text, flags}) => /virtualenv|venv|poetry\.toml|conda/i.test(`${text} ${flags.join(' ')}`))

/** The environment of `venv/bin/pip`, or of `. venv/bin/activate` before it: in the folder that the RUN begins in, unless it leaves that. */
function placeOf(install: PythonInstall, context: InstallContext): string | undefined {
  const {run, workdir} = context
  const [, activated] = /(?:^|[\s;&])(?:\.|source)\s{1,9}([\w./-]{1,200})\/bin\/activate\b/.exec(run.text) ?? []
  const written = install.location ?? (install.tool === 'pip' ? activated : undefined)
  if (written === undefined) return activeEnvironment(install, context)
  if (written.startsWith('/')) return written
  return /(?:^|[\s;&])(?:cd|pushd)\s/.test(run.text) ? undefined : posix.resolve(workdir, written)
}

/** Where packages go when the command does not say: a virtual environment that is active, else the system's. */
function activeEnvironment(
  {tool}: PythonInstall,
  {environments, variables, workdir}: InstallContext,
): string | undefined {
  if (tool === 'uv sync') return variables('UV_PROJECT_ENVIRONMENT') ?? posix.join(workdir, '.venv')
  const active =
    variables('VIRTUAL_ENV') ?? /^(\/[^:]{0,300}venv[^:]{0,300})\/bin(:|$)/.exec(variables('PATH') ?? '')?.[1]
  if (active) return active
  // Poetry and the others choose by their settings; a RUN that mentions an environment may have made it active.
  return tool === 'pip' && !environments() ? '/usr/local' : undefined
}

/** A pip.conf or the like, copied or mounted: it may name an index whose wheels hold anything. */
export const bringsPipSettings = ({keyword, text, flags}: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD' || keyword === 'RUN') &&
  /pip\.conf|pip\.ini|uv\.toml|pip\s+config/.test(`${text} ${flags.map(([, value]) => value).join(' ')}`)

/** A RUN after which a virtual environment may be active. */
export const mentionsEnvironment = ({keyword, text}: Instruction): boolean =>
  keyword === 'RUN' && /venv|virtualenv|conda/.test(text)

type Manifest = Pick<RequirementsFile, 'requirements' | 'complete'> & {ownIndex?: boolean}

/** `RUN --mount=type=bind,source=requirements.txt,target=requirements.txt`: files that are there for one RUN. */
function bindMounts(run: Instruction | undefined): {source: string; target: string}[] {
  return (run ? mountsOf(run) : []).flatMap((mount) => {
    const target = mountTarget(mount)
    const source = mount.get('source') ?? mount.get('src')
    return target && source && !mount.get('from') && (mount.get('type') ?? 'bind') === 'bind' ? [{source, target}] : []
  })
}

/** The Postgres drivers that installs certainly bring. */
export function driversOf(installs: readonly ResolvedInstall[]): InstalledDriver[] {
  return installs
    .filter((install) => install.tool !== 'pip wheel')
    .flatMap((install) =>
      install.requirements.flatMap((requirement) => {
        const found = driverOf(requirement)
        return found ? [{...found, requirement, install}] : []
      }),
    )
}
