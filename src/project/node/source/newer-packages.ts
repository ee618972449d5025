/** Packages that ask, as they are loaded, for what an older Node.js has not: npm only warns of their `engines`. */
import {posix} from 'node:path'
import type {TextFile} from '../../files/text.ts'
import {atLeast, everyOf, meets} from '../../toolchains/ranges.ts'
import {lockFiles} from '../locks/lock-files.ts'
import {isLoaded, moduleNames} from './module-names.ts'

/** `undici 7.16.0`, and what it asks for. */
export interface PackageDemand {
  /** `cheerio 1.2.0`, `cheerio 1.2.0, which loads undici 7.16.0`. */
  through: string
  /** `cheerio` */
  package: string
  name: string
  since: string
  error: string
  start: number
  end: number
}

/** Each was loaded by the last Node.js 16, 18 and 20, in the first version named and in a newer one. */
const demands = [
  {package: 'undici', from: '7.14.0', name: 'File', since: '20.0', error: 'File is not defined'},
  {package: 'undici', from: '6.0.0', name: 'ReadableStream', since: '18.0', error: 'ReadableStream is not defined'},
  {package: 'ai', from: '5.0.0', name: 'TransformStream', since: '18.0', error: 'TransformStream is not defined'},
  {
    package: '@hono/node-server',
    from: '1.13.0',
    name: 'Request',
    since: '18.0',
    error: 'Class extends value undefined is not a constructor or null',
  },
  {
    package: 'fastify',
    from: '5.0.0',
    name: 'tracingChannel of node:diagnostics_channel',
    since: '18.19',
    error: 'diagnostics.tracingChannel is not a function',
  },
  {
    package: 'jsdom',
    from: '28.0.0',
    name: 'a require that takes ES modules',
    since: '20.19',
    error: 'require() of ES Module … not supported',
  },
]

/** What loads another one of these with itself, since which version. */
const loads = new Map([
  ['cheerio', {package: 'undici', from: '1.0.0'}],
  ['discord.js', {package: 'undici', from: '14.0.0'}],
  ['isomorphic-dompurify', {package: 'jsdom', from: '1.0.0'}],
])

export const mayAsk: ReadonlySet<string> = new Set([...demands.map((each) => each.package), ...loads.keys()])

/** `File` of cheerio in what surely runs at the import. `lock` is the text of the lock file, or of several. */
export function packagesIn(file: TextFile, lock: string, isMissing: (since: string) => boolean): PackageDemand[] {
  const names = moduleNames(file)
  return (names?.imports ?? []).flatMap((each) => {
    const {specifier, start, isLate, isGuarded} = each
    if (!names || isLate || isGuarded || !mayAsk.has(specifier) || !isLoaded(file, names, each)) return []
    const own = versionIn(lock, specifier)
    const loaded = loads.get(specifier)
    if (own === undefined || (loaded && !isFrom(own, loaded.from))) return []
    const asking = loaded?.package ?? specifier
    const version = loaded ? versionIn(lock, asking, specifier) : own
    const [demand] = demands.filter(
      ({package: of, from, since}) =>
        of === asking && version !== undefined && isFrom(version, from) && isMissing(since),
    )
    if (!demand) return []
    const {name, since, error} = demand
    const through = loaded ? `${specifier} ${own}, which loads ${asking} ${version}` : `${specifier} ${own}`
    return [{through, package: specifier, name, since, error, start, end: start + specifier.length + 2}]
  })
}

const isFrom = (version: string, from: string): boolean => meets(everyOf(version), atLeast(from))

/**
 * The version of a package in a lock file of any kind; the oldest where it has several, unless npm laid one beside the package
 * that asks for it.
 */
function versionIn(lock: string, name: string, of?: string): string | undefined {
  const escaped = name.replace(/[.]/g, '\\.')
  const npm = [
    ...lock.matchAll(
      new RegExp(
        `"([^"\\n]{0,200})node_modules/${escaped}":\\s{0,20}\\{\\s{0,20}"version":\\s{0,9}"(\\d+\\.\\d+\\.\\d+)"`,
        'g',
      ),
    ),
  ]
  const beside = npm.find(([, folder]) => of !== undefined && folder === `node_modules/${of}/`)
  if (beside) return beside[2]
  const others =
    npm.length > 0
      ? npm.filter(([, folder]) => !folder?.includes('node_modules/')).map(([, , version = '']) => version)
      : elsewhere(lock, escaped)
  return others.find((each) => others.every((other) => isFrom(other, each)))
}

function elsewhere(lock: string, escaped: string): string[] {
  // `undici@7.16.0:` and `/undici/5.28.4:` of pnpm, `["undici@7.16.0"` of Bun; two lines of Yarn.
  const entry = new RegExp(
    `(?:^|[\\s'"(])/?${escaped}[@/](\\d+\\.\\d+\\.\\d+)(?![\\w.-])|^"?${escaped}@[^\\n]{1,300}:\\n {1,4}version:? "?(\\d+\\.\\d+\\.\\d+)(?![\\w.-])`,
    'gm',
  )
  return [...lock.matchAll(entry)].map(([, one, another]) => one ?? another ?? '')
}

/** The lock file beside a package.json, or at the top of the repository; none where several say which versions there are. */
export async function lockText(folder: string, text: (path: string) => Promise<TextFile | undefined>): Promise<string> {
  for (const place of new Set([folder, ''])) {
    const names = lockFiles.filter((name) => name !== 'bun.lockb')
    const found = await Promise.all(names.map((name) => text(posix.join(place, name))))
    const [lock, another] = found.filter((each) => each !== undefined)
    if (lock) return another ? '' : lock.text
  }
  return ''
}
