import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {copiedPython} from '../copied-python.ts'
import {imagePython} from '../image-python.ts'
import {type StartedImport, startedImports} from '../imports/started-imports.ts'
import {imageVersions, isIn, type KnownVersion} from './image-versions.ts'
import {type KnownConflict, knownConflicts} from './known-conflicts.ts'
import {broughtBy} from './package-dependencies.ts'

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

export async function loadPackageConflicts({reader}: Inputs, facts: FactStore): Promise<Fact<PackageConflict[]>> {
  const [image, processes, python, files] = await facts.needAll('image', 'processes', 'python', 'files')
  const version = imagePython(image.final)
  const versions = await imageVersions(image, {processes, python, reader})
  if (!versions) return known([])
  const {all, requirements} = versions
  const candidates = knownConflicts.filter(({name}) => all.has(name))
  if (candidates.length === 0) return known([])
  const unknown = requirements ? broughtBy(requirements).unknown : []
  const paths = copiedPython(image, files)
  const imports = await startedImports(processes, paths, reader)
  const found: PackageConflict[] = []
  for (const conflict of candidates) {
    const own = all.get(conflict.name) as KnownVersion
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
    const {name, other, otherVersions, newest, newestFor, limits, unless} = conflict
    // What a package brings along it brings in some of its versions alone: that mends nothing here, and may limit another.
    const brought = other === 'python' || !requirements ? [] : broughtBy(requirements).names
    const installed = [...all.keys(), ...brought]
    if (unless && installed.some((each) => each !== name && each !== other && unless.test(each))) return undefined
    if (other === 'python') {
      // A tag of two numbers is the newest of its series.
      const [exact = `${version}.99`] = /^\d+\.\d+\.\d+/.exec(image.final.base?.python ?? '') ?? []
      return version && isIn(exact, otherVersions) ? {version} : undefined
    }
    const wanted = all.get(other)
    if (wanted?.version !== undefined)
      return isIn(wanted.version, otherVersions) ? {version: wanted.version, at: wanted.at} : undefined
    if (!requirements || (wanted && !isIn(newest, wanted.specifier))) return undefined
    if (newestFor && !(version && isIn(`${version}.0`, newestFor))) return undefined
    // The extra that brings it, or what always does.
    const brings = broughtBy(requirements.filter(({name}) => name === conflict.name))
    if (!wanted && !brings.names.has(other)) return undefined
    return unknown.some((name) => limits.test(name)) ? undefined : {version: undefined}
  }
}
