/** Middleware of Express, for all paths, that answers 401 or 403 to whoever brings no token (expressjs.com, "Using middleware"). */
import {posix} from 'node:path'
import type {
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Node,
  Statement,
} from '@babel/types'
import type {FileLocation} from '../../../check.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {resolvedImport} from '../../node/imports/resolved-import.ts'
import {moduleNames} from '../../node/source/module-names.ts'
import {parsedModule} from '../../node/source/parsed-module.ts'

export interface ExpressGuard {
  guard: string
  at: FileLocation
  cure: string
  answer: string
}

type Handler = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression

/** What a handler asks for beside the token: which path it is, who asks, or where it runs. */
const looksAtMore =
  /\.(?:path|url|originalUrl|baseUrl|method|ip|ips|hostname|protocol|secure)\b|\bNODE_ENV\b|\b(?:is)?(?:public|dev|test|enabled|disabled|skip|allow|exempt|white)\w*\b/i
/** What a request of a health check does not have: it has a host and an agent. */
const tokens = /\.(?:headers|header\(|get\(|cookies|signedCookies|query|session|user\b|isAuthenticated\()/
const namesOne = /auth|token|key|secret|cookie|session|signature|password|jwt|\buser\b(?!-)/i

/**
 * The first one before the route of a check, where both are of the one app of a file. Express asks them in the order in which
 * they are written.
 */
export async function expressGuard(
  asks: string,
  {reader, files}: {reader: ProjectReader; files: Files},
): Promise<ExpressGuard | undefined> {
  const sources = files.ending(...javascript).filter((path) => !isApart(path))
  const apps = (await reader.texts(sources)).filter(({text}) => /\bexpress\(\)/.test(text) && text.includes(asks))
  const [file, another] = apps
  const body = file && !another ? parsedModule(file).tree?.program.body : undefined
  const own = body?.find((each) => isRouteOf(asks, each))
  const app = own && calledOn(own)?.app
  if (!file || !body || !app) return undefined
  if (!new RegExp(`(?<![\\w$])${escapePattern(app)}\\s{0,9}(?::[^=\\n]{1,60})?=\\s{0,9}express\\(\\)`).test(file.text))
    return undefined
  for (const statement of body) {
    if (statement === own) break
    const used = calledOn(statement)
    const [handler, more] = used?.call.arguments ?? []
    if (!used || used.app !== app || used.method !== 'use' || !handler || more) continue
    const found = await handlerOf(handler, file)
    const answer = found && refusal(found.handler, found.file)
    if (!answer) continue
    const name = handler.type === 'Identifier' ? `app.use(${handler.name})` : 'a middleware'
    return {
      guard: name,
      at: file.span(statement.start ?? 0, statement.end ?? 0),
      cure: `Write the route of the check above ${name}: Express asks them in this order. Or let it pass there by its path.`,
      answer,
    }
  }
  return undefined

  /** A function that is written there, or declared in this file or in the one that it is imported from. */
  async function handlerOf(node: Node, from: TextFile): Promise<{handler: Handler; file: TextFile} | undefined> {
    if (isHandler(node)) return {handler: node, file: from}
    if (node.type !== 'Identifier') return undefined
    const here = declared(node.name, from)
    if (here) return {handler: here, file: from}
    for (const {specifier, takes} of moduleNames(from)?.imports ?? []) {
      const taken = takes.find(({local}) => local === node.name)
      const path =
        taken && specifier.startsWith('.') && resolvedImport(posix.join(posix.dirname(from.path), specifier), files)
      const other = path ? await reader.text(path) : undefined
      const there = other && taken && declared(taken.name, other)
      if (there) return {handler: there, file: other}
    }
    return undefined
  }
}

const isHandler = (node: Node | null | undefined): node is Handler =>
  node?.type === 'ArrowFunctionExpression' ||
  node?.type === 'FunctionExpression' ||
  node?.type === 'FunctionDeclaration'

/** `app.use(…)` and its like, as a statement. */
function calledOn(statement: Statement): {app: string; method: string; call: CallExpression} | undefined {
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined
  const {object, property} = call.callee
  return object.type === 'Identifier' && property.type === 'Identifier'
    ? {app: object.name, method: property.name, call}
    : undefined
}

/** `app.get('/health', …)`. */
function isRouteOf(asks: string, statement: Statement): boolean {
  const {method, call} = calledOn(statement) ?? {}
  const [path] = call?.arguments ?? []
  return /^(?:get|all)$/.test(method ?? '') && path?.type === 'StringLiteral' && path.value === asks
}

/** The function of a name at the top of a module. */
function declared(name: string, file: TextFile): Handler | undefined {
  for (const each of parsedModule(file).tree?.program.body ?? []) {
    const node = each.type === 'ExportNamedDeclaration' ? each.declaration : each
    if (node?.type === 'FunctionDeclaration' && node.id?.name === name) return node
    if (each.type === 'ExportDefaultDeclaration' && name === 'default' && isHandler(each.declaration))
      return each.declaration
    if (node?.type !== 'VariableDeclaration') continue
    const own = node.declarations.find(({id}) => id.type === 'Identifier' && id.name === name)
    if (isHandler(own?.init)) return own.init
  }
  return undefined
}

/** `401`, where a request without a token surely gets no further. */
function refusal(handler: Handler, file: TextFile): string | undefined {
  const [request, response, next] = handler.params.map((each) => (each.type === 'Identifier' ? each.name : undefined))
  const text = (node: Node) => file.text.slice(node.start ?? 0, node.end ?? 0)
  if (!request || !response || !next || handler.body.type !== 'BlockStatement') return undefined
  if (looksAtMore.test(text(handler.body))) return undefined
  const names = new Set<string>()
  const isToken = (node: Node): boolean =>
    (tokens.test(text(node)) && namesOne.test(text(node)) && text(node).includes(`${request}.`)) ||
    [...names].some((name) => new RegExp(`^${escapePattern(name)}(?![\\w$])`).test(text(node)))
  return run(handler.body.body)

  function run(statements: readonly Statement[]): string | undefined {
    for (const each of statements) {
      if (each.type === 'TryStatement') return run(each.block.body)
      if (each.type === 'VariableDeclaration') {
        for (const {id, init} of each.declarations)
          if (init && isToken(init)) for (const name of namesIn(text(id))) names.add(name)
        continue
      }
      if (each.type === 'IfStatement' && lacksToken(each.test)) return answerOf(text(each.consequent))
      // What only writes a log.
      if (each.type !== 'ExpressionStatement' || new RegExp(`\\b(?:${response}|${next})\\b`).test(text(each)))
        return undefined
    }
    return undefined
  }

  /** `!token`, `header !== secret`, `!header.startsWith('Bearer ')`: true of a request that has none. */
  function lacksToken(test: Expression): boolean {
    if (test.type === 'LogicalExpression') {
      const [left, right] = [lacksToken(test.left), lacksToken(test.right)]
      return test.operator === '||' ? left || right : test.operator === '&&' && left && right
    }
    if (test.type === 'UnaryExpression') return test.operator === '!' && isToken(test.argument)
    return test.type === 'BinaryExpression' && /^!==?$/.test(test.operator) && isToken(test.left)
  }

  function answerOf(block: string): string | undefined {
    if (new RegExp(`\\b${next}\\(`).test(block)) return undefined
    return new RegExp(`\\b${response}\\s{0,20}\\.(?:status|sendStatus)\\((40[13])\\)`).exec(block)?.[1]
  }
}

const namesIn = (pattern: string): string[] =>
  [...pattern.matchAll(/(?<![\w$])[A-Za-z_$][\w$]{0,100}(?=\s{0,20}(?:[,}\]]|$))/g)].map(([name]) => name)
