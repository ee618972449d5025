import type {TextFile} from '../../files/text.ts'
import type {ImportSpecifier} from './import-specifiers.ts'
import {isCalled} from './script-imports.ts'

/**
 * Whether what compiles TypeScript keeps an import, as code needs it: the parser is asked last, as it is large. `target`: the
 * file of the project that is imported; the values of a `const enum` may be written in its place.
 */
export async function isKept(file: TextFile, each: ImportSpecifier, target?: TextFile): Promise<boolean> {
  if (target && /\bconst\s{1,20}enum\b/.test(target.text)) return false
  if (isCalled(file.text, each)) return true
  if (!/\.[cm]?tsx?$/.test(file.path)) return false
  const {keptImports} = await import('./kept-imports.ts')
  return keptImports(file).has(each.start)
}
