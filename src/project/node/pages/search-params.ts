/**
 * Pages of Next.js at which a build ends: one that is made then and reads useSearchParams() outside of a boundary (tried
 * with 14.2, 15.5 and 16; nextjs.org/docs/messages/missing-suspense-with-csr-bailout).
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Code, closing, codeOf} from '../../code/code.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {originOf, unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {packageName} from '../imports/import-specifiers.ts'
import {askedVersion, makesPages, nextMaySet} from '../output/next-build.ts'

export interface UnboundedPage {
  /** `/search` */
  route: string
  at: FileLocation
  commandAt: FileLocation
  by: string | undefined
  /** What of a layout may keep it from being made: `<Providers>` around it, `<Header>` that asks for the request. */
  around: {name: string; at: FileLocation} | undefined
}

const tried = /^[~^]?(?:14\.2|1[56]\.\d)/
/** Settings with which pages are made in other ways. */
const makesOtherwise = /missingSuspense|ppr|cacheComponents|dynamicIO|pageExtensions/
const endings = ['tsx', 'jsx', 'ts', 'js']

export async function loadUnboundedPages({reader}: Inputs, facts: FactStore): Promise<Fact<UnboundedPage[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  const found = await Promise.all(commands.filter(makesPages).map(pagesOf))
  return known(found.flat())

  async function pagesOf(command: BuildCommand): Promise<UnboundedPage[]> {
    const origin = originOf(command.moment, command.folder, paths)
    const own = (path: string) =>
      unchangedAt(command, posix.join(command.folder, posix.relative(origin ?? '', path)), paths) === path
    const manifest = origin === undefined ? undefined : posix.join(origin, 'package.json')
    if (origin === undefined || manifest === undefined || !own(manifest)) return []
    const packages = await reader.text(manifest)
    if (!tried.test(askedVersion(packages, 'next') ?? '')) return []
    if (await nextMaySet(makesOtherwise, command, {reader, paths})) return []
    // With both folders the first counts.
    const roots = ['app', 'src/app'].map((folder) => posix.join(origin, folder))
    const pages = endings.flatMap((ending) => [...paths.ending(`/page.${ending}`)])
    const root = roots.find((each) => pages.some((path) => path.startsWith(`${each}/`)))
    const routed = pages.filter((path) => root !== undefined && path.startsWith(`${root}/`) && own(path))
    const isPackage = (from: string) => askedVersion(packages, packageName(from)) !== undefined
    const found = await Promise.all(routed.map((path) => pageOf(path, root as string, command, isPackage)))
    return found.filter((page) => page !== undefined)
  }

  async function pageOf(
    path: string,
    root: string,
    command: BuildCommand,
    isPackage: (from: string) => boolean,
  ): Promise<UnboundedPage | undefined> {
    const segments = posix.relative(root, posix.dirname(path)).split('/').filter(Boolean)
    // A parameter makes a page one of its request; slots and intercepted routes are parts of others.
    if (segments.some((segment) => /^[@_[]|^\(\.|\[/.test(segment))) return undefined
    const read = await hookOf(await reader.text(path))
    if (!read) return undefined
    const folders = [root, ...segments.map((_, index) => posix.join(root, ...segments.slice(0, index + 1)))]
    const named = (name: string) =>
      folders.flatMap((folder) => endings.map((ending) => posix.join(folder, `${name}.${ending}`)))
    if (named('loading').some((each) => paths.has(each))) return undefined
    const layouts = await reader.texts([...named('layout'), ...named('template')].filter((each) => paths.has(each)))
    if (
      layouts.some(({text}) => /Suspense|dynamic|headers|cookies|connection|noStore|await|async|revalidate/.test(text))
    )
      return undefined
    const route = `/${segments.filter((segment) => !segment.startsWith('(')).join('/')}`
    return {route, at: read, commandAt: command.at, by: command.by, around: firstAround(layouts, isPackage)}
  }
}

/** Where the page itself reads the query: the function that the file exports, which has no boundary in it. */
function hookOf(file: TextFile | undefined): FileLocation | undefined {
  const code = file && codeOf(file)
  if (!file || !code || /Suspense/.test(file.text) || !/^\s*["']use client["']/.test(code.text)) return undefined
  if (!/\buseSearchParams\b[^;]{0,500}\bfrom\s{1,9}["']next\/navigation["']/.test(code.text)) return undefined
  const body = pageBody(code)
  const call = body && code.bare.slice(body.start, body.end).indexOf('useSearchParams()')
  if (!body || call === undefined || call < 0 || !isReached(code, body.start, body.start + call)) return undefined
  return file.span(body.start + call, body.start + call + 'useSearchParams()'.length)
}

/** The body of the function that is the page: `export default function Page(…) {…}`, or one that is exported by its name. */
function pageBody(code: Code): {start: number; end: number} | undefined {
  const {bare} = code
  const name = /^export\s{1,9}default\s{1,9}([A-Za-z_$][\w$]{0,99})\s{0,9};?\s{0,9}$/m.exec(bare)?.[1]
  const word = name === undefined ? undefined : escapePattern(name)
  const begin =
    word === undefined
      ? /^export\s{1,9}default\s{1,9}function\b[^(\n]{0,100}\(/m
      : new RegExp(
          `^(?:export\\s{1,9})?(?:function\\s{1,9}${word}\\s{0,9}\\(|const\\s{1,9}${word}\\b[^=\\n]{0,100}=\\s{0,9}\\()`,
          'm',
        )
  const match = begin.exec(bare)
  if (!match) return undefined
  const close = closing(code, match.index + match[0].length - 1)
  const open = bare.indexOf('{', close)
  if (open < 0 || open - close > 200) return undefined
  return {start: open, end: closing(code, open)}
}

/** Whether a function surely comes to a place in it: nothing ends it before, or chooses, and no other function is around. */
function isReached(code: Code, open: number, place: number): boolean {
  // Without what stands in brackets that are closed before.
  let before = ''
  for (let at = open + 1; at < place; at++) {
    const end = '([{'.includes(code.bare[at] as string) ? closing(code, at) : place
    if (end < place) at = end
    else before += code.bare[at]
  }
  if (/\b(?:if|switch|try|for|while|do|throw|function)\b/.test(before)) return false
  const [outside = '', ...inside] = before.split(/(?=[([{])/)
  if (/=>\s*$/.test(outside) || /=>/.test(inside.join(''))) return false
  const statement = before.slice(
    Math.max(before.lastIndexOf('return'), inside.length > 0 ? 0 : before.lastIndexOf('\n'), 0),
  )
  return !/\?|&&|\|\|/.test(statement)
}

/**
 * A component around the children, or a layout that runs in the browser, may show something else at first; one that
 * stands beside them, or a function, may ask for the request.
 */
function firstAround(layouts: readonly TextFile[], isPackage: (name: string) => boolean): UnboundedPage['around'] {
  for (const file of layouts) {
    const code = codeOf(file)
    const client = /^\s*["']use client["']/.exec(file.text)
    if (client) return {name: 'the layout', at: file.span(client.index, client.index + client[0].length)}
    const imported = importedNames(code?.text ?? '')
    const isLocal = (name: string) => !isPackage(imported.get(name) ?? '.')
    for (const {0: tag, 1: name = '', 2: end, index} of code?.bare.matchAll(component) ?? []) {
      if (end === '/' && !isLocal(name.split('.', 1)[0] as string)) continue
      return {name: `<${name}>`, at: file.span(index, index + tag.indexOf(name) + name.length)}
    }
    for (const {0: name, index} of code?.bare.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]{0,99}(?=\()/g) ?? []) {
      const from = imported.get(name)
      if (from === undefined || /^next\/|^clsx$|^classnames$|^tailwind-merge$/.test(from) || /^(?:cn|clsx)$/.test(name))
        continue
      return {name: `${name}()`, at: file.span(index, index + name.length)}
    }
  }
  return undefined
}

/** `<Providers theme="dark">`, `<Header />` */
const component = /(?<![\w$)\]])<([A-Z][\w.]{0,99})(?:\s[^<>]{0,500}?)?(\/?)>/g

/** Each name that a file imports, and from where. */
function importedNames(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, names = '', from = ''] of text.matchAll(
    /^[ \t]{0,9}import\s{1,9}(?!type\s)([^"';]{1,2000}?)\s{0,9}from\s{0,9}["']([^"'\n]{1,300})["']/gm,
  ))
    for (const [, name = ''] of names.matchAll(/(?<![\w$])([A-Za-z_$][\w$]{0,99})\s{0,9}(?:[,}]|$)/g))
      found.set(name, from)
  return found
}
