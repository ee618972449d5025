/** Through which of its dependencies a program of Rust comes to another crate. */
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseToml} from '../../documents/toml.ts'
import type {TextFile} from '../../files/text.ts'
import {needsOf, reachedFrom} from './system-needs.ts'

export interface LinkedCrate {
  /** The dependency of the project that comes to it. */
  crate: string
  crateAt: FileLocation
}

/**
 * The dependency through which what is built comes to the crate `target`. A lock holds what tests and features ask for as
 * well: where one of these comes to it, too, nothing is known. `words`: all that the Dockerfile says.
 */
export function linkedCrate(
  target: string,
  lock: TextFile,
  manifests: readonly TextFile[],
  words: ReadonlySet<string>,
): LinkedCrate | undefined {
  const needs = needsOf(lock.text)
  const links = (name: string) => reachedFrom([name], needs).has(target)
  const parsed = manifests.flatMap((file) => {
    const document = parseToml(file)
    return 'value' in document ? [{file, value: document.value}] : []
  })
  const own = parsed.flatMap(({value}) => (isTable(value.package) ? String(value.package.name) : []))
  const named = own.filter((name) => words.has(name) && needs.has(name))
  const built = reachedFrom(named.length > 0 ? named : own, needs)
  const all = parsed.flatMap(({file, value}) =>
    ['dependencies', 'build-dependencies', 'dev-dependencies'].flatMap((use) =>
      Object.entries(isTable(value[use]) ? value[use] : {}).map(([key, entry]) => {
        const given = isTable(entry) ? entry : {}
        const crate = typeof given.package === 'string' ? given.package : key
        const isOpen = use === 'dev-dependencies' || given.optional === true
        return {file, crate, isOpen, isBuilt: isTable(value.package) && built.has(String(value.package.name))}
      }),
    ),
  )
  const linking = all.filter(({crate}) => !own.includes(crate) && links(crate))
  const [first] = linking
  if (!first || linking.some(({isOpen, isBuilt}) => isOpen || !isBuilt)) return undefined
  const at = new RegExp(`^\\s{0,9}(?:\\[dependencies\\.)?${first.crate}\\b`, 'm').exec(first.file.text)
  const start = (at?.index ?? 0) + (at?.[0].length ?? 0) - (at ? first.crate.length : 0)
  return {crate: first.crate, crateAt: first.file.span(start, start + first.crate.length)}
}

/** What stands under [features] in a Cargo.toml. */
export const featuresOf = (manifest: string): string =>
  manifest.split(/^\[features\][ \t]*$/m)[1]?.split(/^\[[\w.]/m)[0] ?? ''
