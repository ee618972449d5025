/** The scalars of a workflow, each with its place. */
import type {FileLocation} from '../../check.ts'
import type {Node, TableNode} from '../documents/document.ts'
import {lineAt, lineStarts, type TextFile} from '../files/text.ts'
import {syntaxFault} from '../image/shell/shell.ts'

/** A scalar with its place. */
export interface Value {
  text: string
  at: FileLocation
  /** How it stands in the file, where YAML reads a number that is written otherwise: 3.10 is 3.1. */
  written?: string
}

export interface Script extends Value {
  /** The place of a part of the text: its lines. */
  place(start: number, end: number): FileLocation
  /** The same by the numbers of the lines in the text, from 0. */
  lines(first: number, last: number): FileLocation
  /** Its lines in the file, where YAML makes one of them, but for those behind an empty one: it begins with no |, > or quote. */
  joined?: readonly string[]
  /** What YAML takes for a comment behind it, and without which no shell can read it: `echo "PR #3"`. */
  cut?: string
}

/** A scalar below a key, and how it is reached: `environment.url`. */
export interface Deep {
  path: string
  value: Value
}

export function scriptOf(value: Value, lines: Script['lines']): Script {
  let starts: readonly number[] | undefined
  const lineOf = (offset: number) => {
    starts ??= lineStarts(value.text)
    return lineAt(starts, offset)
  }
  return {...value, lines, place: (start, end) => lines(lineOf(start), lineOf(end))}
}

export const tableOf = (node: Node | undefined): TableNode | undefined => (node?.type === 'table' ? node : undefined)

/** One may stand alone where a list may. */
export const itemsOf = (node: Node | undefined): (Node | undefined)[] => (node?.type === 'array' ? node.items : [node])

/** Reads the nodes of one file. */
export class Values {
  readonly #file: TextFile

  constructor(file: TextFile) {
    this.#file = file
  }

  scalar(node: Node | undefined): Value | undefined {
    if (!node) return undefined
    const text =
      node.type === 'string' || node.type === 'date'
        ? node.value
        : node.type === 'integer'
          ? node.digits
          : node.type === 'boolean' || node.type === 'float'
            ? String(node.value)
            : undefined
    if (text === undefined) return undefined
    // The key stands before it in the range.
    const written = (node.type === 'float' && lastWord(this.#file.text.slice(...node.range))) || text
    return {text, at: this.#file.span(...node.range), ...(written !== text && {written})}
  }

  /** The scalars of a table by their keys. */
  map(node: Node | undefined): Map<string, Value> {
    return new Map(
      [...(tableOf(node)?.entries ?? [])].flatMap(([name, each]) => {
        const value = this.scalar(each)
        return value ? [[name, value] as const] : []
      }),
    )
  }

  list(node: Node | undefined): Value[] {
    return itemsOf(node).flatMap((each) => this.scalar(each) ?? [])
  }

  /** Every scalar below a node. */
  deep(node: Node | undefined, path: string): Deep[] {
    if (node?.type === 'array') return node.items.flatMap((each) => this.deep(each, path))
    if (node?.type === 'table') return [...node.entries].flatMap(([key, each]) => this.deep(each, `${path}.${key}`))
    const value = this.scalar(node)
    return value ? [{path, value}] : []
  }

  /** The same of a table's keys, without some of them. */
  texts({entries}: TableNode, ...but: string[]): Deep[] {
    return [...entries].flatMap(([key, node]) => (but.includes(key) ? [] : this.deep(node, key)))
  }

  /** The keys of a table. */
  keys({entries}: TableNode): Map<string, FileLocation> {
    return new Map(
      [...entries].map(([key, node]) => [key, node.key ? this.#file.span(...node.key) : this.firstLine(node)]),
    )
  }

  script(node: Node | undefined): Script | undefined {
    const value = this.scalar(node)
    if (!value || !node) return undefined
    const start = (node.content ?? node.range)[0]
    const above = this.#file.position(start).line + 1
    // Of a literal block each line of the text is one line of the file; of any other form it is not told which.
    const [first = ''] = this.#file.text.slice(start)
    if (first !== '|') {
      const script = scriptOf(value, () => ({...value.at}))
      if (/[>"']/.test(first)) return script
      const lines = this.#file.text.slice(...(node.content ?? node.range)).split('\n')
      const [rest] = this.#file.text.slice((node.content ?? node.range)[1]).split('\n', 1)
      const isCut = /^\s+#/.test(rest ?? '') && syntaxFault(value.text) && !syntaxFault(value.text + rest)
      return {...script, joined: lines.map((line) => line.trim()), ...(isCut && {cut: (rest as string).trim()})}
    }
    return scriptOf(value, (first, last) => {
      const [begin, end] = [this.#file.lineSpan(above + first), this.#file.lineSpan(above + last)]
      return {...begin, endLine: end.line, endColumn: end.endColumn} as FileLocation
    })
  }

  /** The place of a table's key, or of its first line. */
  place(node: Node): FileLocation {
    return node.key ? this.#file.span(...node.key) : this.firstLine(node)
  }

  firstLine(node: Node): FileLocation {
    return this.#file.lineSpan(this.#file.position(node.range[0]).line)
  }
}

const lastWord = (text: string): string | undefined => text.split(/[\s:]/).at(-1)
