import type {FileLocation} from '../../check.ts'
import type {Files} from '../files.ts'
import type {ProjectReader} from '../reader.ts'
import type {TextFile} from '../text.ts'

/** What a file of config/ demands when Rails is loaded in production. */
export interface RailsRead {
  name: string
  at: FileLocation
  /** It stands in no block but those of Rails: a gem may call others later, or never. */
  isCertain: boolean
}

/** Files that Rails loads, whatever is started. */
export const isLoadedByRails = (path: string): boolean =>
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
export function demandedBy(file: TextFile): RailsRead[] {
  return reachedLines(file).flatMap(({text, offset, isCertain}) =>
    [...text.matchAll(demands)].map((match) => {
      const name = (match[1] ?? match[2]) as string
      const start = offset + match.index
      return {name, at: file.span(start, start + match[0].length), isCertain}
    }),
  )
}
const demands =
  /\bENV\.fetch\(\s*["'](\w+)["']\s*\)(?!\s*(?:\{|do\b))|\bENV\[\s*["'](\w+)["']\s*\]\s*\|\|\s*\(?raise\b/g

/** `credentials.cloudinary[:name]`: nil without the key, and nil has no such method. */
export function credentialsUsed(file: TextFile): RailsRead[] {
  return reachedLines(file).flatMap(({text, offset, isCertain}) =>
    [...text.matchAll(uses)].map((match) => {
      const start = offset + match.index
      return {name: 'RAILS_MASTER_KEY', at: file.span(start, start + match[0].length), isCertain}
    }),
  )
}
const uses =
  /\bRails\.application\.credentials(?:\.(?!dig\b|fetch\b|config\b|secret_key_base\b|to_h\b|key\?)\w+(?:\[:\w+\]|\.(?!nil\?|present\?|blank\?|to_\w+|presence\b|try\b|dig\b)\w+)|\.\w+!|\[:\w+\]\[:\w+\]|\.fetch\(\s*:\w+\s*\))/g

interface Line {
  text: string
  offset: number
  isCertain: boolean
}

/** Blocks that are run where they stand. */
const atOnce =
  /\b(?:Rails\.application\.configure|Rails\.application\.routes\.draw|Rails\.application\.config\.\w+\.tap)\s+do\b/
/** Gems call these at once, as far as one knows them; those of Sidekiq for one of its processes only. */
const usually = /\.(?:configure|setup|config|init|configuration)\s+do\b/
const production = /^\s*if\s+Rails\.env\.production\?\s*$|^\s*unless\s+Rails\.env\.(?:test|development|local)\?\s*$/
const opens =
  /\bdo\s*(?:\|[^|]*\|\s*)?$|^\s*(?:if|unless|case|while|until|begin|for|def|class|module)\b|=\s*(?:if|unless|case|begin)\b/

/** The lines of a file that are reached when it is loaded in production, by their indentation-free block structure. */
export function reachedLines(file: TextFile): Line[] {
  const found: Line[] = []
  const blocks: ('yes' | 'usually' | 'no')[] = []
  let offset = 0
  let isComment = false
  for (const written of file.text.split('\n')) {
    const start = offset
    offset += written.length + 1
    if (/^=(?:begin|end)\b/.test(written)) isComment = written.startsWith('=begin')
    if (isComment) continue
    const text = written.replace(/(^|\s)#(?!\{).*$/s, '$1')
    if (/^\s*end\b/.test(text)) {
      blocks.pop()
      continue
    }
    if (/^\s*(?:else|elsif|when|in|rescue|ensure)\b/.test(text)) {
      if (blocks.length > 0) blocks[blocks.length - 1] = 'no'
      continue
    }
    const oneLine = /\bend\b\s*$/.test(text)
    if (opens.test(text) && !oneLine) {
      // What a block is given to is called before it: Rswag::Api.configure do |c|
      if (!blocks.includes('no') && /^\s*[A-Z][\w:]*\.\w+(?:\([^()]*\))?\s+do\b/.test(text))
        found.push({text, offset: start, isCertain: !blocks.includes('usually')})
      const isClass = /^\s*(?:class\s+Application\b|module\b)/.test(text)
      blocks.push(atOnce.test(text) || production.test(text) || isClass ? 'yes' : usually.test(text) ? 'usually' : 'no')
      continue
    }
    // A modifier decides, or something that is called later.
    if (
      blocks.includes('no') ||
      oneLine ||
      /\s(?:if|unless|rescue)\s|&&|\?\s|->|\blambda\b|\bproc\b|\bProc\.new|\{\s*\||<<[~-]/.test(text)
    )
      continue
    found.push({text, offset: start, isCertain: !blocks.includes('usually')})
  }
  return found
}
