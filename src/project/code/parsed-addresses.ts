import {isIP} from 'node:net'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {type Code, codeOf} from './code.ts'

/** A variable of [env] whose value is no address of the kind that the code makes of it. */
export interface ParsedAddress {
  name: string
  value: string
  /** `ip`: an address alone; `socket`: an address with its port. */
  wanted: 'ip' | 'socket'
  /** Where the code reads it. */
  at: FileLocation
}

const names = /(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|BIND|LISTEN|IP)(?:_|$)/
const place = /^(?:\[.*\]|[\d.]+|localhost|\*|)(?::\d+)?$|^::/

/** What cargo builds stands apart, too. */
export const isNotShipped = (path: string): boolean => isApart(path) || /(?:^|\/)target\//.test(path)

/** Of the files that may read such a variable only those that name it are looked at. */
export async function loadParsedAddresses({reader}: Inputs, facts: FactStore): Promise<Fact<ParsedAddress[]>> {
  const config = await facts.need('flyConfig')
  // A name of a server on the network is nothing to parse; what is left are places to listen on.
  const local = Object.entries(config.config.env ?? {})
    .filter(([name, value]) => names.test(name) && value !== '' && place.test(value))
    .map(([name, value]) => ({name, value, fits: {ip: isIP(value) !== 0, socket: isSocket(value)}}))
    .filter(({fits}) => !(fits.ip && fits.socket))
  if (local.length === 0) return known([])
  const found: ParsedAddress[] = []
  const files = (await facts.value('files')) ?? noFiles
  for (const path of files.ending('.rs', '.go', '.py')) {
    if (isNotShipped(path)) continue
    const file = await reader.text(path)
    if (!file || !local.some(({name}) => file.text.includes(`"${name}"`) || file.text.includes(`'${name}'`))) continue
    const code = codeOf(file)
    for (const {name, value, fits} of code ? local : []) {
      const read = code && parsed(code, name)
      if (read && !fits[read.wanted]) found.push({name, value, ...read})
    }
  }
  return known(found)
}

/** `127.0.0.1:3000`, `[::]:3000` */
function isSocket(value: string): boolean {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(value) ?? []
  const address = /^\[(.*)\]$/.exec(host)?.[1]
  return Number(port) < 65536 && port !== '' && (address === undefined ? isIP(host) === 4 : isIP(address) === 6)
}

type Read = Pick<ParsedAddress, 'wanted' | 'at'>

function parsed(code: Code, name: string): Read | undefined {
  const {text, file} = code
  const patterns = {
    rust: [
      // clap: the type of the field says what the value is parsed to.
      `\\benv\\s*=\\s*"${name}"[^\\]]{0,200}\\]\\s*(?:///[^\\n]*\\s*)*(?:pub\\s+)?\\w+\\s*:\\s*(?:Option<)?(?:[\\w:]*::)?(Ip(?:v[46])?Addr|SocketAddr)\\b`,
      `\\bvar\\(\\s*"${name}"\\s*\\)`,
    ],
    go: [`\\b(?:net\\.(ParseIP)|netip\\.(?:Must)?(ParseAddr|ParseAddrPort))\\(\\s*os\\.Getenv\\(\\s*"${name}"`],
    python: [
      `\\b(ip_address|IPv[46]Address)\\(\\s*(?:os\\.)?(?:environ(?:\\.get\\(|\\[)|getenv\\()\\s*["']${name}["']`,
    ],
    javascript: [],
    csharp: [],
    elixir: [],
  }[code.language]
  for (const pattern of patterns) {
    const match = new RegExp(pattern).exec(text)
    if (!match) continue
    const at = file.span(match.index, match.index + match[0].length)
    const kind = match[1] ?? match[2]
    if (kind) return {wanted: /^(?:SocketAddr|ParseAddrPort)$/.test(kind) ? 'socket' : 'ip', at}
    const wanted = rustParses(text, match.index)
    if (wanted) return {wanted, at}
  }
  return undefined
}

/** What becomes of `env::var(…)` in the lines that follow: `.parse::<IpAddr>()`, `let ip: IpAddr = host.parse()`. */
function rustParses(text: string, start: number): Read['wanted'] | undefined {
  const before = text.slice(Math.max(0, text.lastIndexOf('\n', text.lastIndexOf('\n', start) - 1)), start)
  const after = text.slice(start, start + 600)
  const statement = before + after.slice(0, after.indexOf(';') < 0 ? undefined : after.indexOf(';') + 1)
  const direct = /\.parse(?:::<([^>]{0,200})>)?\(/.exec(statement)
  const typed = /(?<!:):\s*(?:[\w:]{0,200}::)?(Ip(?:v[46])?Addr|SocketAddr)\b/.exec(statement)?.[1]
  const type = direct && (direct[1] ?? typed)
  if (type) return /SocketAddr/.test(type) ? 'socket' : /Ip(?:v[46])?Addr/.test(type) ? 'ip' : undefined
  // The name that it is bound to, parsed further down.
  const bound = /\blet\s+(?:mut\s+)?(\w{1,100})(?!\w)[^=;]{0,300}=\s{0,100}(?:[\w:]{0,300})$/.exec(
    text.slice(Math.max(0, start - 120), start),
  )?.[1]
  if (!bound) return undefined
  const use = new RegExp(`(?<![^;{}])([^;{}]{0,1000})\\b${bound}\\s*\\.parse(?:::<([^>]{0,200})>)?\\(`).exec(after)
  const as = use && (use[2] ?? use[1])
  return as === undefined || as === null || /format!/.test(as)
    ? undefined
    : /\bSocketAddr\b/.test(as)
      ? 'socket'
      : /\bIp(?:v[46])?Addr\b/.test(as)
        ? 'ip'
        : undefined
}
