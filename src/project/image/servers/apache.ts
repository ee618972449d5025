/** Apache's own server, and Tomcat: the images start them by themselves, on the port of a configuration that they bring. */
import type {FileLocation} from '../../../check.ts'
import {withoutMarkupComments} from '../../code/comments.ts'
import type {TextFile} from '../../files/text.ts'
import type {Server, Surroundings} from './servers.ts'
import {everyAddress, type Socket, socketOf} from './sockets.ts'
import {changed, filesIn, literal, variable, type WebContext} from './web-context.ts'

/** Images that start Apache on 80; those of PHP apps do where their tag names no other server. */
const ofApache =
  /^(?:httpd(?::|$)|php:[\w.-]*apache|(?:wordpress|drupal|joomla|matomo|nextcloud|mediawiki|yourls)(?!:[\w.-]*(?:fpm|cli))(?::|$))/
const startsApache = /^(?:apache2-foreground|httpd-foreground)$|^(?:apache2ctl|apachectl|httpd) -D ?FOREGROUND$/

/** Where Listen may stand: all of these are read. */
const apacheFiles =
  /^\/etc\/apache2\/(?:[\w.-]+\.conf|(?:sites|conf)-(?:available|enabled)\/[^/]+\.conf)$|^\/usr\/local\/apache2\/conf\/(?:[\w./-]+\.conf)$/
/** The file that has the image's own Listen 80. */
const mainFile = /\/(?:ports|httpd)\.conf$/

export async function apache(
  base: string,
  words: readonly (string | undefined)[],
  around: Surroundings,
  context: WebContext,
): Promise<Server | undefined> {
  const text = words.map((word) => word ?? '?').join(' ')
  const program = text.replace(/^\S*\//, '')
  if (!ofApache.test(base) || !(words.length === 0 || startsApache.test(program))) return undefined
  const {build} = context
  // What sets another folder for the pages leaves the port as it is.
  if (!build || changed(build, /ports\.conf|Listen\b|httpd\.conf|apache[^\n]{0,200}\b(?:\d{2,5}\b|\$\{?PORT)/))
    return undefined
  const home = base.startsWith('httpd') ? '/usr/local/apache2/conf' : '/etc/apache2'
  const files = await filesIn(home, apacheFiles, context)
  if (!files) return undefined
  const found = files.flatMap(([, file]) => listens(file, around))
  const sockets = found.map(({socket}) => socket)
  if (!sockets.every((socket) => socket !== undefined)) return undefined
  const stock = !files.some(([path]) => mainFile.test(path))
  const own: Socket[] = stock ? [{host: everyAddress, port: literal('80')}] : []
  const [first] = found
  const all = [...sockets, ...own]
  return all.length > 0
    ? {name: 'apache', everywhere: 'Listen 8080', sockets: all, ...(first && {at: first.at})}
    : undefined
}

/** `Listen 8080`, `Listen 0.0.0.0:8080 https`, `Listen ${PORT}`: Apache fills in variables of the environment. */
function listens(file: TextFile, around: Surroundings): {socket: Socket | undefined; at: FileLocation}[] {
  return [...file.text.matchAll(/^[ \t]*Listen[ \t]+(\S+)/gim)].map((match) => {
    const [whole, written = ''] = match
    const name = /^(?:0\.0\.0\.0:)?\$\{(\w+)\}$/.exec(written)?.[1]
    const host = everyAddress
    const socket = name
      ? {host, port: variable(name, undefined, around)}
      : /^\d+$/.test(written)
        ? {host, port: literal(written)}
        : socketOf({text: written, fixed: true})
    return {socket, at: file.span(match.index, match.index + whole.length)}
  })
}

/** conf/server.xml of the image has a connector for 8080. */
export async function tomcat(
  base: string,
  words: readonly (string | undefined)[],
  context: WebContext,
): Promise<Server | undefined> {
  const {build} = context
  if (!build || !/^tomcat(?::|$)/.test(base) || !/^(?:(?:\S*\/)?catalina\.sh run)?$/.test(words.join(' ')))
    return undefined
  if (changed(build, /server\.xml|8080|Connector/)) return undefined
  const files = await filesIn('/usr/local/tomcat/conf', /^\/usr\/local\/tomcat\/conf\/server\.xml$/, context)
  if (!files) return undefined
  const [own] = files
  const everywhere = '<Connector port="8080">'
  const host = everyAddress
  const server = {name: 'tomcat', everywhere}
  if (!own) return {...server, sockets: [{host, port: literal('8080')}]}
  const [, file] = own
  const text = withoutMarkupComments(file.text)
  const connectors = [...text.matchAll(/<Connector\s[^<>]{0,300}?\bport="([^"<>]{0,99})"[^<>]{0,300}>/g)].filter(
    ([all]) => !/AJP/.test(all),
  )
  const [first] = connectors
  if (!first) return undefined
  const sockets = connectors.map(([, port]) => ({host, port: literal(port)}))
  return {...server, sockets, at: file.span(first.index, first.index + first[0].length)}
}
