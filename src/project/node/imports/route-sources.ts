/** The files of an app of Remix, React Router or Astro whose server node loads: its build leaves packages outside. */

import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'
import {type ImportSpecifier, importSpecifiers} from './import-specifiers.ts'
import type {LoadedSource} from './loaded-sources.ts'
import {pathAliases} from './path-aliases.ts'

const mostFiles = 400
/** What both load first: the routes, with the file that begins the page. */
const entries = /^app\/(?:(?:root|entry\.server)\.[jt]sx?$|routes\/)/
/** Of the browser alone, or of no build. */
const isElsewhere = (path: string): boolean => /\.client\.|\.(?:test|spec|stories|d)\.[jt]sx?$|\/__tests__\//.test(path)
const endings = ['', '.ts', '.tsx', '.js', '.jsx', '/index.ts', '/index.tsx', '/index.js', '/index.jsx']

/** undefined where the package.json of the folder builds no such app, or its settings take packages into the build. */
export async function routeSources(
  origin: string,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<LoadedSource[] | undefined> {
  const manifest = parseLoosely((await reader.text(posix.join(origin, 'package.json')))?.text ?? '') ?? {}
  // `"build": "run-s build:*"` runs those that begin so.
  const builds = Object.entries(scriptsOf(manifest)).flatMap(([name, text]) => (/^build\b/.test(name) ? text : []))
  if (!builds.some((text) => /\b(?:remix (?:vite:)?build|react-router build)\b/.test(text))) return undefined
  const aliases = isTable(manifest.imports) ? manifest.imports : {}
  const settings = await Promise.all(
    ['vite.config.ts', 'vite.config.js', 'vite.config.mts', 'vite.config.mjs', 'remix.config.js'].map((name) =>
      reader.text(posix.join(origin, name)),
    ),
  )
  if (
    settings.some((file) => file && /noExternal|serverDependenciesToBundle|serverBundles|appDirectory/.test(file.text))
  )
    return undefined
  const within = (path: string) => posix.relative(origin === '' ? '.' : origin, path)
  const first = paths
    .under(posix.join(origin, 'app'))
    .filter((path) => entries.test(within(path)) && !isElsewhere(path))
  return loadedFrom(first, {
    ...{reader, paths},
    named: (text) =>
      text.startsWith('~/') ? posix.join(origin, 'app', text.slice(2)) : ownImport(text, aliases, origin),
  })
}

/**
 * What Astro takes into the server that it builds: packages of its own kind and of the frameworks beside it, which have files
 * that node cannot read.
 */
const takenByAstro = /astro|svelte|solid|vue|\blit\b|^@fontsource|^virtual:/

/** The same of an app of Astro that renders at each request: its pages, with the code at the top of each. */
export async function pageSources(
  origin: string,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<LoadedSource[] | undefined> {
  const settings = await Promise.all(
    ['mjs', 'ts', 'mts', 'js'].map((ending) => reader.text(posix.join(origin, `astro.config.${ending}`))),
  )
  const text = settings.find((file) => file)?.text ?? ''
  if (!/\boutput:\s*['"]server['"]/.test(text) || !/@astrojs\/node\b/.test(text) || /noExternal|srcDir/.test(text))
    return undefined
  const source = posix.join(origin, 'src')
  const first = paths
    .under(source)
    .filter((path) =>
      /^(?:pages\/.*\.(?:astro|[jt]s)|middleware(?:\/index)?\.[jt]s)$/.test(posix.relative(source, path)),
    )
    .filter((path) => !isElsewhere(path) && !/(?:^|\/)_/.test(posix.relative(source, path)))
  return loadedFrom(first, {reader, paths, named: () => undefined, isTaken: (name) => takenByAstro.test(name)})
}

/** What files load, and what these do: each with the packages that it uses. */
async function loadedFrom(
  first: readonly string[],
  {
    reader,
    paths,
    named,
    isTaken = () => false,
  }: {
    reader: ProjectReader
    paths: Files
    /** The file of an import by a name of the framework. */
    named: (text: string) => string | undefined
    isTaken?: (name: string) => boolean
  },
): Promise<LoadedSource[]> {
  const byTsconfig = await pathAliases({reader, paths})
  const next = [...first]
  const found: LoadedSource[] = []
  const seen = new Set<string>()
  for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
    const file = seen.has(path) || isElsewhere(path) ? undefined : await reader.text(path)
    seen.add(path)
    if (!file || !/\.(?:[jt]sx?|astro)$/.test(path)) continue
    const code = path.endsWith('.astro') ? /^\s*---\n[\s\S]*?\n---/.exec(file.text)?.[0] : file.text
    // It is written once, when the app is built.
    if (code === undefined || /\bexport\s+const\s+prerender\s*=\s*true\b/.test(code)) continue
    const specifiers = importSpecifiers(code)
    const all = specifiers.filter((each) => !each.isDynamic)
    const imports = specifiers.filter(
      (each) =>
        !/\?|\.(?:s?css|svg|png|json|mdx?)$/.test(each.text) &&
        !isTaken(each.text) &&
        (each.isDynamic ? isNeeded(code, each) : isUsed(file.text, each)),
    )
    found.push({file, imports, isBundled: false, isOneFile: false})
    for (const {text} of all) {
      const {own, others} = byTsconfig(text, path)
      const targets = /^\.{1,2}\//.test(text)
        ? [posix.join(posix.dirname(path), text)]
        : [named(text) ?? [], own, others].flat()
      const source = targets
        .flatMap((target) => endings.map((each) => target.replace(/\.jsx?$/, '') + each))
        .find((each) => paths.has(each))
      if (source) next.push(source)
    }
  }
  return found
}

/** `#app/db.ts`, by `"imports": {"#app/*": "./app/*"}` of package.json. */
function ownImport(text: string, aliases: Readonly<Record<string, unknown>>, origin: string): string | undefined {
  const [, folder = ''] = /^(#[^/]{0,100}\/)/.exec(text) ?? []
  const target = folder === '' ? undefined : aliases[`${folder}*`]
  return typeof target === 'string' && target.endsWith('/*')
    ? posix.join(origin, target.slice(0, -1), text.slice(folder.length))
    : undefined
}

/** Whether `await import('a')` is waited for with nothing that expects it to fail, and in production as well. */
const isNeeded = (text: string, {start, isOptional}: ImportSpecifier): boolean =>
  !isOptional &&
  /\bawait\s+import\(\s*$/.test(text.slice(Math.max(0, start - 40), start - 1)) &&
  !/\btry\s*\{|NODE_ENV|import\.meta\.env|\b[iI]s_?[dD]ev/.test(text.slice(Math.max(0, start - 400), start))

/** Whether a name of the import is used as more than a type: called, read, or as an element. */
function isUsed(text: string, {start}: ImportSpecifier): boolean {
  const from = text.lastIndexOf('import', start)
  const names = text.slice(from + 'import'.length, start - 1).replace(/\bfrom\b/, '')
  const body = text.slice(0, from) + text.slice(start)
  return [...names.matchAll(/(?:(?<!\w)\w+\s+as\s+)?(?<!type\s)([A-Za-z_$][\w$]*)/g)].some(([, name = '']) => {
    const own = escapePattern(name)
    return new RegExp(`(?<![\\w$.'"])${own}\\s{0,3}(?:\\(|\\?\\s|\\.\\w+\\s{0,3}\\()|(?<![\\w$])<${own}[\\s/.]`).test(
      body,
    )
  })
}
