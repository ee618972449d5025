/**
 * Splits a command into words as flyctl does, with github.com/google/shlex: no shell, so no variables, no operators.
 * `#` begins a comment only at a word's start; within double quotes a backslash drops itself before any character.
 * Undefined where it fails: a quote that is not closed, a backslash at the end.
 */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (quote === "'") {
      if (character === "'") quote = ''
      else word += character
    } else if (character === '\\') {
      at += 1
      if (at >= text.length) return undefined
      word = (word ?? '') + text[at]
    } else if (quote === '"') {
      if (character === '"') quote = ''
      else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === '#' && word === undefined) {
      const end = text.indexOf('\n', at)
      if (end < 0) break
      at = end
    } else word = (word ?? '') + character
  }
  if (quote) return undefined
  return word === undefined ? words : [...words, word]
}
