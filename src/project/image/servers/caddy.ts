/** Caddy: where its Caddyfile, or its command, lets it listen. */
import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../files/text.ts'
import {flagValue} from '../../node/output/built-site.ts'
import type {Server, Surroundings} from './servers.ts'
import {everyAddress, type Socket, socketOf} from './sockets.ts'
import {changed, filesIn, literal, variable, type WebContext} from './web-context.ts'

const everywhere = ':8080'
const usualFile = '/etc/caddy/Caddyfile'

/** No words: the image's own command. */
export async function caddy(
  base: string,
  words: readonly (string | undefined)[],
  around: Surroundings,
  context: WebContext,
): Promise<Server | undefined> {
  const {build} = context
  if (!build || words.includes(undefined)) return undefined
  const [, command, ...args] = words as readonly string[]
  const flag = (name: string) => flagValue(args, name, name.slice(1, 3))
  if (command === 'file-server' || command === 'reverse-proxy') {
    if (flag('--domain') !== undefined) return undefined
    const written = command === 'file-server' ? (flag('--listen') ?? ':80') : flag('--from')
    const socket = written === undefined ? undefined : socketOf({text: written, fixed: true}, 443)
    // The name that a proxy is for is no address that it listens on.
    const host = command === 'file-server' ? socket?.host : everyAddress
    return socket && {name: `caddy ${command}`, everywhere, sockets: [{...socket, host}]}
  }
  if (command !== undefined && command !== 'run') return undefined
  if (changed(build, /[Cc]addy/)) return undefined
  const {workingDir, env} = build.final.config
  const place = command === undefined ? usualFile : posix.resolve(workingDir || '/', flag('--config') ?? 'Caddyfile')
  const files = await filesIn(posix.dirname(place), new RegExp(`^${escapePattern(place)}$`), context)
  const [only] = files ?? []
  if (only) return sitesOf(only[1], around)
  // The image has one of its own, for :80.
  const isOwnImage = /^caddy(?::|$)/.test(base)
  const isStock =
    isOwnImage && files && place === usualFile && !env.has('CADDY_ADAPTER') && !build.final.files.get('/etc/caddy')
  return isStock ? {name: 'caddy', everywhere, sockets: [{host: everyAddress, port: literal('80')}]} : undefined
}

/** Site addresses: `:8080`, `http://:8080`, `{$PORT}`; a name alone is served on 80 and 443. */
function sitesOf(file: TextFile, around: Surroundings): Server | undefined {
  // More sites may stand in other files, and more addresses of one on the lines above it.
  if (/^import\s|^[^\s#][^\n]*,[ \t]*$/m.test(file.text)) return undefined
  const sites = [...file.text.matchAll(/^(?!\s|#|\{|\}|\()([^\n{]*(?:\{\$\w+(?::[^{}\n]*)?\}[^\n{]*)?)\{[ \t]*$/gm)]
  // One site needs no braces around it: the first line names it.
  if (sites.length === 0) {
    const alone = /(?!\s|#|\{|\(|import\b)([^\n{]+(?:\{\$\w+(?::[^{}\n]*)?\})?)[ \t]*$/my
    alone.lastIndex = Math.max(file.text.search(/^[ \t]*[^\s#]/m), 0)
    const match = alone.exec(file.text)
    if (match) sites.push(match)
  }
  const sockets = sites.flatMap(([, names = '']) =>
    names.split(',').map((each): Socket => {
      const host = everyAddress
      const [, name, standard] = /^(?:http:\/\/)?:\{\$(\w+)(?::(\d+))?\}$/.exec(each.trim()) ?? []
      if (name) return {host, port: variable(name, standard, around)}
      return {host, port: literal(/^(?:http:\/\/)?[\w.*-]*:(\d+)$/.exec(each.trim())?.[1])}
    }),
  )
  const [first] = sites
  if (!first || sockets.length === 0) return undefined
  const hosts = sites.flatMap(([, names = '']) => names.split(',').map(hostIn))
  const onlyFor = hosts.every((each) => each !== undefined) ? {onlyFor: [...new Set(hosts as string[])]} : {}
  return {name: 'caddy', everywhere, sockets, ...onlyFor, at: file.span(first.index, first.index + first[0].length)}
}

/** What stands for one word without a dot, or is only asked for in the machine (caddyserver.com, "Addresses"). */
const hostIn = (address: string): string | undefined =>
  /^(?:https?:\/\/)?(\*|localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/\*)?$/.exec(address.trim())?.[1]
