import {blank, codeOf, type Span} from '../../code/code.ts'
import type {TextFile} from '../../text.ts'

export interface UnusedName extends Span {
  name: string
  kind: 'import' | 'local' | 'parameter'
}

const imports = /^import[ \t]{1,20}(?:type[ \t]{1,20})?([\w$*{}\s,]{1,1500}?)\s{1,3}from\s*(["'])[^"'\n]{1,500}\2/gm
const declarations =
  /^[ \t]*(?:(?:const|let|var)[ \t]+(?:([A-Za-z$][\w$]*)[ \t]*[=:]|\[([\w$, \t]{1,300})\][ \t]*=)|(?:async[ \t]+)?function[ \t]+([A-Za-z$][\w$]*)[ \t]*\(|(?:type[ \t]+([A-Za-z$][\w$]*)[ \t]*[=<]|(?:interface|class|enum)[ \t]+([A-Za-z$][\w$]*)[ \t]*(?:[{<]|extends\b|implements\b)))/gm

/**
 * Names that a module of TypeScript imports or declares, and that stand nowhere else in its text: with noUnusedLocals an
 * error of tsc (TS6133, TS6192, TS6196). One that begins with `_` may be unused.
 */
export function unusedNames(file: TextFile): UnusedName[] {
  const {path, text: source} = file
  if (/\.d\.[cm]?ts$/.test(path) || /@ts-|@jsx/.test(source) || !/^(?:import|export)\b/m.test(source)) return []
  // The name of a package is no use of what is imported from it.
  const said = withoutComments(source).replace(imports, (found) => found.replace(/["'][^"']*["']$/, blank))
  const places = new Map<string, number | 'several'>()
  for (const {0: word, index} of said.matchAll(/[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g))
    places.set(word, places.has(word) ? 'several' : index)
  const bare = codeOf(file)?.bare ?? ''
  const found: UnusedName[] = []
  const add = (name: string | undefined, kind: UnusedName['kind']) => {
    const start = name === undefined || name.startsWith('_') ? undefined : places.get(name)
    if (name === undefined || typeof start !== 'number') return
    const end = start + name.length
    // In a string it is a text.
    if (bare.slice(start, end) === name) found.push({name, kind, start, end})
  }
  for (const [, clause = ''] of said.matchAll(importClauses))
    for (const name of localNames(clause)) if (!ofJsx.test(name)) add(name, 'import')
  // What another module or the browser is said to have is declared for others.
  if (/\bdeclare\b|\bnamespace\b/.test(said)) return found
  for (const {0: whole, 1: variable, 2: list, 3: task, 4: type, 5: shape, index} of said.matchAll(declarations)) {
    if (path.endsWith('x') && ofPage.test(said.slice(Math.max(0, index - 500), index))) continue
    if (/^\s*(?:async\s|function\b|class\b)/.test(whole) && isExpression(said.slice(0, index))) continue
    const names = list?.split(',').map((each) => each.trim()) ?? [variable ?? task ?? type ?? shape]
    for (const name of names) add(name || undefined, 'local')
  }
  for (const {0: whole, 1: list = '', index} of said.matchAll(parameterLists)) {
    if (!isFunction(said.slice(Math.max(0, index - 300), index), whole)) continue
    for (const name of list.split(','))
      add(/^\s*(?!this\b)([A-Za-z$][\w$]*)\s*(?=[?:=]|$)/.exec(name)?.[1], 'parameter')
  }
  return found
}

/** Behind a tag that ends its line stands the text of a page, which may show code. */
const ofPage = /(?<!=)>[ \t]*\n[^;{}<>]*$/

/** Parameters without brackets of their own, and a body. */
const parameterLists = /\(([^(){}=>\n]{1,300})\)(?:[ \t]{0,9}:[ \t]{0,9}[\w[][\w<>[\]., |]{0,200})?[ \t]{0,9}(?:=>|\{)/g

/** Whether parameters are those of a function, and not of a type. */
function isFunction(before: string, whole: string): boolean {
  if (whole.endsWith('{')) return /\bfunction\b[ \t]{0,9}[\w$]{0,100}[ \t]{0,9}$/.test(before)
  const start = before.replace(/\basync[ \t]*$/, '')
  if (/\b(?:const|let)[ \t]+[\w$]+[ \t]*=[ \t]*$/.test(start)) return true
  const [, called] = /(?<![\w$])([\w$]{1,100})[ \t]*\((?:[^()<>[\]{}]{0,200}["'`],)?[ \t\n]*$/.exec(start) ?? []
  return called !== undefined && !ofTypes.test(called)
}

/** Behind these a bracket holds a type: `as ((value: string) => void)`. */
const ofTypes = /^(?:as|extends|in|infer|is|keyof|new|readonly|satisfies|typeof|unique)$/

/** A function or a class behind these is a value, whose name need not be used: `use(function log() {})`. */
const isExpression = (before: string): boolean =>
  /(?:[^\w\s$;{}\])"'`]|\b(?:return|default|await|yield|typeof|new|in|of|void|extends))\s{0,200}$/.test(
    before.slice(-300),
  )

/**
 * Without the comments at the beginning of a line and those between JSX, unless they may stand in a template. What JSDoc
 * names is used.
 */
function withoutComments(source: string): string {
  const begin = /^[ \t]*\/\/[^\n]*|(?:^[ \t]*|\{\s{0,20})\/\*(?!\*)/gm
  const parts: string[] = []
  let done = 0
  for (let match = begin.exec(source); match; match = begin.exec(source)) {
    const isBlock = match[0].endsWith('/*')
    const end = isBlock ? source.indexOf('*/', begin.lastIndex) : begin.lastIndex
    if (end < 0) break
    begin.lastIndex = end
    const comment = source.slice(match.index, end)
    const isPlain = !/`|\$\{/.test(comment)
    parts.push(source.slice(done, match.index), isPlain ? blank(comment) : comment)
    done = end
  }
  return parts.join('') + source.slice(done)
}

/** JSX uses it without naming it, where the options say so. */
const ofJsx = /^(?:React|h|jsx|Fragment)$/

/** As in the text in which the names of packages are blank. */
const importClauses = /^import[ \t]{1,20}(?:type[ \t]{1,20})?([\w$*{}\s,]{1,1500}?)\s{1,3}from\b/gm

/** `a`, `* as b`, `{c, d as e, type F}` */
const localNames = (clause: string): string[] =>
  clause
    .replace(/[{}]/g, ',')
    .split(',')
    .map(
      (each) =>
        each
          .trim()
          .replace(/^type\s+(?!as\b)/, '')
          .split(/\s{1,20}as\s{1,20}/)
          .at(-1) ?? '',
    )
    .filter((name) => /^[A-Za-z$][\w$]*$/.test(name))
