/** Files that a page of the image loads, and that are not in the image. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import {plainName} from '../base/base-images.ts'
import {baseMayHave, mayBring} from '../may-hold.ts'
import {isBelow} from './image-path.ts'

export interface PageFile {
  /** The path in the project, and in the image. */
  path: string
  place: string
  /** Where the page loads it. */
  at: FileLocation
  /** The instruction that brings the page. */
  page: FileLocation
}

/** Web servers whose images have a page of their own, and nothing beside it that another page would load. */
const withOwnPage = /^(?:nginx|httpd|caddy|nginxinc\/nginx-unprivileged)(?::|$)/

/** It installs packages of the system or of Python, or sets rights. */
const isPlain = (part: string): boolean =>
  /^\s*(?:apt-get|apt|apk|pip3?|adduser|addgroup|useradd|groupadd|chown|chmod|rm|mkdir|echo|set)\s/.test(part)

const longestPage = 300_000
/** A stylesheet, an icon, a script, a picture: what the browser asks for by itself. */
const loads = /<(?:link|script|img)\b[^<>]{0,400}?\s(?:href|src)\s{0,9}=\s{0,9}["']([^"'<>\s]{1,200})["']/gi
/** Comments, what stands between the tags of a script, and what a browser with scripts leaves alone. */
const unread =
  /<!--[\s\S]{0,5000}?-->|(?<=<script\b[^<>]{0,400}>)[^<](?:(?!<\/script)[\s\S])*|<(noscript|template)\b[\s\S]{0,5000}?<\/\1/gi
const longestTag = 1000
/** A link that the browser only knows of, and a picture that may be missing. */
const isOptional = /\brel\s*=\s*["']?(?:canonical|alternate|prefetch|next|prev)\b|\sonerror\b/i
const serving = /(?:^|\/)(?:Caddyfile|[^/]+\.(?:conf|template|[cm]?[jt]s|py|go|rb|php))$/
const servingEndings = '.conf .template .js .cjs .mjs .ts .cts .mts .py .go .rb .php'.split(' ')
/** nginx and Caddy: a file that is not there is asked for elsewhere, or all are. */
const servesElsewhere =
  /@\w{1,100}\s{0,100}[;{]|^[ \t]{0,100}(?:alias|rewrite)\s|\blocation\s{1,20}\/\s{0,20}\{[^{}]{0,2000}_pass\s|^[ \t]{0,100}reverse_proxy\s{1,20}[^\s/]/m

export async function loadPageFiles({reader}: Inputs, facts: FactStore): Promise<Fact<PageFile[]>> {
  const [[{final}, context, project], flyConfig] = await Promise.all([
    facts.needAll('build', 'buildContext', 'files'),
    facts.value('flyConfig'),
  ])
  const {stage, files, unknown} = final
  const isWebServer = withOwnPage.test(plainName(rootImage(stage) ?? ''))
  const seen = {stage, unknown: unknown.filter(({by}) => by !== 'base')}
  const lacks = (path: string) =>
    files.get(path) === undefined && (isWebServer || !baseMayHave(stage, path)) && !mayBring(seen, path)
  // A build may write what its page loads.
  if (unknown.some(({by, text = ''}) => by === 'run' && !text.split(/&&|;|\n(?<!\\\n)/).every(isPlain)))
    return known([])
  const {mounts = [], files: written = [], statics = []} = flyConfig?.config ?? {}
  if (statics.length > 0) return known([])
  const isBrought = (path: string) =>
    written.some((each) => each.guest_path === path) ||
    mounts.some(({destination = ''}) => destination && isBelow(path, destination))
  const pages = [...files.files((names) => names.named('index.html'))]
    .map(([place, {source, at}]) => ({place, source, at}))
    .filter(({place, source}) => [place, source].every((path) => posix.basename(path) === 'index.html'))
    .filter(({source}) => project.has(source))
    .slice(0, 20)
  if (pages.length === 0) return known([])
  /** Under the same name somewhere else: a server may find it there. */
  const isNamed = (name: string) =>
    [...files.files((names) => names.named(name))].some(([path]) => posix.basename(path) === name)
  // What the server does with a path is in its configuration and its code: one that names the file may serve it.
  const sources = [...files.files((names) => names.ending(...servingEndings).concat(names.named('Caddyfile')))]
  const others = [...new Set(sources.map(([, {source}]) => source))].filter((path) => serving.test(path))
  const servers = (await reader.texts(others.slice(0, 200))).map(({text}) => text)
  if (servers.some((text) => servesElsewhere.test(text))) return known([])
  const found: PageFile[] = []
  const seenPlaces = new Set<string>()
  for (const {place, source, at} of pages) {
    const file = await reader.text(source)
    if (!file || file.text.length > longestPage) continue
    // Comments and texts of scripts load nothing; what a build or a server fills in is no page yet.
    const text = file.text.replace(unread, (part) => ' '.repeat(part.length))
    if (/\{\{|<%|\{%|<base\b/i.test(text)) continue
    for (const match of text.matchAll(loads)) {
      const [whole, address = ''] = match
      if (isOptional.test(text.slice(match.index, match.index + longestTag).split('>', 1)[0] ?? '')) continue
      const name = address.replace(/^\.?\//, '').replace(/[?#].*/s, '')
      if (!/^[\w@-][\w@./-]*\.\w+$/.test(name) || name.includes('..')) continue
      const path = posix.join(posix.dirname(source), name)
      const target = posix.join(posix.dirname(place), name)
      if (seenPlaces.has(target)) continue
      seenPlaces.add(target)
      if (!project.has(path) || !lacks(target) || isBrought(target) || isNamed(posix.basename(name))) continue
      if (servers.some((each) => each.includes(posix.basename(name)))) continue
      // Another check tells what .dockerignore leaves out of a COPY of the folder.
      if (await context.leftOut(`/${path}`)) continue
      const start = match.index + whole.lastIndexOf(address)
      found.push({path, place: target, at: file.span(start, start + address.length), page: at})
    }
  }
  return known(found)
}
