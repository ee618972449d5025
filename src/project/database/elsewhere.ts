import type {FileLocation} from '../../check.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Sink} from './program.ts'

/** An engine whose URL does not come from DATABASE_URL. */
export interface Elsewhere {
  callee: string
  at: FileLocation
  /** What it is, without user and password. */
  url: string
  /** The variable that would be asked for first, and where the default in its place stands. */
  variable: string | undefined
  from: FileLocation | undefined
}

/** alembic's environment. */
export const isEnv = (path: string): boolean => /(^|\/)env\.py$/.test(path)

export interface IniUrl {
  url: string
  at: FileLocation
}

/** `sqlalchemy.url` of the one alembic.ini beside or above the one env.py. */
export async function iniUrl(
  reader: ProjectReader,
  paths: Files,
  environments: readonly string[],
): Promise<IniUrl | undefined> {
  const found = paths.named('alembic.ini')
  const [path] = found
  if (path === undefined || found.length > 1 || environments.length !== 1) return undefined
  const file = await reader.text(path)
  const match = file && /^sqlalchemy\.url[ \t]*[=:][ \t]*(\S(?:.*\S)?)[ \t]*$/m.exec(file.text)
  // Interpolated from elsewhere.
  if (!match || /%\(/.test(match[1] as string)) return undefined
  return {url: match[1] as string, at: file.span(match.index, match.index + match[0].trimEnd().length)}
}

/** The engine that a call makes, where its URL is a constant or the default of another variable. */
export function elsewhere({callee, url, at}: Sink, ini?: IniUrl): Elsewhere[] {
  if (url.kind !== 'string' || (url.trace && !url.trace.fallback)) return []
  const shown = url.value.replace(/:\/\/[^@/]*@/, '://').replace(/\?.*/, '')
  const name = callee.split('.').at(-1) as string
  return [
    {
      callee: name,
      at,
      url: shown,
      variable: url.trace?.variable,
      from: url.trace?.steps[0] ?? (ini?.url === url.value && isEnv(at.file) ? ini.at : undefined),
    },
  ]
}
