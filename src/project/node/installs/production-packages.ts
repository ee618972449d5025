import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'

/** Whether an install without the development packages brings a package; undefined where the lock does not tell. */
export type Answer = (name: string) => boolean | undefined

/** Whether an .npmrc has npm and pnpm install more, or less, than flags and NODE_ENV say: `include=dev` (tried with npm 10). */
export const setsPackages = (settings: string): boolean =>
  /^[ \t]*(?:include|omit|production|dev|also|only)(?:\[\])?\s*=/m.test(settings)

/** What a package wants beside itself if it is there: npm keeps it in production then (tried with npm 8.19 and 11.19). */
const optionalPeers: ReadonlyMap<string, readonly string[]> = new Map([
  ['@prisma/client', ['prisma']],
  ['next', ['sass', '@playwright/test']],
])

/** Whether npm keeps a package of devDependencies for one of these, where no lock file tells. */
export const isKeptAsPeer = (name: string, dependencies: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(dependencies).some((each) => optionalPeers.get(each)?.includes(name))

/**
 * package-lock.json marks with `dev` what only development needs, in the whole workspace. What lies below another package,
 * in another version, that one alone finds.
 */
export function npmProduction(lock: TextFile): Answer {
  const brought = new Map<string, boolean>()
  for (const [path, entry] of Object.entries(npmLockPackages(lock) ?? {})) {
    const [before = '', name = '', below] = path.split('node_modules/')
    if (below === undefined && name !== '' && !before.includes('node_modules') && isTable(entry))
      brought.set(name, brought.get(name) || entry.dev !== true)
  }
  return (name) => brought.get(name)
}

/** Names of packages, and what is asked of them; several of one name, where members of a workspace ask for it. */
export type Wanted = readonly (readonly [name: string, range: string])[]

/** What is wanted needs through whatever else, in the lock of Yarn 1: `"a@^1.0.0", a@1:`, below it what it needs. */
export function classicProduction(lock: TextFile, wanted: Wanted): Answer {
  const needs = new Map<string, string[]>()
  let entry: string[] = []
  let inside = false
  for (const line of lock.text.split('\n')) {
    if (/^\S.*:$/.test(line) && !line.startsWith('#')) {
      entry = []
      for (const pattern of line.slice(0, -1).split(', ')) needs.set(pattern.replace(/^"|"$/g, ''), entry)
    } else if (/^ {2}\S/.test(line)) inside = /^ {2}(optionalD|d)ependencies:$/.test(line)
    else if (inside) {
      const [, name, range] = /^ {4}"?([^\s"]+)"? "?([^"]+)"?$/.exec(line) ?? []
      if (name && range) entry.push(`${name}@${range}`)
    }
  }
  const next = wanted.map(([name, range]) => `${name}@${range}`)
  const names = new Set<string>()
  const seen = new Set<string>()
  let complete = true
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    if (seen.has(each)) continue
    seen.add(each)
    names.add(each.slice(0, each.indexOf('@', 1)))
    const found = needs.get(each)
    if (found) next.push(...found)
    else complete = false
  }
  return (name) => names.has(name) || (complete ? false : undefined)
}

/**
 * bun.lock names of each package what it needs: `"ms": ["ms@2.1.3", "", {"dependencies": {…}}, "sha512-…"]`. Of several
 * versions of one all counts.
 */
export function bunProduction(lock: TextFile, wanted: Wanted): Answer {
  const packages = parseLoosely(lock.text)?.packages
  if (!isTable(packages)) return () => undefined
  const needs = new Map<string, string[]>()
  for (const [path, entry] of Object.entries(packages)) {
    const name = /(?:^|\/)((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? path
    const tables = Array.isArray(entry) ? entry.filter(isTable) : []
    const names = tables.flatMap((each) =>
      ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((table) =>
        isTable(each[table]) ? Object.keys(each[table]) : [],
      ),
    )
    needs.set(name, [...(needs.get(name) ?? []), ...names])
  }
  const brought = new Set<string>()
  const next = wanted.map(([name]) => name)
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (brought.has(name)) continue
    brought.add(name)
    next.push(...(needs.get(name) ?? []))
  }
  return (name) => brought.has(name)
}
