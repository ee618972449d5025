/** Which lines of a file of config/ are surely run, as far as its blocks, brackets and conditions show it. */
import type {TextFile} from '../files/text.ts'

interface Line {
  text: string
  offset: number
  /** It stands in no block but those of Rails: a gem may call others later, or never. */
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

/** A modifier decides, or something that is called later. */
const depends =
  /\s(?:if|unless|rescue)\s|&&|\?\s|->|\blambda\b|\bproc\b|\bProc\.new|\{\s*\||[\w)?!]\s*\{\s*$|<<[~-]|^\s*(?:\|\||\?\s|:\s)/
/** What the next line goes on with is only reached for some values of this one. */
const goesOn = /(?:\|\||&&|\s\?|\s:|\b(?:and|or))\s*$/
const modifier = /\s(?:if|unless|rescue)\s/
const leaves = /^\s*(return|next|break)\b/
/** What is left in other environments alone. */
const leavesOthers = /\sif\s+Rails\.env\.(?:test|development|local)\?\s*$|\sunless\s+Rails\.env\.production\?\s*$/

/** The lines of a file that are reached when it is loaded in production, by their indentation-free block structure. */
export function reachedLines(file: TextFile): Line[] {
  const found: Line[] = []
  const blocks: {state: 'yes' | 'usually' | 'no'; from: number}[] = []
  const [quiet, brackets] = [{depth: 0}, {depth: 0, from: 0}]
  let offset = 0
  let isComment = false
  let heredoc: string | undefined
  let before = ''
  for (const written of file.text.split('\n')) {
    const start = offset
    offset += written.length + 1
    if (/^__END__\s*$/.test(written)) break
    if (/^=(?:begin|end)\b/.test(written)) isComment = written.startsWith('=begin')
    if (heredoc !== undefined) {
      if (written.trim() === heredoc) heredoc = undefined
      continue
    }
    const text = written.replace(/(^|\s)#(?!\{).*$/s, '$1')
    if (isComment || text.trim() === '') continue
    const bare = bareRuby(text)
    const isSecond = goesOn.test(before)
    const states = blocks.map(({state}) => state)
    before = bare
    heredoc = /<<[~-]["'`]?(\w+)/.exec(text)?.[1]
    const opened = openedBy(bare)
    const wasQuiet = quiet.depth > 0
    if (wasQuiet) {
      quiet.depth += opened
      // `})` closes what stands around it, too.
      if (quiet.depth < 0) {
        if (brackets.depth > 0 && modifier.test(bare)) found.length = Math.min(found.length, brackets.from)
        brackets.depth = Math.max(0, brackets.depth + quiet.depth)
        quiet.depth = 0
      }
    }
    if (/^\s*end\b/.test(text)) {
      const block = blocks.pop()
      if (block && modifier.test(bare) && !leavesNone.test(bare)) found.length = Math.min(found.length, block.from)
      continue
    }
    if (/^\s*(?:else|elsif|when|in|rescue|ensure)\b/.test(text)) {
      const block = blocks.at(-1)
      if (block) block.state = 'no'
      continue
    }
    const isWithin = states.includes('no')
    const oneLine = /\bend\b\s*$/.test(text)
    if (opens.test(text) && !oneLine) {
      const from = found.length
      // What a block is given to is called before it: Rswag::Api.configure do |c|
      if (!isWithin && !wasQuiet && /^\s*[A-Z][\w:]*\.\w+(?:\([^()]*\))?\s+do\b/.test(text))
        found.push({text, offset: start, isCertain: !states.includes('usually')})
      const isClass = /^\s*(?:class\s+Application\b|module\b)/.test(text)
      const isRun = !wasQuiet && (atOnce.test(text) || production.test(text) || isClass)
      blocks.push({state: isRun ? 'yes' : !wasQuiet && usually.test(text) ? 'usually' : 'no', from})
      continue
    }
    const [, leave] = (!isWithin && !wasQuiet && leaves.exec(bare)) || []
    if (leave !== undefined && !leavesOthers.test(bare)) {
      const block = blocks.at(-1)
      if (leave === 'return' || !block) break
      block.state = 'no'
      continue
    }
    if (wasQuiet || isWithin || leave !== undefined) continue
    // `) if Rails.env.development?` is said of all that stands between the brackets.
    if (brackets.depth > 0 && brackets.depth + opened <= 0 && modifier.test(bare)) found.length = brackets.from
    if (brackets.depth === 0) brackets.from = found.length
    if (oneLine || isSecond || depends.test(bare)) {
      quiet.depth = Math.max(0, opened)
      if (opened < 0) brackets.depth = Math.max(0, brackets.depth + opened)
      continue
    }
    brackets.depth = Math.max(0, brackets.depth + opened)
    found.push({text, offset: start, isCertain: !states.includes('usually')})
  }
  return found
}

const leavesNone = /\sif\s+Rails\.env\.production\?\s*$|\sunless\s+Rails\.env\.(?:test|development|local)\?\s*$/

/** A line in which what stands in texts is blank, but for what is put in: `"#{ENV.fetch("X")}"`. */
export const bareRuby = (text: string): string =>
  text.replace(/"(?:[^"\\#]|\\.|#(?!\{)|#\{[^{}]*\})*"|'(?:[^'\\]|\\.)*'/g, (found) =>
    found.replace(/#\{[^{}]*\}|[^"']/g, (part) => (part.length > 1 ? part : ' ')),
  )

/** How many brackets it opens more than it closes. */
const openedBy = (bare: string): number => (bare.match(/[([{]/g)?.length ?? 0) - (bare.match(/[)\]}]/g)?.length ?? 0)
