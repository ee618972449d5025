/** Versions that one install asks for, and that the metadata of another of its packages excludes. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import {imagePython} from '../image-python.ts'
import {isIn} from './image-versions.ts'
import {pinnedVersion} from './pep508.ts'
import type {Requirement} from './requirements.ts'
import {demandOn, isDemanding} from './version-demands.ts'

export interface ExcludedPin {
  /** The package that excludes the other: `fastapi`, `0.115.6`. */
  name: string
  version: string
  at: FileLocation
  /** What it asks for: `starlette`, `>=0.40.0,<0.42.0`. */
  other: string
  specifier: string
  /** The version that is asked for in the same install. */
  otherVersion: string
  otherAt: FileLocation
  install: FileLocation
  /** The metadata of this version is known, and the pip of the image resolves (20.3, which came with Python 3.9 at the latest). */
  isSure: boolean
}

interface Pin extends Pick<Requirement, 'name' | 'at'> {
  version: string
}

export async function loadExcludedPins(facts: FactStore): Promise<Fact<ExcludedPin[]>> {
  const image = await facts.need('image')
  const found: ExcludedPin[] = []
  const seen = new Set<FileLocation>()
  for (const stage of image.stages) {
    const python = imagePython(stage)
    const resolves = python !== undefined && Number(python.split('.')[1]) >= 9
    for (const install of stage.installs) {
      if (install.tool !== 'pip' || install.conditional || install.withoutDependencies || seen.has(install.at)) continue
      seen.add(install.at)
      for (const each of excludedIn(pinsOf(install)))
        found.push({...each, install: install.at, isSure: each.isSure && resolves && install.decisive})
    }
  }
  return known(found)
}

/** A package that is asked for twice may be resolved by either line. */
function pinsOf({requirements}: ResolvedInstall): Pin[] {
  const names = requirements.map(({name}) => name)
  return requirements.flatMap(({name, specifier, at}) => {
    const version = pinnedVersion(specifier)
    const isOnce = names.indexOf(name) === names.lastIndexOf(name)
    return version !== undefined && isOnce && /^[\d.]+$/.test(version) ? [{name, version, at}] : []
  })
}

/** The first one that excludes another version of a package tells of it. */
function excludedIn(pins: readonly Pin[]): Omit<ExcludedPin, 'install'>[] {
  const demanding = pins.filter(({name}) => isDemanding(name))
  return pins.flatMap(({name: other, version: otherVersion, at: otherAt}) => {
    for (const {name, version, at} of demanding) {
      const demand = demandOn(name, version, other)
      if (demand && !isIn(otherVersion, demand.specifier))
        return [{name, version, at, other, otherVersion, otherAt, ...demand}]
    }
    return []
  })
}
