/** What a module of Deno loads at once: "Module not found". */
import {importSpecifiers} from '../../node/import-specifiers.ts'
import type {TextFile} from '../../text.ts'
import type {Named, Naming} from './naming.ts'

/** Relative imports, types left out. What begins with no dot is led on by a map of imports, which is not read. */
function* denoModules({text}: TextFile): Generator<Named> {
  for (const {text: path, start, end, isDynamic} of importSpecifiers(text)) {
    const isImport = !isDynamic && /(?:\bfrom|\bimport)\s*["']$/.test(text.slice(Math.max(0, start - 50), start))
    if (isImport && /^\.{1,2}\//.test(path)) yield {path, start, end, sure: true}
  }
}

const isScript = (word: string): boolean => /^(?!-|https?:)[^\s*?$]+\.[cm]?[jt]sx?$/.test(word)
const verbs = /^deno (?:cache|check|compile|run|install (?:\S+ )*--entrypoint|install (?:\S+ )*-e)(?: |$)/

export const denoNaming: Naming = {
  runs: verbs,
  without: / --import-map\b/,
  begins: (text) => {
    const scripts = text.split(' ').slice(2).filter(isScript)
    // Behind the first, these are arguments of the program.
    return /^deno (?:run|compile)\b/.test(text) ? scripts.slice(0, 1) : scripts
  },
  names: denoModules,
  follows: true,
}
