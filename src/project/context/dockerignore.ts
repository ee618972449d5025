import {posix} from 'node:path'
import {groupBy} from '../../group-by.ts'
import {once} from '../../once.ts'
import {anyFolders, anyName, anyText, exactly, matcherOf, type Piece} from '../files/glob.ts'

/** What the lines of a .dockerignore leave out (moby/patternmatcher, MatchesOrParentMatches). */
export interface IgnoreRules {
  ignores(path: string): boolean
  /** It leaves out what is there, and no later pattern can take anything below it back. */
  closes(path: string): boolean
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
  // The last one first.
  const byFolder = groupBy([...rules.entries()].reverse(), ([, {folder}]) => folder)
  const ignores = (path: string): boolean => {
    // Of those that fit, the last one decides.
    let last = -1
    for (const folder of withAbove(path)) {
      const found = byFolder.get(folder)?.find(([number, {fits}]) => number < last || fits(path))
      last = Math.max(last, found?.[0] ?? -1)
    }
    return rules[last]?.takesBack === false
  }
  return {
    ignores,
    closes: (path) => ignores(path) && !rules.some((rule) => rule.takesBack && mayFitBelow(rule, path)),
    reopens: lines.some((line) => line.startsWith('!')),
    badPattern,
  }
}

/** What is taken back begins below a path, or has a pattern where that goes on. */
const mayFitBelow = ({folder, isOpen}: Rule, path: string): boolean =>
  folder.startsWith(`${path}/`) || (isOpen && (folder === '' || `${path}/`.startsWith(`${folder}/`)))

interface Rule {
  takesBack: boolean
  /** A part of it is a pattern. */
  isOpen: boolean
  /** The folder or file that all that it fits is, or is in, as far as the pattern says so in plain letters; '' for any. */
  folder: string
  fits: (path: string) => boolean
}

function ruleOf(line: string): Rule {
  const takesBack = line.startsWith('!')
  const pattern = posix
    .normalize(line.slice(takesBack ? 1 : 0).trim())
    .replace(/(?<=.)\/$|^\/(?=.)/g, '')
    .trim()
  const parts = pattern.split('/')
  const open = parts.findIndex((part) => /[*?[\]\\]/.test(part))
  const folder = (open < 0 ? parts : parts.slice(0, open)).join('/')
  // Of many rules few are asked: those of other folders never.
  const matcher = once<void, (path: string) => boolean>(() => matcherOf(piecesOf(pattern), true))
  return {takesBack, isOpen: open >= 0, folder, fits: (path) => matcher()(path)}
}

/** `a/b`: '', `a`, `a/b`. */
function* withAbove(path: string): Iterable<string> {
  yield ''
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) yield path.slice(0, end)
  yield path
}

/** `\` and what it takes the meaning of, a class, stars, and one character. */
const tokens = /\\(?:(.)|$)|\[(?:\\.|[^\]\\]){1,200}\]|\*\*\/?|./gsu

/** A class as a regular expression has it: fewer characters may stand behind `\` there. */
const classOf = (token: string): string =>
  token.replace(/\\(.)/g, (escaped, character) => (/[\]\\^-]/.test(character) ? escaped : character))

function isReadable(pattern: string): boolean {
  if (!pattern.includes('[')) return true
  try {
    matcherOf(piecesOf(pattern))
    return !/\[[^\]]*$/.test(pattern.replace(/\\./g, ''))
  } catch {
    return false // the end of a range stands before its beginning
  }
}

/** A `\\` before a letter, in a line that Docker comes to. */
export interface Backslash {
  line: string
  /** From 1. */
  number: number
  /** The build stops at it; else it means something else there, a line's end or a digit. */
  stops: boolean
}

/**
 * What Docker makes of a `\\` before a letter, which parts folders where flyctl runs on Windows. Elsewhere both go into a
 * regular expression of Go as they are (patternmatcher, Pattern.compile), and Go may have no such escape. A line with `!` is
 * read for files that another one has left out; and where `*` has left out all of them, none is asked about until `!` takes
 * some back.
 */
export function backslashIn(text: string): Backslash | undefined {
  let first: Backslash | undefined
  let leftOut = false
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.trim()
    if (line.startsWith('!')) leftOut = false
    else if (/^\/?\*{1,2}(?:\/\*{1,2})?$/.test(line)) leftOut = true
    const kind = leftOut ? undefined : backslashOf(line)
    const found = kind && {line, number: index + 1, stops: kind === 'stops'}
    if (found?.stops) return found
    first ??= found
  }
  return first
}

function backslashOf(pattern: string): 'stops' | 'other' | undefined {
  if (/^[#!]/.test(pattern)) return undefined
  const escapes = [...pattern.matchAll(tokens)].flatMap(({1: escaped, index}) =>
    escaped !== undefined && /[\da-z]/i.test(escaped) ? [pattern.slice(index + 1)] : [],
  )
  if (escapes.length === 0) return undefined
  return escapes.some((text) => unknownToGo.test(text)) ? 'stops' : 'other'
}
const unknownToGo = /^(?:[ceghijklmoquyCEFGHIJKLMNORTUVXYZ89]|[1-7](?![0-7])|[pP](?![{CLMNPSZ])|x(?!\{|[\da-fA-F]{2}))/

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
