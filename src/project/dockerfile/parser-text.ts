/** What dockerfile-ast is given to read: as long as the file, in words that it knows. */
import {behind, openings} from './heredocs.ts'
import {joined, mayHaveHeredocs} from './logical-line.ts'

/**
 * The parser ends a line at a carriage return, too, where a single one is a blank for Docker; it knows the plain
 * heredocs only (`<<EOF`), and takes what stands in quotes for one.
 */
export function parserText(text: string, escapeCharacter: string): string {
  const plain = text.replace(/^\ufeff|\r/g, ' ')
  return plain.includes('<<') ? plainHeredocs(plain, escapeCharacter) : plain
}

function plainHeredocs(text: string, escapeCharacter: string): string {
  const lines = text.split('\n')
  const result = [...lines]
  let at = 0
  while (at < lines.length) {
    // A comment does not go on, whatever it ends in.
    if (/^\s*(#|$)/.test(lines[at] as string)) {
      at += 1
      continue
    }
    const line = joined(lines, at, escapeCharacter)
    at = line.next
    const [, keyword = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(line.text) ?? []
    if (!line.text.includes('<<')) continue
    const opened = mayHaveHeredocs(keyword, rest) ? openings(line.text) : []
    for (const part of line.parts) {
      const here = lines[part.line] as string
      const masked = here.replaceAll('<<', '__')
      let read = ''
      let end = 0
      for (const {at: from, length, name, tabs} of opened) {
        const column = from - part.at
        if (column < 0 || column >= here.length) continue
        read += masked.slice(end, column) + `<<${tabs ? '-' : ''}${name}`.padEnd(length)
        end = column + length
      }
      result[part.line] = read + masked.slice(end)
    }
    at = behind(opened, lines, at)
  }
  return result.join('\n')
}
