import type {Surroundings} from '../image/servers.ts'
import {hostOf, portOf, type Socket} from '../image/sockets.ts'
import {argumentsAt, blocksAround, type Code, closing, parts, placeOf, type Span, textOf} from './code.ts'
import {javascriptValue, type Modules} from './javascript.ts'
import type {ListenCall} from './listen-calls.ts'
import {type CodeWord, unknownWord} from './word.ts'

/** What listens by a call of its own: the runtimes' servers, Hono's and Apollo's for Node. */
const serving = /\b(?:(Bun|Deno)\.serve|(?<![.\w])(serve)|(startStandaloneServer))\s*(?:<[^>()]{0,300}>)?\(/g
/** Objects with a `listen` that opens no port. */
const noServers =
  /(?:history|socket|sub|pub|pubsub|bus|broker|client|redis|emitter|events?|db|sql|pg|conn\w{0,40}|worker|channel|i18n|msw|mock\w{0,40}|router|navigation|observer)\d*$/i
/** Servers that listen beside the one that answers requests. */
const others =
  /\bnew\s+(?:[\w.]{0,60}WebSocketServer|WebSocket\.Server|WSServer|SMTPServer)\s*\(\s*\{[^}]{0,1000}\bport\b|\bcreateMicroservice\b|\bbindAsync\s*\(/

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
    ...(others.test(code.bare) ? [unknownCall(code, {start: 0, end: 0})] : []),
  ])
  const [entry] = modules.files
  return entry && runtime === 'bun' && calls.length === 0 ? defaultExport(entry) : calls

  function value(code: Code, span: Span | undefined): CodeWord | undefined {
    return span && javascriptValue(code, span, modules, around)
  }

  /** `.listen(port)`, `.listen(port, host)`, `.listen({port, host})`. */
  function listen(code: Code, match: RegExpExecArray, imported: boolean): ListenCall[] {
    const open = match.index + match[0].length - 1
    const object = match[1] as string
    const from = match.index + (/^[\w$]+$/.test(object) ? 0 : object.length)
    const at = {start: from, end: closing(code, open) + 1}
    const [first, second] = argumentsAt(code, open)
    if (!first || isFunction(code, first)) return [unknownCall(code, at)]
    const options = code.bare[first.start] === '{' ? objectAt(code, first) : undefined
    if (options?.isOpen || options?.has('path')) return [unknownCall(code, at)]
    const port = options ? value(code, options.get('port')) : value(code, first)
    const hostPart = options ? (options.get('host') ?? options.get('hostname')) : second
    const host = hostPart && !isFunction(code, hostPart) ? value(code, hostPart) : undefined
    // A channel of a message broker, a file of a socket.
    if (port?.text && !/^\d+$/.test(port.text)) return []
    const written = textOf(code, options?.get('port') ?? first)
    return [
      call(code, at, imported, `.listen({port: ${written}, host: '0.0.0.0'})`, {
        // A number is how many connections may wait.
        host: host && !(host.fixed && /^\d+$/.test(host.text ?? '')) ? hostOf(emptyIsAll(host)) : usualHost(),
        port: portOrAny(port ?? unknownWord),
      }),
    ]
  }

  /** Fastify listens on localhost unless it is told otherwise; every other server of Node on all addresses. */
  function usualHost(): Socket['host'] {
    const uses = (name: RegExp) => modules.files.some(({text}) => name.test(text))
    if (!uses(/["'](?:fastify|@nestjs\/platform-fastify)["']/)) return {value: '', fixed: true}
    const adapter = uses(/\bnew\s+FastifyAdapter\b/)
    const another = uses(/["'](?:express|koa|(?:node:)?https?|hono|@nestjs\/platform-express|elysia)["']/)
    const nest = uses(/["']@nestjs\/core["']/)
    return adapter || (!another && !nest) ? {value: 'localhost', fixed: true} : undefined
  }

  /** `serve({fetch, port})` of @hono/node-server, `Bun.serve({…})`, `Deno.serve({…}, handler)`. */
  function serve(code: Code, match: RegExpExecArray, imported: boolean): ListenCall[] {
    const [, system, plain] = match
    if (plain && !/["'](?:@hono\/node-server|bun|srvx)["']|std@?[^"']{0,200}\/http/.test(code.text)) return []
    const open = match.index + match[0].length - 1
    const at = {start: match.index, end: closing(code, open) + 1}
    const args = argumentsAt(code, open)
    let options = args.find((each) => code.bare[each.start] === '{')
    let object = options && objectAt(code, options)
    const inner = object?.get('listen')
    if (inner && code.bare[inner.start] === '{') {
      options = inner
      object = objectAt(code, inner)
    }
    if (
      object?.isOpen ||
      object?.has('unix') ||
      object?.has('path') ||
      (!object && !(system === 'Deno' && isFunction(code, args[0])))
    ) {
      return [unknownCall(code, at)]
    }
    const usual = system === 'Deno' ? 8000 : match[3] ? 4000 : 3000
    const port = object?.get('port') ?? object?.shorthand('port')
    const host = object?.get('hostname') ?? object?.get('host')
    const byVariable = system === 'Bun' && ['BUN_PORT', 'PORT', 'NODE_PORT'].find((name) => around.variable(name))
    const name = `${system ? `${system}.` : ''}serve({hostname: '0.0.0.0', …})`
    return [
      call(code, at, imported, name, {
        host: host ? hostOf(emptyIsAll(value(code, host) ?? unknownWord)) : {value: '', fixed: true},
        port: port
          ? portOrAny(value(code, port) ?? unknownWord)
          : byVariable
            ? portOf({text: around.variable(byVariable)?.value, fixed: false, variable: byVariable})
            : {value: usual, fixed: system !== 'Bun', ...(system === 'Bun' && {variable: 'PORT'})},
      }),
    ]
  }

  /** Bun serves what a module exports with `fetch`. */
  function defaultExport(code: Code): ListenCall[] {
    const match = /\bexport\s+default\s+(\{)/.exec(code.bare)
    if (!match) return []
    const open = match.index + match[0].length - 1
    const object = objectAt(code, {start: open, end: closing(code, open) + 1})
    if (!object.has('fetch') || object.isOpen) return []
    const port = object.get('port') ?? object.shorthand('port')
    if (!port) return []
    const host = object.get('hostname')
    const at = {start: match.index, end: open}
    return [
      call(code, at, false, "export default {hostname: '0.0.0.0', …}", {
        host: host ? hostOf(emptyIsAll(value(code, host) ?? unknownWord)) : {value: '', fixed: true},
        port: portOrAny(value(code, port) ?? unknownWord),
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

/** The properties of an object literal; `isOpen` where others may come with `...`. */
function objectAt(code: Code, span: Span) {
  const properties = parts(code, {start: span.start + 1, end: closing(code, span.start)})
  const find = (name: string): Span | undefined => {
    for (const each of properties) {
      const match = new RegExp(`^["']?${name}["']?\\s*:\\s*`).exec(textOf(code, each))
      if (match) return {start: each.start + match[0].length, end: each.end}
    }
    return undefined
  }
  const shorthand = (name: string) => properties.find((each) => textOf(code, each) === name)
  return {
    get: (name: string) => find(name) ?? shorthand(name),
    shorthand,
    has: (name: string) => properties.some((each) => new RegExp(`^(?:async\\s+)?${name}\\b`).test(textOf(code, each))),
    isOpen: properties.some((each) => textOf(code, each).startsWith('...')),
  }
}
