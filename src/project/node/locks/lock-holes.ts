/**
 * What packages of package-lock.json need, and the file itself does not have: npm ci stops ("Missing: a@1 from lock file"),
 * and whether a package is for this system makes no difference (tried with npm 8, 9, 10 and 11).
 */
import {isTable} from '../../documents/document.ts'
import type {NpmPackages} from './npm-lock.ts'

export interface LockHole {
  /** The package that needs it: its folder, name and version. */
  path: string
  name: string
  version: string
  /** `peer`: it wants it beside itself, which npm can be told to overlook. */
  kind: 'dependency' | 'peer'
  missing: string
  wanted: string
}

/** Of the packages that the project comes to, by whatever dependencies. */
export function lockHoles(packages: NpmPackages): LockHole[] {
  const found: LockHole[] = []
  const seen = new Set<string>()
  const next = ['']
  for (let path = next.pop(); path !== undefined; path = next.pop()) {
    const entry = seen.has(path) ? undefined : packages[path]
    seen.add(path)
    // What comes with a package or from elsewhere has its own packages.
    if (!isTable(entry) || entry.inBundle === true || entry.hasShrinkwrap === true || entry.link === true) continue
    for (const {kind, missing, wanted} of needsOf(entry)) {
      const place = resolved(path, missing, packages)
      if (place !== undefined) next.push(place)
      else if (path !== '' && kind !== 'optional') {
        const name = path.split('node_modules/').at(-1) as string
        found.push({path, name, version: String(entry.version ?? ''), kind, missing, wanted})
      }
    }
  }
  return found
}

type Need = Pick<LockHole, 'missing' | 'wanted'> & {kind: LockHole['kind'] | 'optional'}

function needsOf(entry: Readonly<Record<string, unknown>>): Need[] {
  const table = (name: string) => (isTable(entry[name]) ? entry[name] : {})
  const optional = table('optionalDependencies')
  const meta = table('peerDependenciesMeta')
  const bundled = entry.bundleDependencies
  const isBundled = (name: string) => (Array.isArray(bundled) ? bundled.includes(name) : bundled === true)
  const needs = [
    ...Object.entries(table('dependencies')).map((each) => [each, 'dependency'] as const),
    ...Object.entries(table('devDependencies')).map((each) => [each, 'dependency'] as const),
    ...Object.entries(table('peerDependencies')).map((each) => [each, 'peer'] as const),
    ...Object.entries(optional).map((each) => [each, 'optional'] as const),
  ]
  return needs
    .filter(([[name]]) => !isBundled(name))
    .map(([[missing, wanted], kind]) => ({
      missing,
      wanted: String(wanted),
      kind: Object.hasOwn(optional, missing) || (kind === 'peer' && Object.hasOwn(meta, missing)) ? 'optional' : kind,
    }))
}

/** The folder in which node finds a package from another one's. */
function resolved(path: string, name: string, packages: NpmPackages): string | undefined {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const place = `${from}${from === '' ? '' : '/'}node_modules/${name}`
    if (packages[place] !== undefined) return place
    if (from === '') return undefined
  }
}
