import type {Surroundings} from '../image/servers/servers.ts'
import type {ReadWord} from '../image/shell/arguments.ts'

/** What an expression of the code is when the app starts. */
export interface CodeWord extends ReadWord {
  /** The variable of the environment that decides. */
  variable?: string | undefined
  /** Nothing sets that variable, and the code has no default. */
  unset?: boolean
}

export const unknownWord: CodeWord = {text: undefined, fixed: false}
export const literal = (text: string): CodeWord => ({text, fixed: true})

/** What the code makes of a variable: the variable's value, else its own default. */
export function fromEnvironment(name: string, standard: CodeWord | undefined, around: Surroundings): CodeWord {
  const set = around.variable(name)
  if (set) return {text: set.value, fixed: false, variable: name}
  return {text: standard ? standard.text : '', fixed: false, variable: name, ...(!standard && {unset: true})}
}

/** Several words written one behind the other. */
export function joined(words: readonly CodeWord[]): CodeWord {
  const variable = words.find((word) => word.variable)?.variable
  return {
    text: words.some(({text}) => text === undefined) ? undefined : words.map(({text}) => text).join(''),
    fixed: words.every(({fixed}) => fixed),
    ...(variable && {variable}),
    ...(words.some(({unset}) => unset) && {unset: true}),
  }
}

/** Parts of a text with `{}` in it, filled in from these words in order. */
export function filled(format: string, hole: RegExp, words: readonly CodeWord[]): CodeWord {
  const pieces = format.split(hole)
  if (pieces.length !== words.length + 1) return unknownWord
  return joined(pieces.flatMap((piece, index) => [literal(piece), words[index]].filter((word) => word !== undefined)))
}
