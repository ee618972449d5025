/** A logical line of Python: one statement head, or a simple statement, however many physical lines it takes. */
export interface LogicalLine {
  /** Its text; what stands in strings and comments is blanked, so that offsets stay. */
  code: string
  start: number
  end: number
  /** In columns, a tab counting to the next multiple of eight. */
  indent: number
}

/** Why Python surely cannot compile a text, in its own kinds of error. */
export interface SyntaxFault {
  kind: 'SyntaxError' | 'IndentationError' | 'TabError'
  message: string
  cure: string
  start: number
  end: number
}

export interface PythonLines {
  lines: LogicalLine[]
  /** The first fault; what stands behind it is not read. Many faults are not seen: the grammar is not checked. */
  fault: SyntaxFault | undefined
  /** The rest is not read, and nothing is said of it: from Python 3.12 on, an f-string may hold its own quotes. */
  unread: boolean
}

/** What ends a plain stretch of code. */
const notable = /["'#\\\n\r()[\]{}:$?`\u2018\u2019\u201c\u201d]/g
const opened: Readonly<Record<string, string>> = {')': '(', ']': '[', '}': '{'}
/** Statements that cannot do without a colon (hard keywords). */
const needsColon =
  /^(?:async\s+)?(?:def|class|if|elif|for|while|with|except)\s+[\w("'[]|^(?:else|try|finally|except)(?![\w.([,=])/
const conflict = /^(?:<{7}|\|{7}|>{7})(?:[ \t]|$)|^={7}[ \t]*$/

/** Splits as Python's tokenizer does (Lexical analysis, "Line structure"), and finds what it, or the parser, refuses. */
export function pythonLines(text: string): PythonLines {
  const lines: LogicalLine[] = []
  const brackets: {character: string; at: number}[] = []
  const indents: {columns: number; width: number; isTry: boolean}[] = [{columns: 0, width: 0, isTry: false}]
  let blanks: [from: number, to: number][] = []
  let fault: SyntaxFault | undefined
  let start = -1
  let hasColon = false
  let opens = false
  let fstring = false
  let unread = false
  let at = text.startsWith('\ufeff') ? 1 : 0
  lineBegins()
  while (at < text.length && !fault) {
    if (start < 0 && !beginLine()) continue
    notable.lastIndex = at
    const found = notable.exec(text)
    if (!found) {
      at = text.length
      break
    }
    at = found.index
    step(found[0])
  }
  if (!fault && start >= 0) endLine(text.length)
  if (!fault && opens)
    fail('IndentationError', 'the file ends where a block must follow', 'Write its body, or pass.', lastLine())
  if (!fault && brackets.length > 0) {
    const {character, at: from} = brackets.at(-1) as {character: string; at: number}
    unsure(`the ${character} is never closed`, 'Close it.', [from, from + 1])
  }
  return {lines, fault: conflictMarker() ?? fault, unread}

  function step(character: string): void {
    switch (character) {
      case '#': {
        const end = lineEnd(at)
        blanks.push([at, end])
        at = end
        return
      }
      case '"':
      case "'":
        string(character)
        return
      case '\\': {
        const newline = /^\\(?:\r\n|\r|\n)/.exec(text.slice(at, at + 3))
        if (newline) {
          blanks.push([at, at + newline[0].length])
          at += newline[0].length
          lineBegins()
        } else if (text.slice(at + 1).trim() === '') at = text.length
        else unsure('after the \\ the line must end', 'Take away what follows it.', [at, at + 1])
        return
      }
      case '\n':
      case '\r': {
        const length = text.startsWith('\r\n', at) ? 2 : 1
        if (brackets.length === 0) endLine(at)
        else blanks.push([at, at + length])
        at += length
        lineBegins()
        return
      }
      case '(':
      case '[':
      case '{':
        brackets.push({character, at})
        at++
        return
      case ')':
      case ']':
      case '}': {
        const last = brackets.pop()
        if (last?.character !== opened[character]) {
          unsure(
            last ? `${character} closes the ${last.character} that stands before it` : `${character} closes nothing`,
            'Correct the brackets.',
            [at, at + 1],
          )
        }
        at++
        return
      }
      case ':':
        if (brackets.length === 0) hasColon = true
        at++
        return
      default:
        unsure(`${character} is no character of Python`, 'Take it away, or write plain quotes.', [at, at + 1])
    }
  }

  /** A string from its first quote to its last. */
  function string(quote: string): void {
    const from = at
    const prefix = /[A-Za-z]{0,2}$/.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? ''
    if (/[ft]/i.test(prefix)) fstring = true
    const triple = text.startsWith(quote.repeat(3), at)
    const mark = triple ? quote.repeat(3) : quote
    at += mark.length
    const inside = at
    const stop = triple ? /\\|"""|'''/g : /[\\"'\n\r]/g
    for (stop.lastIndex = at; ; ) {
      const found = stop.exec(text)
      const met = found?.[0]
      if (!found || met === '\n' || met === '\r') {
        unsure('the string is never closed', `Close it with ${mark}`, [from, found ? found.index : from + mark.length])
        return
      }
      if (met === '\\') stop.lastIndex = found.index + (text.startsWith('\r\n', found.index + 1) ? 3 : 2)
      else if (met === mark) {
        blanks.push([inside, found.index])
        at = found.index + mark.length
        return
      }
    }
  }

  /** Reads the indentation of the next line with code; false when there is none here. */
  function beginLine(): boolean {
    const from = at
    let columns = 0
    let width = 0
    for (; at < text.length; at++) {
      const character = text[at]
      if (character === ' ') columns++
      else if (character === '\t') columns = (Math.floor(columns / 8) + 1) * 8
      else if (character === '\f') {
        columns = 0
        width = -1
      } else break
      width++
    }
    const character = text[at]
    if (character === undefined) return false
    if (character === '\n' || character === '\r') {
      at++
      lineBegins()
      return false
    }
    if (character === '#') {
      at = lineEnd(at)
      return false
    }
    start = at
    hasColon = false
    blanks = []
    indent(columns, width, from)
    return fault === undefined
  }

  /** INDENT and DEDENT; `width` counts a tab as one column, and must agree (tabs and spaces may not be mixed). */
  function indent(columns: number, width: number, from: number): void {
    const top = indents.at(-1) as {columns: number; width: number}
    const place = (): [number, number] => [from, lineEnd(at)]
    const mixed = () =>
      fail('TabError', 'tabs and spaces are mixed in the indentation', 'Indent with spaces only.', place())
    if (columns > top.columns) {
      if (width <= top.width) mixed()
      else if (!opens) {
        const message = 'this line is indented deeper than the one before, which opens no block'
        fail('IndentationError', message, 'Take the indentation away, or the line if it was left behind.', place())
      }
      indents.push({columns, width, isTry: /^try\b/.test(lines.at(-1)?.code ?? '')})
    } else if (opens) {
      const head = lines.at(-1)
      const isBlock = head !== undefined && /^[a-z]+\b/.test(head.code)
      if (isBlock) {
        const message = `${headOf(head)} has no body: the line below it is not indented`
        fail('IndentationError', message, 'Indent its body, or write pass.', place())
      } else fail('SyntaxError', 'a line ends with a colon, and begins no block', 'Is this a file of Python?', place())
    } else {
      while ((indents.at(-1) as {columns: number}).columns > columns) {
        const {isTry} = indents.pop() as {isTry: boolean}
        const goesOn = indents.at(-1)?.columns === columns && /^(?:except|finally)\b/.test(text.slice(at, at + 8))
        if (isTry && !goesOn)
          fail('SyntaxError', 'the try above has no except and no finally', 'Add one of them.', place())
      }
      const level = indents.at(-1) as {columns: number; width: number}
      if (level.columns !== columns) {
        const message = 'this line is indented like none of the blocks around it'
        fail('IndentationError', message, 'Align it with the block that it belongs to.', place())
      } else if (level.width !== width) mixed()
    }
  }

  function endLine(end: number): void {
    let code = ''
    let from = start
    for (const [first, last] of blanks) {
      code += text.slice(from, first) + ' '.repeat(last - first)
      from = last
    }
    code = (code + text.slice(from, end)).trimEnd()
    const line = {code, start, end: start + code.length, indent: (indents.at(-1) as {columns: number}).columns}
    start = -1
    lines.push(line)
    opens = code.endsWith(':')
    if (!hasColon && needsColon.test(code)) {
      fail('SyntaxError', `${headOf(line)} lacks its colon`, 'End it with a colon.', [line.start, line.end])
    } else if (/^(?:print|exec)\s+[rbuRBU]{0,2}["']/.test(code)) {
      const message = `${code.slice(0, code.search(/\s/))} without parentheses is Python 2`
      fail('SyntaxError', message, 'Put the parentheses.', [line.start, line.end])
    }
  }

  function lineBegins(): void {
    if (!'<=>|'.includes(text[at] ?? ' ') || !conflict.test(text.slice(at, lineEnd(at)))) return
    const message = `a merge conflict is left: ${text.slice(at, at + 7)}`
    fail('SyntaxError', message, 'Resolve it: keep one of the sides, and take the marks away.', [at, lineEnd(at)])
  }

  /** Of a text with a fault, a mark of a merge conflict before it is the cause. */
  function conflictMarker(): SyntaxFault | undefined {
    if (!fault || fault.message.startsWith('a merge conflict')) return fault
    const found = /^<{7} .*$/m.exec(text.slice(0, fault.end))
    if (!found) return undefined
    const message = 'a merge conflict is left: <<<<<<<'
    const cure = 'Resolve it: keep one of the sides, and take the marks away.'
    return {kind: 'SyntaxError', message, cure, start: found.index, end: found.index + found[0].length}
  }

  function lineEnd(from: number): number {
    for (let end = from; end < text.length; end++) if (text[end] === '\n' || text[end] === '\r') return end
    return text.length
  }

  function lastLine(): [number, number] {
    const line = lines.at(-1)
    return [line?.start ?? 0, line?.end ?? 0]
  }

  function fail(kind: SyntaxFault['kind'], message: string, cure: string, [from, to]: [number, number]): void {
    fault ??= {kind, message, cure, start: from, end: to}
    at = text.length
  }

  /** From Python 3.12, the quotes of an f-string may stand in it again: behind one, quotes and brackets tell nothing. */
  function unsure(message: string, cure: string, place: [number, number]): void {
    if (fstring) {
      unread = true
      at = text.length
      brackets.length = 0
      opens = false
      start = -1
    } else fail('SyntaxError', message, cure, place)
  }
}

const headOf = (line: LogicalLine | undefined): string =>
  line === undefined ? 'it' : (/^(?:async\s+)?\w+(?:\s+\w+)?/.exec(line.code)?.[0] ?? line.code.slice(0, 40))
