/** Of the imports that lead nowhere those that are better not told: their package is not one that is deployed. */
import type {Tracked} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {packageFolder} from '../package-folder.ts'
import {readManifest} from '../workspace/workspace.ts'
import type {MissingImport} from './missing-imports.ts'

type Lost = Pick<MissingImport, 'kind' | 'name' | 'isUnlocked'> & {from: string}

/** Apps for telephones stand beside what is deployed, and come into its image with the rest. */
export async function withoutApps<T extends Lost>(
  lost: readonly T[],
  all: Tracked,
  reader: ProjectReader,
): Promise<T[]> {
  const isApp = new Map<string, boolean>([['.', false]])
  for (const folder of new Set(lost.map((each) => packageFolder(each.from, all)))) {
    if (isApp.has(folder)) continue
    const manifest = await readManifest(reader, folder)
    isApp.set(
      folder,
      ['react-native', 'expo'].some((name) => Object.hasOwn(manifest?.dependencies ?? {}, name)),
    )
  }
  return lost.filter((each) => !isApp.get(packageFolder(each.from, all)))
}

/** A package below the project that lacks so many others was never built: a prototype, or what a design tool exports. */
const mostMissing = 5

export function withoutPrototypes<T extends Lost>(lost: readonly T[], all: Tracked): T[] {
  const missing = new Map<string, Set<string>>()
  for (const each of lost.filter(({kind}) => kind === 'package')) {
    const folder = packageFolder(each.from, all)
    missing.set(folder, (missing.get(folder) ?? new Set()).add(each.name))
  }
  return lost.filter((each) => {
    const folder = packageFolder(each.from, all)
    return folder === '.' || (missing.get(folder)?.size ?? 0) <= mostMissing
  })
}

/** Where so many are unknown without a lock file, package.json is not what says what is installed. */
const mostUnlocked = 2

export function withoutUnlocked<T extends Lost>(lost: readonly T[]): T[] {
  const names = new Set(lost.flatMap(({name, isUnlocked}) => (isUnlocked ? [name] : [])))
  return lost.filter(({isUnlocked}) => !isUnlocked || names.size <= mostUnlocked)
}
