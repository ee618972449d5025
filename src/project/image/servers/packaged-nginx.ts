/** The nginx of a distribution's package, beside whatever else the image has: what it reads when it starts. */

import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {type Started, type StartedBy, startedCommands} from '../../processes/processes.ts'
import {plainName} from '../base/base-images.ts'
import {basePrograms} from '../base/base-programs.ts'
import {releaseOf} from '../base/releases.ts'
import type {Build} from '../build.ts'
import {overlaps} from '../files/image-path.ts'
import {programOf} from '../shell/command.ts'
import {nginxSteps} from './nginx-steps.ts'
import {withoutNginxComments} from './nginx-text.ts'
import {coveredBy, hiddenPlaces} from './web-context.ts'

export interface PackagedNginx {
  distribution: 'debian' | 'alpine'
  build: Build
  base: string
  covered: string[]
  /** Its main file first where that is the project's, and all that this one includes, by their places in the image. */
  read: [path: string, file: TextFile][]
  /** The file that it begins with. */
  main: string
  /** Those that a file other than the first includes: somewhere in a server. */
  nested: ReadonlySet<string>
  /** It includes nothing that is not seen. */
  isWhole: boolean
  /** The project's own files in folders of nginx that nothing includes. */
  unread: [path: string, file: TextFile][]
  /** The site of the package is still there: it listens on port 80, and is the default server. */
  hasOwnSite: boolean
  /** Something says `daemon off`. */
  staysByFile: boolean
  start: Started
}

/** Images with a distribution and a language, and no nginx of their own. */
const plainBases = /^(?:alpine|debian|ubuntu|php|node|python|ruby|golang|rust|oven\/bun)(?::|$)/

/**
 * What the nginx.conf of each package includes in http (aports, main/nginx; salsa.debian.org, nginx-team/nginx, debian/conf).
 * conf.d of Alpine is read outside of http, since 3.17.
 */
const included = {
  debian: ['/etc/nginx/conf.d/*.conf', '/etc/nginx/sites-enabled/*'],
  alpine: ['/etc/nginx/http.d/*.conf'],
}
const ownSite = {
  debian: ['/etc/nginx/sites-enabled/default', '/etc/nginx/sites-available/default'],
  alpine: ['/etc/nginx/http.d/default.conf'],
}
/** What the packages lay beside them: none of it listens. */
const ofPackages =
  /\/(?:mime\.types|(?:fastcgi|scgi|uwsgi|proxy)_params|fastcgi\.conf|koi-\w+|win-utf|snippets\/(?:fastcgi-php|snakeoil)\.conf)$/
const modules = /\/modules(?:-enabled)?\//

export async function loadPackagedNginx(inputs: Inputs, facts: FactStore): Promise<Fact<PackagedNginx>> {
  const found = await packagedNginx(inputs, facts)
  return found ? known(found) : absent('no nginx of a package is seen to be started')
}

/** undefined where no package brings it, nothing is seen to start it, or what it reads cannot be known. */
async function packagedNginx({reader}: Inputs, facts: FactStore): Promise<PackagedNginx | undefined> {
  const [build, files, flyConfig] = await Promise.all([
    facts.value('build'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  if (!build) return undefined
  const {final} = build
  const base = rootImage(final.stage) ?? ''
  const distribution = basePrograms(base)?.distribution
  if (!plainBases.test(plainName(base)) || !distribution || distribution === 'none') return undefined
  // Before 3.14 the folder was another one.
  if (distribution === 'alpine' && (releaseOf(base)?.alpine ?? 0) < 14) return undefined
  const steps = nginxSteps(final.stage)
  if (!steps) return undefined
  const {started, texts} = await startedCommands(facts)
  const starts = started.filter(isStart)
  const [start] = starts
  if (!start || texts.some(changesIt)) return undefined
  const paths = files ?? noFiles
  const covered = coveredBy(flyConfig?.config)
  const hidden = hiddenPlaces(build, covered)
  const main = mainOf(start)
  if (!main || starts.some((each) => mainOf(each) !== main)) return undefined
  if (hidden.some((path) => overlaps(path, '/etc/nginx') || overlaps(path, main))) return undefined

  const copied = new Map<string, TextFile>()
  for (const [path, entry] of final.files.files()) {
    if (!path.startsWith('/etc/nginx/') && path !== main) continue
    const line = steps.removed.get(path) ?? steps.removed.get(`${posix.dirname(path)}/*`)
    // One that is copied behind the RUN is there again.
    if (line !== undefined && line > (entry.at.line ?? 0)) continue
    const file = entry.kind === 'file' && paths.has(entry.source) ? await reader.text(entry.source) : undefined
    if (!file) return undefined
    copied.set(path, file)
  }
  for (const [link, target] of steps.links) {
    const file = copied.get(target)
    if (file) copied.set(link, file)
    else if (!ownSite.debian.includes(target)) return undefined
  }

  const read = new Map<string, TextFile>()
  const own = copied.get(main)
  if (!own && main !== '/etc/nginx/nginx.conf') return undefined
  if (own) read.set(main, own)
  const patterns: string[] = own ? [] : [...included[distribution]]
  const nested = new Set<string>()
  let isWhole = true
  /** What a file includes, and what that does. */
  const include = (file: TextFile) => {
    for (const [, written = ''] of withoutNginxComments(file.text).matchAll(
      /(?<=^|[\s;{}])include\s+["']?([^\s;"']{1,300})["']?\s*;/g,
    ))
      add(posix.resolve(posix.dirname(main), written), file !== own)
  }
  const add = (pattern: string, isNested = false) => {
    patterns.push(pattern)
    if (pattern.includes('*')) {
      if (modules.test(pattern)) return
      const wanted = globOf(pattern)
      for (const [path, file] of copied) {
        if (!wanted.test(path) || read.has(path)) continue
        read.set(path, file)
        if (isNested) nested.add(path)
        include(file)
      }
      return
    }
    const file = copied.get(pattern)
    if (!file) isWhole &&= ofPackages.test(pattern)
    else if (!read.has(pattern)) {
      read.set(pattern, file)
      if (isNested) nested.add(pattern)
      include(file)
    }
  }
  if (own) include(own)
  else for (const pattern of patterns.splice(0)) add(pattern)
  if (own && /^[ \t]*stream\s*\{/m.test(own.text)) isWhole = false

  const sites = ownSite[distribution]
  const hasOwnSite =
    patterns.some((pattern) => pattern.includes('*') && globOf(pattern).test(sites[0] as string)) &&
    !sites.some((path) => copied.has(path) || steps.removed.has(path)) &&
    !steps.removed.has(`${posix.dirname(sites[0] as string)}/*`)
  // A link of the package leads from one to the other.
  const [enabled = '', available] = sites
  const site = available === undefined ? undefined : copied.get(available)
  if (
    site &&
    !copied.has(enabled) &&
    !steps.removed.has(enabled) &&
    patterns.some((each) => globOf(each).test(enabled))
  ) {
    read.set(enabled, site)
    include(site)
  }
  const unread = [...copied].filter(
    ([path]) => !read.has(path) && ![...read.values()].includes(copied.get(path) as TextFile),
  )
  return {
    ...{distribution, build, base, covered, main, nested, isWhole, unread, hasOwnSite, start},
    read: [...read],
    staysByFile: steps.stays || [...read.values()].some(({text}) => /daemon\s+off/.test(withoutNginxComments(text))),
  }
}

function globOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '[^/]')
  return new RegExp(`^${escaped.replaceAll('*', '(?!\\.)[^/]*')}$`)
}

/** `nginx -t` only reads; `service nginx start` is the same as the program. */
function isStart({command}: Started): boolean {
  const {words} = command
  if (programOf(command) === 'service') return words[1] === 'nginx' && /^(?:re)?start$/.test(words[2] ?? '')
  return (
    programOf(command) === 'nginx' && !words.slice(1).some((word) => word === undefined || /^-[tTsvVhqp]/.test(word))
  )
}

/** The file that it begins with; undefined where that cannot be known. */
function mainOf({command: {words}}: Started): string | undefined {
  const at = words.findIndex((word) => word?.startsWith('-c'))
  if (at < 0) return '/etc/nginx/nginx.conf'
  const path = words[at] === '-c' ? words[at + 1] : words[at]?.slice(2)
  return path?.startsWith('/') ? posix.normalize(path) : undefined
}

/** A line of a script that may write what nginx reads. */
const writes = /\b(?:sed|envsubst|tee|cp|mv|ln|rm|perl|awk|cat|echo|printf|confd|dockerize|gomplate|erb|curl|wget)\b|>/
const named = /nginx|(?:conf|http)\.d\b|sites-(?:enabled|available)/
const harmless =
  />{1,2}\s{0,99}(?:&\d|\/dev\/(?:null|std\w+)|\/proc\/\S{1,200})|^[ \t]{0,99}#.{0,2000}$|\becho\s{1,99}(["'])[^"'>]{0,300}\1\s{0,99}$|\/var\/(?:log|lib|cache)\/nginx/gm
const changesIt = ({text, code}: StartedBy['texts'][number]): boolean =>
  code
    ? named.test(text)
    : text
        .replace(harmless, '')
        .split('\n')
        .some(
          (line) => /\b(?:envsubst|confd|dockerize|gomplate)\b/.test(line) || (writes.test(line) && named.test(line)),
        )
