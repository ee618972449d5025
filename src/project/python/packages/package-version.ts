import type {ProjectReader} from '../../files/reader.ts'
import {lockNames} from '../locks/install-lock.ts'
import type {Python} from '../python.ts'
import {declaredRequirements} from './declared.ts'
import {normalizeName} from './pep508.ts'

/** What the project's files tell of the version of a package that an install brings. */
export interface PackageVersion {
  /** From a lock file or a pin; undefined where several differ, or none tells. */
  exact: string | undefined
  /** The least that a requirement asks for. */
  least: string | undefined
}

/** `folders` end with `/`, or are empty: where lock files may stand. */
export async function packageVersion(
  name: string,
  folders: readonly string[],
  {reader, python}: {reader: ProjectReader; python: Python | undefined},
): Promise<PackageVersion> {
  const locked = new RegExp(`^name = "${name}"\\nversion = "([\\d.]+)`, 'im')
  for (const path of new Set(folders.flatMap((folder) => [...lockNames.values()].map((lock) => `${folder}${lock}`)))) {
    const version = locked.exec((await reader.text(path))?.text ?? '')?.[1]
    if (version) return {exact: version, least: version}
  }
  const specifiers = declaredRequirements(python)
    .filter((each) => each.name === normalizeName(name))
    .map(({specifier}) => specifier)
  const exact = new Set(specifiers.flatMap((each) => /^===?\s*([\d.]+)$/.exec(each)?.[1] ?? []))
  const least = specifiers.flatMap((each) => /(?:>=|~=|==)\s*([\d.]+)/.exec(each)?.[1] ?? [])
  return {exact: exact.size === 1 ? [...exact][0] : undefined, least: least.sort(compare)[0]}
}

/** Whether it is at least this one; undefined where that cannot be told. */
export function isAtLeast({exact, least}: PackageVersion, wanted: string): boolean | undefined {
  if (exact !== undefined) return compare(exact, wanted) >= 0
  return least !== undefined && compare(least, wanted) >= 0 ? true : undefined
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((each) => each.split('.').map(Number)) as [number[], number[]]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
