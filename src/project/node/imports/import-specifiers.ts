import {blank} from '../../code/code.ts'

/** What a JavaScript or TypeScript file imports, by its text. */
export interface ImportSpecifier {
  /** `./orders.js`, `express`. */
  text: string
  /** Offsets of the specifier, quotes left out. */
  start: number
  end: number
  /** `import('./a.js')`: it is looked for only once it runs. */
  isDynamic: boolean
}

const statement =
  /(?:^|[;}\n])[ \t]*(?:(import|export)\b(?!\s*[(.])(?:\s+type\b(?!\s+from\b|\s*,))?([^'"`;()=]{0,2000}?)\bfrom\s*|import\s*)(["'])([^"'\n]+)\3/g
const call = /(?:^|[^\w.$])(?:require|import)\(\s*(["'])([^"'\n]+)\1\s*\)/g

/**
 * The specifiers that stand in the text, types left out: what is imported as a type alone is gone when the code runs.
 * An import within a comment or a template string is none; `require` and `import()` in a `try` may fail.
 */
export function importSpecifiers(source: string): ImportSpecifier[] {
  if (!/\b(import|require|export)\b/.test(source)) return []
  const text = withoutComments(source)
  const found: ImportSpecifier[] = []
  for (const match of text.matchAll(statement)) {
    const [all, , names = '', , specifier = ''] = match
    if (/^\W*(import|export)\s+type\s+(?!from\b|,)/.test(all) || onlyTypes(names)) continue
    add(match.index + all.length - 1 - specifier.length, specifier)
  }
  for (const match of text.matchAll(call)) {
    const [all, , specifier = ''] = match
    const before = text.slice(Math.max(0, match.index - 200), match.index + 1)
    if (isInTry(text, match.index + 1)) continue
    const isDynamic = /import\(/.test(all)
    // `typeof import('a')`, `import('a').Order`: a promise has no member with a capital letter.
    if (isDynamic && (/\btypeof\s{1,9}$/.test(before) || /^\s?\.[A-Z]/.test(text.slice(match.index + all.length))))
      continue
    add(match.index + all.lastIndexOf(specifier), specifier, isDynamic)
  }
  return found

  function add(start: number, specifier: string, isDynamic = false): void {
    // `./**/*_controller.js` is what a plug-in of the bundler finds.
    if (source.slice(start, start + specifier.length).includes('*')) return
    if (!isInTemplate(text, start)) found.push({text: specifier, start, end: start + specifier.length, isDynamic})
  }
}

/** `{type A, type B}`. */
const onlyTypes = (names: string): boolean => {
  const [, inside] = /^\s*\{([^}]*)\}\s*$/.exec(names) ?? []
  const parts = (inside ?? '').split(',').filter((each) => each.trim() !== '')
  return parts.length > 0 && parts.every((each) => /^\s*type\s/.test(each))
}

/** Comments become blanks, so that offsets stay; strings that look like one do, too, which hides an import at most. */
export const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?(?:\*\/|$)|(?<=^|[\s;,{}()])\/\/[^\n]*/g, blank)

/** `@acme/ui/button` is of the package `@acme/ui`. */
export const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** Farther than that no `try` is looked for. */
const mostBefore = 2_000

/** Whether one of the blocks around is that of a `try`: strings with a brace alone are few. */
function isInTry(text: string, offset: number): boolean {
  let depth = 0
  for (let at = offset - 1; at >= 0 && at > offset - mostBefore; at--) {
    if (text[at] === '}') depth++
    else if (text[at] === '{' && depth-- === 0) {
      if (/\btry\s*$/.test(text.slice(Math.max(0, at - 20), at))) return true
      depth = 0
    }
  }
  return false
}

function isInTemplate(text: string, offset: number): boolean {
  let ticks = 0
  for (let at = text.indexOf('`'); at >= 0 && at < offset; at = text.indexOf('`', at + 1)) {
    if (text[at - 1] !== '\\') ticks++
  }
  return ticks % 2 === 1
}
