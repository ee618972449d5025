import type {Surroundings} from '../../image/servers/servers.ts'
import {hostOf, portOf} from '../../image/servers/sockets.ts'
import {argumentsAt, type Code, closing, headersAround, parts, placeOf, type Span, textOf} from '../code.ts'
import {pythonValue} from '../python-value.ts'
import {type CodeWord, fromEnvironment, literal} from '../word.ts'
import type {ListenCall} from './listen-calls.ts'

interface Kind {
  /** The call. */
  pattern: RegExp
  host: string
  /** undefined: it has none. */
  port: number | undefined
  hostName: string
  portName: string
  /** Where host and port stand without a name. */
  positions: readonly [host: number, port: number]
  /** What the file, or the object that is called, must be of. */
  of?: RegExp
  /** Many things run and listen: only what these make is a server. */
  makers?: string
  /** With that in the code its defaults may be others. */
  openWith?: RegExp
  /** Variables that count before its defaults. */
  variables?: {host: string; port: string}
  /** What others make may be a server as well. */
  alike?: boolean
  /** It listens where it is told a transport that does: mcp/server/fastmcp/server.py, mcp/server/mcpserver/server.py. */
  hasTransports?: true
}

/** Most take both by these names alone. */
const byName = {hostName: 'host', portName: 'port', positions: [9, 9]} as const

/** Each server's own defaults. */
const kinds: readonly Kind[] = [
  {
    pattern: /\buvicorn\.run\s*\(/g,
    host: '127.0.0.1',
    port: 8000,
    ...byName,
  },
  {
    pattern: /\bweb\.run_app\s*\(/g,
    host: '',
    port: 8080,
    ...byName,
    of: /\baiohttp\b/,
  },
  {
    pattern: /\bwaitress\.serve\s*\(|(?<![.\w])serve\s*\(/g,
    host: '',
    port: 8080,
    ...byName,
    of: /\bwaitress\b/,
  },
  {
    pattern: /\bsocketio\.run\s*\(/g,
    host: '127.0.0.1',
    port: 5000,
    ...byName,
    positions: [1, 2],
    of: /\bflask_socketio\b/,
    openWith: /SERVER_NAME/,
  },
  {
    pattern: /(?<!\.)\b\w+\.run\s*\(/g,
    host: '127.0.0.1',
    port: 5000,
    ...byName,
    positions: [0, 1],
    of: /=\s*(?:Flask|Quart)\s*\(/,
    makers: 'Flask|Quart|create_app|make_app',
    openWith: /SERVER_NAME/,
  },
  {
    pattern: /(?<!\.)\b\w+\.run(?:_server)?\s*\(/g,
    host: '127.0.0.1',
    port: 8050,
    ...byName,
    positions: [0, 1],
    of: /=\s*(?:dash\.)?Dash\s*\(/,
    makers: String.raw`(?:dash\.)?Dash`,
    variables: {host: 'HOST', port: 'PORT'},
  },
  // sanic/mixins/startup.py, get_address
  {
    pattern: /(?<!\.)\b\w+\.run\s*\(/g,
    host: '127.0.0.1',
    port: 8000,
    ...byName,
    positions: [0, 1],
    of: /=\s*Sanic\s*\(/,
    makers: 'Sanic|create_app|make_app',
    openWith: /\bauto_tls\b|\bversion\s*=/,
  },
  // bottle.py, run and Bottle.run
  {pattern: /(?<![.\w])bottle\.run\s*\(/g, host: '127.0.0.1', port: 8080, ...byName, positions: [2, 3]},
  {
    pattern: /(?<![.\w])run\s*\(/g,
    host: '127.0.0.1',
    port: 8080,
    ...byName,
    positions: [2, 3],
    of: /^from bottle import [^\n]{0,200}\brun\b/m,
  },
  {
    pattern: /(?<!\.)\b\w+\.run\s*\(/g,
    host: '127.0.0.1',
    port: 8080,
    ...byName,
    of: /=\s*(?:bottle\.)?Bottle\s*\(/,
    makers: String.raw`(?:bottle\.)?Bottle`,
  },
  // Of Robyn, older versions took another port.
  {
    pattern: /(?<!\.)\b\w+\.start\s*\(/g,
    host: '127.0.0.1',
    port: 8080,
    ...byName,
    of: /=\s*Robyn\s*\(/,
    makers: 'Robyn',
    openWith: /\bRobyn\b/,
    variables: {host: 'ROBYN_HOST', port: 'ROBYN_PORT'},
  },
  {
    pattern: /(?<!\.)\b\w+\.listen\s*\(/g,
    host: '',
    port: undefined,
    hostName: 'address',
    portName: 'port',
    positions: [1, 0],
    of: /\btornado\b/,
    makers: String.raw`(?:[\w.]+\.)?Application|(?:[\w.]+\.)?HTTPServer|make_app`,
    alike: true,
  },
  {
    pattern: /(?<!\.)\b\w+\.launch\s*\(/g,
    host: '127.0.0.1',
    port: 7860,
    hostName: 'server_name',
    portName: 'server_port',
    positions: [9, 9],
    of: /\bgradio\b/,
  },
  {
    pattern: /(?<!\.)\b\w+\.run\s*\(/g,
    host: '127.0.0.1',
    port: 8000,
    ...byName,
    of: /\bimport\s(?:[^\n]{0,100}\W)?(?:FastMCP|MCPServer)\b/,
    makers: String.raw`(?:\w+\.)?(?:FastMCP|MCPServer)`,
    hasTransports: true,
  },
  {
    pattern: /\b(?:Threading)?HTTPServer\s*\(|\bTCPServer\s*\(/g,
    host: '',
    port: undefined,
    hostName: '',
    portName: '',
    positions: [0, 0],
  },
]
/** These listen as well, or in another way. */
const others =
  /\b(?:start_http_server|add_insecure_port|asyncio\.start_server|web\.TCPSite|TCPSite|make_server|run_simple|WSGIServer|websockets\.serve|uvicorn\.(?:Server|Config)|run_webhook|Granian|serve_forever|hypercorn)\s*\(/

export function pythonListens(files: readonly Code[], entry: string, around: Surroundings): ListenCall[] {
  return files.flatMap((code) => {
    const hidden = others.exec(code.bare)
    const calls = kinds.flatMap((kind) =>
      [...code.bare.matchAll(kind.pattern)].flatMap((match) => found(code, kind, match)),
    )
    const http = /HTTPServer\s*\(|TCPServer\s*\(/.test(code.bare) && hidden?.[0].startsWith('serve_forever')
    return hidden && !http ? [...calls, unknownCall(code, {start: hidden.index, end: hidden.index})] : calls
  })

  /** Whether what a server of MCP is made with, or what runs before, may say where it listens. */
  function makerOf(made: RegExp): {isOpen: boolean} | undefined {
    for (const code of files) {
      const match = made.exec(code.bare)
      if (!match) continue
      const {text} = code
      const call = text.slice(match.index, closing(code, match.index + match[0].length - 1) + 1)
      const isSet = ['HOST', 'PORT'].some((name) => around.variable(`FASTMCP_${name}`) !== undefined)
      const isOpen = isSet || ofMcp.test(text.slice(0, match.index)) || /\bhost\s*=|\bport\s*=|\*\*/.test(call)
      return {isOpen: isOpen || files.some((each) => /\.settings\.(?:host|port)\s*=/.test(each.text))}
    }
    return undefined
  }

  function found(code: Code, kind: Kind, match: RegExpExecArray): ListenCall[] {
    const open = match.index + match[0].length - 1
    const span = {start: match.index, end: closing(code, open) + 1}
    const line = code.text.lastIndexOf('\n', match.index) + 1
    const before = code.text.slice(line, match.index)
    if (kind.of && !files.some(({text}) => kind.of?.test(text))) return []
    if (/^\s*(?:class|def|from|import)\b/.test(before)) return []
    const [object] = /^\w+/.exec(match[0]) ?? []
    const made = kind.makers && new RegExp(`\\b${object}\\s*=\\s*(?:${kind.makers})\\s*\\(`)
    if (made && !files.some(({bare}) => made.test(bare))) return kind.alike ? [unknownCall(code, span)] : []
    const headers = headersAround(code, match.index)
    const guarded = headers.some((header) => /__name__/.test(header))
    if (guarded && code.file.path !== entry) return []
    const branch = headers.some(
      (header) => /^(?:if|elif|else|except|while|for)\b/.test(header) && !/__name__/.test(header),
    )
    const args = argumentsAt(code, open)
    if (args.some((each) => /^\*/.test(textOf(code, each)))) return [unknownCall(code, span)]
    const named = (name: string): Span | undefined => {
      for (const each of args) {
        const head = new RegExp(`^${name}\\s*=(?!=)\\s*`).exec(textOf(code, each))
        if (head) return {start: each.start + head[0].length, end: each.end}
      }
      return undefined
    }
    if (['uds', 'fd', 'sock', 'path', 'unix_socket', 'listen'].some((name) => named(name)))
      return [unknownCall(code, span)]
    const positional = args.filter((each) => !/^\w+\s*=(?!=)/.test(textOf(code, each)))
    let [host, port] = [
      named(kind.hostName) ?? positional[kind.positions[0]],
      named(kind.portName) ?? positional[kind.positions[1]],
    ]
    if (!kind.portName) {
      // `HTTPServer(("", 8000), Handler)`
      const [address] = args
      if (!address || code.bare[address.start] !== '(') return [unknownCall(code, span)]
      ;[host, port] = parts(code, {start: address.start + 1, end: closing(code, address.start)})
      if (!host || !port) return [unknownCall(code, span)]
    }
    if (kind.hasTransports) {
      const transport = named('transport') ?? positional[0]
      if (!transport || /^["']stdio["']$/.test(textOf(code, transport))) return []
      const maker = made && makerOf(made)
      // Version 1 takes both where it is made, or from variables of its own by then, or they are set on it.
      if (!maker || maker.isOpen) return [unknownCall(code, span)]
    }
    const value = (part: Span) => pythonValue(files, code, part, around)
    if (!port && kind.port === undefined) return [unknownCall(code, span)]
    const fixed = !files.some(({text}) => kind.openWith?.test(text))
    const usual = (name: string | undefined, standard: string): CodeWord =>
      name === undefined ? {text: standard, fixed} : fromEnvironment(name, literal(standard), around)
    const written = port ? textOf(code, port) : String(kind.port)
    return [
      {
        at: placeOf(code, span),
        everywhere: kind.hostName
          ? `${match[0].trim()}…, ${kind.hostName}="0.0.0.0", ${kind.portName}=${written})`
          : `("0.0.0.0", ${written})`,
        // Its first versions listened on all addresses.
        indirect: branch || !(code.file.path === entry) || kind.hasTransports === true,
        socket: {
          host: hostOf(host ? value(host) : usual(kind.variables?.host, kind.host)),
          port: portOf(port ? value(port) : usual(kind.variables?.port, String(kind.port))),
        },
      },
    ]
  }
}

/** FASTMCP_HOST counts where it is set before. */
const ofMcp = /\bFASTMCP_(?:HOST|PORT)\b|\bfastmcp\.settings\b/

const unknownCall = (code: Code, at: Span): ListenCall => ({
  at: placeOf(code, at),
  everywhere: '',
  socket: undefined,
  indirect: true,
})
