/**
 * The routes of an app of NestJS, written in full: the global prefix, the version, the path of the controller and that of the
 * method (docs.nestjs.com/faq/global-prefix, /techniques/versioning).
 */
import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../files/text.ts'
import {argumentsAt, type Code, closing, codeOf, parts, placeOf, type Span, textOf} from '../code.ts'
import {objectAt} from '../object-literal.ts'
import type {AppRoutes, Route} from './routes.ts'

/** What answers beside the controllers, or has controllers of its own: files, other apps, middleware, packages. */
const mayAnswer =
  /@nestjs\/serve-static|\bRouterModule\b|\bgetHttpAdapter\(|\bgetInstance\(|\buseStaticAssets\b|\bexpress\.static\b|\bnew ExpressAdapter\(\s{0,20}\w|\bcreateProxyMiddleware\b|\bapplyDecorators\b|@Version\(|\.use\(\s{0,20}(?:async\s{0,20})?(?:\(|function\b|\w+\s{0,20}=>)|\bfrom\s{0,9}["'](?![.~]|@\/|@nestjs\/|src\/)[^"'\n]{0,100}(?:health|prometheus|metrics|actuator|next|admin|payload|better-auth|trpc|ts-rest)/

const verbs = /@(Get|Post|Put|Patch|Delete|Options|Head|All|Search|Sse)\s*\(/g

/** undefined where one of them cannot be read, or something else may answer. */
export function nestRoutes(files: readonly TextFile[]): AppRoutes | undefined {
  const codes = files.flatMap((file) => codeOf(file) ?? [])
  if (!codes.some(({text}) => /["']@nestjs\/core["']/.test(text))) return undefined
  if (codes.some(({text}) => mayAnswer.test(text))) return undefined
  const prefix = prefixOf(codes)
  const versioning = versioningOf(codes)
  if (!prefix || !versioning) return undefined
  const routes: Route[] = []
  for (const code of codes) {
    const own = controllersIn(code)
    if (!own) return undefined
    for (const controller of own) {
      if (!isRegistered(controller.name, codes)) continue
      const methods = methodsIn(code, controller.body)
      if (!methods) return undefined
      for (const {verb, paths, at} of methods)
        for (const path of paths)
          for (const full of fullPaths(controller, path, verb, prefix, versioning))
            routes.push({path: full, method: verb, open: false, at: placeOf(code, at)})
    }
  }
  if (routes.length === 0) return undefined
  const besides = codes.map(({text}) =>
    text.replace(/@\w+\(\s{0,50}(?:\{[^{}]{0,300}\}|[^(){}]{0,300})\)|setGlobalPrefix\([^()]{0,500}\)/g, ''),
  )
  return {
    framework: 'NestJS',
    slash: 'same',
    head: true,
    isWhole: true,
    files,
    routes,
    names(path) {
      const written = new RegExp(`["'\`]/?${escapePattern(path.replace(/^\//, ''))}/?["'\`]`, 'i')
      return besides.some((text) => written.test(text))
    },
  }
}

interface Prefix {
  text: string
  /** Routes that do not have it: as they are written, or what they begin with. */
  exact: {path: string; hasMethod: boolean}[]
  open: string[]
}

function prefixOf(codes: readonly Code[]): Prefix | undefined {
  const calls = codes.flatMap((code) =>
    [...code.bare.matchAll(/\.setGlobalPrefix\s*\(/g)].map((match) => ({
      code,
      open: match.index + match[0].length - 1,
    })),
  )
  const [only, another] = calls
  if (!only) return {text: '', exact: [], open: []}
  const [first, second, more] = argumentsAt(only.code, only.open)
  const text = first && literalOf(only.code, first)
  if (another || more || text === undefined) return undefined
  const prefix: Prefix = {text, exact: [], open: []}
  if (!second) return prefix
  if (only.code.bare[second.start] !== '{') return undefined
  const object = objectAt(only.code, second)
  const exclude = object.get('exclude')
  if (object.isOpen || (exclude && only.code.bare[exclude.start] !== '[')) return undefined
  for (const each of exclude ? itemsOf(only.code, exclude) : []) {
    const inner = only.code.bare[each.start] === '{' ? objectAt(only.code, each).get('path') : each
    const path = inner && literalOf(only.code, inner)
    if (path === undefined) return undefined
    const wild = path.search(/[(*:{?+]/)
    if (wild >= 0) prefix.open.push(posix.join('/', path.slice(0, wild)))
    else prefix.exact.push({path: posix.join('/', path), hasMethod: inner !== each})
  }
  return prefix
}

interface Versioning {
  /** `v`; undefined: paths have no version. */
  sign: string | undefined
  standard: string[]
}

function versioningOf(codes: readonly Code[]): Versioning | undefined {
  const calls = codes.flatMap((code) =>
    [...code.bare.matchAll(/\.enableVersioning\s*\(/g)].map((match) => ({
      code,
      open: match.index + match[0].length - 1,
    })),
  )
  const [only, another] = calls
  if (!only) return {sign: undefined, standard: []}
  const [options] = argumentsAt(only.code, only.open)
  if (another) return undefined
  if (!options) return {sign: 'v', standard: []}
  if (only.code.bare[options.start] !== '{') return undefined
  const object = objectAt(only.code, options)
  const type = object.get('type')
  if (object.isOpen || !type || !/^VersioningType\.URI$/.test(textOf(only.code, type).trim())) return undefined
  const sign = object.get('prefix')
  const written = sign ? literalOf(only.code, sign) : 'v'
  const standard = versionsOf(only.code, object.get('defaultVersion'))
  return written === undefined || !standard ? undefined : {sign: written, standard}
}

/** `'1'`, `['1', '2']`; '' stands for VERSION_NEUTRAL. */
function versionsOf(code: Code, span: Span | undefined): string[] | undefined {
  if (!span) return []
  const items = code.bare[span.start] === '[' ? itemsOf(code, span) : [span]
  const found = items.map((each) =>
    textOf(code, each).trim() === 'VERSION_NEUTRAL' ? '' : (literalOf(code, each) ?? numberOf(code, each)),
  )
  return found.every((each) => each !== undefined) ? found : undefined
}

interface Controller {
  name: string
  paths: string[]
  versions: string[]
  body: Span
}

function controllersIn(code: Code): Controller[] | undefined {
  const found: Controller[] = []
  for (const match of code.bare.matchAll(/@Controller\s*\(/g)) {
    const open = match.index + match[0].length - 1
    const [first] = argumentsAt(code, open)
    const options = first && code.bare[first.start] === '{' ? objectAt(code, first) : undefined
    if (options && (options.isOpen || options.has('host'))) return undefined
    const path = options ? options.get('path') : first
    const paths = path ? pathsOf(code, path) : ['']
    const versions = versionsOf(code, options?.get('version'))
    const end = closing(code, open) + 1
    const declared = /\bclass\s{1,20}(\w{1,200})\s{0,20}(extends\b)?[^{]{0,300}\{/.exec(
      code.bare.slice(end, end + 6_000),
    )
    const [whole, name = '', base] = declared ?? []
    // It has the routes of its base as well.
    if (!paths || !versions || !declared || whole === undefined || base) return undefined
    const start = end + declared.index + whole.length - 1
    found.push({name, paths, versions, body: {start, end: closing(code, start) + 1}})
  }
  return found
}

function methodsIn(code: Code, body: Span): {verb: string | undefined; paths: string[]; at: Span}[] | undefined {
  const found: {verb: string | undefined; paths: string[]; at: Span}[] = []
  for (const match of code.bare.slice(body.start, body.end).matchAll(verbs)) {
    const start = body.start + match.index
    const open = start + match[0].length - 1
    const [first] = argumentsAt(code, open)
    const paths = first ? pathsOf(code, first) : ['']
    if (!paths) return undefined
    const [, name = ''] = match
    const verb = name === 'All' ? undefined : name === 'Sse' ? 'GET' : name.toUpperCase()
    found.push({verb, paths, at: {start, end: closing(code, open) + 1}})
  }
  return found
}

/** Whether anything names the class, as the `controllers` of a module do. */
const isRegistered = (name: string, codes: readonly Code[]): boolean =>
  codes.some(({bare}) =>
    new RegExp(`(?<!class\\s{1,9})\\b${name}\\b`).test(
      bare.replace(/^\s{0,20}(?:import\b|export\s{0,9}[{*])[^;]{0,2000}?\bfrom\b/gm, ''),
    ),
  )

function* fullPaths(
  {paths, versions}: Controller,
  path: string,
  verb: string | undefined,
  prefix: Prefix,
  {sign, standard}: Versioning,
): Generator<string> {
  const all = versions.length > 0 ? versions : standard
  const numbers = sign === undefined || all.length === 0 ? [''] : all
  for (const own of paths) {
    const written = posix.join('/', own, path).replace(/(?<=.)\/$/, '')
    const isExact = prefix.exact.find((each) => each.path === written)
    const mayBeFree =
      isExact?.hasMethod || prefix.open.some((each) => written.startsWith(each) || each.startsWith(written))
    for (const number of numbers) {
      const version = number === '' ? '' : `${sign}${number}`
      if (!isExact || mayBeFree || verb === undefined) yield withoutEnd(posix.join('/', prefix.text, version, written))
      if (isExact || mayBeFree) yield withoutEnd(posix.join('/', version, written))
    }
  }
}

const withoutEnd = (path: string): string => path.replace(/(?<=.)\/$/, '')

function pathsOf(code: Code, span: Span): string[] | undefined {
  const items = code.bare[span.start] === '[' ? itemsOf(code, span) : [span]
  const found = items.map((each) => literalOf(code, each))
  return found.every((each) => each !== undefined) ? found : undefined
}

const itemsOf = (code: Code, span: Span): Span[] =>
  parts(code, {start: span.start + 1, end: closing(code, span.start)}).filter(
    (each) => textOf(code, each).trim() !== '',
  )

/** A text in quotes, or the name of one that the same file declares. */
function literalOf(code: Code, span: Span): string | undefined {
  const text = textOf(code, span).trim()
  const [, , plain] = /^(["'`])([^"'`$\\\n]{0,300})\1$/.exec(text) ?? []
  if (plain !== undefined || !/^[A-Za-z_]\w*$/.test(text)) return plain
  const declared = [...code.text.matchAll(new RegExp(`\\bconst\\s+${text}\\s*=\\s*(["'])([^"'\\n]{0,300})\\1`, 'g'))]
  return declared.length === 1 ? declared[0]?.[2] : undefined
}

const numberOf = (code: Code, span: Span): string | undefined => /^\d+$/.exec(textOf(code, span).trim())?.[0]
