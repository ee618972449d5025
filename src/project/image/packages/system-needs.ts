import type {FileLocation} from '../../../check.ts'
import {type Code, codeOf} from '../../code/code.ts'
import type {Files} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'

/** Something of the system that a program reads while it runs. */
export interface NeededFile {
  kind: 'certificates' | 'time zones'
  /** `api.stripe.com`, `Europe/Berlin`. */
  what: string
  /** `the code`, a package, `TZ`. */
  by: string
  at: FileLocation
}

interface Project {
  paths: Files
  text(path: string): Promise<TextFile | undefined>
  /** TZ, where it is set. */
  zone: NeededFile | undefined
  /** All that the Dockerfile says. */
  commands: string
}

/** Modules whose one purpose is to call a service by https. */
const goClients =
  /^[ \t]*(?:require\s+)?(github\.com\/(?:stripe\/stripe-go|sashabaranov\/go-openai|openai\/openai-go|anthropics\/anthropic-sdk-go|slack-go\/slack|bwmarrin\/discordgo|go-telegram-bot-api\/telegram-bot-api|go-telegram\/bot|sendgrid\/sendgrid-go|resend\/resend-go|getsentry\/sentry-go|twilio\/twilio-go|google\/go-github|mailgun\/mailgun-go|coreos\/go-oidc|mmcdole\/gofeed|gocolly\/colly|aws\/aws-sdk-go-v2\/service\/\w+)|google\.golang\.org\/api|cloud\.google\.com\/go\/\w+|firebase\.google\.com\/go)(?:\/v\d+)?\s+v\S+[ \t]*$/m
/** Modules that bring certificates of their own. */
const goRoots = /x509roots\/fallback|\brootcerts\b|gocertifi|mozilla-roots/

/** A call of net/http with the address of a server elsewhere, or with the name of one. */
const goCall =
  /\bhttp\.(?:Get|Head|Post|PostForm|NewRequest(?:WithContext)?)\((?:[^"()\n]{0,100}"[A-Z]{3,7}",)?(?:[^")\n]{0,300}"https:\/\/([\w.-]+\.[a-z]{2,})\b|([^")\n]{1,300}))/g
/** `const endpoint = "https://api.example.com/v1"`, alone or in a list of them. */
const goAddress =
  /^[ \t]{0,20}(?:(?:const|var) )?(\w{1,80})(?: string)?\s{0,9}:?=\s{0,9}(?:fmt\.Sprintf\()?"https:\/\/([\w.-]+\.[a-z]{2,})\b/gm

/** The first call of a file that goes to a server elsewhere. */
function httpsCall({text, bare, file}: Code): NeededFile | undefined {
  const addresses = new Map([...text.matchAll(goAddress)].map(([, name, host]) => [name, host]))
  for (const match of text.matchAll(goCall)) {
    const [whole, host, names = ''] = match
    const what = host ?? (names.match(/\w+/g) ?? []).flatMap((name) => addresses.get(name) ?? [])[0]
    if (what === undefined || bare[match.index] !== whole[0]) continue
    const at = file.span(match.index, match.index + whole.length)
    return {kind: 'certificates', what, by: file.path, at}
  }
  return undefined
}

export async function neededByGo({paths, text, zone, commands}: Project): Promise<NeededFile[]> {
  const sources = await Promise.all(
    paths
      .ending('.go')
      .filter((path) => !/_test\.go$|(?:^|\/)(?:vendor|testdata|examples?)\//.test(path))
      .map(text),
  )
  const codes = sources.flatMap((file) => (file ? (codeOf(file) ?? []) : []))
  const modules = await Promise.all(paths.named('go.mod').map(text))
  const mod = modules.length === 1 ? modules[0] : undefined
  const found: NeededFile[] = []
  const bundled =
    goRoots.test(mod?.text ?? '') || codes.some((code) => /InsecureSkipVerify:\s*true|\bRootCAs\b/.test(code.bare))
  const call = bundled ? undefined : codes.map(httpsCall).find((each) => each !== undefined)
  if (call) found.push(call)
  const client = bundled || found.length > 0 || !mod ? undefined : goClients.exec(mod.text)
  if (client && mod) {
    const start = client.index + client[0].indexOf(client[1] as string)
    const what = `the servers that ${client[1]} asks`
    found.push({kind: 'certificates', what, by: mod.path, at: mod.span(start, start + (client[1] as string).length)})
  }
  // time/tzdata carries the zones in the program.
  if (/\btimetzdata\b/.test(commands) || codes.some((code) => /"time\/tzdata"/.test(code.text))) return found
  for (const code of codes) {
    const match = /\btime\.LoadLocation\(\s*(?:"((?!UTC"|Local")[\w+/-]+)"|([A-Za-z]\w*)\s*\))/.exec(code.text)
    const what = match?.[1] ?? (match?.[2] && textOf(match[2], code.text))
    if (!match || !what) continue
    const at = code.file.span(match.index, match.index + match[0].length)
    return [...found, {kind: 'time zones', what, by: code.file.path, at}]
  }
  return zone && /^[A-Z]\w+\/\w/.test(zone.what) ? [...found, zone] : found
}

/** The zone that a name of the same file always has: it gets its value once, where it is made. */
function textOf(name: string, text: string): string | undefined {
  const sets = [...text.matchAll(new RegExp(`\\b${name}\\s*(?:string\\s*)?:?=(?!=)\\s*(?:"([^"\\n]*)")?`, 'g'))]
  const [only, another] = sets
  const zone = only?.[1]
  const isArgument = new RegExp(`[(,]\\s*${name}\\s+(?:string|[,*])|&${name}\\b`).test(text)
  return another || isArgument || !zone || !/^(?!UTC$|Local$)[A-Z][\w+-]*\/[\w+/-]+$/.test(zone) ? undefined : zone
}

/** Crates that call services by https. */
const crates =
  /^(rustls-native-certs|reqwest|async-openai|async-stripe|octocrab|teloxide|serenity|twilight-http|sentry|ureq|isahc|surf)\s*=(?![^\n]{0,300}\boptional\s{0,9}=\s{0,9}true)/m

/**
 * Whether a crate comes to one that asks the system for certificates, and to none that brings them along. In a lock what
 * is optional stands only where somebody asks for it; other crates, as those of a database, have certificates for themselves.
 */
function asksSystem(needs: ReadonlyMap<string, readonly string[]>, crate: string): boolean {
  const reached = reachedFrom([crate], needs)
  const asks = ['native-tls', 'rustls-native-certs', 'rustls-platform-verifier'].some((name) => reached.has(name))
  return asks && !reached.has('webpki-roots')
}

/** What each crate of a lock needs. */
export function needsOf(lock: string): Map<string, string[]> {
  const needs = new Map<string, string[]>()
  for (const block of lock.split('[[package]]')) {
    const name = /^name = "([^"]+)"/m.exec(block)?.[1] ?? ''
    const found = [...block.matchAll(/^ "([\w-]+)/gm)].map(([, each = '']) => each)
    needs.set(name, [...(needs.get(name) ?? []), ...found])
  }
  return needs
}

export function reachedFrom(names: readonly string[], needs: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(names)
  for (const name of reached) for (const each of needs.get(name) ?? []) reached.add(each)
  return reached
}

export async function neededByRust({paths, text, commands}: Project): Promise<NeededFile[]> {
  const [first, another] = paths.named('Cargo.lock')
  // Of a workspace that at its top counts (doc.rust-lang.org/cargo, "Workspaces").
  const isWorkspace = /^\[workspace\]/m.test((await text('Cargo.toml'))?.text ?? '')
  const place = another === undefined ? first : isWorkspace && paths.has('Cargo.lock') ? 'Cargo.lock' : undefined
  const lock = place === undefined ? undefined : await text(place)
  if (!lock) return []
  const needs = needsOf(lock.text)
  const manifests = await Promise.all(paths.named('Cargo.toml').map(text))
  // Where the Dockerfile names packages of a workspace, the others are not in the image.
  const words = new Set(commands.match(/[\w-]+/g))
  const own = manifests.flatMap((file) => /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/m.exec(file?.text ?? '')?.[1] ?? [])
  const named = own.filter((each) => words.has(each) && needs.has(each))
  const built = named.length > 0 ? reachedFrom(named, needs) : undefined
  for (const file of manifests) {
    // A part for tests or for the build is not in the program.
    const part = file?.text.split(/^\[(?:dev|build)-dependencies/m)[0] ?? ''
    // The roots of webpki stand in for what the system lacks.
    if (/^webpki-roots\b/m.test(part)) continue
    const match = crates.exec(part)
    const name = match?.[1]
    if (!file || !match || !name || built?.has(name) === false || !asksSystem(needs, name)) continue
    return [
      {
        kind: 'certificates',
        what: `what ${name === 'rustls-native-certs' ? 'the program' : name} calls`,
        by: file.path,
        at: file.span(match.index, match.index + name.length),
      },
    ]
  }
  return []
}
