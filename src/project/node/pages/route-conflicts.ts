/**
 * Files of Next.js that cannot stand side by side, as their folders give them one path, or their parameters contradict each
 * other (next/dist/shared/lib/router/utils/sorted-routes; tried with 15.5 and 16.4).
 */
import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {askedVersion} from '../output/next-build.ts'
import type {SourceReader} from '../source/source-readers.ts'

export interface RouteConflict extends Pick<SourceReader, 'by' | 'command'> {
  /**
   * `path`: two pages of one path. `hidden`: one of them in the folder itself, the other in a group below it. `route`: a page and a route handler of one. `router`: a page of app and one of pages.
   * `names`: two names for one parameter. `twice`: one name for two. `behind`: more of a path after `[...all]`.
   */
  kind: 'path' | 'hidden' | 'route' | 'router' | 'names' | 'twice' | 'behind'
  /** `/about`, `[id] and [slug]`. */
  what: string
  file: string
  other: string | undefined
  /** The server sorts the parameters as it starts; the build of later versions looks at some of them, too. */
  when: 'build' | 'boot'
}

interface Route {
  /** `q`, `[id]`: without groups. */
  segments: readonly string[]
  file: string
  router: 'app' | 'pages'
}

type Conflict = Omit<RouteConflict, 'by' | 'command' | 'when'>

const ofStart: ReadonlySet<Conflict['kind']> = new Set(['names', 'twice', 'behind'])

export async function loadRouteConflicts({reader}: Inputs, facts: FactStore): Promise<Fact<RouteConflict[]>> {
  const [readers, files] = await Promise.all([facts.need('sourceReaders'), facts.value('files')])
  const found = new Map<string, RouteConflict>()
  for (const {kind, tool, sources, origin = '', by, command} of readers) {
    if (kind !== 'bundler' || tool !== 'next build') continue
    const manifest = await reader.text(posix.join(origin, 'package.json'))
    if (!/^[~^]?1[56]\.\d/.test(askedVersion(manifest, 'next') ?? '')) continue
    const routes = routesOf(
      sources.map(({path}) => path),
      origin,
      files ?? noFiles,
    )
    for (const each of conflictsIn(routes)) {
      const when = ofStart.has(each.kind) ? 'boot' : 'build'
      found.set(`${each.file} ${each.kind}`, {...each, by, command, when})
    }
  }
  return known([...found.values()])
}

function routesOf(sources: readonly string[], origin: string, paths: Files): Route[] {
  // Where one stands beside package.json, that in src/ counts no more.
  const rootOf = (router: string) =>
    [router, `src/${router}`].map((name) => posix.join(origin, name)).find((folder) => paths.hasFolder(folder))
  const [app, pages] = [rootOf('app'), rootOf('pages')]
  return sources.toSorted().flatMap((file): Route[] => {
    if (app !== undefined && file.startsWith(`${app}/`)) {
      const segments = posix.relative(app, file).split('/')
      const isRouted = /^(?:page|route)\.[jt]sx?$/.test(segments.pop() ?? '')
      // A slot or an intercepting route is a part of other pages, and a folder with _ is none.
      const isPart = segments.some((segment) => /^[@_]|^\(\.|^%5F/.test(segment))
      return isRouted && !isPart ? [{segments: segments.filter(isOfPath), file, router: 'app'}] : []
    }
    if (pages === undefined || !file.startsWith(`${pages}/`)) return []
    const segments = posix
      .relative(pages, file)
      .replace(/\.[jt]sx?$/, '')
      .split('/')
    if (/^_(?:app|document|error)$|\./.test(segments.at(-1)?.replace('[...', '[') ?? '')) return []
    return [{segments: segments.at(-1) === 'index' ? segments.slice(0, -1) : segments, file, router: 'pages'}]
  })
}

const depthOf = (file: string): number => file.split('/').length
const isOfPath = (segment: string): boolean => !/^\(.*\)$/.test(segment)
const isHandler = (file: string): boolean => /\/route\.[jt]sx?$/.test(file)

function conflictsIn(routes: readonly Route[]): Conflict[] {
  const found: Conflict[] = []
  const byPath = new Map<string, Route>()
  for (const route of routes) {
    const path = `/${route.segments.join('/')}`
    const first = byPath.get(path)
    if (first) found.push(...samePath(path, first, route))
    else byPath.set(path, route)
  }
  const tree = new Segments()
  for (const route of routes) if (route.router === 'app') found.push(...tree.insert(route))
  return found
}

function samePath(what: string, {file: other, router}: Route, {file, ...route}: Route): Conflict[] {
  if (router !== route.router) return [{kind: 'router', what, file, other}]
  if (router === 'app' && isHandler(file) !== isHandler(other)) return [{kind: 'route', what, file, other}]
  // Of page.js and page.tsx in one folder Next.js takes one.
  if (router === 'pages' || posix.dirname(file) === posix.dirname(other)) return []
  // Of a folder and the groups in it the folder's own page is taken, without a word (resolveParallelSegments of
  // next-app-loader, directory_tree_to_loader_tree_internal of app_structure.rs).
  const [outer, inner] = [other, file].toSorted((one, two) => depthOf(one) - depthOf(two)) as [string, string]
  if (inner.startsWith(`${posix.dirname(outer)}/`)) return [{kind: 'hidden', what, file: inner, other: outer}]
  return [{kind: 'path', what, file, other}]
}

/** The folders of app below one path: each parameter has one name there. */
class Segments {
  readonly #children = new Map<string, Segments>()
  /** By the form of the parameter, `[` or `[...` or `[[...`: how it is called, and the file that first called it so. */
  readonly #parameters = new Map<string, {segment: string; file: string}>()

  insert({segments, file}: Route): Conflict[] {
    let place: Segments = this
    const names = new Set<string>()
    for (const [index, segment] of segments.entries()) {
      const [, form, name] = /^(\[(?:\[?\.{3})?)([\w-]{1,100})\]{1,2}$/.exec(segment) ?? []
      if (form !== undefined && name !== undefined) {
        const other = place.#parameters.get(form)
        if (!other) place.#parameters.set(form, {segment, file})
        else if (other.segment !== segment)
          return [{kind: 'names', what: `${other.segment} and ${segment}`, file, other: other.file}]
        if (names.has(name)) return [{kind: 'twice', what: name, file, other: undefined}]
        names.add(name)
        if (form.endsWith('...') && index < segments.length - 1)
          return [{kind: 'behind', what: segment, file, other: undefined}]
      }
      const key = form ?? segment
      const next = place.#children.get(key) ?? new Segments()
      place.#children.set(key, next)
      place = next
    }
    return []
  }
}
