import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf} from '../../dockerfile/parse.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {sourceAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {servedRoot} from './served-sites.ts'
import {commandsOf, commandText, stageNamed} from './site-builds.ts'

/** A route that only the script of the page knows, and for which the web server has no file. */
export interface LostRoute {
  server: string
  /** The folder that it hands out. */
  folder: string
  /** The COPY that fills it. */
  copy: FileLocation | undefined
  /** `react-router-dom`. */
  router: string
  /** `/login`. */
  path: string
  route: FileLocation
  /** What makes the server hand out files alone: its configuration or command; of an image's own the FROM. */
  serves: FileLocation
  /** The project says how it serves: no configuration of the image's own. */
  isConfigured: boolean
  /** A folder of the project that is copied beside the page, has the name of the route, and no page of its own. */
  hides?: string
}

interface Router {
  /** What makes it keep its routes in the path, and not behind a #. */
  history: RegExp
  hash: RegExp
}

const memory = 'createHashHistory|createMemoryHistory|HashRouter|MemoryRouter'
const react: Router = {
  history: /<BrowserRouter\b|\bcreateBrowserRouter\s*\(|\bas Router\b|<RouterProvider\b/,
  hash: new RegExp(`\\b(?:${memory}|createHashRouter|createMemoryRouter|StaticRouter)\\b`),
}

/** By package. */
const routers: ReadonlyMap<string, Router> = new Map([
  ['react-router-dom', react],
  ['react-router', react],
  ['vue-router', {history: /\bcreateWebHistory\s*\(|\bmode:\s*['"]history['"]/, hash: /\bcreateWebHashHistory\b/}],
  [
    '@angular/router',
    {
      history: /\bprovideRouter\s*\(|\bRouterModule\.forRoot\s*\(/,
      hash: /\b(?:withHashLocation|HashLocationStrategy)\b|\buseHash\b/,
    },
  ],
  ['@tanstack/react-router', {history: /\bcreateRouter\s*\(/, hash: new RegExp(`\\b(?:${memory})\\b`)}],
  ['wouter', {history: /<(?:Route|Switch)\b/, hash: /\b(?:useHashLocation|memoryLocation)\b/}],
  ['@solidjs/router', {history: /<Router\b/, hash: new RegExp(`\\b(?:${memory})\\b`)}],
])

/** Packages with which a build writes a file for each route. */
const prerenders =
  /prerender|\bssg\b|react-snap|vike|vite-plugin-ssr|react-static|\bgatsby\b|\bastro\b|vitepress|docusaurus|@react-router\/dev|@remix-run\/dev|@sveltejs\/kit|tanstack\/(?:react|solid)-start|@solidjs\/start|@angular\/ssr|@nguniversal|single-spa/

const written =
  /\bpath\s{0,50}[:=]\s{0,50}\{?\s{0,50}["'`](\/?[A-Za-z][\w./:$-]*)["'`]|\bcreate(?:File|Lazy)(?:File)?Route\s*\(\s*["'`](\/[A-Za-z][\w./$-]*)["'`]/g

/** Files that say what a path gets which has none. */
const answers = ['404.html', 'serve.json', '.htaccess']

/** Builds of a page with one index.html, by their command. */
const builders =
  /^(?:vite build|react-scripts build|vue-cli-service build|ng build|craco build|rsbuild build|parcel build)\b/

export async function loadLostRoutes(inputs: Inputs, facts: FactStore): Promise<Fact<LostRoute[]>> {
  const [[build, {commands}], files] = await Promise.all([
    facts.needAll('build', 'buildCommands'),
    facts.value('files'),
  ])
  const root = await servedRoot(inputs, facts)
  if (!root || (root.fallback && !root.asksFolders)) return known([])
  const {reader} = inputs
  const paths = files ?? noFiles
  const {server, folder, at: serves, text} = root
  const page = pageIn(folder, build)
  const own = page && commandsOf(page.stage, commands)
  const tool = own?.find((each) => builders.test(commandText(each)))
  const manifest = tool && sourceAt(tool.moment, posix.join(tool.folder, 'package.json'), paths)
  if (!page || !tool || manifest === undefined) return known([])
  const origin = manifest.slice(0, -'package.json'.length)
  const declared = (await reader.text(manifest))?.text ?? ''
  const used = prerenders.test(declared) ? [] : [...routers].filter(([router]) => declared.includes(`"${router}"`))
  if (root.fallback) return known(root.asksFolders ? await hiddenRoutes(root.asksFolders) : [])
  // serve and http-server hand out a 404.html; what serve.json says is not read. The build may write them, too.
  if (paths.named(...answers).some((path) => path.startsWith(origin))) return known([])
  const runs = [page.stage, build.final].flatMap(({stage}) => allInstructions(stage)).map(({text}) => text)
  if ([declared, ...runs].some((text) => answers.some((name) => text.includes(name)))) return known([])
  for (const [router, kind] of used) {
    const [found] = await routesOf(router, kind, origin, reader, paths)
    // Vite and its like copy public/ as it is.
    const copied = found && posix.join(origin, 'public', found.path)
    if (!found || paths.has(`${copied}/index.html`) || paths.has(`${copied}.html`)) continue
    const isConfigured = text !== '' || /^(?:serve|http-server|sirv)$/.test(server)
    return known([{server, folder, router, ...found, serves, isConfigured, copy: page.copy}])
  }
  return known([])

  /** Routes that are called as a folder of public/ is. */
  async function hiddenRoutes(asks: FileLocation): Promise<LostRoute[]> {
    for (const [router, kind] of used) {
      for (const {path, route} of await routesOf(router, kind, origin, reader, paths)) {
        const hides = posix.join(origin, 'public', path).replace(/\/$/, '')
        if (
          path === '/' ||
          !paths.hasFolder(hides) ||
          paths.has(`${hides}/index.html`) ||
          paths.has(`${hides}/index.htm`)
        )
          continue
        return [{server, folder, router, path, route, serves: asks, isConfigured: true, copy: undefined, hides}]
      }
    }
    return []
  }
}

/** The stage that a folder of the image is filled from, which may be the last one itself, and the COPY. */
function pageIn(
  folder: string,
  {final, stages}: Build,
): {stage: BuiltStage; copy: FileLocation | undefined} | undefined {
  const copies = allInstructions(final.stage).flatMap((instruction) => {
    const copy = copyOf(instruction)
    const name = flagOf(instruction, 'from')
    const fills = copy && isBelow(folder, posix.resolve('/', final.config.workingDir, copy.target))
    return fills
      ? [{at: instruction.at, stage: name === undefined ? final : stageNamed(name, stages, final.stage)}]
      : []
  })
  const last = copies.findLast(({stage}) => stage !== final)
  if (last) return last.stage && {stage: last.stage, copy: last.at}
  return {stage: final, copy: undefined}
}

/** The routes beside `/` in the files that name the router, if one of them keeps the routes in the path. */
async function routesOf(
  router: string,
  {history, hash}: Router,
  origin: string,
  reader: ProjectReader,
  paths: Files,
): Promise<{path: string; route: FileLocation}[]> {
  const found: {path: string; route: FileLocation}[] = []
  let keeps = false
  for (const path of paths.ending('.tsx', '.jsx', '.ts', '.js', '.vue')) {
    if (
      !path.startsWith(origin) ||
      /(?:^|\/)(?:node_modules|dist|build|tests?|__tests__|e2e|docs)\/|\.(?:test|spec|stories|d)\.\w+$/.test(path)
    )
      continue
    const file = await reader.text(path)
    if (!file?.text.includes(router)) continue
    const names = new RegExp(`["']${router}(?:/[\\w-]+)?["']`)
    if (!names.test(file.text)) continue
    if (hash.test(file.text)) return []
    keeps ||= history.test(file.text)
    for (const match of file.text.matchAll(written)) {
      const route = (match[1] ?? match[2]) as string
      found.push({path: posix.join('/', route), route: file.span(match.index, match.index + match[0].length)})
    }
  }
  return keeps ? found : []
}
