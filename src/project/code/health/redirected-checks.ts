/** Health checks of a path at which the app, by its routes or its settings, does nothing but send on to another one. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Path} from '../../documents/document.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {type Files, noFiles, scripts} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {httpChecks} from '../../fly-config/health-checks.ts'
import type {Inputs} from '../../inputs.ts'
import {codeOf} from '../code.ts'
import type {AppRoutes, Route} from '../routes/routes.ts'

export interface RedirectedCheck {
  /** Of the check, in fly.toml. */
  path: Path
  asks: string
  /** What sends on. */
  at: FileLocation
}

export async function loadRedirectedChecks({reader}: Inputs, facts: FactStore): Promise<Fact<RedirectedCheck[]>> {
  const config = await facts.need('flyConfig')
  const checks = httpChecks(config).filter(({check}) => check.path?.startsWith('/'))
  if (checks.length === 0) return known([])
  const routes = (await facts.value('routes')) ?? new Map<string, AppRoutes>()
  const project = {reader, paths: (await facts.value('files')) ?? noFiles}
  const found: RedirectedCheck[] = []
  for (const {check, path, groups} of checks) {
    const asks = (check.path ?? '').replace(/[?#].*$/s, '')
    const app = groups.length === 1 ? routes.get(groups[0] as string) : undefined
    const at = (await bySettings(asks, project)) ?? (app && (await byRoute(asks, app, project)))
    if (at) found.push({path, asks, at})
  }
  return known(found)
}

interface Project {
  reader: ProjectReader
  paths: Files
}

/** `routeRules` of Nuxt, `redirects()` of Next.js: both come before every page. Of the one app of the project. */
async function bySettings(asks: string, {reader, paths}: Project): Promise<FileLocation | undefined> {
  if (paths.named('package.json').length !== 1) return undefined
  const path = escapePattern(asks)
  const kinds: [string, RegExp][] = [
    ['nuxt.config', new RegExp(`(["'\`])${path}\\1\\s{0,20}:\\s{0,20}\\{[^{}]{0,200}?\\bredirect\\s{0,20}:`)],
    [
      'next.config',
      new RegExp(
        `\\{[^{}]{0,300}?\\bsource\\s{0,9}:\\s{0,9}(["'\`])${path}\\1(?=[^{}]{0,300}\\b(?:permanent|statusCode)\\s{0,9}:)(?![^{}]{0,300}\\b(?:has|missing|basePath)\\s{0,9}:)`,
      ),
    ],
  ]
  for (const [name, pattern] of kinds) {
    const [file] = await reader.texts(scripts(name).filter((each) => paths.has(each)))
    const code = file && codeOf(file)
    // By a prefix or a language the path is another one.
    if (!code || /\b(?:basePath|baseURL|i18n)\b/.test(code.text)) continue
    const match = pattern.exec(code.text)
    if (match) return file.span(match.index, match.index + match[0].length)
  }
  return undefined
}

const handler = String.raw`\s{0,20},\s{0,50}(?:async\s{1,9})?(?:function\b\s{0,9}\w{0,50}\s{0,9})?\(?[\w\s,:.<>]{0,120}\)?\s{0,9}(?:=>)?\s{0,9}\{?\s{0,200}(?:return\s{1,9})?(?:await\s{1,9})?`
const view = String.raw`[^\n]{0,300}\n(?:@[^\n]{0,300}\n){0,5}(?:async\s{1,9})?def\s[^\n]{1,300}:\s{0,9}\n(?:\s{1,20}(?:"""[^"]{0,2000}"""|'''[^']{0,2000}''')\s{0,9}\n)?\s{1,20}return\s{1,9}`

/** What follows the path of a route that does nothing but send on, by the framework. */
const sendsOn: Readonly<Record<string, RegExp>> = {
  Express: new RegExp(`^${handler}_?res(?:ponse)?\\.redirect\\(`),
  Fastify: new RegExp(`^${handler}(?:reply|res)\\.redirect\\(`),
  Hono: new RegExp(`^${handler}(?:c|ctx|context)\\.redirect\\(`),
  Koa: new RegExp(`^${handler}ctx\\.redirect\\(`),
  FastAPI: new RegExp(`^${view}RedirectResponse\\(`),
  Flask: new RegExp(`^${view}(?:flask\\.)?redirect\\(`),
  Quart: new RegExp(`^${view}redirect\\(`),
  Django:
    /^\s{0,50}(?:[\w.]{0,50}RedirectView\.as_view\(|lambda\s{1,9}\w{1,30}\s{0,9}:\s{0,9}(?:redirect|HttpResponse(?:Permanent)?Redirect)\()/,
  Laravel:
    /^\s{0,20},\s{0,50}(?:fn\s{0,9}\(\)\s{0,9}=>\s{0,20}|(?:static\s{1,9})?function\s{0,9}\(\)\s{0,9}\{\s{0,200}return\s{1,9})(?:redirect|to_route)\(/,
  Rails: /^[^\n]{0,100}\bto:\s{0,9}redirect\(/,
  'net/http': /^\s{0,20},\s{0,20}http\.RedirectHandler\(/,
}

/** Files by whose names a page is a route, and what then sends on. */
const ofPages: Readonly<Record<string, (file: TextFile, project: Project) => Promise<FileLocation | undefined>>> = {
  'Next.js': nextPage,
  SvelteKit: async ({path}, {reader, paths}) => {
    const folder = posix.dirname(path)
    const names = ['+page.server', '+page'].flatMap(scripts).map((name) => posix.join(folder, name))
    const [file] = await reader.texts(names.filter((each) => paths.has(each)))
    return file && spanOf(file, /\bload\b[^{};]{0,200}(?:=>|\))\s{0,9}\{\s{0,200}(?:throw\s{1,9})?redirect\(/)
  },
  Astro: async (file) => spanOf(file, /^---\n(?:import [^\n]{1,300}\n|[ \t]{0,9}\n){0,50}return Astro\.redirect\(/),
  Remix: loader,
  'React Router': loader,
}

async function loader(file: TextFile): Promise<FileLocation | undefined> {
  return spanOf(
    file,
    /\bexport\s{1,9}(?:const\s{1,9}loader\b[^{};]{0,200}=>|(?:async\s{1,9})?function\s{1,9}loader\([^{};]{0,200}\)[^{};]{0,60})\s{0,9}\{?\s{0,200}(?:return|throw)?\s{0,9}redirect\(/,
  )
}

/** A page whose component first of all calls redirect(); what waits for it is answered with 200, and sent on by the browser. */
async function nextPage(file: TextFile, {paths}: Project): Promise<FileLocation | undefined> {
  for (let folder = posix.dirname(file.path); folder !== '.'; folder = posix.dirname(folder))
    if (['tsx', 'jsx', 'ts', 'js'].some((ending) => paths.has(`${folder}/loading.${ending}`))) return undefined
  if (/["']use client["']/.test(file.text) || !/["']next\/navigation["']/.test(file.text)) return undefined
  return spanOf(
    file,
    /\bexport\s{1,9}default\s{1,9}(?:async\s{1,9})?(?:function\s{0,9}\w{0,60}\s{0,9})?\([^(){};]{0,200}\)\s{0,9}(?:=>\s{0,9})?(?::\s{0,9}[\w.<>]{1,60}\s{0,9})?\{?\s{0,200}(?:return\s{1,9})?(?:permanentRedirect|redirect)\(/,
  )
}

function spanOf(file: TextFile, pattern: RegExp): FileLocation | undefined {
  const match = pattern.exec(codeOf(file)?.text ?? file.text)
  return match ? file.span(match.index, match.index + match[0].length) : undefined
}

/** The one route of exactly this path, written at the app itself. */
async function byRoute(asks: string, app: AppRoutes, project: Project): Promise<FileLocation | undefined> {
  const fitting = app.routes.filter((route) => isOf(asks, route))
  const [route, another] = fitting
  if (!route || another || route.open || route.path !== asks || app.prefix) return undefined
  const file = await project.reader.text(route.at.file)
  if (!file) return undefined
  const page = ofPages[app.framework]
  if (page) return page(file, project)
  const pattern = sendsOn[app.framework]
  const text = codeOf(file)?.text ?? file.text
  const start = file.startOf(route.at)
  const end = file.offset(route.at.endLine ?? route.at.line ?? 1, route.at.endColumn ?? 1)
  if (!pattern || !(app.isWhole || app.framework === 'Django' || isOfApp(text, start))) return undefined
  const isRedirect = /^Route::(?:permanentR|r)edirect\b/.test(text.slice(start, end))
  return isRedirect || pattern.test(text.slice(end, end + 3000)) ? route.at : undefined
}

/** Whether a route may be that of the path: that of all texts, or one with a parameter in the place of a part. */
function isOf(asks: string, {path, method}: Route): boolean {
  if (method && method !== 'GET' && method !== 'HEAD') return false
  return (
    path === asks || path === `${asks}/` || (/[:{<*(]/.test(path) && path.split('/').length === asks.split('/').length)
  )
}

/** `app.get(…)`, `@app.get(…)`, or a line that no block stands around: else a prefix may stand before the path. */
function isOfApp(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const [, object] = /^@(\w+)\./.exec(text.slice(start, start + 60)) ?? /(\w{1,100})[ \t]{0,9}$/.exec(line) ?? []
  if (object !== undefined) return /^(?:app|server|fastify|hono|api|application|web|mux|http)$/i.test(object)
  return text[start] !== '.' && line.trim() === '' && line.length <= 2
}
