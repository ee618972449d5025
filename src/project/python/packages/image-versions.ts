/** The versions of the Python packages that the image has, as far as its files tell. */
import {satisfies, valid} from '@renovatebot/pep440'
import type {FileLocation} from '../../../check.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Image} from '../../image/image.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import type {Processes} from '../../processes/processes.ts'
import {imagePython} from '../image-python.ts'
import {installLock} from '../locks/install-lock.ts'
import type {Python} from '../python.ts'
import {knownRequirements} from './known-requirements.ts'
import {pinnedVersion} from './pep508.ts'
import type {Requirement} from './requirements.ts'

/** A package with the version that is surely installed; `undefined`: the newest that the specifier allows. */
export interface KnownVersion {
  version: string | undefined
  specifier: string
  at: FileLocation
}

export interface ImageVersions {
  all: ReadonlyMap<string, KnownVersion>
  /** What the installs ask for; undefined where one lock file has everything. */
  requirements: readonly Requirement[] | undefined
}

/** undefined where not every install can be told. */
export async function imageVersions(
  image: Image,
  {processes, python, reader}: {processes: Processes; python: Python; reader: ProjectReader},
): Promise<ImageVersions | undefined> {
  const {final} = image
  const installs = [...final.installs, ...final.copied].filter(({tool}) => tool !== 'pip wheel')
  const locked = await lockedVersions(installs, {python, reader, version: imagePython(final)})
  if (locked) return {all: locked, requirements: undefined}
  const requirements = knownRequirements(image, processes)
  return typeof requirements === 'string' ? undefined : {all: pinnedVersions(requirements), requirements}
}

/** Where one lock file has everything. */
async function lockedVersions(
  all: readonly ResolvedInstall[],
  project: {reader: ProjectReader; python: Python; version: string | undefined},
): Promise<Map<string, KnownVersion> | undefined> {
  const [install] = all
  const isOne = install && all.every(({tool}) => tool === install.tool)
  const locked = isOne && (await installLock(install, project))
  if (!locked) return undefined
  const {names, lock, at} = locked
  return new Map([...names].map((name) => [name, {version: lock.get(name)?.version, specifier: '', at: at(name)}]))
}

function pinnedVersions(requirements: readonly Requirement[]): Map<string, KnownVersion> {
  const versions = new Map<string, KnownVersion>()
  for (const {name, specifier, at} of requirements) {
    const version = pinnedVersion(specifier)
    // Of several lines one may be narrower.
    if (!versions.has(name) || version !== undefined) versions.set(name, {version, specifier, at})
  }
  return versions
}

export const isIn = (version: string, specifier: string): boolean =>
  valid(version) !== null && (specifier === '' || satisfies(version, specifier.replace(/\s+/g, '')))
