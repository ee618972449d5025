/** Crates of a Cargo.lock that a cargo of old does not build. */
import type {FileLocation} from '../../check.ts'
import {isTable} from '../documents/document.ts'
import type {TextFile} from '../files/text.ts'
import type {Package} from './cargo-packages.ts'
import {atLeast, everyOf, meets} from './ranges.ts'

interface Locked {
  name: string
  version: string
  takes: string
  at: FileLocation
}

/**
 * From which version on a crate asks for which cargo, of those that many others need: by its rust-version, or because it is
 * written in edition 2024 (the manifests on crates.io).
 */
const known: ReadonlyMap<string, readonly (readonly [from: string, takes: string])[]> = new Map([
  [
    'home',
    [
      ['0.5.12', '1.88'],
      ['0.5.11', '1.81'],
    ],
  ],
  ['time', [['0.3.45', '1.88']]],
  ['base64ct', [['1.7.0', '1.85']]],
  ['bincode', [['2.0.1', '1.85']]],
  ['idna_adapter', [['1.2.1', '1.82']]],
  ['icu_provider', [['2.0.0', '1.82']]],
  ['icu_normalizer_data', [['2.0.0', '1.82']]],
  ['zip', [['4.6.1', '1.82']]],
])

/** In the lock for sqlx's macros, whatever the project asks for: built where a manifest names the feature. */
const features: ReadonlyMap<string, RegExp> = new Map([
  ['sqlx-mysql', /"(?:mysql|all-databases)"/],
  ['sqlx-postgres', /"(?:postgres|all-databases)"/],
  ['sqlx-sqlite', /"(?:sqlite(?:-\w+)?|all-databases)"/],
])

/** Those among them that the packages need, as far as the lock tells: it has the optional ones and those of other systems, too. */
export function lockedCrates(lock: TextFile, packages: readonly Package[]): Locked[] {
  const manifests = packages.map(({file}) => file.text.text).join('\n')
  const needs = new Map<string, string[]>()
  const found: Locked[] = []
  let name = ''
  for (let number = 1; number <= lock.lineCount; number++) {
    const line = lock.line(number)
    const [, key, value = ''] = /^(name|version) = "([^"]+)"$/.exec(line) ?? []
    const need = /^ "([\w-]+)/.exec(line)?.[1]
    if (key === 'name') {
      name = value
      if (!needs.has(name)) needs.set(name, [])
    } else if (key === 'version') {
      const [, takes] = known.get(name)?.find(([from]) => meets(everyOf(value), atLeast(from))) ?? []
      if (takes) found.push({name, version: value, takes, at: lock.lineSpan(number)})
    } else if (need) needs.get(name)?.push(need)
  }
  const reached = new Set(packages.flatMap(dependenciesOf))
  for (const each of reached) {
    if (features.get(each)?.test(manifests) === false) continue
    for (const next of needs.get(each) ?? []) reached.add(next)
  }
  return found.filter((each) => reached.has(each.name)).sort((a, b) => minorOf(b) - minorOf(a))
}

const minorOf = ({takes}: Locked): number => Number(takes.split('.')[1])

/** The names of what a package depends on, not for tests. */
function dependenciesOf({document}: Package): string[] {
  return ['dependencies', 'build-dependencies'].flatMap((use) => {
    const table = document.value[use]
    return Object.entries(isTable(table) ? table : {}).flatMap(([name, value]) => {
      if (!isTable(value)) return name
      return value.optional === true ? [] : typeof value.package === 'string' ? value.package : name
    })
  })
}
