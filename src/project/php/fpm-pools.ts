/** Where the pools of PHP-FPM listen: by the files of the image of PHP or of the distribution's package, and the project's own. */
import {posix} from 'node:path'
import {allInstructions, rootImage} from '../dockerfile/parse.ts'
import type {Tracked} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {plainName} from '../image/base/base-images.ts'
import type {Build} from '../image/build.ts'
import {overlaps} from '../image/files/image-path.ts'
import {hiddenPlaces} from '../image/servers/web-context.ts'
import type {Started, StartedBy} from '../processes/processes.ts'

export interface FpmPools {
  /** `9000`, `127.0.0.1:9000`, `/run/php/php8.3-fpm.sock`: as written, but that /var/run is /run. */
  listens: string[]
  /** The line of the project that says so. */
  at: ReturnType<TextFile['span']> | undefined
}

interface Kind {
  /** Its folder of pools, and the file that includes that. */
  pools: string
  main: string
  /** What the image or the package lays there, the same in each of the versions that a tag may mean. */
  stock: readonly ReadonlyMap<string, string>[]
}

interface Surroundings {
  build: Build
  reader: ProjectReader
  paths: Tracked
  covered: readonly string[]
  texts: StartedBy['texts']
}

/** Since 2025 the image has its address in docker.conf, so that a www.conf may have another; before, zz-docker.conf had it. */
const ofImage: Kind['stock'] = [
  new Map([
    ['docker.conf', '[www]\nlisten = 9000\n'],
    ['www.conf', '[www]\n'],
    ['zz-docker.conf', '[www]\n'],
  ]),
  new Map([
    ['docker.conf', '[www]\n'],
    ['www.conf', '[www]\nlisten = 127.0.0.1:9000\n'],
    ['zz-docker.conf', '[www]\nlisten = 9000\n'],
  ]),
]

/** What a RUN or a script that changes them names. */
const changes = /php-fpm\.d|php-fpm\.conf|pool\.d|\bwww\.conf|zz-docker|\blisten\b(?!_address)/

/** undefined where that cannot be known. */
export async function fpmPools(start: Started, around: Surroundings): Promise<FpmPools | undefined> {
  const {build, reader, paths, covered, texts} = around
  const {final} = build
  const {words} = start.command
  // -y names another file, and -p another folder for all of them.
  if (words.slice(1).some((word) => word === undefined || /^(?:-[yp]|--(?:fpm-config|prefix))/.test(word)))
    return undefined
  const runs = allInstructions(final.stage).filter(({keyword}) => keyword === 'RUN')
  const kind = kindOf(build, runs.map(({text}) => text).join('\n'))
  if (!kind || runs.some(({text}) => changes.test(text))) return undefined
  if (texts.some(({text, code}) => !code && /php-fpm\.d|php-fpm\.conf|pool\.d|\bwww\.conf|zz-docker/.test(text)))
    return undefined
  const home = posix.dirname(kind.pools)
  const hidden = hiddenPlaces(build, covered)
  if (hidden.some((path) => overlaps(path, home))) return undefined
  const own = new Map<string, TextFile>()
  let main: TextFile | undefined
  for (const [path, entry] of final.files.files()) {
    if (path !== kind.main && posix.dirname(path) !== kind.pools) continue
    const file = entry.kind === 'file' && paths.has(entry.source) ? await reader.text(entry.source) : undefined
    if (!file) return undefined
    if (path === kind.main) main = file
    else if (path.endsWith('.conf')) own.set(posix.basename(path), file)
  }
  const isIncluded =
    !main || new RegExp(`^include\\s*=\\s*\\S*/?${posix.basename(kind.pools)}/\\*\\.conf`, 'm').test(main.text)
  if (!isIncluded && /^include\s*=/m.test(main?.text ?? '')) return undefined
  const found = new Set<string>()
  let at: FpmPools['at']
  for (const stock of isIncluded ? kind.stock : [new Map<string, string>()]) {
    const pools = new Map<string, string>()
    const names = isIncluded ? [...new Set([...stock.keys(), ...own.keys()])].sort() : []
    const each = [...(main ? [main] : []), ...names.map((name) => own.get(name) ?? (stock.get(name) as string))]
    for (const file of each) {
      let pool: string | undefined
      const text = typeof file === 'string' ? file : file.text
      for (const match of text.matchAll(/^[ \t]*(?:\[([^\]\n]+)\]|listen[ \t]*=[ \t]*["']?([^\s"';]+))/gm)) {
        pool = match[1] ?? pool
        if (match[2] === undefined || pool === undefined) continue
        if (match[2].includes('$')) return undefined
        pools.set(pool, match[2])
        if (typeof file !== 'string')
          at ??= file.span(match.index + match[0].search(/\S/), match.index + match[0].length)
      }
    }
    for (const value of pools.values()) found.add(plainAddress(value))
  }
  return found.size > 0 ? {listens: [...found], at} : undefined
}

/** /var/run is a link to /run. */
export const plainAddress = (text: string): string =>
  text.replace(/^(?:unix:)?\/var\/run\//, '/run/').replace(/^unix:/, '')

/** Where a list of packages is not seen: the versions for which the project lays pools. */
const laidVersions = ({files}: Build['final']): string[] =>
  [...files.files((names) => names.ending('.conf'))].flatMap(
    ([path]) => /^\/etc\/php\/(\d\.\d)\/fpm\/pool\.d\/www\.conf$/.exec(path)?.[1] ?? [],
  )

function kindOf({final}: Build, runs: string): Kind | undefined {
  const base = plainName(rootImage(final.stage) ?? '')
  const own = (version: string, home: string, socket: string): Kind => ({
    pools: `${home}/${version ? 'pool.d' : 'php-fpm.d'}`,
    main: `${home}/php-fpm.conf`,
    stock: [new Map([['www.conf', `[www]\nlisten = ${socket}\n`]])],
  })
  if (/^php:[\w.-]*fpm/.test(base))
    return {pools: '/usr/local/etc/php-fpm.d', main: '/usr/local/etc/php-fpm.conf', stock: ofImage}
  const named = [...runs.matchAll(/\bphp(\d\.\d)-fpm\b/g)].map(([, version = '']) => version)
  const [debian, otherDebian] = new Set(named.length > 0 ? named : laidVersions(final))
  if (debian && !otherDebian && /^(?:debian|ubuntu)(?::|$)/.test(base))
    return own(debian, `/etc/php/${debian}/fpm`, `/run/php/php${debian}-fpm.sock`)
  const [alpine, otherAlpine] = new Set([...runs.matchAll(/\bphp(\d\d)-fpm\b/g)].map(([, version = '']) => version))
  if (alpine && !otherAlpine && /^alpine(?::|$)/.test(base)) return own('', `/etc/php${alpine}`, '127.0.0.1:9000')
  return undefined
}
