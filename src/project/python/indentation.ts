/** A logical line of Python: what stands on it without brackets, strings and comments going over several. */
interface LogicalLine {
  /** Columns before its first character; a tab goes to the next multiple of eight. */
  indent: number
  start: number
  /** It ends with a `:`, so that a block must follow. */
  opens: boolean
  /** Its first word. */
  word: string
}

/** What Python cannot read, and where. */
export interface Misread {
  message: string
  start: number
}

/**
 * The first place where Python surely stops reading a file: a block that is missing, a line that is indented for no
 * reason, an indentation that no line before has, or what git left of a conflict. undefined where there is none, and
 * where this reader is not sure (tabs and blanks mixed, quotes or brackets that do not close).
 */
export function misread(source: string): Misread | undefined {
  const blocks: {indent: number; isTry: boolean}[] = [{indent: 0, isTry: false}]
  let opened: LogicalLine | undefined
  for (const line of logicalLines(source)) {
    const {indent, start, word} = line
    if (/^[<=>]{7}(?:\s|$)/.test(source.slice(start, start + 8)))
      return {message: 'git left the mark of a conflict here', start}
    const current = (blocks.at(-1) as {indent: number}).indent
    if (opened) {
      if (indent <= current) return {message: 'expected an indented block here', start}
      blocks.push({indent, isTry: opened.word === 'try'})
    } else if (indent > current) return {message: 'this line is indented for no reason', start}
    while (indent < (blocks.at(-1) as {indent: number}).indent) {
      const {isTry} = blocks.pop() as {isTry: boolean}
      const goesOn = indent === blocks.at(-1)?.indent && /^(except|finally)$/.test(word)
      if (isTry && !goesOn) return {message: 'the try before this line has no except and no finally', start}
    }
    if (indent !== blocks.at(-1)?.indent) return {message: 'the indentation is that of no block around it', start}
    opened = line.opens ? line : undefined
  }
  return undefined
}

const open = new Set('([{')
const close = new Set(')]}')

/** Up to where it is not sure how Python reads the file. */
function* logicalLines(source: string): Iterable<LogicalLine> {
  let at = source.startsWith('\ufeff') ? 1 : 0
  while (at < source.length) {
    let indent = 0
    let blanks = false
    let tabs = false
    for (; source[at] === ' ' || source[at] === '\t' || source[at] === '\f'; at++) {
      if (source[at] === '\t') {
        indent = indent - (indent % 8) + 8
        tabs = true
      } else if (source[at] === ' ') {
        indent++
        blanks = true
      } else indent = 0
    }
    if (blanks && tabs) return
    const start = at
    const line = readLine(source, at)
    if (!line) return
    at = line.end
    const word = /^\w*/.exec(source.slice(start, start + 12))?.[0] as string
    if (line.last !== '') yield {indent, start, opens: line.last === ':', word}
  }
}

/** To the end of a logical line: its last character outside of comments, '' for a line without any. */
function readLine(source: string, from: number): {end: number; last: string} | undefined {
  let depth = 0
  let last = ''
  let at = from
  while (at < source.length) {
    const character = source[at] as string
    if (character === '\n') {
      at++
      if (depth === 0) return {end: at, last}
    } else if (character === '#') {
      const end = source.indexOf('\n', at)
      at = end < 0 ? source.length : end
    } else if (character === '\\') {
      if (source[at + 1] === '\r') at++
      if (source[at + 1] !== '\n') return undefined
      at += 2
    } else if (character === '"' || character === "'") {
      const end = stringEnd(source, at)
      if (end === undefined) return undefined
      last = '"'
      at = end
    } else {
      if (open.has(character)) depth++
      else if (close.has(character)) depth--
      if (depth < 0) return undefined
      if (!/\s/.test(character)) last = character
      at++
    }
  }
  return depth === 0 ? {end: at, last} : undefined
}

/** Behind the closing quote. An f-string with the same quotes inside, which Python reads since 3.12, is not read here. */
function stringEnd(source: string, at: number): number | undefined {
  const quote = source[at] as string
  const triple = source.startsWith(quote.repeat(3), at)
  const mark = triple ? quote.repeat(3) : quote
  for (let each = at + mark.length; each < source.length; each++) {
    if (source[each] === '\\') each++
    else if (!triple && source[each] === '\n') return undefined
    else if (source.startsWith(mark, each)) return each + mark.length
  }
  return undefined
}
