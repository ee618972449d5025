import {satisfies, valid} from '@renovatebot/pep440'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import type {Inputs} from '../../inputs.ts'
import {imagePython} from '../image-python.ts'
import {type StartedImport, startedImports} from '../imports/started-imports.ts'
import {installLock} from '../locks/install-lock.ts'
import type {Python} from '../python.ts'
import {type KnownConflict, knownConflicts} from './known-conflicts.ts'
import {knownRequirements} from './known-requirements.ts'
import {broughtBy} from './package-dependencies.ts'
import {pinnedVersion} from './pep508.ts'
import type {Requirement} from './requirements.ts'

/** Two versions in the image that cannot be used together. */
export interface PackageConflict {
  conflict: KnownConflict
  version: string
  at: FileLocation
  /** The version of the other one; undefined where nothing limits it, so that the newest is taken. */
  other: string | undefined
  otherAt: FileLocation | undefined
  /** The import of a module that the deploy starts. */
  started: StartedImport | undefined
  /** What fails runs when that module is imported. */
  proven: boolean
}

/** A package with the version that is surely installed; `undefined`: the newest that the specifier allows. */
interface Known {
  version: string | undefined
  specifier: string
  at: FileLocation
}

export async function loadPackageConflicts({reader}: Inputs, facts: FactStore): Promise<Fact<PackageConflict[]>> {
  const [image, processes, python, files] = await facts.needAll('image', 'processes', 'python', 'files')
  const {final} = image
  const version = imagePython(final)
  const installs = [...final.installs, ...final.copied].filter(({tool}) => tool !== 'pip wheel')
  const requirements = knownRequirements(image, processes)
  const locked = await lockedVersions(installs, python)
  if (!locked && typeof requirements === 'string') return known([])
  const all = locked ?? pinnedVersions(requirements as Requirement[])
  const candidates = knownConflicts.filter(({name}) => all.has(name))
  if (candidates.length === 0) return known([])
  const unknown = locked ? [] : broughtBy(requirements as Requirement[]).unknown
  const paths = files.only((path) => path.endsWith('.py') && image.copies(path))
  const imports = await startedImports(processes, paths, reader)
  const found: PackageConflict[] = []
  for (const conflict of candidates) {
    const own = all.get(conflict.name) as Known
    if (own.version === undefined || !isIn(own.version, conflict.versions)) continue
    const other = otherOf(conflict)
    if (!other || !(await isUsed(conflict))) continue
    const started = imports.find(({top}) => top === conflict.module)
    const text = started && (await reader.text(started.at.file))?.text
    const runs = conflict.use === undefined || conflict.use.test(text ?? '')
    const sure = other.version !== undefined || unknown.length === 0
    found.push({
      conflict,
      version: own.version,
      at: own.at,
      other: other.version,
      otherAt: other.at,
      started,
      proven: started !== undefined && runs && sure,
    })
  }
  return known(found)

  /** Whether a file of the image speaks of the package: else nothing fails. */
  async function isUsed({module, beside = module}: KnownConflict): Promise<boolean> {
    const imported = new RegExp(`^[ \\t]*(?:from|import) ${module}\\b`, 'm')
    for (const path of paths.ending('.py')) {
      const text = (await reader.text(path))?.text ?? ''
      if (text.includes(beside) && imported.test(text)) return true
    }
    return false
  }

  /** The version that the image has of the other one, where it is one that fails. */
  function otherOf(conflict: KnownConflict): {version: string | undefined; at?: FileLocation} | undefined {
    const {other, otherVersions, newest, limits} = conflict
    if (other === 'python') return version && isIn(`${version}.0`, otherVersions) ? {version} : undefined
    const wanted = all.get(other)
    if (wanted?.version !== undefined)
      return isIn(wanted.version, otherVersions) ? {version: wanted.version, at: wanted.at} : undefined
    if (locked || (wanted && !isIn(newest, wanted.specifier))) return undefined
    // The extra that brings it, or what always does.
    const brings = broughtBy((requirements as Requirement[]).filter(({name}) => name === conflict.name))
    if (!wanted && !brings.names.has(other)) return undefined
    return unknown.some((name) => limits.test(name)) ? undefined : {version: undefined}
  }

  /** Where one lock file has everything. */
  async function lockedVersions(
    all: readonly ResolvedInstall[],
    project: Python,
  ): Promise<Map<string, Known> | undefined> {
    const [install] = all
    const isOne = install && all.every(({tool}) => tool === install.tool)
    const locked = isOne && (await installLock(install, {reader, python: project, version}))
    if (!locked) return undefined
    const {names, lock, at} = locked
    return new Map([...names].map((name) => [name, {version: lock.get(name)?.version, specifier: '', at: at(name)}]))
  }
}

function pinnedVersions(requirements: readonly Requirement[]): Map<string, Known> {
  const versions = new Map<string, Known>()
  for (const {name, specifier, at} of requirements) {
    const version = pinnedVersion(specifier)
    // Of several lines one may be narrower.
    if (!versions.has(name) || version !== undefined) versions.set(name, {version, specifier, at})
  }
  return versions
}

const isIn = (version: string, specifier: string): boolean =>
  valid(version) !== null && (specifier === '' || satisfies(version, specifier.replace(/\s+/g, '')))
