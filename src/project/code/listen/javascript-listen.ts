import {isBuiltin} from 'node:module'
import type {Surroundings} from '../../image/servers/servers.ts'
import {everyAddress, hostOf, portOf, type Socket} from '../../image/servers/sockets.ts'
import {argumentsAt, blocksAround, type Code, closing, placeOf, type Span, textOf} from '../code.ts'
import {imports, javascriptValue, type Modules} from '../javascript.ts'
import {objectAt, objectOf} from '../object-literal.ts'
import {type CodeWord, unknownWord} from '../word.ts'
import type {ListenCall} from './listen-calls.ts'
import {
  isApp,
  isHandler,
  portOrUsual,
  type ServeCall,
  type ServerName,
  servedBy,
  servers,
  usualPort,
} from './serve-calls.ts'

/** What listens by a call of its own: the runtimes' servers, Hono's and Apollo's for Node. */
const serving = /\b(?:(Bun|Deno)\.serve|(?<![.\w])(serve)|(startStandaloneServer))\s*(?:<[^>()]{0,300}>)?\(/g
/** Objects with a `listen` that opens no port. */
const noServers =
  /(?:history|socket|sub|pub|pubsub|bus|broker|client|redis|emitter|events?|db|sql|pg|conn\w{0,40}|worker|channel|i18n|msw|mock\w{0,40}|router|navigation|observer)\d*$/i
/** Servers that listen beside the one that answers requests, or alone. */
const webSockets =
  /\bnew\s+(?:[\w.]{0,60}WebSocketServer|WebSocket\.Server|WSServer)\s*\(\s*(?=\{[^}]{0,1000}\bport\b)/g
const others = /\bnew\s+SMTPServer\s*\(\s*\{[^}]{0,1000}\bport\b|\bcreateMicroservice\b|\bbindAsync\s*\(/

/** Where the code listens that `node FILE`, `bun FILE` or `deno run FILE` starts. */
export function javascriptListens(
  modules: Modules,
  around: Surroundings,
  runtime: 'node' | 'bun' | 'deno',
): ListenCall[] {
  const calls = modules.files.flatMap((code, index) => [
    ...[...code.bare.matchAll(/(?<![\w$\])])([\w$\])]+)\s*\.listen\s*\(/g)].flatMap((match) =>
      noServers.test(match[1] as string) ? [] : listen(code, match, index > 0),
    ),
    ...[...code.bare.matchAll(serving)].flatMap((match) => serve(code, match, index > 0)),
    ...[...code.bare.matchAll(webSockets)].map((match) => webSocket(code, match, index > 0)),
    ...(others.test(code.bare) ? [unknownCall(code, {start: 0, end: 0})] : []),
  ])
  const [entry] = modules.files
  return entry && runtime === 'bun' && calls.length === 0 ? defaultExport(entry) : calls

  function value(code: Code, span: Span | undefined): CodeWord | undefined {
    return span && javascriptValue(code, span, modules, around)
  }

  /** Of options: without a host it is every address. */
  function hostIn(code: Code, host: Span | undefined): Socket['host'] {
    return host ? hostOf(emptyIsAll(value(code, host) ?? unknownWord)) : everyAddress
  }

  /** `.listen(port)`, `.listen(port, host)`, `.listen({port, host})`. */
  function listen(code: Code, match: RegExpExecArray, imported: boolean): ListenCall[] {
    const open = match.index + match[0].length - 1
    const object = match[1] as string
    const from = match.index + (/^[\w$]+$/.test(object) ? 0 : object.length)
    const at = {start: from, end: closing(code, open) + 1}
    const [first, second] = argumentsAt(code, open)
    if (!first || isFunction(code, first)) return [unknownCall(code, at)]
    const written = objectOf(code, first)
    const options = written && objectAt(code, written)
    if (options?.isOpen || options?.has('path') || (written && isChanged(code, first))) return [unknownCall(code, at)]
    const port = options ? value(code, options.get('port')) : value(code, first)
    const hostPart = options ? (options.get('host') ?? options.get('hostname')) : second
    const host = hostPart && !isFunction(code, hostPart) ? value(code, hostPart) : undefined
    // A channel of a message broker, a file of a socket.
    if (port?.text && !/^\d+$/.test(port.text)) return []
    // What has no value here may be an object with a host.
    const isPort = options !== undefined || port?.text !== undefined || port?.variable !== undefined
    const given = textOf(code, options?.get('port') ?? first)
    return [
      call(code, at, imported, `.listen({port: ${given}, host: '0.0.0.0'})`, {
        // A number is how many connections may wait.
        host:
          host && !(host.fixed && /^\d+$/.test(host.text ?? ''))
            ? hostOf(emptyIsAll(host))
            : isPort
              ? usualHost()
              : undefined,
        port: portOrAny(port ?? unknownWord),
      }),
    ]
  }

  /** Fastify listens on localhost unless it is told otherwise; every other server of Node on all addresses. */
  function usualHost(): Socket['host'] {
    const uses = (name: RegExp) => modules.files.some(({text}) => name.test(text))
    if (!uses(/["'](?:fastify|@nestjs\/platform-fastify)["']/)) return everyAddress
    const adapter = uses(/\bnew\s+FastifyAdapter\b/)
    const another = uses(/["'](?:express|koa|(?:node:)?https?|hono|@nestjs\/platform-express|elysia)["']/)
    const nest = uses(/["']@nestjs\/core["']/)
    return adapter || (!another && !nest) ? {value: 'localhost', fixed: true} : undefined
  }

  /** `serve({fetch, port})` and `serve(app)` of @hono/node-server, `Bun.serve({…})`, `Deno.serve({…}, handler)`. */
  function serve(code: Code, match: RegExpExecArray, imported: boolean): ListenCall[] {
    const [, system, plain] = match
    const from = (system as ServerName | undefined) ?? (plain ? servedBy(code) : 'Apollo')
    if (from === undefined) return []
    const open = match.index + match[0].length - 1
    const at = {start: match.index, end: closing(code, open) + 1}
    const args = argumentsAt(code, open)
    // `serve(options)`: an object that is written in the same file.
    let options = args.map((each) => objectOf(code, each)).find((each) => each !== undefined)
    let object = options && objectAt(code, options)
    const inner = object?.get('listen')
    if (inner && code.bare[inner.start] === '{') {
      options = inner
      object = objectAt(code, inner)
    }
    const usual: ServeCall = servers[from]
    // An app, or a function that answers: neither says where to listen.
    const [first, second] = args
    const answers = first && (isFunction(code, first) || isHandler(code, first, modules))
    const alone = usual.takesHandler && answers && (!second || isFunction(code, second))
    if (
      object?.isOpen ||
      object?.has('unix') ||
      object?.has('path') ||
      (!object && !alone) ||
      (options && args.some((each) => isChanged(code, each)))
    ) {
      return [unknownCall(code, at)]
    }
    const port = object?.get('port')
    const host = object?.get('hostname') ?? object?.get('host')
    const name = `${system ? `${system}.` : ''}serve({hostname: '0.0.0.0', …})`
    return [
      call(code, at, imported, name, {
        host: hostIn(code, host),
        port: port ? portOrUsual(value(code, port) ?? unknownWord, usual) : usualPort(usual, around),
      }),
    ]
  }

  /** `new WebSocketServer({port: 8080})` of ws, which answers the HTTP requests that ask for an upgrade. */
  function webSocket(code: Code, match: RegExpExecArray, imported: boolean): ListenCall {
    const start = match.index + match[0].length
    const span = {start, end: closing(code, start) + 1}
    const object = objectAt(code, span)
    const at = {start: match.index, end: span.end}
    if (object.isOpen || !object.has('port')) return unknownCall(code, at)
    const host = object.get('host')
    return call(code, at, imported || mayServe(modules), `new WebSocketServer({host: '0.0.0.0', …})`, {
      host: hostIn(code, host),
      port: portOrAny(value(code, object.get('port')) ?? unknownWord),
    })
  }

  /** Bun serves what a module exports with `fetch`: an object that has one, or an app. */
  function defaultExport(code: Code): ListenCall[] {
    const match = /\bexport\s+default\s+(?=[\w${])/.exec(code.bare)
    if (!match) return []
    const start = match.index + match[0].length
    const [word = ''] = /^[\w$]*/.exec(code.bare.slice(start)) ?? []
    if (/[.(]/.test(code.bare[start + word.length] ?? '')) return []
    const end = word ? start + word.length : closing(code, start) + 1
    const at = {start: match.index, end: word ? end : start}
    const everywhere = "export default {hostname: '0.0.0.0', …}"
    const options = objectOf(code, {start, end})
    const object = options && objectAt(code, options)
    if (object ? !object.has('fetch') || object.isOpen : !isApp(code, {start, end}, modules)) return []
    const port = object?.get('port')
    const host = object?.get('hostname')
    return [
      call(code, at, false, everywhere, {
        host: hostIn(code, host),
        port: port ? portOrUsual(value(code, port) ?? unknownWord, servers.Bun) : usualPort(servers.Bun, around),
      }),
    ]
  }

  function call(code: Code, at: Span, imported: boolean, everywhere: string, socket: Socket): ListenCall {
    const blocks = blocksAround(code, at.start)
    const branches = blocks.filter((block) => /^(?:else|if|case|switch|catch)\b/.test(block.replace(/^\}\s*/, '')))
    const asksMain = /require\.main|import\.meta\.(?:main|url|filename)|process\.argv|isMain/
    const branch = branches.some((block) => !(asksMain.test(block) && !imported))
    // `if (process.env.NODE_ENV !== 'production')`: it may not run at all.
    const unlikely = branches.some((block) => /NODE_ENV|VERCEL|LAMBDA|AWS|\bdev\b|isDev|test/i.test(block))
    if (unlikely) return unknownCall(code, at)
    return {at: placeOf(code, at), everywhere, socket, indirect: imported || branch}
  }
}

/** Whether a package, or a file that is not here, is loaded, which may start a server of its own by a call of any name. */
const mayServe = (modules: Modules): boolean =>
  modules.files.some((code) =>
    [...code.text.matchAll(imports)].some(
      ([, name = '']) =>
        !/^(?:ws|dotenv(?:\/config)?)$/.test(name) && !isBuiltin(name) && !modules.imported(code, name),
    ),
  )

/** Whether a name may be another object than it is written as: `options.host = …`, `Object.assign(options, …)`, a parameter. */
function isChanged(code: Code, span: Span): boolean {
  const name = textOf(code, span)
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return false
  const escaped = name.replaceAll('$', '\\$')
  return new RegExp(
    `(?<![\\w$.])${escaped}\\s{0,20}(?:\\.\\s{0,20}[\\w$]+|\\[[^\\]\\n]{1,100}\\])\\s{0,20}=(?![=>])|\\bassign\\(\\s{0,20}${escaped}\\b|\\((?:[^()]{0,200},)?\\s{0,20}${escaped}\\b[^()]{0,200}\\)\\s{0,20}(?:=>|\\{)`,
  ).test(code.bare)
}

const unknownCall = (code: Code, at: Span): ListenCall => ({
  at: placeOf(code, at),
  everywhere: '',
  socket: undefined,
  indirect: true,
})

const emptyIsAll = (word: CodeWord): CodeWord => (word.unset ? {...word, text: ''} : word)

/** Without a number Node takes any port that is free. */
const portOrAny = (word: CodeWord): Socket['port'] =>
  word.unset ? {value: 0, fixed: false, variable: word.variable} : portOf(word)

function isFunction(code: Code, span: Span | undefined): boolean {
  return span !== undefined && /^(?:async\b|function\b|\([^()]*\)\s*(?::[^=]+)?=>|[\w$]+\s*=>)/.test(textOf(code, span))
}
