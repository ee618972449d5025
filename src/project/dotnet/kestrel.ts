/** Where the web server of ASP.NET Core listens, as the code of an app and its appsettings.json say it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {blank, codeOf} from '../code/code.ts'
import {isConditional} from '../code/conditional.ts'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {isTestCode} from './test-code.ts'

export interface KestrelAddress {
  /** `http://localhost:5000` */
  url: string
  at: FileLocation
}

export interface Kestrel {
  addresses: readonly KestrelAddress[]
  /** Something of the project may bring a certificate. */
  hasCertificate: boolean
}

interface Context {
  paths: Files
  reader: ProjectReader
  variable(name: string): unknown
}

/** What is left behind the calls that are read: a server that is told elsewhere where it listens. */
const others =
  /UseUrls|\bListen(?:AnyIP|Localhost|UnixSocket|Handle)?\(|\.Urls\b|\.Run(?:Async)?\(\s*[^)\s]|WebHost\.CreateDefaultBuilder|HTTP_PORTS|ASPNETCORE_URLS|KestrelServerOptions|UseKestrel\(\s*[^)\s]/

/** Its endpoints take the place of all addresses (Kestrel: "Overriding address(es)"). */
const endpointCalls =
  /\.(ListenLocalhost|ListenAnyIP)\(\s{0,50}(\d{1,5})\s{0,50}\)|\.Listen\(\s{0,50}IPAddress\.(Any|IPv6Any|Loopback|IPv6Loopback)\s{0,50},\s{0,50}(\d{1,5})\s{0,50}\)/g
/** `app.Run("http://…")`, `app.Urls.Add("http://…")`: of a WebApplication, which then asks no variable. */
const addressCalls = /\.(?:Run(?:Async)?|Urls\.Add|UseUrls)\(\s{0,50}"(https?:\/\/[^"\s;]{1,200})"\s{0,50}\)/g

const certificates = /UseHttps|Certificate|LettuceEncrypt|X509|\.pfx|UseHttpSys/

/** undefined where it cannot be told; without addresses variables say it. `dll` is what dotnet starts. */
export async function kestrelOf(dll: string, {paths, reader, variable}: Context): Promise<Kestrel | undefined> {
  const [manifest, another] = paths.named(posix.basename(dll).replace(/\.dll$/, '.csproj'))
  const root = manifest === undefined || another !== undefined ? undefined : posix.dirname(manifest)
  const isOwn = (path: string) => root !== undefined && (root === '.' || path.startsWith(`${root}/`))
  const endpoints: KestrelAddress[] = []
  const addresses: KestrelAddress[] = []
  let hasCertificate = false
  for (const path of paths.ending('.cs')) {
    if (isTestCode(path)) continue
    const file = await reader.text(path)
    const code = file && codeOf(file)
    if (!code) continue
    hasCertificate ||= certificates.test(code.text)
    const left = isOwn(path)
      ? code.text.replace(endpointCalls, (call) => blank(call)).replace(addressCalls, (call) => blank(call))
      : code.text
    if (others.test(left)) return undefined
    if (!isOwn(path)) continue
    for (const match of code.text.matchAll(endpointCalls)) {
      const [call, name, port, address, otherPort] = match
      if (isConditional(code, match.index)) return undefined
      const host = name === 'ListenLocalhost' || address?.endsWith('Loopback') ? 'localhost' : '*'
      endpoints.push({
        url: `http://${host}:${port ?? otherPort}`,
        at: code.file.span(match.index, match.index + call.length),
      })
    }
    for (const match of code.text.matchAll(addressCalls)) {
      if (isConditional(code, match.index)) return undefined
      // A variable may come before it, or after.
      if (match[0].startsWith('.UseUrls') && ['ASPNETCORE_URLS', 'URLS', 'DOTNET_URLS'].some(variable)) return undefined
      addresses.push({url: match[1] ?? '', at: code.file.span(match.index, match.index + match[0].length)})
    }
  }
  const settings = await settingsOf(root, {paths, reader, variable})
  if (!settings || (endpoints.length > 0 && settings.endpoints.length > 0)) return undefined
  if (settings.hasUrls && endpoints.length + addresses.length === 0) return undefined
  const [said] = [endpoints, settings.endpoints, addresses].filter((each) => each.length > 0)
  return {addresses: said ?? [], hasCertificate: hasCertificate || settings.hasCertificate}
}

interface Settings {
  endpoints: KestrelAddress[]
  hasUrls: boolean
  hasCertificate: boolean
}

/** appsettings.json, and the file of the environment over it (learn.microsoft.com, "Configure endpoints for Kestrel"). */
async function settingsOf(root: string | undefined, {paths, reader, variable}: Context): Promise<Settings | undefined> {
  const set = variable('ASPNETCORE_ENVIRONMENT') ?? variable('DOTNET_ENVIRONMENT')
  const environment = set === undefined ? 'Production' : textValue(set)
  const found: Settings = {endpoints: [], hasUrls: false, hasCertificate: false}
  const byName = new Map<string, KestrelAddress>()
  const all = paths.ending('.json').filter((path) => /(?:^|\/)appsettings[\w.-]*\.json$/.test(path))
  for (const path of all.sort((a, b) => a.length - b.length)) {
    const name = posix.basename(path)
    const isRead =
      name === 'appsettings.json' || environment === undefined || name === `appsettings.${environment}.json`
    const file = isRead ? await reader.text(path) : undefined
    if (!file || !/Kestrel|"[Uu]rls"/.test(file.text)) continue
    // It may be that of another project, or have comments.
    const json = parseJson(file)
    if (root === undefined || environment === undefined || !('value' in json)) return undefined
    if (posix.dirname(path) !== root) continue
    const {Kestrel: kestrel, Urls, urls} = json.value
    found.hasUrls ||= Urls !== undefined || urls !== undefined
    if (!isTable(kestrel)) continue
    found.hasCertificate ||= /Certificate|Sni/.test(JSON.stringify(kestrel))
    for (const [endpoint, value] of Object.entries(isTable(kestrel.Endpoints) ? kestrel.Endpoints : {})) {
      const url = isTable(value) ? value.Url : undefined
      if (typeof url !== 'string') return undefined
      if (['', 'ASPNETCORE_'].some((start) => variable(`${start}Kestrel__Endpoints__${endpoint}__Url`)))
        return undefined
      byName.set(endpoint, {url, at: json.at(['Kestrel', 'Endpoints', endpoint, 'Url'])})
    }
  }
  return {...found, endpoints: [...byName.values()]}
}

const textValue = (set: unknown): string | undefined => {
  const value = typeof set === 'object' && set !== null && 'value' in set ? set.value : undefined
  return typeof value === 'string' ? value : undefined
}
