import type {FileLocation} from '../../check.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {bareRuby, reachedLines} from './reached-lines.ts'

/** What a file of config/ demands when Rails is loaded in production. */
export interface RailsRead {
  name: string
  at: FileLocation
  /** It stands in no block but those of Rails: a gem may call others later, or never. */
  isCertain: boolean
}

/** Files that Rails loads, whatever is started. */
const isLoadedByRails = (path: string): boolean =>
  /^config\/(?:application|boot|environments\/production|initializers\/(?:[\w-]+\/)*[\w-]+)\.rb$/.test(path)

/** Gems that fill the environment from a file, before anything asks for it; as lines of Gemfile.lock. */
export const fillsEnvironment = /^ {4}(?:figaro|config|envkey|ejson|sekrets|envied) /m

/** What Rails stops without when it is loaded in production. */
export async function railsVariables(paths: Files, reader: ProjectReader): Promise<RailsRead[]> {
  if (!paths.has('config/application.rb')) return []
  // dotenv is often there for development alone, without a file to load in the image.
  if (paths.has('.env') || paths.has('.env.production') || (await reader.kindOf('.env')) === 'file') return []
  if (fillsEnvironment.test((await reader.text('Gemfile.lock'))?.text ?? '')) return []
  const files = await reader.texts(paths.ending('.rb').filter(isLoadedByRails))
  return files.flatMap(demandedBy)
}

/** `ENV.fetch("X")` without a default, and `ENV["X"] || raise`. */
export const demandedBy = (file: TextFile): RailsRead[] =>
  readsIn(file, demands, (match) => (match[1] ?? match[2]) as string)
const demands =
  /\bENV\.fetch\(\s*["'](\w+)["']\s*\)(?!\s*(?:\{|do\b))|\bENV\[\s*["'](\w+)["']\s*\]\s*\|\|\s*\(?raise\b/g

/** `credentials.cloudinary[:name]`: nil without the key, and nil has no such method. */
export const credentialsUsed = (file: TextFile): RailsRead[] => readsIn(file, uses, () => 'RAILS_MASTER_KEY')
const uses =
  /\bRails\.application\.credentials(?:\.(?!dig\b|fetch\b|config\b|secret_key_base\b|to_h\b|key\?)\w+(?:\[:\w+\]|\.(?!nil\?|present\?|blank\?|to_\w+|presence\b|try\b|dig\b)\w+)|\.\w+!|\[:\w+\]\[:\w+\]|\.fetch\(\s*:\w+\s*\))/g

function readsIn(file: TextFile, pattern: RegExp, nameOf: (match: RegExpExecArray) => string): RailsRead[] {
  return reachedLines(file).flatMap(({text, offset, isCertain}) => {
    const bare = bareRuby(text)
    return [...text.matchAll(pattern)].flatMap((match) => {
      // In a text; on the right of ||, or in a block: asked for where another one has nothing.
      if (!bare.startsWith(match[0].slice(0, 3), match.index) || isSecond.test(bare.slice(0, match.index))) return []
      const start = offset + match.index
      return [{name: nameOf(match), at: file.span(start, start + match[0].length), isCertain}]
    })
  })
}
const isSecond = /\|\||\b(?:or|and)\s|[\w)?!]\s*\{[^}]*$/
