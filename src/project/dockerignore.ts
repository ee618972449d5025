import {posix} from 'node:path'
import {anyFolders, anyName, anyText, exactly, matcherOf, type Piece} from './glob.ts'

/** What the lines of a .dockerignore leave out (moby/patternmatcher, MatchesOrParentMatches). */
export interface IgnoreRules {
  ignores(path: string): boolean
  /** A pattern with `!` is in it. */
  reopens: boolean
  /** A pattern that Docker cannot read. */
  badPattern: string | undefined
}

export function ignoreRules(text: string): IgnoreRules {
  // A comment begins in the first column only; what is trimmed then is a pattern (ignorefile.ReadAll).
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '.' && line !== '/')
  const badPattern = lines.find((line) => /^!\s*\/*$/.test(line) || !isReadable(line))
  const rules = badPattern === undefined ? lines.map(ruleOf) : []
  return {
    ignores(path) {
      let ignored = false
      // Of those that fit, the last one decides.
      for (const {takesBack, fits} of rules) if (takesBack === ignored && fits(path)) ignored = !takesBack
      return ignored
    },
    reopens: lines.some((line) => line.startsWith('!')),
    badPattern,
  }
}

function ruleOf(line: string): {takesBack: boolean; fits: (path: string) => boolean} {
  const takesBack = line.startsWith('!')
  const pattern = posix
    .normalize(line.slice(takesBack ? 1 : 0).trim())
    .replace(/(?<=.)\/$|^\/(?=.)/g, '')
    .trim()
  return {takesBack, fits: matcherOf(piecesOf(pattern), true)}
}

/** `\` and what it takes the meaning of, a class, stars, and one character. */
const tokens = /\\(?:(.)|$)|\[(?:\\.|[^\]\\]){1,200}\]|\*\*\/?|./gsu

/** A class as a regular expression has it: fewer characters may stand behind `\` there. */
const classOf = (token: string): string =>
  token.replace(/\\(.)/g, (escaped, character) => (/[\]\\^-]/.test(character) ? escaped : character))

function isReadable(pattern: string): boolean {
  try {
    matcherOf(piecesOf(pattern))
    return !/\[[^\]]*$/.test(pattern.replace(/\\./g, ''))
  } catch {
    return false // the end of a range stands before its beginning
  }
}

function piecesOf(pattern: string): Piece[] {
  return [...pattern.matchAll(tokens)].flatMap(({0: token, 1: escaped, index}): readonly Piece[] => {
    const isLast = index + token.length === pattern.length
    if (token.startsWith('\\')) return exactly(escaped ?? token)
    if (token.startsWith('[') && token.length > 1) return [{one: classOf(token)}]
    if (token === '*') return [anyName]
    if (token === '?') return [{one: '[^/]'}]
    if (!token.startsWith('**')) return exactly(token)
    // At the beginning, without a / behind it, it is any text; else whole folders.
    return isLast || (index === 0 && token === '**' && !/[*?[\]\\]/.test(pattern.slice(2))) ? [anyText] : anyFolders
  })
}
