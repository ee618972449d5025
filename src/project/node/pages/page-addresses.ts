/** What pages of the browser take from a variable of their build and need: addresses, and what they take for granted. */
import type {FileLocation} from '../../../check.ts'
import {type Code, codeOf} from '../../code/code.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'

export interface PublicTool {
  /** `VITE_`, and how the code reads one: `import.meta.env.`. */
  prefix: string
  reads: string
}

export interface PageAddress {
  name: string
  read: FileLocation
  /** `http://localhost:8000`; undefined where the text of the address gets the word undefined. */
  instead: string | undefined
  /** The code takes it for granted that it is there, or stops: `VITE_KEY!`, `if (!key) throw …`. */
  isAsserted: boolean
}

interface Use extends Pick<PageAddress, 'instead' | 'isAsserted'> {
  /** Without it the code throws. */
  stops?: boolean
}

/** What the name of an address of another server says. */
const isAddress = /(?:API|BACKEND|SERVER|GATEWAY|WS|SOCKET|GRAPHQL)(?:_\w{1,60})?$/
/** Where the code asks in which surroundings it is, or takes the address from the page itself. */
const asks = /NODE_ENV|\.(?:DEV|PROD|MODE)\b|\bisDev|\bisProd|\blocation\b|\bhostname\b|typeof window|\bbrowser\b/
const notPages = /(?:^|\/)(?:scripts|stories|cypress|playwright)\/|\.config\.[cm]?[jt]s$|\.(?:stories|server)\.[jt]sx?$/
/** Of Next.js the server runs these: it reads what the machine has. */
const ofServer =
  /(?:^|\/)(?:app\/(?:.{1,300}\/)?(?:page|layout|route|sitemap|robots|opengraph-image)|middleware|proxy|instrumentation)\.[jt]sx?$|(?:^|\/)pages\/api\/|(?:^|\/)(?:server|actions)\b/
/** Files of Next.js that surely run in the browser, by themselves or by what libraries have for nothing else. */
const ofBrowser = /^\s*["']use client["']|\b(?:createBrowserClient|loadStripe)\(/
const mostFiles = 2_000

export async function pageAddresses(
  {prefix, reads}: PublicTool,
  origin: string,
  paths: Files,
  reader: ProjectReader,
): Promise<PageAddress[]> {
  const sources = paths
    .under(origin || '.')
    .filter((path) => javascript.some((ending) => path.endsWith(ending)) && !isApart(path) && !notPages.test(path))
  if (sources.length > mostFiles) return []
  const read = `${escapePattern(reads)}(${prefix}[A-Z0-9_]+)\\b`
  const found = new Map<string, PageAddress>()
  const optional = new Set<string>()
  const demanded = new Set<string>()
  for (const path of sources.toSorted()) {
    const file = await reader.text(path)
    const code = file?.text.includes(reads + prefix) ? codeOf(file) : undefined
    if (!code) continue
    const isServer = prefix === 'NEXT_PUBLIC_' && (ofServer.test(path) || /^\s*["']use server["']/.test(code.text))
    const isOfBrowser = prefix !== 'NEXT_PUBLIC_' || ofBrowser.test(code.text)
    for (const match of code.text.matchAll(new RegExp(read, 'g'))) {
      const name = match[1] as string
      const [start, end] = [match.index, match.index + match[0].length]
      const line = code.text.slice(code.text.lastIndexOf('\n', start) + 1, `${code.text}\n`.indexOf('\n', end))
      const use = useOf(code, start, end)
      if (use === 'optional' || asks.test(line)) optional.add(name)
      if (typeof use === 'string') continue
      if (use.stops && isOfBrowser) demanded.add(name)
      if (found.has(name) || (use.isAsserted ? !isOfBrowser : !isAddress.test(name))) continue
      if (isServer && !/^\s*["']use client["']/.test(code.text)) continue
      found.set(name, {name, read: code.file.span(start, end), instead: use.instead, isAsserted: use.isAsserted})
    }
  }
  return [...found.values()].filter(({name}) => demanded.has(name) || !optional.has(name))
}

/** What happens where a variable is read and is not there. */
function useOf({text}: Code, start: number, end: number): Use | 'optional' | 'other' {
  const before = text.slice(Math.max(start - 100, 0), start)
  const after = text.slice(end, end + 200)
  const [, , local] =
    /^\s{0,200}(?:\|\||\?\?)\s{0,200}(["'`])((?:https?|wss?):\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?[^"'`\s$]{0,200})\1/.exec(
      after,
    ) ?? []
  if (local !== undefined && !/(?:\|\||\?\?|[?:]|&&)\s*$/.test(before)) return {instead: local, isAsserted: false}
  if (
    // `(import.meta.env.VITE_HOST as string) || '…'`, too.
    /^(?:\s{1,20}as\s{1,20}[\w |]{1,60}\))?\s*(?:\|\||\?\?|\?(?!\.)|&&|\?\.|[!=]==?)/.test(after) ||
    /(?:!|\bif\s{0,20}\(|\|\||\?\?|&&|\?)\s*$/.test(before)
  )
    return 'optional'
  // `${process.env.NEXT_PUBLIC_API_URL}/orders` is "undefined/orders", and so is a sum of the two.
  if (/\$\{\s*$/.test(before) && /^\s*\}/.test(after)) return {instead: undefined, isAsserted: false}
  if (/^\s{0,9}\+\s{0,9}["'`]\//.test(after)) return {instead: undefined, isAsserted: false}
  const asserted = {instead: undefined, isAsserted: true}
  const isAsserted = /^(?:!(?![=.[])|\s{1,20}as\s{1,20}string\b(?!\s{0,20}\|))/.test(after)
  const [, constant] = /\b(?:const|let)\s+(\w+)(?:\s*:\s*\w+)?\s*=\s*$/.exec(before) ?? []
  if (constant === undefined || !/^(?:!|\s{1,20}as\s{1,20}string)?\s{0,20};?[ \t]{0,20}(?:\n|$)/.test(after))
    return isAsserted ? asserted : 'other'
  const demands = new RegExp(
    `\\bif\\s{0,20}\\((?:[^()&]{0,200}\\|\\|)?\\s{0,20}!${constant}\\b[^()&]{0,200}\\)\\s{0,50}\\{?\\s{0,50}throw\\b`,
  )
  if (demands.test(text.slice(end))) return {...asserted, stops: true}
  const uses = new RegExp(`(?:!|\\bif\\s*\\(\\s*)${constant}\\b|\\b${constant}\\s*(?:\\|\\||\\?\\?|\\?|&&|[!=]==?)`)
  if (uses.test(text.slice(end))) return 'optional'
  const joined = new RegExp(`(?<![\\w$.])${constant}\\s{0,9}\\+\\s{0,9}["'\`]/`)
  if (text.includes(`\${${constant}}/`) || joined.test(text)) return {instead: undefined, isAsserted: false}
  return isAsserted ? asserted : 'other'
}
