import type {FileLocation} from '../../check.ts'
import {exampleFiles} from '../files/example-file.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'

/** What the files say about whose database it is. */
export interface Evidence {
  /** A place that names a Postgres of Fly, and which kind. */
  fly: {kind: 'postgres' | 'mpg' | 'either'; at: FileLocation} | undefined
  /** A place that names somebody else's. */
  other: {name: string; at: FileLocation} | undefined
}

const prose = '.md .mdx .rst .txt .sh .yml .yaml .toml .example .sample .template .env .py'.split(' ')
const skipped = /(^|\/)(node_modules|\.?venv|versions|site-packages|locales?|fixtures|data)\/|lock|CHANGELOG/

const legacy =
  /\bfly(?:ctl)?\s+(?:pg|postgres)\s+(?:attach|create)|(?:db|pg|postgres|sql)[\w-]{0,60}\.flycast\b|\.(?:flycast|internal):5432|\bpostgres attach\b|\bFly(?:\.io)? Postgres/i
const managed = /\bfly(?:ctl)?\s+mpg\b|flympg\.net|\bFly(?:\.io)? Managed Postgres/i
const either =
  /\bfly(?:\.io|ctl)?\b[^\n]{0,60}\b(?:attach(?:ed)?|inject(?:s|ed)?)\b[^\n]{0,60}\b(?:postgres|database)|\b(?:postgres|database)\w*\b[^\n]{0,60}\bfly(?:\.io|ctl)?\b[^\n]{0,60}\battach/i
const others =
  /\b(supabase|neon\.tech|neondb|rds\.amazonaws|render\.com|planetscale|cockroachlabs|aivencloud|timescaledb\.io|elephantsql|azure\.com|cloudsql)\b/i

/** Reads the texts that people write about a project, the shortest paths first, until one of them says it. */
export async function evidenceOf(reader: ProjectReader, paths: Files): Promise<Evidence> {
  const evidence: Evidence = {fly: undefined, other: undefined}
  const candidates = [
    ...new Set([...paths.ending(...prose), ...paths.beginning('.env'), ...paths.named('Makefile', 'justfile')]),
  ]
    .filter((path) => !skipped.test(path))
    .sort()
    .sort((a, b) => a.split('/').length - b.split('/').length)
    .slice(0, 400)
  for (const path of candidates) {
    const file = await reader.glance(path)
    if (!file) continue
    const place = (match: RegExpExecArray) => file.span(match.index, match.index + match[0].length)
    const [old, now] = [legacy.exec(file.text), managed.exec(file.text)]
    const found = old ?? now ?? either.exec(file.text)
    if (found) {
      evidence.fly = {kind: old && !now ? 'postgres' : now && !old ? 'mpg' : 'either', at: place(found)}
      return evidence
    }
    const other = others.exec(file.text)
    if (other) evidence.other ??= {name: other[1] as string, at: place(other)}
  }
  return evidence
}

/** How the project writes the URL itself. */
export interface Documented {
  scheme: string
  at: FileLocation
  /** In the file of secrets: so it is set, or will be. */
  isReal: boolean
}

/** `DATABASE_URL=…` in a file of settings; in code a default: `"DATABASE_URL", "…"`, `DATABASE_URL: str = "…"`. */
const setting = /^[ \t]*(?:#[ \t]*)?(?:export[ \t]+)?DATABASE_URL[ \t]*=[ \t]*["']?(postgres(?:ql)?(?:\+\w+)?):\/\//im
const fallback =
  /\bDATABASE_URL\b["']?[ \t]*(?:,|=|:[ \t]*[\w[\] |.]{1,40}=)\s*(?:default[ \t]*=[ \t]*)?(?:Field\(\s*(?:default[ \t]*=[ \t]*)?)?["'](postgres(?:ql)?(?:\+\w+)?):\/\//i

/** The scheme with which the project itself writes its URL: in the file of secrets, an example of it, or as a default. */
export async function documentedScheme(
  reader: ProjectReader,
  paths: Files,
  code: Iterable<TextFile>,
  secrets: string | undefined,
): Promise<Documented | undefined> {
  const examples = [
    ...exampleFiles(paths),
    ...paths.beginning('.env.prod').filter((path) => /\.prod\w*$/.test(path)),
    ...paths.named('.env.fly'),
  ].sort()
  const candidates = [...(secrets === undefined ? [] : [secrets]), ...examples]
  const settings = await Promise.all(candidates.map((path) => reader.glance(path)))
  const files = [
    ...settings.map((file) => [file, setting] as const),
    ...[...code].map((file) => [file, fallback] as const),
  ]
  for (const [file, form] of files) {
    const match = file && form.exec(file.text)
    if (file && match)
      return {
        scheme: (match[1] as string).toLowerCase(),
        at: file.span(match.index, match.index + match[0].length),
        isReal: settings.length > 0 && secrets !== undefined && file === settings[0],
      }
  }
  return undefined
}
