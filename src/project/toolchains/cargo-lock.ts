import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Document, isTable} from '../documents/document.ts'
import {noFiles} from '../files/files.ts'
import {withAbove} from '../image/files/image-path.ts'
import {mayBeChanged, sourceAt} from '../image/moment.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {packageAt} from './cargo-packages.ts'
import {everyOf, meets, parseRange} from './ranges.ts'

/** Something that Cargo.toml says and Cargo.lock does not, where cargo may not change it. */
export interface CargoLockGap {
  /** `cargo build` */
  command: string
  install: FileLocation
  at: FileLocation
  lock: string
  name: string
  /** The version that Cargo.toml has or asks for; undefined where any will do. */
  wanted: string | undefined
  /** The versions of that name in the lock file. */
  locked: string[]
  /** It is the package itself. */
  isOwn: boolean
}

interface Locked {
  name: string
  version: string
  hasSource: boolean
  dependencies: string[]
}

/**
 * "cannot update the lock file … because --locked was passed": cargo writes a package that is new, or has another version,
 * into Cargo.lock by itself, unless it is told not to. What is no longer asked for may stay.
 */
export async function loadCargoLockGaps({reader}: Inputs, facts: FactStore): Promise<Fact<CargoLockGap[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const project = files ?? noFiles
  const found: CargoLockGap[] = []
  for (const command of commands) {
    const text = [programOf(command), ...command.words.slice(1).map((word) => word ?? '$')].join(' ')
    if (
      !/^cargo (?:\+\S+ )?(?:build|b|check|test|run|rustc)\b.* --(?:locked|frozen)\b/.test(text) ||
      /--manifest-path|\s-C\b/.test(text)
    )
      continue
    if (command.conditional || !command.decisive) continue
    const folder = withAbove(command.folder).find((each) =>
      sourceAt(command.moment, posix.join(each, 'Cargo.toml'), project),
    )
    if (folder === undefined) continue
    const places = ['Cargo.toml', 'Cargo.lock'].map((name) => posix.join(folder, name))
    if (places.some((place) => mayBeChanged(command, place))) continue
    const [manifest, lock] = await Promise.all(
      places.map((place) => reader.text(sourceAt(command.moment, place, project))),
    )
    const built = manifest && packageAt({path: manifest.path, text: manifest})
    if (!built || !lock || found.some(({at}) => at.file === manifest.path)) continue
    const gap = gapOf(built.document, lockedIn(lock.text))
    if (gap)
      found.push({
        ...gap,
        command: `cargo ${/^cargo (?:\+\S+ )?(\w+)/.exec(text)?.[1]}`,
        install: command.at,
        lock: lock.path,
      })
  }
  return known(found)
}

type Gap = Omit<CargoLockGap, 'command' | 'install' | 'lock'>

function gapOf(document: Document, locked: readonly Locked[]): Gap | undefined {
  const {package: own, patch, replace} = document.value
  if (!isTable(own) || typeof own.name !== 'string' || patch !== undefined || replace !== undefined) return undefined
  const mine = locked.find(({name, hasSource}) => name === own.name && !hasSource)
  const version = typeof own.version === 'string' ? own.version : undefined
  if (!mine || (version !== undefined && mine.version !== version)) {
    const at = mine ? document.at(['package', 'version']) : document.at(['package', 'name'])
    return {at, name: own.name, wanted: version, locked: mine ? [mine.version] : [], isOwn: true}
  }
  for (const {path, key, value} of dependenciesOf(document.value)) {
    const table = isTable(value) ? value : {version: value}
    if (table.workspace !== undefined || table.registry !== undefined) continue
    const name = typeof table.package === 'string' ? table.package : key
    const at = document.at(path)
    const taken = mine.dependencies.filter((each) => plain(each.split(' ')[0] ?? '') === plain(name))
    const versions = locked.filter((each) => plain(each.name) === plain(name)).map((each) => each.version)
    const wanted = typeof table.version === 'string' ? table.version : undefined
    if (taken.length === 0) return {at, name, wanted, locked: versions, isOwn: false}
    // Where several of a name are locked, the entry says which.
    if (wanted === undefined || table.path !== undefined || table.git !== undefined) continue
    const range = parseRange(npmRange(wanted), 'npm')
    const isKnown = versions.length > 0 && versions.every((each) => /^\d+\.\d+\.\d+(?:\+\S+)?$/.test(each))
    if (range && isKnown && !versions.some((each) => meets(everyOf(each.replace(/\+.*/, '')), range)))
      return {at, name, wanted, locked: versions, isOwn: false}
  }
  return undefined
}

/** Of all kinds and systems: the lock file has them all, optional ones and those of tests, too. */
function* dependenciesOf(
  manifest: Readonly<Record<string, unknown>>,
  path: readonly string[] = [],
): Generator<{path: string[]; key: string; value: unknown}> {
  for (const table of ['dependencies', 'dev-dependencies', 'build-dependencies']) {
    const entries = manifest[table]
    if (!isTable(entries)) continue
    for (const [key, value] of Object.entries(entries)) yield {path: [...path, table, key], key, value}
  }
  if (path.length > 0 || !isTable(manifest.target)) return
  for (const [system, value] of Object.entries(manifest.target))
    if (isTable(value)) yield* dependenciesOf(value, ['target', system])
}

/** A version alone is what npm writes with `^`, and commas join where npm has blanks. */
const npmRange = (wanted: string): string =>
  wanted
    .split(',')
    .map((each) => each.trim().replace(/^(?=\d[^*]*$)/, '^'))
    .join(' ')

const plain = (name: string): string => name.replaceAll('_', '-')

function lockedIn(text: string): Locked[] {
  return text
    .split(/^\[\[package\]\]\s*$/m)
    .slice(1)
    .map((entry) => ({
      name: /^name = "([^"]+)"/m.exec(entry)?.[1] ?? '',
      version: /^version = "([^"]+)"/m.exec(entry)?.[1] ?? '',
      hasSource: /^source = /m.test(entry),
      dependencies: [...(/^dependencies = \[([^\]]*)\]/m.exec(entry)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(
        ([, each = '']) => each,
      ),
    }))
}
