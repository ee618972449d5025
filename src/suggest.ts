import {closest, distance} from 'fastest-levenshtein'

/** The nearest real word, where it is near enough to be meant. */
export function suggest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined
  // `libpq` for dockerfile/libpq
  const sameName = words.find((each) => each.endsWith(`/${word.split('/').at(-1)}`))
  if (sameName) return sameName
  const sameWords = words.find((each) => wordsOf(each) === wordsOf(word))
  if (sameWords) return sameWords
  const best = words.find((each) => word.length >= 3 && each.startsWith(word)) ?? closest(word, words)
  return best.startsWith(word) || distance(word, best) <= nearness(word, best) ? best : undefined
}

/** The same for `auto_machine_stop` and `auto_stop_machines`. */
const wordsOf = (name: string): string =>
  name
    .split(/[_-]/)
    .map((each) => each.replace(/s$/, ''))
    .sort()
    .join('_')

/** Of a short word two letters are half of it: `yaml` is no `html`. Two that changed places count as two, and are meant. */
function nearness(word: string, best: string): number {
  return word.length < 5 && !sameLetters(word, best) ? 1 : Math.max(2, Math.floor(word.length / 3))
}

/** A letter too much, too few or another, or two that changed places. */
export function isSlip(word: string, meant: string): boolean {
  const far = distance(word, meant)
  return far === 1 || (far === 2 && sameLetters(word, meant))
}

export const sameLetters = (one: string, other: string): boolean =>
  [...one].sort().join('') === [...other].sort().join('')

export const didYouMean = (word: string, words: readonly string[]): string => {
  const best = suggest(word, words)
  return best === undefined ? '' : ` Did you mean ${best}?`
}

/** What to say where an id is wanted and no check has it. */
export function noCheck(id: string, checks: readonly {id: string}[]): string {
  if (checks.some((check) => check.id.startsWith(`${id}/`)))
    return `${id} is a group of checks, and one check is wanted`
  const ids = checks.map((check) => check.id)
  return `there is no check ${id}.${didYouMean(id, ids)}`
}
