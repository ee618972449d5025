import {parse, type SyntaxNode, type Word, type WordPart} from 'unbash'
import type {FileLocation} from '../../check.ts'
import type {Instruction} from '../dockerfile/parse.ts'
import {expand} from '../dockerfile/expand.ts'
import type {TextFile} from '../text.ts'

/** One program with its arguments, as a RUN instruction starts it. */
export interface Command {
  /** The program first; undefined where a word cannot be known. */
  words: (string | undefined)[]
  at: FileLocation
  /** It may not run: in an `if`, a loop, or after `||`. */
  conditional: boolean
}

export type Variables = (name: string) => string | undefined

/** The commands of a RUN instruction, in order; undefined when the shell text cannot be parsed. */
export function runCommands(file: TextFile, run: Instruction, variables: Variables): Command[] | undefined {
  const words = jsonWords(run.text)
  if (words) return [{words, at: run.at, conditional: false}]
  return shellCommands(shellText(run.text), variables, (start, end) => file.span(run.offset + start, run.offset + end))
}

/** Parses shell text into its commands. `place` turns offsets in the text into a location. */
export function shellCommands(
  text: string,
  variables: Variables,
  place: (start: number, end: number) => FileLocation,
): Command[] | undefined {
  const script = parse(text)
  if (script.errors && script.errors.length > 0) return undefined
  const found: Command[] = []
  visit(script, false)
  return found

  function visit(node: unknown, conditional: boolean): void {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, conditional)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const typed = node as SyntaxNode
    if (typed.type === 'Command') {
      const name = typed.name ? [literal(typed.name, variables)] : []
      const words = [
        ...name,
        ...typed.args.map((word) => (word.type === 'Word' ? literal(word, variables) : word.text)),
      ]
      if (words.length > 0) add(words, place(typed.pos, typed.end), conditional)
      return
    }
    if (typed.type === 'AndOr') {
      typed.commands.forEach((command, index) => {
        visit(command, conditional || typed.operators.slice(0, index).includes('||'))
      })
      return
    }
    const branches = ['If', 'While', 'For', 'Select', 'Case', 'Function'].includes(typed.type)
    for (const child of Object.values(node)) if (typeof child === 'object') visit(child, conditional || branches)
  }

  function add(words: (string | undefined)[], at: FileLocation, conditional: boolean): void {
    // `sh -c "…"` runs a text of its own; `sudo` and `env` run what follows.
    const [program, flag, inner] = words
    if (/^(\/bin\/)?(ba|da)?sh$/.test(program ?? '') && /^-\w*c$/.test(flag ?? '') && inner !== undefined) {
      const nested = shellCommands(inner, variables, () => at)
      if (nested)
        return void found.push(
          ...nested.map((command) => ({...command, conditional: command.conditional || conditional})),
        )
    }
    found.push({words: program === 'sudo' ? words.slice(1) : words, at, conditional})
  }
}

/**
 * The text that the shell gets of a RUN: BuildKit drops comment and blank lines inside a continuation, and a heredoc's
 * body is the script. Everything dropped becomes blanks, so that offsets stay true.
 */
export function shellText(text: string): string {
  const heredoc = /^<<-?\s*["']?(\w+)["']?[^\n]*\n/.exec(text)
  if (heredoc) {
    const end = text.lastIndexOf(`\n${heredoc[1]}`)
    const body = text.slice(heredoc[0].length, end < heredoc[0].length ? undefined : end)
    return ' '.repeat(heredoc[0].length) + body
  }
  let continued = false
  let result = ''
  for (const line of text.split('\n')) {
    if (continued && /^\s*(#|$)/.test(line)) {
      result += ' '.repeat(line.length + 1)
      continue
    }
    continued = /\\\s*$/.test(line)
    // Blanks or a carriage return behind the backslash: Docker still continues the line, a shell would not.
    result += `${continued ? line.replace(/\\(\s*)$/, '$1\\') : line}\n`
  }
  return result.slice(0, text.length)
}

/** The words of the exec form; undefined for the shell form. */
export function jsonWords(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  try {
    const value = JSON.parse(text) as unknown
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined
  } catch {
    return undefined
  }
}

/** A word's value with quotes removed and known variables filled in; undefined when part of it is not known. */
function literal(word: Word, variables: Variables): string | undefined {
  return word.parts ? joined(word.parts, variables) : word.value
}

function joined(parts: readonly WordPart[], variables: Variables): string | undefined {
  let text = ''
  for (const part of parts) {
    const value = partValue(part, variables)
    if (value === undefined) return undefined
    text += value
  }
  return text
}

function partValue(part: WordPart, variables: Variables): string | undefined {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return part.value
    case 'DoubleQuoted':
      return joined(part.parts as readonly WordPart[], variables)
    default:
      return /^\$/.test(part.text) && !part.text.startsWith('$(') ? expand(part.text, variables) : undefined
  }
}
