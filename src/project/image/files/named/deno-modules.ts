/** What a module of Deno loads at once: "Module not found". */

import type {TextFile} from '../../../files/text.ts'
import {importSpecifiers} from '../../../node/imports/import-specifiers.ts'
import type {Moment} from '../../moment.ts'
import type {Named, Naming} from './naming.ts'

/** Relative imports, types left out. What begins with no dot is led on by a map of imports, which is not read. */
function* denoModules({text}: TextFile, _: string, {instruction, unknown}: Moment): Generator<Named> {
  // What the project runs itself may write a module, as that of Fresh does fresh.gen.ts.
  const sure = ![instruction.text, ...unknown.map((each) => each.text ?? '')].some(
    (each) => generates.test(each) || (each !== instruction.text && /\bdeno run\b/.test(each)),
  )
  for (const {text: path, start, end, isDynamic} of importSpecifiers(text)) {
    const isImport = !isDynamic && /(?:\bfrom|\bimport)\s*["']$/.test(text.slice(Math.max(0, start - 50), start))
    if (isImport && /^\.{1,2}\//.test(path)) yield {path, start, end, sure}
  }
}

const generates = /\bdeno (?:task|eval)\b|\b(?:make|just|npm|npx|node|sh|bash)\s/

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
