/**
 * Health checks that the middleware of Next.js answers in place of the app, as it asks for a session that a check has not
 * (nextjs.org/docs/app/api-reference/file-conventions/proxy).
 */
import type {Node, Statement} from '@babel/types'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Path} from '../../documents/document.ts'
import {noFiles, scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {type HttpCheck, httpChecks} from '../../fly-config/health-checks.ts'
import type {Inputs} from '../../inputs.ts'
import {moduleNames} from '../../node/source/module-names.ts'
import {parsedModule} from '../../node/source/parsed-module.ts'
import {type Given, type Known, knownValue} from './known-value.ts'
import {mayMatch} from './middleware-matcher.ts'

export interface InterceptedCheck {
  /** Of the check, in fly.toml. */
  path: Path
  /** What the check asks for: `/api/health`. */
  asks: string
  /** `a redirect`, `401`. */
  answer: string
  /** The answer, in the middleware. */
  at: FileLocation
}

/** By these a request has another path, or ends before. */
const otherwise = /\b(?:basePath|trailingSlash|i18n|rewrites|redirects|pageExtensions)\b|\.\.\./

export async function loadInterceptedChecks({reader}: Inputs, facts: FactStore): Promise<Fact<InterceptedCheck[]>> {
  const [config, listeners] = await facts.needAll('flyConfig', 'listeners')
  const paths = (await facts.value('files')) ?? noFiles
  const isServed = (group: string) => /^(?:Next\.js|next(?: start)?)$/.test(listeners.get(group)?.server ?? '')
  const checks = httpChecks(config).filter(
    ({check, groups}) => check.path && Object.keys(check.headers ?? {}).length === 0 && groups.every(isServed),
  )
  const settings = await reader.texts(scripts('next.config').filter((path) => paths.has(path)))
  if (checks.length === 0 || settings.some(({text}) => otherwise.test(text))) return known([])
  const isInSource = !['app', 'pages'].some((folder) => paths.hasFolder(folder))
  const names = ['middleware', 'proxy'].flatMap((name) => scripts(isInSource ? `src/${name}` : name))
  const [place, another] = names.filter((name) => paths.has(name))
  const file = place === undefined || another !== undefined ? undefined : await reader.text(place)
  if (!file) return known([])
  return known(checks.flatMap((check) => interception(file, check)))
}

function interception(file: TextFile, {check, path}: HttpCheck): InterceptedCheck[] {
  const asks = (check.path ?? '').replace(/[?#].*$/s, '')
  const {tree} = parsedModule(file)
  if (!tree || !mayMatch(tree.program.body, asks)) return []
  const answer = new Request(file, asks, (check.method ?? 'GET').toUpperCase()).answer(tree.program.body)
  return answer ? [{path, asks, answer: answer.what, at: file.span(answer.node.start ?? 0, answer.node.end ?? 0)}] : []
}

interface Answer {
  what: string
  node: Node
}

/** Functions of libraries that find no session in a request without cookies: the names that they have there. */
const sessions: Readonly<Record<string, RegExp>> = {
  'next-auth/jwt': /^getToken$/,
  'better-auth/cookies': /^getSessionCookie$/,
}

/** One request for a path, without cookies, as it goes through the function of the middleware. */
class Request implements Given {
  readonly names = new Map<string, Known>()
  readonly #path: string
  readonly #method: string
  readonly #sessions: ReadonlySet<string>
  /** Names of its URL: `const {nextUrl} = request`. */
  readonly #urls = new Set<string>()
  #request = ''
  /** `auth((request) => …)` of Auth.js, by which request.auth is the session. */
  #hasAuth = false

  constructor(file: TextFile, path: string, method: string) {
    this.#path = path
    this.#method = method
    const taken = moduleNames(file)?.imports.flatMap(({specifier, takes}) =>
      takes.flatMap(({name, local}) => (local !== undefined && sessions[specifier]?.test(name) ? [local] : [])),
    )
    this.#sessions = new Set(taken)
  }

  /** What it answers; undefined where it goes on to the app, or where that cannot be told. */
  answer(body: readonly Statement[]): Answer | undefined {
    const declared = new Map<string, Node>()
    let standard: Node | undefined
    for (const each of body) {
      if (each.type === 'ExportDefaultDeclaration') standard = each.declaration
      const node = each.type === 'ExportNamedDeclaration' ? each.declaration : each
      if (node?.type === 'FunctionDeclaration' && node.id) declared.set(node.id.name, node)
      if (node?.type !== 'VariableDeclaration') continue
      for (const {id, init} of node.declarations) {
        if (id.type !== 'Identifier' || !init) continue
        declared.set(id.name, init)
        if (node.kind === 'const') this.names.set(id.name, knownValue(init, this))
      }
    }
    const found = declared.get('middleware') ?? declared.get('proxy') ?? standard
    const named = found?.type === 'Identifier' ? declared.get(found.name) : found
    const isAuth =
      named?.type === 'CallExpression' && named.callee.type === 'Identifier' && named.callee.name === 'auth'
    const called = isAuth ? named.arguments[0] : named
    this.#hasAuth = isAuth
    if (
      called?.type !== 'FunctionDeclaration' &&
      called?.type !== 'FunctionExpression' &&
      called?.type !== 'ArrowFunctionExpression'
    )
      return undefined
    const [request] = called.params
    if (request?.type !== 'Identifier' || called.body.type !== 'BlockStatement') return undefined
    this.#request = request.name
    const end = this.#run(called.body.body)
    return end === 'on' || end === 'unknown' ? undefined : end
  }

  #run(body: readonly Statement[]): Answer | 'on' | 'unknown' {
    for (const each of body) {
      const end = this.#step(each)
      if (end !== 'on') return end
    }
    return 'on'
  }

  #step(node: Statement): Answer | 'on' | 'unknown' {
    switch (node.type) {
      case 'BlockStatement':
        return this.#run(node.body)
      // What throws within it is not followed.
      case 'TryStatement':
        return this.#run(node.block.body)
      case 'ReturnStatement':
        return answerOf(node.argument) ?? 'unknown'
      case 'ExpressionStatement':
        // What is set anew is known no more.
        return node.expression.type === 'AssignmentExpression' || node.expression.type === 'UpdateExpression'
          ? 'unknown'
          : 'on'
      case 'VariableDeclaration':
        for (const {id, init} of node.declarations) this.#declare(id, init)
        return 'on'
      case 'IfStatement': {
        const test = knownValue(node.test, this)
        if (!test) return 'unknown'
        const branch = test.value ? node.consequent : node.alternate
        return branch ? this.#step(branch) : 'on'
      }
      default:
        return 'unknown'
    }
  }

  #declare(id: Node, init: Node | null | undefined): void {
    if (id.type === 'Identifier') this.names.set(id.name, knownValue(init, this))
    if (id.type === 'Identifier' && init && this.#isUrl(init)) this.#urls.add(id.name)
    if (id.type !== 'ObjectPattern') return
    for (const each of id.properties) {
      if (each.type !== 'ObjectProperty' || each.value.type !== 'Identifier') continue
      const name = each.key.type === 'Identifier' ? each.key.name : ''
      if (init && name === 'nextUrl' && this.#isRequest(init)) this.#urls.add(each.value.name)
      this.names.set(
        each.value.name,
        init && name === 'pathname' && this.#isUrl(init) ? {value: this.#path} : undefined,
      )
    }
  }

  ask(node: Node): Known {
    if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression') return this.#called(node)
    if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined
    if (node.computed || node.property.type !== 'Identifier') return undefined
    const {name} = node.property
    if (name === 'pathname' && this.#isUrl(node.object)) return {value: this.#path}
    if (!this.#isRequest(node.object)) return undefined
    if (name === 'method') return {value: this.#method}
    return name === 'auth' && this.#hasAuth ? {value: null} : undefined
  }

  #called({callee, arguments: given}: Extract<Node, {type: 'CallExpression' | 'OptionalCallExpression'}>): Known {
    if (callee.type === 'Identifier' && this.#sessions.has(callee.name)) return {value: null}
    if (callee.type !== 'MemberExpression' || callee.object.type !== 'MemberExpression') return undefined
    const {object, property} = callee.object
    if (!this.#isRequest(object) || property.type !== 'Identifier' || callee.property.type !== 'Identifier')
      return undefined
    const method = callee.property.name
    if (property.name === 'cookies')
      return method === 'get' ? {value: undefined} : method === 'has' ? {value: false} : undefined
    const [header] = given
    const isOfSession = header?.type === 'StringLiteral' && /^(?:authorization|cookie)$/i.test(header.value)
    return property.name === 'headers' && method === 'get' && isOfSession ? {value: null} : undefined
  }

  #isRequest(node: Node): boolean {
    return node.type === 'Identifier' && node.name === this.#request
  }

  /** `request.nextUrl`, `new URL(request.url)`. */
  #isUrl(node: Node): boolean {
    if (node.type === 'Identifier') return this.#urls.has(node.name)
    if (node.type === 'MemberExpression')
      return this.#isRequest(node.object) && node.property.type === 'Identifier' && node.property.name === 'nextUrl'
    const [first] =
      node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'URL'
        ? node.arguments
        : []
    return (
      first?.type === 'MemberExpression' &&
      this.#isRequest(first.object) &&
      first.property.type === 'Identifier' &&
      first.property.name === 'url'
    )
  }
}

/** `NextResponse.redirect(…)`, `new Response(null, {status: 401})`; undefined for what goes on, or cannot be told. */
function answerOf(node: Node | null | undefined): Answer | undefined {
  if (node?.type !== 'CallExpression' && node?.type !== 'NewExpression') return undefined
  const {callee, arguments: given} = node
  const isOf = (each: Node) => each.type === 'Identifier' && /^(?:Next)?Response$/.test(each.name)
  if (node.type === 'CallExpression' && callee.type === 'MemberExpression' && isOf(callee.object)) {
    const name = callee.property.type === 'Identifier' ? callee.property.name : ''
    if (name === 'redirect') return {what: 'a redirect', node}
    if (name !== 'json') return undefined
  } else if (node.type === 'CallExpression' || !isOf(callee)) return undefined
  const options = given[1]
  const status = options?.type === 'ObjectExpression' ? options.properties.find(isStatus) : undefined
  const value = status?.type === 'ObjectProperty' && status.value.type === 'NumericLiteral' ? status.value.value : 200
  return value >= 300 ? {what: String(value), node} : undefined
}

const isStatus = (node: Node): boolean =>
  node.type === 'ObjectProperty' && node.key.type === 'Identifier' && node.key.name === 'status'
