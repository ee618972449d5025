import {escapePattern} from '../escape-pattern.ts'

/** A part of a pattern with stars. */
export interface Piece {
  /** What one character must be, as a regular expression. */
  one: string
  /** Any number of such characters. */
  repeats?: boolean
  /** This piece and the next may both be missing. */
  optional?: boolean
}

export const exactly = (text: string): Piece[] => [...text].map((character) => ({one: escapePattern(character)}))
/** `*` and `**`: any text, within one folder and over several. */
export const anyName: Piece = {one: '[^/]', repeats: true}
export const anyText: Piece = {one: '[^]', repeats: true}
/** The `**` and the / behind it: any number of folders, maybe none. */
export const anyFolders: readonly Piece[] = [{...anyText, optional: true}, {one: '/'}]

/** More characters than a path has anywhere (PATH_MAX is 4,096 on Linux). */
const longest = 10_000

/**
 * Tells whether a text fits a pattern; with `below`, also whether a folder does that it is in. A regular expression with
 * many stars may try every way to share the text out among them, which never ends: such a pattern is followed a character
 * at a time, in all ways at once.
 */
export function matcherOf(pieces: readonly Piece[], below = false): (text: string) => boolean {
  if (pieces.filter(({repeats}) => repeats).length > 2) {
    const steps = pieces.map((piece) => ({...piece, fits: new RegExp(`^${piece.one}$`, 'u')}))
    return (text) => follow(steps, text, below)
  }
  // With two pieces at most that repeat it fits nothing as short as a path, and no engine takes it.
  if (pieces.length > longest) return () => false
  const source = pieces.map(({one, repeats, optional}, index) => {
    const each = repeats ? `${one}*` : one
    return optional ? `(?:${each}` : pieces[index - 1]?.optional ? `${each})?` : each
  })
  const expression = new RegExp(`^${source.join('')}${below ? '(?:/|$)' : '$'}`, 'u')
  return (text) => expression.test(text)
}

function follow(steps: readonly (Piece & {fits: RegExp})[], text: string, below: boolean): boolean {
  /** Where the pattern may stand: the pieces that the next character may fit. */
  let places = new Set<number>()
  const stand = (at: number, on = places) => {
    on.add(at)
    if (steps[at]?.repeats) stand(at + 1, on)
    if (steps[at]?.optional) stand(at + 2, on)
  }
  stand(0)
  for (const character of text) {
    if (below && character === '/' && places.has(steps.length)) return true
    const next = new Set<number>()
    for (const at of places) {
      const step = steps[at]
      if (!step?.fits.test(character)) continue
      if (step.repeats) next.add(at)
      stand(at + 1, next)
    }
    if (next.size === 0) return false
    places = next
  }
  return places.has(steps.length)
}
