import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'

/** Where a word of a command stands that goes on over several lines; the command itself where that is its first one. */
export function wordPlace(file: TextFile, at: FileLocation, word: string): FileLocation {
  if (at.file !== file.path || at.line === undefined) return at
  for (let line = at.line + 1; line <= (at.endLine ?? at.line); line++) {
    const text = file.line(line)
    if (/^\s*#/.test(text)) continue
    const words = text.split(/[\s"'=;]/)
    const found = words.indexOf(word)
    if (found < 0) continue
    const column = words.slice(0, found).join(' ').length + (found > 0 ? 2 : 1)
    return {file: file.path, line, column, endLine: line, endColumn: column + word.length}
  }
  return at
}
