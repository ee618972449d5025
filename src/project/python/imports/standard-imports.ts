import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {copiedPython} from '../copied-python.ts'
import {startedPython} from '../image-python.ts'
import {installedPackages} from '../packages/installed-packages.ts'
import {type StandardChange, standardChange} from './standard-changes.ts'
import {djangoOf, isOwnModule, type StartedImport, startedImports} from './started-imports.ts'

/** An import of something that the image's Python does not have, or not any more. */
export interface StandardImport extends Pick<StartedImport, 'at' | 'command'> {
  /** `distutils`, `typing.Self` */
  name: string
  change: StandardChange
  /** `3.13` */
  python: string
  /** The image that it comes with. */
  image: string | undefined
  /** No package that the image may have brings it. */
  proven: boolean
}

export async function loadStandardImports({reader}: Inputs, facts: FactStore): Promise<Fact<StandardImport[]>> {
  const [[image, processes, files], project] = await Promise.all([
    facts.needAll('image', 'processes', 'files'),
    facts.value('python'),
  ])
  const {final} = image
  const around = {image, processes, files, project}
  const python = startedPython(around)
  if (!python) return known([])
  const paths = copiedPython(image, files)
  const installs = image.stages.flatMap((stage) => stage.installs)
  const installed = project && (await installedPackages(image, {reader, python: project, processes}))
  const isWhole = installed !== undefined && (installed.locked || installed.unknown.length === 0)
  const django = djangoOf(await facts.value('flyConfig'), image, processes)
  const found = new Map<string, StandardImport>()
  for (const {top, name: module, names, at, command} of await startedImports(processes, paths, reader, django)) {
    for (const name of [top, ...names.map((each) => `${module}.${each}`)]) {
      const change = found.has(name) ? undefined : standardChange(name)
      if (!change || has(python, change) || isOwnModule(top, files)) continue
      const {packages} = change
      const brings = installs.some(({requirements}) => requirements.some((each) => packages.includes(each.name)))
      if (brings || packages.some((each) => installed?.names.has(each))) continue
      // Else another package may depend on the one that brings it.
      const proven = packages.length === 0 || isWhole
      found.set(name, {name, change, python, image: final.stage.image, at, command, proven})
    }
  }
  return known([...found.values()])
}

function has(python: string, {since, until}: StandardChange): boolean {
  const minor = (version: string) => Number(version.split('.')[1])
  return minor(python) >= minor(since ?? '3.0') && (until === undefined || minor(python) < minor(until))
}
