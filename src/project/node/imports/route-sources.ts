/** The files of an app of Remix or React Router whose server node loads: its build leaves packages outside. */

import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files.ts'
import type {ProjectReader} from '../../reader.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'
import {type ImportSpecifier, importSpecifiers} from './import-specifiers.ts'
import type {LoadedSource} from './loaded-sources.ts'

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
  const next = paths.under(posix.join(origin, 'app')).filter((path) => entries.test(within(path)) && !isElsewhere(path))
  const found: LoadedSource[] = []
  const seen = new Set<string>()
  for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
    const file = seen.has(path) || isElsewhere(path) ? undefined : await reader.text(path)
    seen.add(path)
    if (!file || !/\.[jt]sx?$/.test(path)) continue
    const all = importSpecifiers(file.text).filter((each) => !each.isDynamic)
    const imports = all.filter(
      (each) => !/\?|\.(?:s?css|svg|png|json|mdx?)$/.test(each.text) && isUsed(file.text, each),
    )
    found.push({file, imports, isBundled: false, isOneFile: false})
    for (const {text} of all) {
      const target = /^\.{1,2}\//.test(text)
        ? posix.join(posix.dirname(path), text)
        : text.startsWith('~/')
          ? posix.join(origin, 'app', text.slice(2))
          : ownImport(text, aliases, origin)
      const source =
        target && endings.map((each) => target.replace(/\.jsx?$/, '') + each).find((each) => paths.has(each))
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
