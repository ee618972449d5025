import {blank, type Code, codeOf, openBraces} from '../../code/code.ts'
import {withoutSlashComments} from '../../code/comments.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../files/text.ts'
import {type ImportSpecifier, importSpecifiers} from './import-specifiers.ts'

/** What a file of JavaScript surely imports as soon as it is loaded: not within a function, and not in a `try`. */
export interface ScriptImport extends ImportSpecifier {
  by: 'import' | 'require'
}

/** Code at the left edge is at the top of the file; what is indented may be in a function. */
const topRequire = /^(?:(?:const|let|var)\s[^\n=;()]*=\s*|\}\s*=\s*|[\w.]+\s*=\s*)?require\($/

export function scriptImports(text: string): ScriptImport[] {
  const isAtTop = topOf(text)
  return importSpecifiers(text).flatMap((each): ScriptImport[] => {
    const line = text.slice(text.lastIndexOf('\n', each.start) + 1, each.start - 1)
    if (/\bimport\s*\(\s*$/.test(line)) return []
    if (!/\brequire\s*\(\s*$/.test(line)) return [{...each, by: 'import'}]
    return topRequire.test(line) && isAtTop(each.start - line.length - 1) ? [{...each, by: 'require'}] : []
  })
}

/** What it asks of an environment, or of a file that may be left out: `if (isDev)`, `try { require('./local') }`. */
const optional =
  /\b(?:NODE_ENV|\w*[dD]ev\w*|DEV|\w*[tT]est\w*|existsSync|argv)\b|\btry\s*\{\s*(?:const|let|var)?[^;{}]{0,200}$|\.catch\b/
/** Sources that only development and tests load. */
const forDevelopment =
  /(?:^|[/._-])(?:dev|development|vite|mocks?|tests?|seeds?|debug|fixtures?|local|hmr)(?:[/._-]|$)/i

/** What a file imports in a function that production may call: `const {send} = require('./mail')`, `await import('./mail.js')`. */
export function lateImports(text: string): ImportSpecifier[] {
  const early = new Set(scriptImports(text).map(({start}) => start))
  return importSpecifiers(text, {withTried: true}).filter(({text: name, start, isOptional}) => {
    if (isOptional || early.has(start) || !/^\.{1,2}\//.test(name) || forDevelopment.test(name)) return false
    const line = text.slice(text.lastIndexOf('\n', start) + 1, start - 1)
    if (!/\b(?:require|import)\s*\(\s*$/.test(line)) return false
    return (
      !optional.test(text.slice(Math.max(0, start - 300), start)) && !/^[^\n]{0,200}\.catch\b/.test(text.slice(start))
    )
  })
}

const strings = /(["'])(?:\\.|(?!\1)[^\\\n])*\1/g
/** What the next statement hangs on. */
const condition = /(?:\bif\s{0,20}\([^\n]{0,300}\)|\belse|=>|&&|\|\||\?|:)$/

/**
 * Tells of the beginning of a line whether it stands in no block, though nothing indents it, and on no condition. It reads
 * on from the line that was asked for last.
 */
function topOf(text: string): (start: number) => boolean {
  let plain: string | undefined
  let [at, depth, last] = [0, 0, -1]
  return (start) => {
    plain ??= withoutSlashComments(text).replace(strings, blank)
    if (start < at) [at, depth, last] = [0, 0, -1]
    for (; at < start; at++) {
      const character = plain[at] as string
      if (character === '{') depth++
      else if (character === '}') depth--
      if (character > ' ') last = at
    }
    return depth <= 0 && !condition.test(plain.slice(Math.max(0, last - 400), last + 1))
  }
}

/** Whether the text is an ES module by its own words, as node finds out where no package.json says it. */
export const hasModuleSyntax = (text: string): boolean =>
  scriptImports(text).some(({by}) => by === 'import') || /^export\b/m.test(text)

/** Names that only CommonJS knows. */
const commonJs =
  /^(?:(?:const|let|var)\s[^\n=]*=\s*|\}\s*=\s*)?(require(?=\()|module(?=\.exports\b)|exports(?=\.\w+\s*=))/gm

/**
 * What a module has of CommonJS, which node does not give it: a name that it meets as it loads the file (`common`), else a
 * `require` that it meets when its function is called (`called`).
 */
export function commonJsIn(file: TextFile): {kind: 'common' | 'called'; name: string; start: number} | undefined {
  const common = commonJsName(file.text) ?? folderName(file)
  if (common) return {kind: 'common', ...common}
  const called = calledRequire(file)
  return called && {kind: 'called', ...called}
}

/** The first use of such a name at the top of a file that does not define it. */
function commonJsName(text: string): {name: string; start: number} | undefined {
  const isAtTop = topOf(text)
  for (const match of text.matchAll(commonJs)) {
    const name = match[1] as string
    const start = match.index + match[0].length - name.length
    const isDefined = new RegExp(
      `\\b(?:const|let|var|function)\\s+${name}\\b|\\bglobal(?:This)?\\.${name}\\s*=|\\b${name}\\s*[,}].{0,500}\\bfrom\\b`,
    ).test(text)
    const quoted = (text.slice(0, start).match(/(?<!\\)`/g)?.length ?? 0) % 2 === 1
    const commented = text.lastIndexOf('/*', start) > text.lastIndexOf('*/', start)
    if (!isDefined && !quoted && !commented && isAtTop(match.index)) return {name, start}
  }
  return undefined
}

/** What makes a `require` of its own, or finds out whether there is one. */
const ownRequire =
  /\bcreateRequire\b|\btypeof\s{1,9}require\b|\b(?:const|let|var|function)\s{1,9}(?:\{[^{}]{0,200}\b)?require\b|[(,]\s{0,20}require\s{0,9}[,):]|\brequire\s{0,9}\?\?|\brequire\s{0,9}=(?![=>])/

/** The first `require('…')` of a file that has none of its own, wherever it stands. */
function calledRequire(file: TextFile): {name: string; start: number} | undefined {
  const code = file.text.includes('require(') ? codeOf(file) : undefined
  if (!code || ownRequire.test(code.bare)) return undefined
  for (const {index} of code.bare.matchAll(/(?<![.\w$])require\(\s{0,9}["'`]/g)) {
    // `import fs = require('fs')` is for the compiler.
    if (!/\bimport\s{1,9}\w{1,60}\s{0,9}=\s{0,9}$/.test(code.bare.slice(Math.max(0, index - 100), index)))
      return {name: 'require', start: index}
  }
  return undefined
}

/** `__dirname` where the load of a file comes to it: at the top, in no function, on no condition, and defined nowhere. */
function folderName(file: TextFile): {name: string; start: number} | undefined {
  const code = file.text.includes('__') ? codeOf(file) : undefined
  for (const {0: name, index} of code?.bare.matchAll(/(?<![\w$.])__(?:dirname|filename)\b/g) ?? []) {
    const {bare} = code as Code
    const isDefined = new RegExp(
      `\\b(?:const|let|var|function|import)\\b[^;=()]{0,500}\\b${name}\\b|\\b${name}\\s*=(?!=)|\\[\\s*["']${name}|["']${name}["']`,
    ).test(file.text)
    const begin = bare.slice(0, index).search(/(?<=^|\n)(?=[^\s)}\]])[^\n]*(?:\n(?:[\s)}\]][^\n]*)?)*$/)
    const statement = bare.slice(begin, index)
    // `(folder = __dirname) => …` asks for it later.
    const behind = bare.slice(index, index + 300).split('\n')[0] ?? ''
    const isCertain =
      !behind.includes('=>') && !/=>|\b(?:function|class|if|else|try|catch|typeof|async)\b|&&|\|\||\?/.test(statement)
    if (!isDefined && isCertain && openBraces(code as Code, index).length === 0) return {name, start: index}
  }
  return undefined
}

/**
 * Why node refuses an import of JSON in an ES module: it wants `with {type: 'json'}`, which stood as `assert` before Node 22
 * (nodejs.org/api/esm.html#import-attributes).
 */
export function refusedJson(text: string, {text: specifier, end, by}: ScriptImport, major: number): string | undefined {
  if (by !== 'import' || !specifier.endsWith('.json')) return undefined
  const [, word] = /^["'](?:\s|\/\*[^*]{0,200}\*\/){0,99}(with|assert)\b/.exec(text.slice(end, end + 300)) ?? []
  if (word === undefined) return "without with {type: 'json'}"
  return word === 'assert' && major >= 22 ? 'with assert, which Node 22 knows no more' : undefined
}

/** ` * from `, and ` {router, type Options} from `: what begins with a small letter is a value, and no type. */
const isValue = /^\s{0,20}(?:\*|\{(?:[^{}]{0,2000}[,\s])?(?!type\s|as\s)[a-z_]\w{0,100}\s{0,20}(?:,|\}|as\s))/

/**
 * Names that an import brings and that the code calls, hands to a method or a class, `app.use(auth)`, `new Queue(name)`, or
 * writes into a text, `${name}`: tsc keeps such an import, and leaves out one of types.
 */
export function isCalled(text: string, {start}: ImportSpecifier): boolean {
  const from = text.lastIndexOf('import', start)
  const handsOn = text.lastIndexOf('export', start)
  if (handsOn > from) return isValue.test(text.slice(handsOn + 'export'.length, start - 1))
  const names = text.slice(from + 'import'.length, start - 1)
  // `import './x'` is kept in any case.
  if (names.trim() === '') return true
  const body = text.slice(0, from) + text.slice(start)
  return [...names.replace(/\bfrom\b/, '').matchAll(/(?:(?<!\w)\w+\s+as\s+)?([A-Za-z_$][\w$]*)/g)].some(
    ([, name = '']) => {
      const own = escapePattern(name)
      const called = `(?:[=(,!&|?>[@]|\\breturn|\\bawait|\\bnew)\\s*${own}\\s*(?:\\.\\w+\\s*)*\\(|^${own}\\s*(?:\\.\\w+\\s*)*\\(`
      // A method of a class or of a type goes on with `{` or `:`.
      const stated = `^[ \\t]{1,40}${own}(?:(?:\\.\\w{1,60}){1,3}\\(|\\([^\\n]{0,200}\\)[ \\t]{0,20};?[ \\t]{0,20}$)`
      const handed = `[\\w)\\]]\\.\\w{1,60}(?:<[^<>()\\n]{0,100}>)?\\((?:[^()\\n]{0,200},)?\\s{0,20}${own}\\s{0,20}[,)]`
      const made = `\\bnew\\s+[\\w.]{1,100}(?:<[^<>()\\n]{0,100}>)?\\((?:[^()\\n]{0,200},)?\\s{0,20}${own}\\s{0,20}[,)]`
      // NestJS: the list of a module is made of values.
      const listed = `@Module\\(\\{(?:(?!\\bclass\\b)[\\s\\S]){0,5000}?(?:[[,]|useClass:)\\s{0,50}${own}\\s{0,20}[,\\]}.]`
      // No type has `{...name`.
      const spread = `\\{\\s{0,50}\\.\\.\\.${own}\\b`
      return new RegExp(`${called}|${stated}|${handed}|${made}|${listed}|${spread}|\\$\\{\\s{0,20}${own}\\b`, 'm').test(
        body,
      )
    },
  )
}
