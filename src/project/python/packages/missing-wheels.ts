import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {flagOf, lineage, rootImage} from '../../dockerfile/parse.ts'
import type {Answer} from '../../image/packages/os-packages.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import type {StageImage} from '../../image/stage-image.ts'
import type {Inputs} from '../../inputs.ts'
import {imagePython} from '../image-python.ts'
import {type InstallLock, installLock} from '../locks/install-lock.ts'
import {cannotBeBuilt, hasNoSource, hasNoWheel, needsCompiler, ofPydantic} from './known-wheels.ts'
import {otherSystem} from './other-systems.ts'
import {pinnedVersion} from './pep508.ts'
import type {Requirement} from './requirements.ts'
import {isCompiled, type WheelTarget, wheelFits} from './wheel.ts'

/** A package that an install surely asks for in one version, which has no wheel for the image. */
export interface MissingWheel {
  name: string
  version: string
  /** The package that it asks for and that is meant: `pydantic-core` of pydantic. */
  part?: string
  at: FileLocation
  /** `none`: no file of it fits. `compiled`: its source is, undefined where that is not certain. */
  source: 'none' | 'unbuildable' | 'compiled' | undefined
  /** Why its source cannot be built. */
  reason: string | undefined
  /** It has wheels for earlier Pythons alone: its source does not know this one. */
  older: boolean
}

/** The packages of one install that have no wheel. */
export interface MissingWheels {
  packages: MissingWheel[]
  install: ResolvedInstall
  /** `3.13` */
  python: string
  libc: WheelTarget['libc']
  stage: StageImage['stage']
  /** What the stage is built on in the end. */
  image: string | undefined
  compiler: Answer
}

export async function loadMissingWheels({reader}: Inputs, facts: FactStore): Promise<Fact<MissingWheels[]>> {
  const [image, python] = await facts.needAll('image', 'python')
  const found: MissingWheels[] = []
  const seen = new Set<unknown>()
  // Of these python/linux-package tells.
  const asked = image.stages.flatMap(({installs}) => installs.flatMap(({requirements}) => requirements))
  const foreign = new Set(asked.map(({name}) => name).filter((name) => otherSystem(name) !== undefined))
  for (const stage of image.stages) {
    if (stage.installs.length === 0) continue
    const version = imagePython(stage)
    const texts = lineage(stage.stage).flatMap(({instructions}) => instructions.map(({text}) => text))
    // The stage may be one for another machine, or have a Python that uv brings.
    const platform = lineage(stage.stage).some(({from}) => /arm|aarch/.test(flagOf(from, 'platform') ?? ''))
    if (!version || !stage.base || platform || texts.some((text) => anotherPython.test(text))) continue
    const target: WheelTarget = {
      minor: Number(version.split('.')[1]),
      libc: stage.base.distribution === 'alpine' ? 'musl' : 'glibc',
    }
    const isTuned = texts.some((text) => tunesBuilds.test(text))
    for (const install of stage.installs) {
      if (seen.has(install.at) || install.mayUseWheels || install.conditional) continue
      seen.add(install.at)
      // pip alone takes the image's Python whatever the project asks for.
      if (install.tool !== 'pip' && python.rulesOut(version)) continue
      const lock = await installLock(install, {reader, python, version})
      const packages = lock ? locked(lock, target, foreign) : install.tool === 'pip' ? pinned(install, target) : []
      if (packages.length === 0) continue
      const told = packages.map((each) => (isTuned && each.source !== 'none' ? {...each, source: undefined} : each))
      const {libc} = target
      const base = rootImage(stage.stage)
      const compiler = install.packagesThen.has('C compiler')
      found.push({packages: told, install, python: version, libc, stage: stage.stage, image: base, compiler})
    }
  }
  return known(found)
}

const anotherPython = /\buv\b[^\n;&|]{0,300}\s(?:--python|-p)[ =]|\b(?:poetry|pdm)\s(?:env )?use\b|\bpython3\.\d+ -m/

/** What changes how sources are built, or makes that a package does without. */
const tunesBuilds = /PYO3_|PIP_CONSTRAINT|BUILD_CONSTRAINT|NO_BUILD_ISOLATION|--no-build-isolation|_NO_EXTENSIONS/

/** Told by checks of their own. */
const toldElsewhere = /^(psycopg2|mysqlclient)$/

/** The lock file lists the files of every package: none of a wheel fits. */
function locked(
  {file, lock, names, at}: InstallLock,
  target: WheelTarget,
  foreign: ReadonlySet<string>,
): MissingWheel[] {
  // One for some systems alone may list the files for those alone.
  if (/^supported-markers = |^platform = /m.test(file.text)) return []
  return [...names].flatMap((name) => {
    if (foreign.has(name)) return []
    const {version = '', files = []} = lock.get(name) ?? {}
    const wheels = files.filter((each) => each.endsWith('.whl'))
    if (wheels.length === 0 || !wheels.every(isCompiled) || wheels.some((each) => wheelFits(each, target))) return []
    const earlier = Array.from({length: target.minor}, (_, minor) => ({...target, minor}))
    const older = wheels.some((each) => earlier.some((one) => wheelFits(each, one)))
    return missing({name, version, at: at(name), older}, target, files.length > wheels.length)
  })
}

/** A well known package that is pinned to a version which is known to have none. */
function pinned({requirements}: ResolvedInstall, target: WheelTarget): MissingWheel[] {
  return requirements.flatMap((requirement) => {
    const {at} = requirement
    const version = pinnedVersion(requirement.specifier)
    const real = version && realPackage(requirement, version)
    if (!real || !hasNoWheel(real.name, real.version, target)) return []
    const {name, written} = requirement
    const older = hasNoWheel(real.name, real.version, {...target, libc: 'glibc'})
    const part = real.name === name ? {} : {part: real.name}
    return missing({name: written, version, ...part, at, older}, target, !hasNoSource(real.name), real)
  })
}

/** The package with the compiled code: of some it is another one, of a version that is fixed. */
function realPackage({name, extras}: Requirement, version: string): {name: string; version: string} | undefined {
  if (name === 'psycopg') return extras.includes('binary') ? {name: 'psycopg-binary', version} : undefined
  if (name !== 'pydantic') return {name, version}
  const core = ofPydantic(version)
  return core === undefined ? undefined : {name: 'pydantic-core', version: core}
}

function missing(
  found: Pick<MissingWheel, 'name' | 'version' | 'part' | 'at' | 'older'>,
  target: WheelTarget,
  hasSource: boolean,
  real: {name: string; version: string} = found,
): MissingWheel[] {
  if (toldElsewhere.test(real.name)) return []
  const reason = cannotBeBuilt(real.name, real.version, target)
  const isCompiled = needsCompiler(real.name, real.version)
  if (!hasSource) return [{...found, source: 'none', reason: undefined}]
  if (reason !== undefined) return [{...found, source: 'unbuildable', reason}]
  // Without its compiled part it works as well.
  return isCompiled === false ? [] : [{...found, source: isCompiled ? 'compiled' : undefined, reason: undefined}]
}
