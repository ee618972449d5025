import type {Ignore} from '../facts.ts'

const marker = /(?:#|\/\/|\/\*|--|;)\s*preflight-ignore\b(.*)$/s
const whole = /^\s+([\w-]+\/[\w-]+)(?:\s+until\s+(\d{4}-\d\d-\d\d))?\s+--\s+(\S.*)$/

/** What a comment is looked for in. */
export interface CommentedFile {
  path: string
  text: string
  lineCount: number
  line(number: number): string
}

/**
 * The ignores in the comments of a file: each covers the line behind it, further comments left out.
 * One without an id or a reason ignores nothing, and is told as such.
 */
export function inlineIgnores(file: CommentedFile): Ignore[] {
  if (!file.text.includes('preflight-ignore')) return []
  const rests = Array.from({length: file.lineCount}, (_, index) => commentAt(file.line(index + 1)))
  const found: Ignore[] = []
  let covered = file.lineCount
  for (let number = file.lineCount; number > 0; number--) {
    const rest = rests[number - 1]
    if (rest === undefined) {
      covered = number
      continue
    }
    // Nothing but comments to the end of the file: the last line is as good as any.
    const line = number === file.lineCount ? number + 1 : covered
    const match = whole.exec(rest)
    const [, check = '', until, reason = ''] = match ?? []
    const at = {file: file.path, line: number, column: 1}
    found.push({check, path: file.path, line, reason, until, shared: false, at})
  }
  return found.reverse()
}

/** What stands behind the marker, without the end of a comment in C's way. */
const commentAt = (line: string): string | undefined => marker.exec(line)?.[1]?.trimEnd().replace(/\*\/$/, '').trimEnd()
