import {evaluateMarker} from '../packages/markers.ts'
import {normalizeName} from '../packages/pep508.ts'

/** A package of a lock file. */
export interface LockedPackage {
  version: string
  /** What it may bring along. */
  dependencies: LockedDependency[]
  /** When it is installed at all, where the lock file says so. */
  marker: string | undefined
  /** It is the project itself, or a member of its workspace. */
  own: boolean
  /** The files that exist of it, as far as the lock file tells. */
  files: string[]
}

export interface LockedDependency {
  name: string
  marker: string | undefined
  /** The extras of it that are asked for. */
  extras: readonly string[]
  /** The extra of the package itself that asks for it. */
  ofExtra: string | undefined
}

/** uv.lock, poetry.lock or pdm.lock: each has all packages that its tool may install. */
export type LockFile = ReadonlyMap<string, LockedPackage>

/**
 * Reads a lock file: machines write it in one form, and it is too long for a parser. One package may be there in several
 * versions: they count as one.
 */
export function readLockFile(text: string): LockFile {
  const found = new Map<string, LockedPackage>()
  for (const block of text.split(/^\[\[package\]\]\n/m).slice(1)) {
    const [head = '', ...sections] = block.split(/^\[(?=[\w."-]+\])/m)
    const name = /^name = "([^"]+)"/m.exec(head)?.[1]
    if (name === undefined) continue
    const before = found.get(normalizeName(name))
    found.set(normalizeName(name), {
      version: /^version = "([^"]*)"/m.exec(head)?.[1] ?? '',
      own: /^source = \{ (?:editable|virtual|directory) =/m.test(head),
      marker: markerOf(/^markers = (.*)$/m.exec(head)?.[1]),
      dependencies: [...(before?.dependencies ?? []), ...listed(head), ...sections.flatMap(inSection)],
      files: [
        ...(before?.files ?? []),
        ...[...head.matchAll(/[/"]([^/"\s]+\.(?:whl|tar\.gz|zip))"/g)].map(([, file]) => file as string),
      ],
    })
  }
  return found
}

/** `dependencies = [ … ]`: tables of uv, texts of PDM, which gives each extra a block of its own. */
function listed(head: string): LockedDependency[] {
  const list = /^dependencies = \[(.*(?:\n[ \t].*)*)/m.exec(head)?.[1] ?? ''
  const ofExtra = /^extras = \["([^"]+)"/m.exec(head)?.[1]
  const texts = [...list.matchAll(/^[ \t]*"([\w.-]+)(?![\w.-])(?:\[([^\]]*)\])?[^;"\n]*(?:;((?:[^"\\\n]|\\.)*))?"/gm)]
  return [
    ...tables(list, ofExtra),
    ...texts.map(([, name = '', extras, marker]) =>
      dependency(name, {extras, ofExtra, marker: marker && unescaped(marker)}),
    ),
  ]
}

/** uv's `{ name = "uvicorn", extra = ["standard"], marker = "…" }`. */
function tables(list: string, ofExtra: string | undefined): LockedDependency[] {
  return [...list.matchAll(/\{ name = "([^"]+)"((?:[^{}"]|"[^"]*")*)\}/g)].map(([, name = '', rest = '']) =>
    dependency(name, {
      extras: / extra = \[([^\]]{0,2000})\]/.exec(rest)?.[1],
      marker: / marker = "([^"]{0,2000})"/.exec(rest)?.[1],
      ofExtra,
    }),
  )
}

/** `[package.dependencies]` of Poetry, where one that differs by its marker is a list; `[package.optional-dependencies]` of uv. */
function inSection(section: string): LockedDependency[] {
  if (section.startsWith('package.dependencies]'))
    return [...section.matchAll(/^"?([\w.-]+)"? = (".*|\{.*|\[[\s\S]*?^\])/gm)].flatMap(([, name = '', wanted = '']) =>
      (wanted.match(/\{[^\n{]{0,2000}\}/g) ?? ['']).map((each) =>
        dependency(name, {
          extras: /\bextras = \[([^\]]{0,500})\]/.exec(each)?.[1],
          marker: markerOf(/\bmarkers = ("(?:[^"\\]|\\.)*")/.exec(each)?.[1]),
          ofExtra: undefined,
        }),
      ),
    )
  if (section.startsWith('package.optional-dependencies]'))
    return [...section.matchAll(/^"?([\w.-]+)"? = \[([\s\S]*?)^\]/gm)].flatMap(([, extra, list = '']) =>
      tables(list, normalizeName(extra as string)),
    )
  return []
}

function dependency(
  name: string,
  {extras, ...rest}: Pick<LockedDependency, 'marker' | 'ofExtra'> & {extras: string | undefined},
): LockedDependency {
  return {...rest, name: normalizeName(name), extras: (extras?.match(/[\w.-]+/g) ?? []).map(normalizeName)}
}

/** A marker in quotes. Poetry may have one for each group, which is not decided. */
const markerOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : text.startsWith('"') ? unescaped(text.trim().slice(1, -1)) : 'group == "unknown"'

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1')

/** These packages and all that they may bring along. */
export function closure(lock: LockFile, names: Iterable<string>): Set<string> {
  const found = new Set(names)
  for (const name of found) for (const each of lock.get(name)?.dependencies ?? []) found.add(each.name)
  return found
}

/** Those of the lock file that are surely installed with these, on Linux and this Python. */
export function surelyBrought(
  lock: LockFile,
  roots: Iterable<Pick<LockedDependency, 'name' | 'extras'>>,
  python: string | undefined,
): Set<string> {
  const holds = (marker: string | undefined) => marker === undefined || evaluateMarker(marker, python) === true
  // Each package once without its extras, and once for each of them.
  const seen = new Set<string>()
  const open = [...roots].flatMap(({name, extras}) => [undefined, ...extras].map((extra) => ({name, extra})))
  for (const {name, extra} of open) {
    const locked = lock.get(name)
    const key = `${name}[${extra ?? ''}]`
    if (!locked || seen.has(key) || !holds(locked.marker)) continue
    seen.add(key)
    for (const each of locked.dependencies) {
      if (each.ofExtra !== extra || !holds(each.marker)) continue
      open.push(...[undefined, ...each.extras].map((wanted) => ({name: each.name, extra: wanted})))
    }
  }
  return new Set([...seen].map((key) => key.replace(/\[.*/, '')))
}
