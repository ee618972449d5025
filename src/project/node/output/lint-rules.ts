/** What Next.js makes an error of the lint of a build, where a text shows it beyond doubt (each tried with eslint 9). */
import {codeOf, type Span} from '../../code/code.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../text.ts'

export interface LintRule {
  /** As eslint calls it. */
  name: string
  /** The settings that have it: those of all projects, or those of TypeScript. */
  settings: 'next' | 'next/typescript'
  /** What stands in the file. */
  what: string
  cure: string
  find: (file: TextFile) => Span[]
}

export const lintRules: readonly LintRule[] = [
  {
    name: 'react/no-unescaped-entities',
    settings: 'next',
    what: 'a quotation mark in the text of a page',
    cure: 'Write &apos; or &quot; there, or {"…"} around the text.',
    find: quotesInText,
  },
  {
    name: '@typescript-eslint/no-explicit-any',
    settings: 'next/typescript',
    what: 'the type any',
    cure: 'Name the type (unknown, where it is not known).',
    // Before what no text of a page has behind that word.
    find: inCode(/(?<=(?::[ \t]{0,10}|[\w$)\]}"'`!]\s{1,40}as[ \t]{1,10}|<))any(?=\[\]|\)|>|[ \t]{0,10}=(?!>)|;)/g),
  },
  {
    name: '@typescript-eslint/ban-ts-comment',
    settings: 'next/typescript',
    what: 'a comment @ts-ignore or @ts-nocheck',
    cure: 'Write `// @ts-expect-error: why`, or mend what TypeScript finds.',
    find: suppressions,
  },
  {
    name: '@typescript-eslint/no-empty-object-type',
    settings: 'next/typescript',
    what: 'an interface without members',
    cure: 'Write `type Name = Other` for it.',
    find: emptyInterfaces,
  },
  {
    name: '@typescript-eslint/no-require-imports',
    settings: 'next/typescript',
    what: 'a require()',
    cure: 'Write `import` for it.',
    find: requires,
  },
  {
    name: 'no-var',
    settings: 'next/typescript',
    what: 'a var',
    cure: 'Write `let` or `const` for it.',
    find: variables,
  },
  {
    name: 'prefer-const',
    settings: 'next/typescript',
    what: 'a let whose name is never set again',
    cure: 'Write `const` for it.',
    find: unchangedNames,
  },
]

const bareOf = (file: TextFile): string => codeOf(file)?.bare ?? ''

/** Where a pattern is that of code, and not of a string, a comment or a text. */
function inCode(pattern: RegExp): LintRule['find'] {
  return (file) => {
    const bare = bareOf(file)
    return [...bare.matchAll(pattern)]
      .filter(({index}) => !isText(bare.slice(Math.max(0, index - 300), index), bare.slice(index, index + 300)))
      .map(({0: found, index}) => spanOf(index, found))
  }
}

/** Between tags stands the text of a page: `<p>(as good as any)</p>`. */
const isText = (before: string, after: string): boolean =>
  /(?<!=)>[^<>{}]*$/.test(before) && /^[^<>{}=]*<\//.test(after)

const spanOf = (start: number, {length}: string): Span => ({start, end: start + length})

/** An element with nothing but text in it. */
const element =
  /<([A-Za-z][\w.]{0,60})(?:\s{1,40}[\w:-]{1,60}(?:=(?:"[^"<>]{0,400}"|\{[^{}<>]{0,400}\}))?){0,20}\s{0,40}>([^<>{}]{0,1000})<\/\1>/g

function quotesInText(file: TextFile): Span[] {
  const bare = bareOf(file)
  return [...file.text.matchAll(element)].flatMap(({0: whole, 1: tag = '', 2: text = '', index}) => {
    const quote = text.search(/['"]/)
    const start = index + whole.length - `</${tag}>`.length - text.length + quote
    return quote < 0 || bare[index] !== '<' ? [] : [{start, end: start + 1}]
  })
}

function suppressions(file: TextFile): Span[] {
  // In a string it would stand there still.
  const code = codeOf(file)?.text ?? ''
  return [...file.text.matchAll(/^[ \t]*\/\/[ \t]{0,20}@ts-(?:ignore|nocheck)\b/gm)]
    .map(({0: whole, index}) => ({start: index + whole.search(/\S/), end: index + whole.length}))
    .filter(({start, end}) => code.slice(start, end).trim() === '')
}

function emptyInterfaces(file: TextFile): Span[] {
  const pattern =
    /^(?:export[ \t]{1,9})?interface[ \t]{1,9}(\w{1,99})(?:<[\w ,]{1,99}>)?(?:\s{1,99}extends\s[^{},;]{1,300})?\s{0,99}\{\s{0,99}\}/gm
  const bare = bareOf(file)
  return [...bare.matchAll(pattern)].flatMap(({0: whole, 1: name = '', index}) =>
    // With a class of its name it adds to that.
    bare.includes(`class ${name}`) ? [] : [spanOf(index, whole)],
  )
}

function requires(file: TextFile): Span[] {
  const isOwn = /\bcreateRequire\b|\b(?:const|let|var|function)\s{1,20}require\b/.test(file.text)
  return isOwn ? [] : inCode(/(?<=[=(:][ \t]{0,9}|^[ \t]{0,40})require(?=\([ \t]{0,9}["'`])/gm)(file)
}

/** Those of all modules together are declared so. */
function variables(file: TextFile): Span[] {
  return /\bdeclare\b/.test(file.text)
    ? []
    : inCode(/\bvar(?<=^[ \t]{0,80}var)(?=[ \t]+[\w$]{1,99}[ \t]*[=:;])/gm)(file)
}

/** A value at once, and no other anywhere in the text: not even in that of another name like it. */
function unchangedNames(file: TextFile): Span[] {
  const text = codeOf(file)?.text ?? ''
  const found = inCode(
    /(?<=^[ \t]{0,80}let[ \t]{1,9})[A-Za-z_$][\w$]{0,99}(?=(?:[ \t]*:[^=;\n(){}]{1,200})?[ \t]*=[^=>])/gm,
  )(file)
  return found.filter(({start, end}) => !isSet(text, text.slice(start, end)))
}

/** Whether a name is set other than at its declaration. In brackets it may be: `[a, b] = [b, a]`. */
function isSet(text: string, name: string): boolean {
  const word = `(?<![\\w$])${escapePattern(name)}(?![\\w$])`
  const operator = '(?:[-+*/%&|^]|\\*\\*|<<|>>>?|&&|\\|\\||\\?\\?)?=(?![=>])'
  return new RegExp(
    [
      `(?:\\+\\+|--)\\s{0,20}${word}`,
      `(?<!\\blet[ \\t]{1,9})${word}\\s{0,20}(?:\\+\\+|--|${operator}|(?:in|of)\\b)`,
      `${word}[^=;(]{0,200}[\\]}]\\s{0,20}=(?![=>])`,
    ].join('|'),
  ).test(text)
}
