/** Tables that a file of SQL makes although an earlier one of its folder has made them. */
import {posix} from 'node:path'
import type {TextFile} from '../../files/text.ts'
import {maskSql} from '../sql.ts'
import type {MigrationFault} from './migration-set.ts'

/** What of a file runs forwards. */
export interface UpFile {
  file: TextFile
  from: number
  to: number
  isNew: boolean
}

const makes = /(?<=^|;)\s*create\s+(?:unlogged\s+)?table\s+(if\s+not\s+exists\s+)?((?:"?\w+"?\.)?"?\w+"?)\s*\(/gi
/** Another database or schema may be meant, or a text is run of which it is not known what it drops. */
const unclear =
  /\bsearch_path\b|\bdrop\s{1,20}(?:schema|owned)\b|\bexecute\s{1,20}(?!function\b|procedure\b)|^[ \t]{0,50}\\/im

export function tablesTwice(
  files: readonly UpFile[],
  run: {failsAt: 'release' | 'boot'} | undefined,
): MigrationFault[] {
  const found: MigrationFault[] = []
  const first = new Map<string, TextFile>()
  for (const {file, from, to, isNew} of files) {
    const text = file.text.slice(from, to)
    if (unclear.test(text)) return []
    for (const [name] of first) if (isGone(text, name)) first.delete(name)
    for (const match of maskSql(file.text).slice(from, to).matchAll(makes)) {
      const [all, guarded, written = ''] = match
      const name = nameOf(written)
      const earlier = first.get(name)
      if (!earlier) first.set(name, file)
      else if (earlier !== file && !guarded && isNew) {
        const start = from + match.index + all.search(/\S/)
        found.push({
          message: `${posix.basename(file.path)} makes the table ${name}, which ${posix.basename(earlier.path)} has made before: the database refuses it (relation "${name}" already exists)`,
          at: file.span(start, from + match.index + all.length - 1),
          related: [{file: earlier.path}],
          hint: 'Take it out here, and keep only what is new: ALTER TABLE … ADD COLUMN.',
          stops: true,
          isSure: false,
          failsAt: run?.failsAt ?? 'release',
        })
      }
    }
  }
  return found
}

/** Postgres folds what has no quotes; `public` is where it looks first. */
const nameOf = (written: string): string =>
  written
    .split('.')
    .map((part) => (part.startsWith('"') ? part.replaceAll('"', '') : part.toLowerCase()))
    .filter((part, index, all) => all.length === 1 || index > 0 || part !== 'public')
    .join('.')

/** Whether a file may drop the table or give it another name, in whatever way it says so. */
function isGone(text: string, name: string): boolean {
  const own = `"?${name.split('.').at(-1)}"?`
  return new RegExp(
    `\\bdrop\\s{1,20}table\\b[^;]{0,500}(?<!\\w)${own}(?!\\w)|\\balter\\s{1,20}table\\b[^;]{0,300}(?<!\\w)${own}(?!\\w)[^;]{0,300}\\b(?:rename\\s{1,20}to|set\\s{1,20}schema)\\b`,
    'i',
  ).test(text)
}
