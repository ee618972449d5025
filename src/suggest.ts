import {closest, distance} from 'fastest-levenshtein'

/** The nearest real word, where it is near enough to be meant. */
export function suggest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined
  const best = closest(word, words)
  return distance(word, best) <= Math.max(2, Math.floor(word.length / 3)) ? best : undefined
}

export const didYouMean = (word: string, words: readonly string[]): string => {
  const best = suggest(word, words)
  return best === undefined ? '' : ` Did you mean ${best}?`
}
