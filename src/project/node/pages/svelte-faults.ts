/**
 * What SvelteKit refuses in a build: exports of a route that it does not know, and modules of the server in what the browser
 * gets (svelte.dev/docs/kit/server-only-modules; tried with 2.70).
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {isPage, scriptsIn} from '../imports/page-scripts.ts'
import {askedVersion} from '../output/next-build.ts'
import {exportedValues} from '../source/exported-values.ts'
import {isLoaded, moduleNames} from '../source/module-names.ts'
import {type ModulePath, modulePaths} from '../source/module-paths.ts'
import type {SourceReader} from '../source/source-readers.ts'

export interface SvelteFault extends Pick<SourceReader, 'by' | 'command'> {
  /** `export`: a name that a route may not export. `server module`: one of the server in what the browser gets. */
  kind: 'export' | 'server module'
  /** `limit`; `$lib/server/db`. */
  what: string
  at: FileLocation
  /** The route by which it is so. */
  entry: string
}

type Found = Omit<SvelteFault, 'by' | 'command'>

const ofLayout = ['load', 'prerender', 'csr', 'ssr', 'trailingSlash', 'config']
const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'fallback']
/** By the name of the file; a name with _ is always one of its own. */
const exportsOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    '+layout': ofLayout,
    '+layout.server': ofLayout,
    '+page': [...ofLayout, 'entries'],
    '+page.server': [...ofLayout, 'entries', 'actions'],
    '+server': [...methods, 'prerender', 'trailingSlash', 'config', 'entries'],
  }).map(([name, names]) => [name, new Set(names)]),
)
/** What the browser gets begins with them. */
const ofBrowser =
  /^src\/(?:routes\/(?:.{1,300}\/)?\+(?:page|layout|error)(?:@[^/]{0,100})?\.(?:svelte|[jt]s)|hooks\.client\.[jt]s)$/
const ofServer = /^src\/lib\/server\/|(?:^|\/)(?!\+)[^/]{1,200}\.server\.[jt]s$/
const privateVariables = /^\$env\/(?:static|dynamic)\/private$/

export async function loadSvelteFaults({reader}: Inputs, facts: FactStore): Promise<Fact<SvelteFault[]>> {
  const [readers, files] = await Promise.all([facts.need('sourceReaders'), facts.value('files')])
  const found = new Map<string, SvelteFault>()
  for (const {kind, tool, sources, pages = [], origin = '', by, command, leadsElsewhere} of readers) {
    if (kind !== 'bundler' || tool !== 'vite build') continue
    const manifest = await reader.text(posix.join(origin, 'package.json'))
    if (!/^[~^]?2\./.test(askedVersion(manifest, '@sveltejs/kit') ?? '')) continue
    const exports = sources.flatMap((file) => exportFaults(file, posix.relative(origin, file.path)))
    const all = [...sources, ...pages]
    // Of a route without code for the browser none is built.
    const isWhole = !leadsElsewhere && !all.some(({text}) => /\bcsr\s{0,9}=\s{0,9}false\b/.test(text))
    const resolve = isWhole ? await modulePaths({reader, paths: files ?? noFiles}) : undefined
    const others = resolve ? serverModules(all, origin, resolve) : []
    for (const each of [...exports, ...others])
      found.set(`${each.at.file}:${each.at.line} ${each.what}`, {...each, by, command})
  }
  return known([...found.values()])
}

function exportFaults(file: TextFile, path: string): Found[] {
  const [, name = ''] = /^src\/routes\/(?:.{1,300}\/)?(\+[a-z.]{1,20}?)(?:@[^/]{0,100})?\.[jt]s$/.exec(path) ?? []
  const names = exportsOf.get(name)
  if (!names) return []
  return exportedValues(file)
    .filter(([each]) => !each.startsWith('_') && !names.has(each))
    .map(([what, start]) => ({
      kind: 'export',
      what,
      at: file.span(start, start + what.length),
      entry: file.path,
    }))
}

/** Goes through all that the browser gets, from each route on. */
function serverModules(files: readonly TextFile[], origin: string, resolve: ModulePath): Found[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const isOfServer = (path: string) => ofServer.test(posix.relative(origin, path))
  const found: Found[] = []
  const next = files
    .filter(({path}) => ofBrowser.test(posix.relative(origin, path)))
    .map((file) => ({file, entry: file}))
  const seen = new Set(next.map(({file}) => file.path))
  for (const {file, entry} of next) {
    for (const {specifier, start} of importsOf(file)) {
      const target = resolve(file.path, specifier)
      if (privateVariables.test(specifier) || (target !== undefined && isOfServer(target))) {
        const at = file.span(start, start + specifier.length)
        found.push({kind: 'server module', what: specifier, at, entry: entry.path})
        continue
      }
      const module = target === undefined ? undefined : byPath.get(target)
      // A remote function stays on the server, and the browser gets a call of it.
      if (!module || seen.has(module.path) || /\.remote\.[jt]s$/.test(module.path)) continue
      seen.add(module.path)
      next.push({file: module, entry})
    }
  }
  return found
}

function importsOf(file: TextFile): {specifier: string; start: number}[] {
  if (isPage(file.path))
    return importSpecifiers(scriptsIn(file.path, file.text)).flatMap(({text: specifier, start, isDynamic}) =>
      isDynamic ? [] : [{specifier, start}],
    )
  const names = moduleNames(file)
  if (!names) return []
  return names.imports
    .filter((each) => !each.isGuarded && !each.isLate && isLoaded(file, names, each))
    .map(({specifier, start}) => ({specifier, start: start + 1}))
}
