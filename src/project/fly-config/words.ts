/** One word of a command. */
export interface Word {
  text: string
  /** `text` with a blank for each character that quotes or a backslash keep from a shell. */
  bare: string
  /** The same, but with what stands in double quotes: there a shell still fills in variables. */
  filled: string
  /** Where it begins in the command. */
  start: number
}

/** Why a command cannot be split: the quote that is not closed, or the backslash at its end. */
export type Open = '"' | "'" | '\\'

/**
 * Splits a command into words as flyctl does, with github.com/google/shlex: no shell, so no variables, no operators.
 * `#` begins a comment only at a word's start; within double quotes a backslash drops itself before any character.
 */
export function readWords(command: string): {words: Word[]; open: Open | undefined} {
  const words: Word[] = []
  let word: Word | undefined
  let quote: '"' | "'" | '' = ''
  const add = (start: number, character: string, kept: '"' | "'" | '\\' | '') => {
    word ??= {text: '', bare: '', filled: '', start}
    word.text += character
    word.bare += kept === '' ? character : ' '
    word.filled += kept === '' || kept === '"' ? character : ' '
  }
  for (let at = 0; at < command.length; at++) {
    const character = command[at] as string
    if (quote === "'") {
      if (character === "'") quote = ''
      else add(at, character, "'")
    } else if (character === '\\') {
      at += 1
      if (at >= command.length) return {words, open: '\\'}
      add(at - 1, command[at] as string, '\\')
    } else if (quote === '"') {
      if (character === '"') quote = ''
      else add(at, character, '"')
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= {text: '', bare: '', filled: '', start: at}
    } else if (/[ \t\r\n]/.test(character)) {
      if (word) words.push(word)
      word = undefined
    } else if (character === '#' && !word) {
      const end = command.indexOf('\n', at)
      if (end < 0) break
      at = end
    } else add(at, character, '')
  }
  if (word) words.push(word)
  return {words, open: quote || undefined}
}

/** The texts of the words; undefined where flyctl cannot split the command. */
export function splitWords(command: string): string[] | undefined {
  const {words, open} = readWords(command)
  return open ? undefined : words.map(({text}) => text)
}
