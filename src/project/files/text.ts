import type {FileLocation} from '../../check.ts'

/** A text file with its positions: the only place where offsets become 1-based lines and columns. */
export class TextFile {
  /** Relative to the working directory, with `/`: what reports show. */
  readonly path: string
  /** Where it was read from. */
  readonly absolute: string
  /** Lines end with `\n`, also where the file has `\r\n`: what reads a text need not know what system it was written on. */
  readonly text: string
  /** The first line ends with `\r\n`, which Linux does not take for a line end where it starts a script. */
  readonly crlf: boolean
  /** What was found out of the text, by the question. */
  readonly #answers: Map<unknown, unknown>
  #starts: number[] | undefined

  /** `text`: the same file as another run has read it, from its own folder, where one has. */
  constructor(path: string, absolute: string, text: string | TextFile) {
    this.path = path
    this.absolute = absolute
    if (text instanceof TextFile) {
      this.text = text.text
      this.crlf = text.crlf
      this.#answers = text.#answers
    } else {
      this.text = text.replaceAll('\r\n', '\n')
      this.crlf = text[text.indexOf('\n') - 1] === '\r'
      this.#answers = new Map()
    }
  }

  /** What is found out of the text, once for each question, whatever folder the file is read from. */
  once<T>(question: unknown, find: () => T): T {
    if (!this.#answers.has(question)) this.#answers.set(question, find())
    return this.#answers.get(question) as T
  }

  /** Offsets at which lines begin. */
  get #lineStarts(): number[] {
    this.#starts ??= lineStarts(this.text)
    return this.#starts
  }

  get lineCount(): number {
    return this.#lineStarts.length
  }

  /** The text of a 1-based line, without its line end; empty beyond the file. */
  line(number: number): string {
    const start = this.#lineStarts[number - 1]
    if (start === undefined) return ''
    const end = this.#lineStarts[number] ?? this.text.length + 1
    return this.text.slice(start, end - 1)
  }

  position(offset: number): {line: number; column: number} {
    const line = lineAt(this.#lineStarts, offset)
    return {line: line + 1, column: offset - (this.#lineStarts[line] as number) + 1}
  }

  /** The offset of a 1-based position; the reverse of `position`. */
  offset(line: number, column: number): number {
    return (this.#lineStarts[line - 1] ?? this.text.length) + column - 1
  }

  /** The offset at which a place of this file begins. */
  startOf({line = 1, column = 1}: Pick<FileLocation, 'line' | 'column'>): number {
    return this.offset(line, column)
  }

  /** The place from one offset to another (exclusive). */
  span(start: number, end: number = start): FileLocation {
    const from = this.position(start)
    const to = this.position(end)
    return {file: this.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column}
  }

  /** A whole 1-based line, leading blanks left out. */
  lineSpan(number: number): FileLocation {
    const text = this.line(number)
    const indent = text.length - text.trimStart().length
    return {
      file: this.path,
      line: number,
      column: indent + 1,
      endLine: number,
      endColumn: Math.max(indent, text.trimEnd().length) + 1,
    }
  }

  get whole(): FileLocation {
    return {file: this.path}
  }
}

/** Offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The line, from 0, that an offset is in. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
