import {type Constant, type ModuleConstant, moduleConstants} from '../python/imports/module-constants.ts'
import type {LogicalLine} from '../python/source/logical-lines.ts'

const names = /\b(?:revision|down_revision|depends_on|branch_labels)\b/
/** As every template writes it: a name, perhaps its type, and on the same line the value. */
const plain = /^(revision|down_revision|depends_on|branch_labels)(?:\s*:[^=]+|\s*)=\s*(?=\S)/
const text = /^(["'])([^"'\\\n]*)\1/
const notIdentifiers = /\bglobals\s*\(|\bexec\s*\(/

/**
 * The names of a module that alembic asks for. Nearly all files write them in one way, which needs no parser: of
 * thousands of revisions the parsing would cost more than all else.
 */
export function identifierConstants(
  source: string,
  lines: readonly LogicalLine[] | undefined,
): Map<string, ModuleConstant> {
  const parsed = () => moduleConstants(head(source.replace(/^\ufeff/, ' ')))
  if (!lines) return parsed()
  const found = new Map<string, ModuleConstant>()
  for (const {code, indent, start, end} of lines) {
    if (!names.test(code)) continue
    const match = indent === 0 ? plain.exec(code) : null
    const name = match?.[1]
    const from = start + (match?.[0].length ?? 0)
    const value = match ? plainValue(source.slice(from, end)) : undefined
    // In a function, a name is none of the module's.
    if (name === undefined && inFunction(lines, start)) continue
    if (name === undefined || value === undefined) return parsed()
    found.set(name, {value, start: from, end})
  }
  return notIdentifiers.test(source) ? moduleConstants(source) : found
}

/** Whether the line that begins here stands below a `def` or a `class` of the module, or is one. */
function inFunction(lines: readonly LogicalLine[], start: number): boolean {
  const above = lines.findLast((line) => line.indent === 0 && line.start <= start)
  return above !== undefined && /^(?:async\s+)?(?:def|class)\b/.test(above.code)
}

/** None, a text, or a tuple or list of texts. */
function plainValue(written: string): Constant | undefined {
  const value = written.trim()
  if (value === 'None') return {kind: 'none'}
  const one = text.exec(value)
  if (one && one[0].length === value.length) return {kind: 'string', value: one[2] as string}
  const inside = /^[([](.*)[)\]]$/s.exec(value)?.[1]
  if (inside === undefined || !/^[([]\s*(?:["'][^"'\\\n]*["']\s*,\s*)+(?:["'][^"'\\\n]*["']\s*)?[)\]]$/.test(value))
    return undefined
  const items = inside.split(',').map((item) => text.exec(item.trim()))
  if (items.at(-1) === null) items.pop()
  return items.includes(null)
    ? undefined
    : {kind: 'tuple', items: items.map((item) => ({kind: 'string', value: (item as RegExpExecArray)[2] as string}))}
}

/** What stands before the first function, when nothing behind it can name the identifiers again. */
function head(source: string): string {
  const end = source.search(/^(?:async )?def /m)
  return end < 0 || new RegExp(`${names.source}\\s*[:=,+]`).test(source.slice(end)) ? source : source.slice(0, end)
}
