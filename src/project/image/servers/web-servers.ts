/** Servers whose address stands in a file of their own. */

import type {FileLocation} from '../../../check.ts'
import {withoutHashLines} from '../../code/comments.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {kestrelOf} from '../../dotnet/kestrel.ts'
import type {TextFile} from '../../files/text.ts'
import {jvmServer} from '../../java/jvm-servers.ts'
import {springSettings} from '../../java/spring-settings.ts'
import {plainName} from '../base/base-images.ts'
import type {ReadWord} from '../shell/arguments.ts'
import {apache, tomcat} from './apache.ts'
import {caddy} from './caddy.ts'
import {nginxFiles, nginxImage} from './nginx-image.ts'
import {withoutNginxComments} from './nginx-text.ts'
import type {Server, Surroundings} from './servers.ts'
import {everyAddress, hostOf, portOf, type Socket, socketOf} from './sockets.ts'
import {changed, filesIn, literal, variable, type WebContext} from './web-context.ts'

/** The server that the image starts by itself, or by a command that names it alone. */
export async function webServer(
  words: readonly (string | undefined)[],
  around: Surroundings,
  context: WebContext,
): Promise<Server | undefined> {
  const {build} = context
  const base = plainName((build && rootImage(build.final.stage)) ?? '').replace(/@.*$/s, '')
  const program = words[0]?.split('/').at(-1)
  const ofNginx = nginxImage.test(base)
  if (program === 'nginx' || (ofNginx && words.length === 0)) {
    // With -c or -p it reads another configuration.
    const isUsual = !words.slice(1).some((word) => word === undefined || /^-[cp]/.test(word))
    return isUsual ? nginx(base, around, context) : undefined
  }
  if (program === 'caddy' || (/^caddy(?::|$)/.test(base) && words.length === 0))
    return caddy(base, words, around, context)
  if (/^dunglas\/frankenphp(?::|$)/.test(base) && words.length === 0) return frankenphp(around, context)
  const server = (await apache(base, words, around, context)) ?? (await tomcat(base, words, context))
  if (server) return server
  // It speaks FastCGI alone, whichever its port is.
  if (/^php-fpm[\d.]*$/.test(program ?? '') || (/^php:[\w.-]*fpm/.test(base) && words.length === 0))
    return {name: 'PHP-FPM', everywhere: '', sockets: [{host: everyAddress, port: literal('9000')}], noHttp: true}
  if (program === 'dotnet' && /\.dll$/.test(words[1] ?? '')) return aspnet(base, words, around, context)
  if (program === 'java') return (await spring(words, around, context)) ?? jvmServer(words, around, context)
  if (/^(?:server|start)$/.test(program ?? '') || words[1] === 'start') return phoenix(words, around, context)
  return undefined
}

async function nginx(base: string, around: Surroundings, context: WebContext): Promise<Server | undefined> {
  const {build} = context
  if (!build || !/^nginx/.test(base) || changed(build, /nginx|listen|envsubst/)) return undefined
  const files = await filesIn('/etc/nginx', nginxFiles, context)
  if (!files) return undefined
  const main = files.find(([path]) => path === '/etc/nginx/nginx.conf')?.[1]
  if (main && /^[ \t]*(?:stream|include\s+(?!\/etc\/nginx\/(?:conf\.d|mime)|mime)\S+)/m.test(main.text))
    return undefined
  const reads = !main || /include\s+\/etc\/nginx\/conf\.d/.test(main.text)
  const read = files.filter(([path]) => reads || path === '/etc/nginx/nginx.conf')
  const {sockets, at} = nginxSockets(read, around)
  // The image's own site stays where nothing takes its place.
  const removed = build.final.unknown.some(({by, text = ''}) => by === 'run' && /\brm\b[^\n]{0,300}nginx/.test(text))
  const stock = reads && !removed && !files.some(([path]) => /\/default\.conf(?:\.template)?$/.test(path))
  if (stock) sockets.push({host: everyAddress, port: literal(base.startsWith('nginxinc') ? '8080' : '80')})
  const everywhere = 'listen 8080;'
  return sockets.length > 0 ? {name: 'nginx', everywhere, sockets, ...(at && {at})} : undefined
}

/** Where the servers of a configuration of nginx listen, and the first place that says so. */
export function nginxSockets(
  read: readonly [path: string, file: TextFile][],
  around: Surroundings,
): {sockets: Socket[]; at: FileLocation | undefined} {
  const sockets: Socket[] = []
  let at: FileLocation | undefined
  for (const [path, file] of read) {
    const text = withoutNginxComments(file.text)
    for (const match of text.matchAll(/(?<=^|[{;\s])listen\s+([^\s;{}]{1,300})(?=[\s;{}])[^;{}]{0,300};/g)) {
      const [, written = ''] = match
      const name = /^(?:\S*:)?\$\{?(\w+)\}?$/.exec(written)?.[1]
      const socket: Socket | undefined =
        name !== undefined
          ? {
              host: everyAddress,
              port: path.endsWith('.template') ? variable(name, undefined, around) : undefined,
            }
          : /^\d+$/.test(written)
            ? {host: everyAddress, port: literal(written)}
            : written.startsWith('unix:')
              ? undefined
              : socketOf({text: written, fixed: true}, 80)
      if (!socket) continue
      sockets.push(socket)
      at ??= file.span(match.index, match.index + match[0].length)
    }
  }
  return {sockets, at}
}

/** Its own Caddyfile serves what SERVER_NAME says: `:8080`, `http://:8080`; a name alone with certificates of its own. */
function frankenphp({variable: read}: Surroundings, {build}: WebContext): Server | undefined {
  const files = [...(build?.final.files.files() ?? [])]
  if (
    !build ||
    changed(build, /Caddyfile/) ||
    files.some(([path]) => /^\/etc\/(?:franken|caddy)|Caddyfile$/.test(path))
  )
    return undefined
  const [, port] = /^(?:http:\/\/)?:(\d+)$/.exec(read('SERVER_NAME')?.value ?? '') ?? []
  const socket = {host: everyAddress, port: portOf({text: port, fixed: false, variable: 'SERVER_NAME'})}
  return port ? {name: 'FrankenPHP', everywhere: 'with SERVER_NAME=:8080', sockets: [socket]} : undefined
}

const loopback = /^(?:localhost|127\.[\d.]+)$/

/** mcr.microsoft.com/dotnet: from 8.0 on ASPNETCORE_HTTP_PORTS is 8080, before that ASPNETCORE_URLS is http://+:80. */
async function aspnet(
  base: string,
  words: readonly (string | undefined)[],
  around: Surroundings,
  {paths, reader}: Pick<WebContext, 'paths' | 'reader'>,
): Promise<Server | undefined> {
  const major = Number(/^mcr\.microsoft\.com\/dotnet\/aspnet:(\d+)/.exec(base)?.[1])
  if (!major || words.slice(2).some((word) => word === undefined || /url|port/i.test(word))) return undefined
  const kestrel = await kestrelOf(words[1] ?? '', {paths, reader, variable: around.variable})
  if (!kestrel) return undefined
  const [first] = kestrel.addresses
  if (first) {
    const sockets = kestrel.addresses.map(({url}) => addressOf(url, {fixed: true}))
    return {name: 'dotnet', everywhere: 'http://0.0.0.0:8080', sockets, at: first.at}
  }
  const name = ['ASPNETCORE_URLS', 'URLS', 'DOTNET_URLS', 'ASPNETCORE_HTTP_PORTS', 'HTTP_PORTS'].find((each) =>
    around.variable(each),
  )
  const set = name === undefined ? undefined : around.variable(name)
  if (name === undefined) {
    const port = {value: major >= 8 ? 8080 : 80, fixed: false}
    return {name: 'dotnet', everywhere: 'with ASPNETCORE_HTTP_PORTS=8080', sockets: [{host: everyAddress, port}]}
  }
  const sockets = (set?.value?.split(';') ?? [undefined]).map((each) => addressOf(each, {fixed: false, variable: name}))
  const everywhere = name.endsWith('URLS') ? `with ${name}=http://+:8080` : `with ${name}=8080`
  return {name: 'dotnet', everywhere, sockets}
}

/** `http://localhost:5000`; what is neither an address nor localhost is every address (learn.microsoft.com, Kestrel endpoints). */
function addressOf(url: string | undefined, by: Omit<ReadWord, 'text'>): Socket {
  const [, host, port] = /^(?:https?:\/\/(\[[^\]]*\]|[^:]+):)?(\d+)\/?$/.exec(url?.trim() ?? '') ?? []
  return {
    host: host && loopback.test(host) ? hostOf({...by, text: host}) : everyAddress,
    port: portOf({...by, text: port}),
  }
}

/** Arguments, then system properties, then SERVER_PORT, then application.properties or .yml; 8080. */
async function spring(
  words: readonly (string | undefined)[],
  around: Surroundings,
  {paths, reader}: Pick<WebContext, 'paths' | 'reader'>,
): Promise<Server | undefined> {
  if (words.includes(undefined)) return undefined
  const builds = await Promise.all(
    paths.named('pom.xml', 'build.gradle', 'build.gradle.kts').map((path) => reader.text(path)),
  )
  if (!builds.some((file) => /spring-boot-starter-web(?:flux)?\b/.test(file?.text ?? ''))) return undefined
  const host = everyAddress
  const server = (port: Socket['port'], at?: FileLocation): Server => ({
    name: 'java',
    everywhere: '--server.address=0.0.0.0',
    sockets: [{host, port}],
    ...(at && {at}),
  })
  const argument = words.map((word) => /^(?:--|-D)server\.port=(.+)$/.exec(word ?? '')?.[1]).find(Boolean)
  if (argument) return server(literal(argument))
  if (around.variable('SERVER_PORT')) return server(variable('SERVER_PORT', undefined, around))
  const settings = await springSettings({paths, reader}, around.variable)
  if (!settings) return undefined
  const port = lineOf(settings.files, 'port')
  const address = lineOf(settings.files, 'address')
  const socket: Socket = {
    host:
      address && !around.variable('SERVER_ADDRESS') ? hostOf({...wordOf(address.written, around), fixed: false}) : host,
    port: port ? portOf(wordOf(port.written, around)) : {value: 8080, fixed: false},
  }
  const at = (socket.host?.value ? address : port)?.at
  return {name: 'java', everywhere: '--server.address=0.0.0.0', sockets: [socket], ...(at && {at})}
}

/** `${PORT:8080}`, or as it is written. */
function wordOf(written: string, around: Surroundings): ReadWord {
  const [, name, standard] = /^\$\{(\w+)(?::([\w.]+))?\}$/.exec(written) ?? []
  if (!name) return {text: written, fixed: true}
  const set = around.variable(name)
  return {text: set ? set.value : standard, fixed: false}
}

/** Where the last of these files says a property of `server`. */
function lineOf(files: readonly TextFile[], key: 'port' | 'address'): {written: string; at: FileLocation} | undefined {
  const line = new RegExp(
    `^server(?:\\.${key}\\s*[=:]|:[ \\t]{0,100}\\n(?:[ \\t][^\\n]{0,300}\\n){0,100}?[ \\t]{1,100}${key}\\s{0,20}:)[ \\t]{0,100}["']?([^\\s"'#]+)`,
    'm',
  )
  const found = files.flatMap((file) => {
    const match = line.exec(file.text)
    const [whole = '', written = ''] = match ?? []
    const end = (match?.index ?? 0) + whole.length
    return match ? [{written, at: file.span(end - written.length, end)}] : []
  })
  return found.at(-1)
}

/** config/runtime.exs of a release: `port: String.to_integer(System.get_env("PORT") || "4000")`. */
async function phoenix(
  words: readonly (string | undefined)[],
  around: Surroundings,
  {paths, reader}: Pick<WebContext, 'paths' | 'reader'>,
): Promise<Server | undefined> {
  if (!paths.has('mix.exs') || !/\/bin\/\w+$/.test(words[0] ?? '')) return undefined
  const file = await reader.text('config/runtime.exs')
  if (!file) return undefined
  const text = withoutHashLines(file.text)
  const written = writtenPort(text)
  const start = written?.list.start ?? 0
  const own = ownAddress.exec(text.slice(start, written?.list.end))
  // Another address may be that of production, or of the endpoint.
  const isOnly =
    own &&
    [...text.matchAll(/\bip:/g)].length === 1 &&
    /\bhttp:\s{0,50}\[[^\]]{0,500}$/.test(text.slice(0, start + own.index))
  const loopback = isOnly ? own : undefined
  const host = loopback ? hostOf({text: '127.0.0.1', fixed: true}) : undefined
  const common = {name: 'Phoenix', everywhere: 'with ip: {0, 0, 0, 0, 0, 0, 0, 0}', indirect: true}
  if (written)
    return {
      ...common,
      sockets: [{host, port: literal(written.port)}],
      at: loopback
        ? file.span(start + loopback.index, start + loopback.index + loopback[0].length)
        : file.span(written.start, written.end),
    }
  const reads = [...text.matchAll(/System\.get_env\(\s*"PORT"\s*(?:,\s*"(\d+)"\s*)?\)(?:\s*\|\|\s*"?(\d+)"?)?/g)]
  const [read, another] = reads
  if (!read || another) return undefined
  const at = loopback ?? read
  return {
    ...common,
    sockets: [{host, port: variable('PORT', read[1] ?? read[2], around)}],
    at: file.span(at.index, at.index + at[0].length),
  }
}

/** The machine's own address, as Erlang has it. */
const ownAddress =
  /\bip:\s{0,50}(?::loopback\b|\{\s{0,9}(?:127\s{0,9},\s{0,9}0\s{0,9},\s{0,9}0\s{0,9},\s{0,9}1|(?:0\s{0,9},\s{0,9}){7}1)\s{0,9}\})/

/** `http: [ip: …, port: 4000]` in the block for production: the last port of such a list, and a number. */
function writtenPort(
  text: string,
): {port: string; start: number; end: number; list: {start: number; end: number}} | undefined {
  const lists = [...text.matchAll(/\bhttp:\s{0,50}\[[^\]]{0,1000}?\bport:\s{0,50}([^\s,\]]+)/g)]
  const last = lists.at(-1)
  const [whole = '', port = ''] = last ?? []
  const inProduction = last && /\bif\s+config_env\(\)\s*==\s*:prod\s+do\b/.test(text.slice(0, last.index))
  // Each endpoint has a port of its own.
  const endpoints = new Set(
    [...text.matchAll(/\bconfig[\s(]+:\w+\s*,\s*([A-Z][\w.]*Endpoint)\b/g)].map(([, name]) => name),
  )
  const others =
    /config_env\(\)\s{0,99}(?:!=|in\b|==\s{0,99}:(?!prod\b))|\bcase\s{1,99}config_env|^[ \t]{0,99}else\s{0,99}$/m.test(
      text,
    )
  if (!last || !inProduction || others || endpoints.size !== 1 || !/^\d+$/.test(port)) return undefined
  const end = last.index + whole.length
  return {port, start: end - port.length, end, list: {start: last.index, end: text.indexOf(']', end)}}
}
