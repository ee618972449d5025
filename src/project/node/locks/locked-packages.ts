import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import {isOfGlibc} from '../installs/native-packages.ts'

/** A package that an install brings for production, as the lock file has it. */
export interface LockedPackage {
  name: string
  version: string
  at: FileLocation
}

/** Packages with an install script, or with a binary in them, that are for production: package-lock.json says so. */
export function npmPackages(lock: TextFile): LockedPackage[] {
  const document = parseJson(lock)
  const packages = 'value' in document ? document.value.packages : undefined
  if (!('value' in document) || !isTable(packages)) return []
  return Object.entries(packages).flatMap(([path, entry]) => {
    const name = path.split('node_modules/').at(-1) as string
    if (!isTable(entry) || entry.dev === true || entry.optional === true) return []
    // Its native part comes in the package.
    if (entry.hasInstallScript !== true && !isOfGlibc(name)) return []
    return path.includes('node_modules/') && typeof entry.version === 'string'
      ? [{name, version: entry.version, at: document.at(['packages', path])}]
      : []
  })
}

/**
 * What some importers of pnpm-lock.yaml (its folders, `.` the root) need in production, through whatever else: the file
 * is long, and is read by its lines. Of version 9, which keeps the graph under `snapshots`.
 */
export function pnpmPackages(lock: TextFile, importers: readonly string[]): LockedPackage[] {
  const needs = new Map<string, {line: number; needs: string[]}>()
  let section = ''
  let owner = ''
  let kind = ''
  let name = ''
  for (let number = 1; number <= lock.lineCount; number++) {
    const line = lock.line(number)
    const [, indent = '', key = '', value = ''] =
      /^( *)'?([^\s':][^':]*|[^\s'][^']*(?=':)|[^\s':]+:\/\/[^\s']+(?=:))'?:(?: (.*))?$/.exec(line) ?? []
    if (key === '') continue
    if (indent.length === 0) section = key
    else if (section !== 'importers' && section !== 'snapshots') continue
    else if (indent.length === 2) {
      owner = section === 'importers' ? `importer ${key}` : key
      kind = ''
      needs.set(owner, {line: number, needs: []})
    } else if (indent.length === 4) kind = key
    else if (kind !== 'dependencies') continue
    else if (section === 'snapshots' && indent.length === 6) needs.get(owner)?.needs.push(target(key, value))
    else if (indent.length === 6) name = key
    else if (indent.length === 8 && key === 'version') {
      const [, linked] = /^link:(.*)$/.exec(value) ?? []
      needs
        .get(owner)
        ?.needs.push(linked === undefined ? target(name, value) : `importer ${inFolder(owner.slice(9), linked)}`)
    }
  }
  const next = importers.map((each) => `importer ${each}`)
  const seen = new Set<string>()
  const found: LockedPackage[] = []
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    const entry = needs.get(each)
    if (!entry || seen.has(each)) continue
    seen.add(each)
    next.push(...entry.needs)
    // One of GitHub has an address for a version, which is not told.
    const [, packageName, version = ''] = /^(@?[^@]+)@(?:(\d[^(]*)|https:)/.exec(each) ?? []
    if (packageName) found.push({name: packageName, version, at: lock.lineSpan(entry.line)})
  }
  return found
}

const target = (name: string, written: string): string => {
  const version = written.replace(/^'|'$/g, '')
  // An alias names the package itself: `npm:real@1.0.0` is `real@1.0.0` here.
  return /^(?:\d|https:)/.test(version) ? `${name}@${version}` : version
}

/** `../../libs/db`, seen from `apps/web`: `libs/db`. */
function inFolder(folder: string, path: string): string {
  const parts = folder === '.' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/') || '.'
}
