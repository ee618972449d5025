import {gte, valid} from '@renovatebot/pep440'

/** From which version on well-known packages ask for a Python 3, by their Requires-Python; the newest first. */
const firstPythons: ReadonlyMap<string, readonly (readonly [version: string, minor: number])[]> = new Map([
  [
    'django',
    [
      ['6.0', 12],
      ['5.0', 10],
      ['4.0', 8],
    ],
  ],
  [
    'numpy',
    [
      ['2.3.0', 11],
      ['2.1.0', 10],
      ['1.25.0', 9],
    ],
  ],
  [
    'pandas',
    [
      ['2.1.0', 9],
      ['2.0.0', 8],
    ],
  ],
  [
    'flask',
    [
      ['3.1.0', 9],
      ['3.0.0', 8],
    ],
  ],
])

/** The minor version of Python 3 that a package needs at least; undefined where that is not known. */
export function firstPython(name: string, version: string): number | undefined {
  if (!valid(version)) return undefined
  return firstPythons.get(name)?.find(([first]) => gte(version, first))?.[1]
}
