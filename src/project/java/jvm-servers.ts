/** Where servers on the Java machine listen, besides those of Spring: Quarkus, Micronaut, Ktor and Javalin. */
import type {FileLocation} from '../../check.ts'
import {withoutSlashComments} from '../code/comments.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {TextFile} from '../files/text.ts'
import type {Server, Surroundings} from '../image/servers/servers.ts'
import {everyAddress, hostOf, portOf, type Socket} from '../image/servers/sockets.ts'
import type {WebContext} from '../image/servers/web-context.ts'

type Context = Pick<WebContext, 'paths' | 'reader'>

/** A value and where it is written. */
interface Written {
  text: string
  at: FileLocation
}

/** Frameworks whose settings are properties: their first words, and the variables that count more (MicroProfile Config). */
const configured = [
  {artifact: /\bio\.quarkus\b/, prefix: 'quarkus.http', standard: '8080'},
  {artifact: /\bio\.micronaut\b/, prefix: 'micronaut.server', standard: '8080'},
] as const

const options = ['JAVA_OPTS', 'JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', 'JAVA_OPTIONS']
const source = /(?:^|\/)src\/main\/(?:java|kotlin)\/.{1,500}\.(?:java|kt)$/
const resource = /(?:^|\/)src\/main\/resources\/application\.(?:properties|ya?ml|conf)$/

/** Warnings at most: a property may come from elsewhere. undefined: it is none of these, or not known. */
export async function jvmServer(
  words: readonly (string | undefined)[],
  around: Surroundings,
  {paths, reader}: Context,
): Promise<Server | undefined> {
  if (words.some((word) => word === undefined || /^-D|^--[\w.]+=/.test(word))) return undefined
  if (options.some((name) => /-D/.test(around.variable(name)?.value ?? (around.variable(name) ? '-D' : ''))))
    return undefined
  const manifests = paths.named('pom.xml', 'build.gradle', 'build.gradle.kts', 'libs.versions.toml')
  const build = (await reader.texts(manifests)).map(({text}) => text).join('\n')
  if (/spring-boot/.test(build)) return undefined
  const resources = await reader.texts(
    paths.ending('.properties', '.yml', '.yaml', '.conf').filter((path) => resource.test(path)),
  )
  // Of several modules it is not known which is started.
  const [settings, another] = resources
  if (another) return undefined
  for (const {artifact, prefix, standard} of configured) {
    if (!artifact.test(build)) continue
    const read = (key: 'port' | 'host'): Written | undefined =>
      settings && (property(settings, `%prod.${prefix}.${key}`) ?? property(settings, `${prefix}.${key}`))
    if (['PORT', 'HOST'].some((key) => around.variable(`${prefix.toUpperCase().replace('.', '_')}_${key}`)))
      return undefined
    const [port, host] = [read('port'), read('host')]
    return server({port: port ?? {text: standard}, host, around})
  }
  const sources = await reader.texts(paths.ending('.java', '.kt').filter((path) => source.test(path)))
  const calls = sources.flatMap((file) => callsIn(file))
  const [call, more] = calls
  if (call && !more) return server({...call, around})
  if (/\bio\.ktor\b/.test(build) && calls.length === 0 && settings?.path.endsWith('.conf')) {
    const [port, host] = [hocon(settings, 'port'), hocon(settings, 'host')]
    return port && server({port, host, around})
  }
  return undefined
}

function server({
  port,
  host,
  around,
}: {
  port: {text: string; at?: FileLocation}
  host?: {text: string; at?: FileLocation} | undefined
  around: Surroundings
}): Server | undefined {
  const socket: Socket = {
    host: host ? hostOf({text: textOf(host.text, around), fixed: false}) : everyAddress,
    port: portOf({text: textOf(port.text, around), fixed: false}),
  }
  const at = (host?.at && socket.host?.value ? host : port).at
  return socket.port && {name: 'java', everywhere: 'on 0.0.0.0', sockets: [socket], ...(at && {at})}
}

/** `8080`, `"0.0.0.0"`, `${PORT:8080}`, `System.getenv("PORT")?.toInt() ?: 8080`. */
function textOf(written: string, around: Surroundings): string | undefined {
  const plain = written.trim().replace(/^(["'])(.*)\1$/, '$2')
  const [, name, standard] =
    /^\$\{(\w+)(?::([\w.]+))?\}$/.exec(plain) ??
    /^System\.getenv\("(\w+)"\)\s*\?\s*\.\s*toInt(?:OrNull)?\(\)\s*\?:\s*(\d+)$/.exec(plain) ??
    /^System\.getenv\("(\w+)"\)\s*\?:\s*"([\w.]+)"$/.exec(plain) ??
    /^\(\s*System\.getenv\("(\w+)"\)\s*\?:\s*"(\d+)"\s*\)\.toInt\(\)$/.exec(plain) ??
    /^Integer\.parseInt\(\s*System\.getenv\(\)\.getOrDefault\(\s*"(\w+)",\s*"(\d+)"\s*\)\s*\)$/.exec(plain) ??
    []
  if (name !== undefined) {
    const set = around.variable(name)
    return set ? set.value : standard
  }
  return /^[\w.:-]+$/.test(plain) && !/^[a-z]\w*$/i.test(plain.replace(/^localhost$/, '1')) ? plain : undefined
}

/** `quarkus.http.port=8080`, or the same as a tree of YAML. */
function property(file: TextFile, key: string): Written | undefined {
  if (file.path.endsWith('.properties')) {
    const line = new RegExp(`^[ \\t]*"?${escapePattern(key)}"?[ \\t]*[=:][ \\t]*([^\\r\\n#]+)`, 'm')
    return found(file, line.exec(file.text))
  }
  const [first = '', ...rest] = key.split('.')
  if (first.startsWith('%')) return undefined
  const steps = rest.map((each) => `(?:[ \\t][^\\n]{0,300}\\n){0,60}?[ \\t]{1,40}${each}:[ \\t]*`)
  const tree = new RegExp(
    `^${first}:[ \\t]*\\n${steps
      .slice(0, -1)
      .map((each) => `${each}\\n`)
      .join('')}${steps.at(-1)}([^\\s#][^\\r\\n#]*)`,
    'm',
  )
  return found(file, tree.exec(file.text))
}

/** Of application.conf what counts last: `port = 8080` and below it `port = ${?PORT}`. */
function hocon(file: TextFile, key: 'port' | 'host'): Written | undefined {
  const lines = [...file.text.matchAll(new RegExp(`^[ \\t]*${key}[ \\t]*[=:][ \\t]*([^\\r\\n#]+)`, 'gm'))]
  const plain = lines.find(([, value = '']) => /^"?[\w.]+"?\s*$/.test(value))
  const [, name] = lines.map(([, value = '']) => /^\$\{\?(\w+)\}/.exec(value.trim()) ?? []).find(([each]) => each) ?? []
  const written = found(file, plain ?? null)
  return written && name ? {...written, text: `\${${name}:${written.text.replace(/"/g, '').trim()}}`} : written
}

function found(file: TextFile, match: RegExpExecArray | RegExpMatchArray | null): Written | undefined {
  const [whole = '', text = ''] = match ?? []
  if (!match || match.index === undefined) return undefined
  const end = match.index + whole.length
  return {text: text.trim(), at: file.span(end - text.length, end)}
}

const embedded = /\bembeddedServer\s*\(\s*(?:factory\s*=\s*)?\w+\s*,([^{}]{1,300}?)\)\s*(?:\{|\.|\n|$)/g
const javalin =
  /\bJavalin\s*\.\s*create\s*\([\s\S]{0,3000}?\)\s*\.\s*start\s*\(\s*(?:("[^"]+")\s*,\s*)?([^()\n]{1,120}(?:\([^()\n]{0,60}\)[^()\n]{0,60}){0,4})\)\s*;?/g

/** The calls of a file that start a server, with their port and host. */
function callsIn(file: TextFile): {port: Written; host: Written | undefined}[] {
  const text = withoutSlashComments(file.text)
  const at = (index: number, length: number) => file.span(index, index + length)
  const ktor = [...text.matchAll(embedded)].flatMap(({0: whole, 1: list = '', index}) => {
    const [, named] = /\bport\s*=\s*([^,]+)/.exec(list) ?? []
    const [, host] = /\bhost\s*=\s*("[^"]*")/.exec(list) ?? []
    // A host that is worked out may be any.
    if (host === undefined && /\bhost\s*=/.test(list)) return []
    const port = named ?? (/^\s*\d+\s*(?:,|$)/.test(list) ? list.split(',')[0] : undefined)
    const place = at(index, whole.length - 1)
    const written = port?.trim() ?? ''
    return [{port: {text: assigned(text, written), at: place}, host: host ? {text: host, at: place} : undefined}]
  })
  const others = [...text.matchAll(javalin)].map(({0: whole, 1: host, 2: port = '', index}) => {
    const place = at(index, whole.length)
    return {port: {text: assigned(text, port), at: place}, host: host ? {text: host, at: place} : undefined}
  })
  return [...ktor, ...others]
}

/** `val port = …` in the same file, for a name. */
function assigned(text: string, written: string): string {
  if (!/^[a-z]\w*$/i.test(written)) return written
  const [only, another] = [
    ...text.matchAll(new RegExp(`\\b(?:val|var|int|final int)\\s+${written}\\s*(?::\\s*Int\\s*)?=\\s*([^\\n;]+)`, 'g')),
  ]
  return another ? '' : (only?.[1]?.trim() ?? '')
}
