import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Image} from '../../image/image.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import {isOfNodeAlone} from '../../image/stage-image.ts'
import type {Processes} from '../../processes/processes.ts'
import {lockNames} from '../locks/install-lock.ts'
import {closure, readLockFile} from '../locks/lock-file.ts'
import type {Python} from '../python.ts'
import {broughtBy} from './package-dependencies.ts'
import type {Requirement} from './requirements.ts'

/** Every package that the image may have. */
export interface InstalledPackages {
  names: ReadonlySet<string>
  /** Packages which may bring more, as no lock file lists what they bring and they are not known. */
  unknown: readonly string[]
  /** All of them stand in a lock file. */
  locked: boolean
  /** Where another one would be declared. */
  at: FileLocation
  /** The lock file has it, in a group that is not installed. */
  leftOut(name: string): boolean
}

/** What pip-compile and uv write behind each package: a file in which all have it lists what they bring, too. */
const annotation = /# via\b/g

interface Sources {
  reader: ProjectReader
  python: Python
  processes: Processes
}

/** The packages of the image, or more; undefined where that cannot be told. */
export async function installedPackages(
  {final, stages}: Image,
  {reader, python, processes}: Sources,
): Promise<InstalledPackages | undefined> {
  // What one stage installs may be copied to another: all count.
  const installs = [...new Set(stages.flatMap((each) => each.installs))]
  const [first] = installs
  const isKnown = (each: (typeof stages)[number]) => each.understood || isOfNodeAlone(each)
  if (!first || !final.understood || !stages.every(isKnown)) return undefined
  if (processes.find(/\b(pip3?|uv|poetry|pdm|pipenv)\s(.{0,300}\s)?(install|add|sync|--with\b\S*)\b/)) return undefined
  // Packages of the system, for its own Python or for all.
  if (
    stages.some(({packages}) =>
      [...packages.named].some((name) => /^(python3|py3|python)-(?!dev|pip|venv|distutils|minimal|full)/.test(name)),
    )
  )
    return undefined
  // What is fetched, or unpacked, may be packages.
  const instructions = stages.flatMap(({stage}) => stage.instructions)
  if (instructions.some(({keyword, text}) => keyword === 'ADD' && /https?:\/\/|\.(?:tar|tgz|zip|whl)\b/.test(text)))
    return undefined
  // It installs the groups for development, too, unless it is told not to.
  const syncs =
    processes.find(
      /\buv run\b(?:(?!.{0,200}\s--(?:no-dev|no-sync|no-default-groups)\b)|.{0,200}\s--(?:all-|only-)?(?:extras?|groups?)\b)/,
    ) !== undefined
  const names = new Set<string>()
  const outside = new Set<string>()
  const open: Requirement[] = []
  let locked = true
  for (const install of installs) {
    if (install.tool === 'pip wheel') continue
    const lockName = lockNames.get(install.tool)
    if (lockName) {
      if (!(await addLocked(install, lockName))) return undefined
    } else if (install.tool !== 'pip' || !install.complete || install.withoutDependencies) return undefined
    else await addRequirements(install)
  }
  const {names: brought, unknown} = broughtBy(open)
  const manifest = first.projectFiles[0] ?? first.at.file
  const listed = first.requirements.at(-1)?.at
  return {
    names: new Set([...names, ...brought]),
    unknown,
    locked,
    at: listed ?? {file: manifest},
    leftOut: (name) => outside.has(name),
  }

  async function addLocked(install: ResolvedInstall, lockName: string): Promise<boolean> {
    const [manifest] = install.projectFiles
    const declared = manifest === undefined ? undefined : python.pyprojects.get(manifest)
    if (manifest === undefined || !declared) return false
    const file = await reader.text(posix.join(posix.dirname(manifest), lockName))
    if (!file || install.elsewhere || install.withoutDependencies) return false
    const lock = readLockFile(file.text)
    const own = [...lock].filter(([, each]) => each.own)
    // Only the plain dependencies, where nothing else is asked for, and one project alone is there.
    const hasDefaults = /^default-groups\s*=/m.test((await reader.text(manifest))?.text ?? '')
    const isPlain = install.onlyMain && !install.opaque && !syncs && own.length <= 1 && !hasDefaults
    const start = isPlain ? declared.requirements.map(({name}) => name) : [...lock.keys()]
    // What the lock file lacks is added to it, unless it may not be changed.
    for (const each of closure(lock, start)) if (lock.has(each)) names.add(each)
    if (!install.frozen) for (const {name} of declared.requirements) names.add(name)
    for (const name of lock.keys()) if (!names.has(name)) outside.add(name)
    return declared.complete
  }

  async function addRequirements({requirements, files, projectFiles}: ResolvedInstall): Promise<void> {
    const texts = await Promise.all(projectFiles.map(async (path) => (await reader.text(path))?.text ?? ''))
    const annotated = texts.join('\n').match(annotation)?.length ?? 0
    if (files.length > 0 && annotated >= requirements.length) for (const {name} of requirements) names.add(name)
    else {
      locked = false
      open.push(...requirements)
    }
  }
}
