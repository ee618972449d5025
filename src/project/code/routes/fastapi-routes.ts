/**
 * The routes of FastAPI in full, the prefixes of its routers with them: `include_router(router, prefix=…)` puts its prefix,
 * and that of the router, before every path of the router (fastapi/routing.py, APIRouter.include_router).
 */
import type {Files} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {moduleFile} from '../../python/imports/modules.ts'
import {argumentsAt, type Code, codeOf, textOf} from '../code.ts'
import {methods} from './http-methods.ts'
import type {AppRoutes, Route} from './routes.ts'

/** What makes routes that are not seen: files of a folder, routers of a list, an app in an app, names that are worked out. */
const otherwise =
  /\bimportlib\b|\bpkgutil\b|\b__import__\b|\.routes\b|\broot_path\b|\bAPIRoute\b|\bWSGIMiddleware\b|\bsetattr\b|\bglobals\(|\bstreamable_http_app\b|\bhttp_app\b|\bASGIApp\(|\b(?:gradio|nicegui|chainlit|socketio|fastapi_health)\b/
/** Any path, and what answers where no route does. */
const catches = /\{\w+:path\}|\bexception_handler\(\s{0,9}404|\bhtml\s{0,9}=\s{0,9}True/

const made =
  /(?<![\w.])(\w{1,100})(?:[ \t]{0,9}:[ \t]{0,9}[\w.]{1,100})?[ \t]{0,9}=\s{0,9}(?:fastapi\.)?(FastAPI|APIRouter)\s{0,9}\(/g
const making = /(?<!\bclass\s{1,9})(?<!\w)(?:FastAPI|APIRouter)\s{0,9}\(/g
const includes = /(?<![\w.])([\w.]{1,100})\.include_router\s{0,9}\(/g
const adds = new RegExp(
  `(@?)(?<![\\w.])([\\w.]{1,100})\\.(${methods}|api_route|route|websocket|websocket_route|mount|add_api_route|add_route|add_api_websocket_route)\\s{0,9}\\(`,
  'g',
)
const imports =
  /^[ \t]{0,50}(?:from[ \t]{1,9}(\.{0,9})([\w.]{0,200})[ \t]{1,9}import[ \t]{1,9}(?:\(([^)]{0,4000})\)|([^\n(]{1,1000}))|import[ \t]{1,9}([\w.]{1,200})(?:[ \t]{1,9}as[ \t]{1,9}(\w{1,100}))?)/gm

/** An app or a router, with the path that stands before all of its own. */
interface Router {
  prefix: string
  routes: Route[]
  included: {router: Router; prefix: string}[]
}

/** Of the modules that the server loads; undefined where not every route of the one app can be told. */
export function fastapiRoutes(files: readonly TextFile[], paths: Files): AppRoutes | undefined {
  const codes = files.flatMap((file) => codeOf(file) ?? [])
  const own = new Map(codes.map((code) => [code.file.path, code]))
  if (codes.some(({bare}) => otherwise.test(bare)) || codes.some(({text}) => catches.test(text))) return undefined
  const routers = new Map<string, Map<string, Router>>()
  const apps: Router[] = []
  for (const code of codes) {
    const found = madeIn(code)
    if (!found) return undefined
    routers.set(code.file.path, found.routers)
    apps.push(...found.apps)
  }
  const [app, another] = apps
  if (!app || another) return undefined
  /** Where a text of the code is the path of a route, or the prefix of one. */
  const declared = new Set<string>()
  for (const code of codes) if (!registered(code, app)) return undefined
  const routes = routesOf(app, '', [])
  if (!routes || routes.length === 0) return undefined
  return {
    framework: 'FastAPI',
    slash: 'redirect',
    head: false,
    isWhole: true,
    routes,
    // What is named elsewhere may be answered before any route; a package is handed the app for these.
    names(path) {
      const written = new RegExp(`(["'])${path.replace(/[^\w/]/g, '\\$&')}/?\\1`, 'gi')
      return (
        /^\/(?:docs|redoc|openapi\.json|metrics|admin)(?:\/|$)/.test(path) ||
        codes.some(({file, text}) =>
          [...text.matchAll(written)].some(({index}) => !declared.has(`${file.path}:${index}`)),
        )
      )
    },
  }

  function madeIn({bare, text, file}: Code): {routers: Map<string, Router>; apps: Router[]} | undefined {
    const found = new Map<string, Router>()
    const foundApps: Router[] = []
    const all = [...bare.matchAll(made)]
    if (all.length !== [...bare.matchAll(making)].length) return undefined
    for (const {0: call, 1: name = '', 2: kind, index} of all) {
      const prefix = keywordText({bare, text, file, language: 'python'}, index + call.length - 1, 'prefix')
      if (prefix === undefined || found.has(name)) return undefined
      const router = {prefix, routes: [], included: []}
      found.set(name, router)
      if (kind === 'FastAPI') foundApps.push(router)
    }
    return {routers: found, apps: foundApps}
  }

  /** Whether every route and every router of a module has a place. */
  function registered(code: Code, only: Router): boolean {
    const {bare, file} = code
    for (const {0: call, 1: owner = '', index} of bare.matchAll(includes)) {
      const to = routerOf(code, owner, only, [])
      const open = index + call.length - 1
      const first = argumentsAt(code, open).map((each) => textOf(code, each))[0] ?? ''
      const [, name] = /^(?:router\s{0,9}=\s{0,9})?([\w.]{1,200})$/.exec(first) ?? []
      const router = name === undefined ? undefined : routerOf(code, name, undefined, [])
      const prefix = keywordText(code, open, 'prefix')
      if (!to || !router || prefix === undefined) return false
      to.included.push({router, prefix})
    }
    for (const {0: call, 1: mark, 2: owner = '', 3: method = '', index} of bare.matchAll(adds)) {
      const isOwn = mark === '@' || /^(?:mount|add_)/.test(method)
      const to = isOwn ? routerOf(code, owner, only, []) : undefined
      if (!to) {
        // `@cache.get("…")` of something else is no route, where it is known for that.
        if (mark === '@' && !isForeign(code, owner)) return false
        if (/^(?:mount|add_)/.test(method) && /^(?:app|api|router|\w+_router)$/.test(owner)) return false
        continue
      }
      const open = index + call.length - 1
      const [first] = argumentsAt(code, open)
      const path = first && literal(textOf(code, first).replace(/^path\s{0,9}=\s{0,9}/, ''))
      if (!first || path === undefined) return false
      declared.add(`${file.path}:${first.end - path.length - 2}`)
      const isVerb = new RegExp(`^(?:${methods})$`).test(method) && !/^(?:all|any|route)$/.test(method)
      to.routes.push({
        path,
        method: isVerb ? method.toUpperCase() : undefined,
        open: method === 'mount',
        at: file.span(index, open + 1),
      })
    }
    return true
  }

  /** What a name of a module stands for: a router of its own, one of another module, or the app that it is handed. */
  function routerOf(code: Code, name: string, only: Router | undefined, around: readonly string[]): Router | undefined {
    const {file, text, bare} = code
    const local = routers.get(file.path)?.get(name)
    if (local || around.length > 6 || around.includes(file.path)) return local
    const [first = '', ...more] = name.split('.')
    const targets = new Set<Router>()
    for (const {path, name: called} of importedAs(text, file.path, first)) {
      const target = own.get(path)
      const member = [called, ...more].filter(Boolean).join('.')
      const found = target && member ? routerOf(target, member, only, [...around, file.path]) : undefined
      if (found) targets.add(found)
    }
    const [found, another] = targets
    if (found) return another ? undefined : found
    // `def register(app: FastAPI):`
    const isHanded =
      more.length === 0 && new RegExp(`[(,]\\s{0,99}${first}\\s{0,9}:\\s{0,9}(?:fastapi\\.)?FastAPI\\b`).test(bare)
    return isHanded ? only : undefined
  }

  /** `from a import b as name`: the file of a and the name b, and the file of a.b where b is a module. */
  function* importedAs(text: string, from: string, name: string): Iterable<{path: string; name: string | undefined}> {
    for (const [, dots = '', module = '', list, line, plain, alias] of text.matchAll(imports)) {
      if (plain !== undefined) {
        const path = (alias ?? plain) === name ? moduleFile(paths, from, plain, 0) : undefined
        if (path !== undefined) yield {path, name: undefined}
        continue
      }
      for (const each of (list ?? line ?? '').split(',')) {
        const [called = '', as, other] = each.trim().split(/\s+/)
        if ((as === 'as' ? other : called) !== name) continue
        const below = moduleFile(paths, from, [module, called].filter(Boolean).join('.'), dots.length)
        if (below !== undefined) yield {path: below, name: undefined}
        const path = moduleFile(paths, from, module, dots.length)
        if (path !== undefined && path !== below) yield {path, name: called}
      }
    }
  }

  function isForeign({text, file, bare}: Code, name: string): boolean {
    const [first = ''] = name.split('.')
    return (
      [...importedAs(text, file.path, first)].length === 0 &&
      !/^(?:app|api|application|router|\w*_?router)$/i.test(first) &&
      !new RegExp(`\\b${first}\\s{0,9}:\\s{0,9}(?:fastapi\\.)?(?:FastAPI|APIRouter)\\b`).test(bare)
    )
  }
}

function routesOf({prefix, routes, included}: Router, before: string, around: readonly Router[]): Route[] | undefined {
  const top = before + prefix
  const found = routes.map((route) => ({...route, path: `${top}${route.path}` || '/'}))
  for (const {router, prefix: between} of included) {
    if (around.includes(router) || around.length > 20) return undefined
    const inside = routesOf(router, top + between, [...around, router])
    if (!inside) return undefined
    found.push(...inside)
  }
  return found
}

/** The text of a keyword of a call, '' without one; undefined where it cannot be told. */
function keywordText(code: Code, open: number, keyword: string): string | undefined {
  for (const each of argumentsAt(code, open)) {
    const written = textOf(code, each)
    if (written.startsWith('*')) return undefined
    const [, value] = new RegExp(`^${keyword}\\s{0,9}=\\s{0,9}([\\s\\S]{1,300})$`).exec(written) ?? []
    if (value !== undefined) return literal(value.trim())
  }
  return ''
}

const literal = (written: string): string | undefined => /^(["'])([^"'\n\\]{0,300})\1$/.exec(written)?.[2]
