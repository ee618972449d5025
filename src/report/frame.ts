import type {TextFile} from '../project/files/text.ts'
import {redact, redactSettings, visible} from '../redact.ts'
import type {ReporterContext} from './index.ts'
import type {ReportedFinding} from './report.ts'

export type FileLocation = Extract<ReportedFinding['location'], {file: string}>

/** The lines around a place, nothing secret in them. */
export interface Frame {
  /** The number of the first line. */
  first: number
  lines: string[]
  /** The line of the place, and its columns in the text above, 1-based: the end exclusive. */
  place: {line: number; start: number | undefined; end: number | undefined}
}

/** undefined where there is no line to show. `room`: the columns of the longest line. */
export async function frameOf(
  at: FileLocation,
  {file: read}: Pick<ReporterContext, 'file'>,
  room: number,
): Promise<Frame | undefined> {
  if (at.line === undefined) return undefined
  const file = await read(at.file)
  if (!file) return undefined
  const first = Math.max(1, at.line - 2)
  // Where the place is far to the right, the window moves there.
  const column = at.column ?? 1
  const from = column > room - 10 ? column - Math.floor(room / 2) : 0
  const lines = Array.from({length: at.line + 2 - first}, (_, index) => {
    const number = first + index
    // Of a line without end, what is near its beginning or the place.
    const text = file
      .line(number)
      .slice(0, from + 2000)
      .replace(/\t/g, ' ')
    // Around the place nobody needs the values of settings; in the place itself only what looks like a secret goes.
    if (number !== at.line && isInsideText(file, number)) return text.trim() ? '…' : ''
    return cut(number === at.line ? redact(text) : redactSettings(redact(text)), from, room)
  })
  // A long instruction is marked by its beginning: the place to look, not the whole of it.
  const oneLine = (at.endLine ?? at.line) === at.line
  return {
    first,
    lines,
    place: {
      line: at.line,
      start: at.column && column - from,
      end: oneLine && at.endColumn ? Math.min(at.endColumn - from, room + 1) : undefined,
    },
  }
}

/** Whether a line belongs to a text of several lines: what it holds may be the value of a secret. */
function isInsideText(file: TextFile, number: number): boolean {
  if (file.path.endsWith('.toml')) {
    let open = ''
    for (let each = 1; each < number; each++) {
      for (const [quotes] of file.line(each).matchAll(/"""|'''/g)) {
        if (open === '') open = quotes
        else if (open === quotes) open = ''
      }
    }
    return open !== ''
  }
  if (!/\.ya?ml$/.test(file.path)) return false
  const indent = (line: string) => line.length - line.trimStart().length
  let outer = indent(file.line(number))
  for (let each = number - 1; each > 0 && outer > 0; each--) {
    const line = file.line(each)
    if (!line.trim() || indent(line) >= outer) continue
    if (/:\s*[|>][-+\d]*\s*$/.test(line)) return true
    outer = indent(line)
  }
  return false
}

function cut(text: string, from: number, room: number): string {
  const plain = visible(text)
  // Half of a character at either end is none.
  const part = plain.slice(from, from + room).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ' ')
  return `${from > 0 && part ? `…${part.slice(1)}` : part}${plain.length > from + room ? '…' : ''}`
}
