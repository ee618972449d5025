/** The line of pg_dump after which nothing is found without its schema, on the connection that runs the next migrations, too. */
import type {FileLocation} from '../../../check.ts'
import {maskSql} from '../sql.ts'
import type {MigrationSet} from './migration-set.ts'

export interface EmptiedPath {
  at: FileLocation
  /** What comes behind in another file, and names no schema: `ALTER TABLE orders`. */
  next: {text: string; at: FileLocation}
}

const empties = /\bset_config\(\s*'search_path'\s*,\s*''\s*,\s*false\s*\)/i
const fills =
  /\bset_config\(\s*'search_path'\s*,\s*'[^']|\b(?:set\s+(?:session\s+)?search_path|reset\s+(?:search_path|all))\b/i
const bare =
  /(?<=^|;)\s{0,200}((?:create\s+table(?:\s+if\s+not\s+exists)?|alter\s+table(?:\s+if\s+exists)?(?:\s+only)?|insert\s+into|update)\s+(?:"[^"\n]{1,100}"|\w{1,100}))(?!\s*\.)(?=[\s(])/im
/** These run all on one connection, and leave it as it is between two files. */
const keepsConnection = /^(?:dbmate|golang-migrate|goose|sqlx|prisma)$/

export function emptiedPath({migrations, parts = []}: MigrationSet): EmptiedPath | undefined {
  if (!keepsConnection.test(migrations[0]?.tool ?? '')) return undefined
  for (const [index, {file, from, to}] of parts.entries()) {
    const match = empties.exec(file.text.slice(from, to))
    if (!match) continue
    const rest = file.text.slice(from + match.index + match[0].length, to)
    if (fills.test(rest)) return undefined
    for (const later of parts.slice(index + 1)) {
      if (fills.test(later.file.text)) return undefined
      const asked = bare.exec(maskSql(later.file.text).slice(later.from, later.to))
      if (!asked) continue
      const [all, text = ''] = asked
      const start = later.from + asked.index + all.length - text.length
      const at = file.span(from + match.index, from + match.index + match[0].length)
      return {at, next: {text: text.replace(/\s+/g, ' '), at: later.file.span(start, start + text.length)}}
    }
    return undefined
  }
  return undefined
}
