import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import {everyOf, meets, parseRange} from '../../toolchains/ranges.ts'
import {npmLockPackages} from './npm-lock.ts'

/** What a lock file has in the place of a declared dependency, where an install that must not change it then stops. */
export interface Mismatch {
  name: string
  /** What package.json asks for; undefined for one that it names no more. */
  wanted: string | undefined
  /** What the lock has; undefined for none. */
  locked: string | undefined
  /** The lock does not have its package.json among those of the workspace. */
  ofNewMember?: true
  /** They agree on that, and not on the table that it stands in: `devDependencies`. */
  tables?: {wanted: Table; locked: Table}
}

export type Table = 'dependencies' | 'devDependencies' | 'optionalDependencies'

/** The dependencies of one package.json, by name. */
export type Declared = Readonly<Record<string, string>>

/** A range of plain versions: not a tag, an address or another protocol. */
const isRange = (spec: string): boolean => /^[\s\d.xX*^~<>=|v-]+$/.test(spec) && /\d/.test(spec)

/** Whether a version surely is in no part of a range; what is no plain version or range is in it for all that is known. */
export function isOutside(version: string, written: string): boolean {
  const range = isRange(written) && /^\d+\.\d+\.\d+$/.test(version) ? parseRange(written, 'npm') : undefined
  return range !== undefined && !meets(everyOf(version), range)
}

/** npm ci: "Missing: a@1 from lock file", "Invalid: lock file's a@1 does not satisfy a@2". `folder` is the workspace's. */
export function npmMismatches(lock: TextFile, declared: Declared, folder: string): Mismatch[] | undefined {
  const packages = npmLockPackages(lock)
  if (!packages || !isTable(packages[folder])) return undefined
  return Object.entries(declared).flatMap(([name, wanted]): Mismatch[] => {
    if (!isRange(wanted)) return []
    const own = folder === '' ? [] : [`${folder}/node_modules/${name}`]
    const entries = [...own, `node_modules/${name}`].map((path) => packages[path]).filter(isTable)
    const isUnmet = ({version, link, name: alias}: Record<string, unknown>): boolean =>
      link !== true && typeof version === 'string' && typeof alias !== 'string' && isOutside(version, wanted)
    // Where the copy of a member does not fit and that of the root does, npm ci takes that one, and drops the copy.
    if (!entries.every(isUnmet)) return []
    return [{name, wanted, locked: entries.map(({version}) => version).find((each) => typeof each === 'string')}]
  })
}

/**
 * ERR_PNPM_OUTDATED_LOCKFILE: each specifier must be the same text, in the table of the same name (pnpm 9 to 11).
 * `folder` is the importer's, `.` the root; `tableOf` tells which one package.json has a package in.
 */
export function pnpmMismatches(
  lock: TextFile,
  declared: Declared,
  folder: string,
  tableOf: (name: string) => Table,
  isMember: boolean,
): Mismatch[] | undefined {
  const importers = pnpmSpecifiers(lock)
  // A member that the lock does not know stops the install if it asks for anything (tried with pnpm 9.15 and 10.20).
  const specifiers = importers.get(folder) ?? (isMember ? new Map<string, Locked>() : undefined)
  if (!specifiers) return undefined
  const missing = Object.entries(declared).flatMap(([name, wanted]): Mismatch[] => {
    const locked = specifiers.get(name)
    if (!importers.has(folder)) return [{name, wanted, locked: undefined, ofNewMember: true}]
    if (locked?.specifier !== wanted) return [{name, wanted, locked: locked?.specifier}]
    const tables = locked.table && {wanted: tableOf(name), locked: locked.table}
    return !tables || tables.wanted === tables.locked ? [] : [{name, wanted, locked: locked.specifier, tables}]
  })
  const gone = [...specifiers].filter(([name]) => !Object.hasOwn(declared, name))
  return [...missing, ...gone.map(([name, {specifier}]): Mismatch => ({name, wanted: undefined, locked: specifier}))]
}

interface Locked {
  specifier: string
  table?: Table
}

/**
 * The specifiers of each importer, which version 5 keeps in a list of their own, without a table; the file is long, and is
 * read by its lines.
 */
function pnpmSpecifiers(lock: TextFile): Map<string, Map<string, Locked>> {
  const found = new Map<string, Map<string, Locked>>()
  const unquoted = (text: string) => text.replace(/^(['"])(.*)\1$/, '$2')
  let section = ''
  let importer = '.'
  let kind = ''
  let name = ''
  const note = (locked: Locked) => found.set(importer, (found.get(importer) ?? new Map()).set(name, locked))
  for (const line of lock.text.split('\n')) {
    const [, indent = '', written = '', value = ''] = /^( *)('[^']*'|"[^"]*"|[^\s'"][^:]*):(?: (.*))?$/.exec(line) ?? []
    if (written === '') continue
    const key = unquoted(written)
    if (indent.length === 0) {
      section = key
      kind = /ependencies$|^specifiers$/.test(key) ? key : ''
      importer = '.'
      if (section === 'packages') break
    }
    // Without a workspace, version 6 has the dependencies of the root at the top.
    const depth = indent.length - (section === 'importers' ? 4 : 0)
    if (section === 'importers' && indent.length === 2) {
      importer = key
      found.set(importer, found.get(importer) ?? new Map())
    } else if (section === 'importers' && depth === 0) kind = key
    else if (/^((d|devD|optionalD)ependencies|specifiers)$/.test(kind) && depth === 2) {
      name = key
      if (kind === 'specifiers') note({specifier: unquoted(value)})
    } else if (/^(d|devD|optionalD)ependencies$/.test(kind) && depth === 4 && key === 'specifier')
      note({specifier: unquoted(value), table: kind as Table})
  }
  return found
}

/** Yarn 1: "Your lockfile needs to be updated"; Berry: YN0028. Each has a line with the pattern. */
export function yarnMismatches(lock: TextFile, declared: Declared): Mismatch[] | undefined {
  const berry = /^__metadata:/m.test(lock.text)
  const patterns = new Set(
    lock.text
      .split('\n')
      .filter((line) => /^\S.*:$/.test(line) && !line.startsWith('#'))
      .flatMap((line) => line.slice(0, -1).replaceAll('"', '').split(', ')),
  )
  const names = new Set([...patterns].map((pattern) => pattern.slice(0, pattern.indexOf('@', 1))))
  const ofWorkspace = [...patterns].filter((pattern) => pattern.includes('@workspace:'))
  return Object.entries(declared).flatMap(([name, wanted]): Mismatch[] => {
    if (!isRange(wanted) || ofWorkspace.some((pattern) => pattern.startsWith(`${name}@`))) return []
    if (patterns.has(berry ? `${name}@npm:${wanted}` : `${name}@${wanted}`)) return []
    return [{name, wanted, locked: names.has(name) ? 'another range' : undefined}]
  })
}

/** "lockfile had changes, but lockfile is frozen": where a package comes in. Another range of the same one is none. */
export function bunMismatches(lock: TextFile, declared: Declared, member: string): Mismatch[] | undefined {
  const {packages, workspaces} = parseLoosely(lock.text) ?? {}
  if (!isTable(packages)) return undefined
  const listed = isTable(workspaces) ? workspaces[member] : undefined
  // An optional one that no registry had when the lock file was written is in its list, and nowhere else.
  const optional = isTable(listed) && isTable(listed.optionalDependencies) ? listed.optionalDependencies : {}
  return Object.entries(declared).flatMap(([name, wanted]): Mismatch[] =>
    isRange(wanted) && !Object.hasOwn(packages, name) && !(Object.hasOwn(optional, name) && optional[name] === wanted)
      ? [{name, wanted, locked: undefined}]
      : [],
  )
}
