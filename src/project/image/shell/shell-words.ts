/** What the words of a shell text come to, with the variables that are known. */
import type {Word, WordPart} from 'unbash'
import {expand} from '../../dockerfile/expand.ts'
import type {Variables} from './command.ts'

/** A word's values: an expansion without quotes is split at blanks. */
export function valuesOf(word: Word, variables: Variables): (string | undefined)[] {
  const value = literal(word, variables)
  const bare = word.parts?.some(({type}) => type === 'SimpleExpansion' || type === 'ParameterExpansion')
  return bare && value !== undefined ? value.split(/\s+/).filter(Boolean) : [value]
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
      return /^\$/.test(part.text) && !ofTheShell.test(part.text) ? known(expand(part.text, variables)) : undefined
  }
}

/** The value of a variable that has one, and nobody knows which: `${PORT:-80}` is then not 80. No value has a NUL. */
export const notKnown = '\0'
const known = (value: string | undefined): string | undefined => (value?.includes(notKnown) ? undefined : value)

/** What only a shell that runs it can fill in: `$(date)`, `"$@"`, `$?`. */
const ofTheShell = /^\$(?:[(@*#?!$-]|\{[@*#?!$])/
