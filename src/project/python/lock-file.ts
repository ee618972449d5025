import {normalizeName} from './pep508.ts'

/** A package of a lock file. */
export interface LockedPackage {
  version: string
  /** What it brings along, whatever their markers say, with those of the extras that were asked for. */
  dependencies: string[]
  /** It is the project itself, or a member of its workspace. */
  own: boolean
  /** The files that exist of it, as far as the lock file tells. */
  files: string[]
}

/** uv.lock, poetry.lock or pdm.lock: each has all packages that its tool may install. */
export type LockFile = ReadonlyMap<string, LockedPackage>

/**
 * Reads a lock file: machines write it in one form, and it is too long for a parser. One package may be there in several
 * versions: they count as one.
 */
export function readLockFile(text: string): LockFile {
  const found = new Map<string, LockedPackage>()
  for (const block of text.split(/^\[\[package\]\]\r?\n/m).slice(1)) {
    const [head = '', ...sections] = block.split(/^\[(?=[\w."-]+\])/m)
    const name = /^name = "([^"]+)"/m.exec(head)?.[1]
    if (name === undefined) continue
    const before = found.get(normalizeName(name))
    found.set(normalizeName(name), {
      version: /^version = "([^"]*)"/m.exec(head)?.[1] ?? '',
      own: /^source = \{ (?:editable|virtual|directory) =/m.test(head),
      dependencies: [...(before?.dependencies ?? []), ...listed(head), ...sections.flatMap(inSection)],
      files: [
        ...(before?.files ?? []),
        ...[...head.matchAll(/[/"]([^/"\s]+\.(?:whl|tar\.gz|zip))"/g)].map(([, file]) => file as string),
      ],
    })
  }
  return found
}

/** `dependencies = [ … ]`: tables of uv, texts of PDM. */
function listed(text: string): string[] {
  const list = /^dependencies = \[(.*(?:\r?\n[ \t].*)*)/m.exec(text)?.[1] ?? ''
  return [...list.matchAll(/(?:\{ name = |^\s*)"([\w.-]+)/gm)].map(([, name]) => normalizeName(name as string))
}

/** `[package.dependencies]` of Poetry, `[package.optional-dependencies]` of uv. */
function inSection(section: string): string[] {
  const names = section.startsWith('package.dependencies]')
    ? section.matchAll(/^"?([\w.-]+)"? = /gm)
    : section.startsWith('package.optional-dependencies]')
      ? section.matchAll(/\{ name = "([^"]+)"/g)
      : []
  return [...names].map(([, name]) => normalizeName(name as string))
}

/** These packages and all that they bring along. */
export function closure(lock: LockFile, names: Iterable<string>): Set<string> {
  const found = new Set(names)
  for (const name of found) for (const each of lock.get(name)?.dependencies ?? []) found.add(each)
  return found
}
