import {withoutSlashComments} from '../../code/comments.ts'

/** What a JavaScript or TypeScript file imports, by its text. */
export interface ImportSpecifier {
  /** `./orders.js`, `express`. */
  text: string
  /** Offsets of the specifier, quotes left out. */
  start: number
  end: number
  /** `import('./a.js')`: it is looked for only once it runs. */
  isDynamic: boolean
  /** The code can do without: `import('bufferutil').catch(() => {})`, a `require` for development alone. */
  isOptional: boolean
}

const statement =
  /(?:^|[;}\n])[ \t]*(?:(import|export)\b(?!\s*[(.])(?:\s+type\b(?!\s+from\b|\s*,))?([^'"`;()=]{0,2000}?)\bfrom\s*|import\s*)(["'])([^"'\n]+)\3/g
const call = /(?:^|[^\w.$])(?:require|import)\(\s*(["'])([^"'\n]+)\1\s*\)/g

/**
 * The specifiers that stand in the text, types left out: what is imported as a type alone is gone when the code runs.
 * An import within a comment or a template string is none; `require` and `import()` in a `try` may fail: `withTried` takes
 * them, too.
 */
export function importSpecifiers(source: string, {withTried = false} = {}): ImportSpecifier[] {
  if (!/\b(import|require|export)\b/.test(source)) return []
  const text = withoutSlashComments(source)
  const isInTemplate = templatesIn(text)
  const found: ImportSpecifier[] = []
  for (const match of text.matchAll(statement)) {
    const [all, , names = '', , specifier = ''] = match
    if (/^\W*(import|export)\s+type\s+(?!from\b|,)/.test(all) || onlyTypes(names)) continue
    add(match.index + all.length - 1 - specifier.length, specifier)
  }
  for (const match of text.matchAll(call)) {
    const [all, , specifier = ''] = match
    const before = text.slice(Math.max(0, match.index - 200), match.index + 1)
    const heads = [...headsAround(text, match.index + 1)]
    if (!withTried && heads.some((head) => /\btry\s*$/.test(head))) continue
    const isDynamic = /import\(/.test(all)
    // `typeof import('a')`, `import('a').Order`: a promise has no member with a capital letter.
    if (isDynamic && (/\btypeof\s{1,9}$/.test(before) || /^\s?\.[A-Z]/.test(text.slice(match.index + all.length))))
      continue
    const isOptional = isDynamic && isCaught(text, match.index + all.length)
    add(match.index + all.lastIndexOf(specifier), specifier, {
      isDynamic,
      isOptional: isOptional || [lineBefore(text, match.index + 1), ...heads].some((head) => forDevelopment.test(head)),
    })
  }
  return found

  function add(start: number, specifier: string, {isDynamic = false, isOptional = false} = {}): void {
    // `./**/*_controller.js` is what a plug-in of the bundler finds.
    if (source.slice(start, start + specifier.length).includes('*')) return
    if (!isInTemplate(start)) found.push({text: specifier, start, end: start + specifier.length, isDynamic, isOptional})
  }
}

/** `{type A, type B}`. */
const onlyTypes = (names: string): boolean => {
  const [, inside] = /^\s*\{([^}]*)\}\s*$/.exec(names) ?? []
  const parts = (inside ?? '').split(',').filter((each) => each.trim() !== '')
  return parts.length > 0 && parts.every((each) => /^\s*type\s/.test(each))
}

/** `with {type: 'file'}` behind a specifier that ends there: what is imported is made of the file, which does not run. */
export const isData = (text: string, {end}: Pick<ImportSpecifier, 'end'>): boolean =>
  /^["']\s{0,9}(?:with|assert)\s{0,9}\{\s{0,9}["']?type\b/.test(text.slice(end, end + 100))

/** `@acme/ui/button` is of the package `@acme/ui`. */
export const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** Farther than that no block is looked for. */
const mostBefore = 2_000

const lineBefore = (text: string, offset: number): string =>
  text
    .slice(Math.max(0, offset - longestHead), offset)
    .split('\n')
    .at(-1) ?? ''

/**
 * A condition around, or on the same line before, that holds in development alone: `if (process.env.NODE_ENV !==
 * 'production')`, `if (isDev)`, and the `else` of the opposite.
 */
const forDevelopment =
  /(?:\bNODE_ENV\s{0,9}(?:!==?\s{0,9}["'`]production|===?\s{0,9}["'`](?:dev|test))|\((?:\s{0,9}!\s{0,9}is_?prod|\s{0,9}is_?dev|\s{0,9}__DEV__))[^{}]{0,200}$|(?:\bNODE_ENV\s{0,9}===?\s{0,9}["'`]production|\(\s{0,9}is_?prod)[^{}]{0,99}\{[^{}]{0,300}\}\s{0,9}else\s{0,9}$/i

const longestHead = 500

/** What stands before the brace of each block around, the nearest first: strings with a brace alone are few. */
function* headsAround(text: string, offset: number): Generator<string> {
  let depth = 0
  for (let at = offset - 1; at >= 0 && at > offset - mostBefore; at--) {
    if (text[at] === '}') depth++
    else if (text[at] === '{' && depth-- === 0) {
      yield text.slice(Math.max(0, at - longestHead), at)
      depth = 0
    }
  }
}

/** Whether a rejection is caught behind a call, `.then(…)` or not, by what goes on. */
function isCaught(text: string, end: number): boolean {
  const [handler] =
    /^(?:\s{0,99}\.then\([^;]{0,300}?\))?\s{0,99}\.catch\([^;]{0,300}/.exec(text.slice(end, end + 800)) ?? []
  return handler !== undefined && !/\bexit\(|\bthrow\b/.test(handler)
}

/** Whether a place is within a template string: behind an odd number of backticks. */
function templatesIn(text: string): (offset: number) => boolean {
  const ticks: number[] = []
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at + 1)) {
    if (text[at - 1] !== '\\') ticks.push(at)
  }
  return (offset) => {
    let [from, to] = [0, ticks.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((ticks[middle] as number) < offset) from = middle + 1
      else to = middle
    }
    return from % 2 === 1
  }
}
