/** The WebSocket that Node.js has since 22, and that the client of Supabase asks for when it is made. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {FactStore} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import {isApart} from '../../files/apart.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import type {Brought} from '../../toolchains/brought-version.ts'
import {everyOf, meets, parseRange} from '../../toolchains/ranges.ts'
import {importSpecifiers} from './import-specifiers.ts'
import type {LoadedSource} from './loaded-sources.ts'

const makers = /\b(createClient|createServerClient)\s{0,9}(?:<[\w.,<>\s'"]{1,100}>)?\s{0,9}\(/g

/** One is handed over, or laid where the client looks for it. */
const brings =
  /\brealtime\b[^;]{0,200}\btransport\b|\btransport\s{0,3}:\s{0,3}(?:ws|websocket)\b|\bWebSocket\b["'\]]{0,2}\s{0,9}(?:=(?!=)|\?\?=|\|\|=)|\bObject\.assign\(\s{0,9}global/i

const hasOwn = parseRange('>=22', 'npm') ?? []
/** Since 2.100.0 the constructor of RealtimeClient asks for it; before, only connect() does (published sources, each version). */
const asks = parseRange('>=2.100.0', 'npm') ?? []

export const hasWebSocket = ({has}: Pick<Brought, 'has'>): boolean => meets(everyOf(has), hasOwn)

/**
 * The version of @supabase/realtime-js that a lock file has, where it asks: `2.105.3`. Of any kind of lock file, as each names the
 * package with its version; supabase-js asks for one exactly.
 */
export function askingVersion(lock: string): string | undefined {
  const all = lock.matchAll(
    /@supabase\/realtime-js(?:@(?:npm:)?|":\s{0,20}\{\s{0,20}"version":\s{0,9}")(\d+\.\d+\.\d+)/g,
  )
  const versions = [...all].map(([, version = '']) => version)
  return versions.every((each) => meets(everyOf(each), asks)) ? versions[0] : undefined
}

/** The first client that is made without one: `createClient of @supabase/supabase-js`. */
export function socketUser(sources: readonly LoadedSource[]): {use: string; at: FileLocation} | undefined {
  const codes = sources.flatMap(({file, imports}) => {
    const code = codeOf(file)
    return code ? {code, imports} : []
  })
  if (codes.some(({code}) => brings.test(code.text))) return undefined
  for (const {code, imports} of codes) {
    const name = imports.find(({text}) => text === '@supabase/supabase-js' || text === '@supabase/ssr')?.text
    const [made] = name === undefined ? [] : code.bare.matchAll(makers)
    if (name === undefined || !made || !code.text.includes(made[0])) continue
    const at = code.file.span(made.index, made.index + (made[1] as string).length)
    return {use: `${made[1]} of ${name}`, at}
  }
  return undefined
}

/** What surely runs on the server of Next.js, and there on Node: the headers of a request, and routes. */
const ofServer = /["']next\/headers["']|["']server-only["']/
const routes = /\/(?:route\.[jt]s|api\/.{1,200}\.[jt]s)$/
const edge = /\bruntime\s{0,9}[:=]\s{0,9}["'](?:experimental-)?edge["']/

/** A Next.js that the image builds and starts, with the code of its server, as far as that makes a client of Supabase. */
export async function servedPages(
  {reader}: Inputs,
  facts: FactStore,
): Promise<{by: string; command: FileLocation; origin: string; read(): Promise<LoadedSource[]>} | undefined> {
  const [buildCommands, files] = await Promise.all([facts.value('buildCommands'), facts.value('files')])
  const [built, another] = (buildCommands?.commands ?? []).filter(
    ({words, conditional}) => programOf({words}) === 'next' && words.includes('build') && !conditional,
  )
  const manifest = built && files && sourceAt(built.moment, posix.join(built.folder, 'package.json'), files)
  if (!files || another || manifest === undefined) return undefined
  const {started} = await startedCommands(facts)
  const [server] = started.filter(
    ({by, command}) => by !== 'release_command' && /\bnext start\b|\bserver\.js\b/.test(command.words.join(' ')),
  )
  if (!server) return undefined
  const origin = posix.dirname(manifest)
  return {
    by: server.by,
    command: server.command.at,
    origin: origin === '.' ? '' : origin,
    read: () => serverSources(origin, files, reader),
  }
}

async function serverSources(origin: string, files: Files, reader: ProjectReader): Promise<LoadedSource[]> {
  const own = files.under(origin).filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !isApart(path))
  const sources: LoadedSource[] = []
  for (const file of await reader.texts(own.slice(0, 3000))) {
    // What lays a WebSocket down may stand anywhere.
    const isOfServer = (ofServer.test(file.text) || routes.test(file.path)) && !edge.test(file.text)
    if (!(isOfServer && file.text.includes('@supabase/')) && !/\bWebSocket\b|\btransport\b/.test(file.text)) continue
    sources.push({
      file,
      imports: isOfServer ? importSpecifiers(file.text) : [],
      isBundled: true,
      isOneFile: false,
    })
  }
  return sources
}
