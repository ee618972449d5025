/** What the configuration of a server says where its command does not. */
import {codeOf} from '../../code/code.ts'
import type {CodeContext} from '../../code/code-context.ts'
import {pythonValue} from '../../code/python-value.ts'
import {isTable} from '../../documents/document.ts'
import {parseToml} from '../../documents/toml.ts'
import {scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {Arguments, type ReadWord} from '../shell/arguments.ts'
import type {Server, Surroundings} from './servers.ts'
import {hostOf, portOf, type Socket, socketOf} from './sockets.ts'
import {variable} from './web-context.ts'

type Context = Pick<CodeContext, 'paths' | 'reader' | 'source'>

/** The same server, where its own file tells what was open. */
export async function withOwnSettings(
  server: Server,
  words: readonly ReadWord[],
  around: Surroundings,
  context: Context,
): Promise<Server> {
  const {name, sockets} = server
  const [socket, another] = sockets
  if (name === 'gunicorn' && !socket) return {...server, ...(await gunicornFile(words, around, context))}
  // One that a RUN or a script writes, in the home of the user or there, is not read; what the command says counts first.
  if (
    name === 'streamlit run' &&
    around.mentions('.streamlit') &&
    !words.some(({text = ''}) => /^--server\.port/.test(text))
  )
    return {...server, sockets: []}
  if (/^vite (?:dev|preview)$/.test(name) && socket && !another) {
    const code = await viteFile(context)
    if (!code) return server
    // Preview takes the host of `server`, too; a plugin of Laravel sets it.
    const host = socket.host ?? (/\bhost\b|laravel/.test(code) ? undefined : {value: 'localhost', fixed: false})
    const port = socket.port ?? (name === 'vite preview' ? previewPort(code) : undefined)
    return {...server, sockets: [{...socket, ...(host && !bareHost(words) && {host}), port}]}
  }
  if (another || !socket || socket.port) return server
  if (/^(?:puma|rails server)$/.test(name)) {
    const own = await pumaSocket(around, context)
    return own ? {...server, sockets: [{host: socket.host ?? own.host, port: own.port}]} : server
  }
  if (name === 'streamlit run') return {...server, ...(await streamlitFile(socket, around, context))}
  return server
}

/** Of several it is not known which one counts. */
const only = async ([path, another]: readonly string[], reader: Context['reader']): Promise<TextFile | undefined> =>
  path === undefined || another ? undefined : reader.text(path)

/** `--host` alone is every address. */
const bareHost = (words: readonly ReadWord[]): boolean => words.some(({text}) => text === '--host')

/** The code of vite.config, where all of the configuration stands in it: another file may hand over the rest. */
async function viteFile({paths, reader}: Context): Promise<string | undefined> {
  const file = await only(paths.named(...scripts('vite.config')), reader)
  const code = file && codeOf(file)
  return !code || /\.\.\.|\bmergeConfig\b/.test(code.bare) || !ownConfig.test(code.bare) ? undefined : code.bare
}

/** `preview: {port: 8080}` of vite.config; 4173 where that has no word of it. */
function previewPort(code: string): Socket['port'] {
  if (!/\bpreview\b/.test(code)) return {value: 4173, fixed: false}
  return portOf({text: /\bpreview\s*:\s*\{[^{}]{0,500}?\bport\s*:\s*(\d+)/.exec(code)?.[1], fixed: false})
}

/** The whole of it stands there: `defineConfig({…})`, `export default {…}`, `defineConfig(({mode}) => ({…}))`. */
const ownConfig =
  /\b(?:defineConfig|export default|module\.exports\s{0,20}=)\s{0,20}\(?\s{0,20}(?:(?:async\s{0,20})?\(?[^()=]{0,200}\)?\s{0,20}=>\s{0,20}\(?\s{0,20})?\{/

/** `bind = "0.0.0.0:8000"` of the file that -c names, or of gunicorn.conf.py in the folder that it starts in. */
async function gunicornFile(
  words: readonly ReadWord[],
  around: Surroundings,
  {paths, reader, source}: Context,
): Promise<Pick<Server, 'sockets' | 'at'>> {
  const args = new Arguments([...words], [])
  const none = {sockets: []}
  if (!args.isKnown || around.variable('GUNICORN_CMD_ARGS') || args.has('--paste', '--paster', '-b', '--bind'))
    return none
  const flag = args.last('-c', '--config')
  const written = flag ? flag.text?.replace(/^file:/, '') : 'gunicorn.conf.py'
  if (!written || /^python:/.test(written)) return none
  const [named, another] = flag ? paths.named(written.split('/').at(-1) as string) : []
  const path = source(written) ?? (another ? undefined : named)
  const file = await reader.text(path)
  const code = file && codeOf(file)
  const [bind, second] = code ? [...code.bare.matchAll(/^[ \t]*bind[ \t]*=[ \t]*(?=\S)([^\n]*)/gm)] : []
  // Its names may also be set by what they are called.
  if (!file || !code || !bind || second || /\b(?:locals|globals|exec)\s*\(/.test(code.bare)) return none
  const end = bind.index + bind[0].length
  const span = {start: end - (bind[1] as string).length, end}
  // It may be started in another folder, which has another file.
  const socket = socketOf({...pythonValue([code], code, span, around), fixed: false}, 8000)
  return socket ? {sockets: [socket], at: file.span(bind.index, end)} : none
}

/** `[server]` of .streamlit/config.toml; a variable counts before it. */
async function streamlitFile(
  {host, port: given}: Socket,
  around: Surroundings,
  {paths, reader, source}: Context,
): Promise<Partial<Pick<Server, 'sockets' | 'at'>>> {
  const place = '.streamlit/config.toml'
  const file = await only(
    paths.named('config.toml').filter((each) => each === place || each.endsWith(`/${place}`)),
    reader,
  )
  if (!file || given || around.variable('STREAMLIT_SERVER_PORT')) return {}
  const document = parseToml(file)
  if (source(place) !== file.path || !('value' in document)) return {sockets: []}
  const {server} = document.value
  const {address, port = 8501} = isTable(server) ? server : {}
  return {
    sockets: [
      {
        host:
          address === undefined ? (host ?? {value: '', fixed: false}) : hostOf({text: String(address), fixed: false}),
        port: portOf({text: String(port), fixed: false}),
      },
    ],
  }
}

/** What config/puma.rb says, which counts where the command says nothing; `rails server` reads the same file. */
async function pumaSocket(around: Surroundings, {paths, reader}: Context): Promise<Socket | undefined> {
  const file = await only(paths.named('config/puma.rb', 'config/puma/production.rb'), reader)
  if (!file) return undefined
  const lines = [...file.text.matchAll(/^[ \t]*(port|bind|ssl_bind)\b[\s(]*([^\n]+)/gm)]
  const [line, second] = lines
  if (!line || second) return undefined
  const [whole, verb, rest = ''] = line
  if (verb === 'port') {
    const given = rest.replace(/\s#.*$/s, '').trim()
    const port = portIn(given, around)
    const [, host] = /,\s{0,20}["']([\w.:]{1,300})["']\)?$/.exec(given) ?? []
    return port && {host: host === undefined ? undefined : hostOf({text: host, fixed: false}), port}
  }
  // In a branch it is not known whether it counts.
  const [, host = '', port = ''] =
    /^["']tcp:\/\/([\w.-]+|\[[\w:]+\]):(#\{.{1,300}\}|\d+)["']\)?\s*(?:#.*)?$/.exec(rest) ?? []
  if (verb !== 'bind' || /^\s/.test(whole) || host === '') return undefined
  const written = /^#\{(.+)\}$/.exec(port)?.[1] ?? port
  return {host: hostOf({text: host.replace(/^\[(.*)\]$/, '$1'), fixed: false}), port: portIn(written.trim(), around)}
}

/** `3000`, `ENV.fetch("PORT", 3000)`, `ENV.fetch("PORT") { 3000 }`, `ENV["PORT"] || 3000`. */
function portIn(written: string, around: Surroundings): Socket['port'] {
  if (/^\d+\)?$/.test(written)) return portOf({text: Number.parseInt(written, 10).toString(), fixed: false})
  const [, name, standard] =
    /^ENV(?:\.fetch\(\s*|\[)["'](\w+)["']\]?\s*(?:,\s*|\)\s*\{\s*|\|\|\s*)["']?(\d+)/.exec(written) ?? []
  return name ? variable(name, standard, around) : undefined
}
