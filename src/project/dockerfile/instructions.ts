/** Where the instructions of a Dockerfile stand (BuildKit, frontend/dockerfile/parser/parser.go). */
import {lineStarts} from '../files/text.ts'
import {heredocsOf} from './heredocs.ts'
import {type LogicalLine, mayHaveHeredocs, takeFlags} from './logical-line.ts'

/** An instruction by its offsets in the text. */
export interface Written {
  keyword: string
  start: number
  end: number
  /** What follows the keyword and its flags, with its heredocs; nothing at its end where nothing does. */
  rest: {start: number; end: number}
  line: LogicalLine
}

export function* instructionsIn(text: string, escapeCharacter: string): Generator<Written> {
  const lines = text.split('\n')
  const starts = lineStarts(text)
  const isContinued = endsIn[escapeCharacter === '`' ? '`' : '\\']
  let next = 0
  for (let from = 0; from < lines.length; from = next) {
    next = from + 1
    if (isLeftOut(lines[from] as string)) continue
    const logical = joined(lines, from, isContinued)
    const [before = '', blanks = '', keyword = ''] = /^(\s*)(\S+)\s*/.exec(logical.text) ?? []
    const {flags, rest} = takeFlags(logical.text.slice(before.length), escapeCharacter)
    const mayOpen = rest.includes('<<') && mayHaveHeredocs(keyword, rest)
    const {heredocs, next: behind} = heredocsOf(mayOpen ? rest : '', lines, logical.next)
    next = Math.min(behind, lines.length)
    const end = (starts[next - 1] as number) + (lines[next - 1] as string).length
    /** Where a character of the logical line is written. */
    const placeOf = (at: number) => {
      const part = logical.parts.findLast((each) => each.at <= at)
      return part ? (starts[part.line] as number) + at - part.at : end
    }
    const length = logical.text.trimEnd().length
    const begin = placeOf(length - rest.length)
    const behindRest = heredocs.length > 0 ? begin + text.slice(begin, end).trimEnd().length : placeOf(length - 1) + 1
    yield {
      keyword,
      start: placeOf(blanks.length),
      end,
      rest: rest === '' ? {start: end, end} : {start: begin, end: behindRest},
      line: {rest, flags, heredocs, left: rest.includes('<<') ? undefined : wordLeft(lines, next, escapeCharacter)},
    }
  }
}

/** A single escape character ends the line: two of them are a character. */
const endsIn = {'\\': /(^|[^\\])\\[ \t]*$/, '`': /(^|[^`])`[ \t]*$/}

/** Comments and blank lines: they do not end an instruction that they stand in, either. */
const isLeftOut = (line: string): boolean => /^\s*(#|$)/.test(line)

/**
 * One line of the lines from `from` on, with those that go on where one ends in the escape character. `parts` are the
 * lines that it is made of, each with where it begins in the text; `next` is the first line behind it.
 */
function joined(
  lines: readonly string[],
  from: number,
  isContinued: RegExp,
): {text: string; parts: {line: number; at: number}[]; next: number} {
  const parts: {line: number; at: number}[] = []
  let text = ''
  for (let next = from; next < lines.length; next++) {
    const line = lines[next] as string
    if (next > from && isLeftOut(line)) continue
    parts.push({line: next, at: text.length})
    if (!isContinued.test(line)) return {text: text + line, parts, next: next + 1}
    text += line.replace(isContinued, '$1')
  }
  return {text, parts, next: lines.length}
}

/** The first word behind a line that seems to go on, and does not. */
function wordLeft(lines: readonly string[], next: number, escapeCharacter: string): string | undefined {
  if (!lines[next - 1]?.trimEnd().endsWith(escapeCharacter.repeat(2))) return undefined
  let at = next
  while (at < lines.length && isLeftOut(lines[at] as string)) at += 1
  return lines[at]?.trim().split(/\s/)[0]
}
