/** Node's own support of TypeScript: it leaves the types out, and translates nothing (nodejs.org/api/typescript.html). */
import {codeOf, type Span} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import {everyOf, meets, parseRange} from '../../toolchains/ranges.ts'

const flag = /^--(?:experimental-)?(?:strip|transform)-types$/
const off = /^--no-(?:experimental-)?strip-types$/

const byItself = parseRange('^22.18.0 || >=23.6.0', 'npm') ?? []
const whenAsked = parseRange('>=22.6.0', 'npm') ?? []

/** Why a Node of this version surely does not run a file of TypeScript, by the flags that it is given. */
export function refusesTypes(has: string, words: readonly string[]): 'flag' | 'types' | undefined {
  const version = everyOf(has)
  if (words.some((word) => flag.test(word))) return meets(version, whenAsked) ? undefined : 'flag'
  return words.some((word) => off.test(word)) || !meets(version, byItself) ? 'types' : undefined
}

export const transformsTypes = (words: readonly string[]): boolean =>
  words.some((word) => word === '--experimental-transform-types')

/** What leaving the types out does not make JavaScript of. A `declare` is left out with what it declares. */
const untranslated: readonly [what: string, pattern: RegExp][] = [
  ['an enum', /^[ \t]*(?:export[ \t]+)?(?:const[ \t]+)?enum[ \t]+\w+[ \t]*\{/m],
  [
    'a parameter property',
    /\bconstructor\s{0,20}\(\s{0,50}(?:[^(){}]{0,300},\s{0,50})?(?:private|public|protected|readonly)\s{1,20}\w+/,
  ],
  ['an import of TypeScript', /^import[ \t]+\w+[ \t]*=[ \t]*require\b/m],
  ['a decorator', /^[ \t]*@[A-Z]\w*\s*\(/m],
]

export function untranslatedIn(file: TextFile): (Span & {what: string}) | undefined {
  const code = codeOf(file)
  for (const [what, pattern] of code ? untranslated : []) {
    const match = pattern.exec(code?.bare ?? '')
    if (match) {
      const start = match.index + match[0].search(/\S/)
      return {what, start, end: match.index + match[0].length}
    }
  }
  return undefined
}
