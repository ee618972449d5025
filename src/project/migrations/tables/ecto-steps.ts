/** The steps of migrations of Ecto (hexdocs.pm/ecto_sql, "Ecto.Migration"). */
import type {FileLocation} from '../../../check.ts'
import {type Code, codeOf, type Span, textOf} from '../../code/code.ts'
import {statementEnd} from '../../elixir/blocks.ts'
import type {TextFile} from '../../files/text.ts'
import {sqlStepsIn} from './sql-steps.ts'
import type {MigrationSteps, Named, TableStep} from './table-step.ts'

/** `table(:orders)`, `table("orders", primary_key: false)`; of another schema it is none of those here. */
const table = String.raw`table\(\s{0,50}[:"](\w{1,100})"?\s{0,50}(\)|,(?![^)]{0,300}\bprefix:)[^)]{0,300}\))`
const makes = new RegExp(String.raw`^create(_if_not_exists)?[\s(]{1,20}${table}`)
const drops = new RegExp(String.raw`^drop(_if_exists)?[\s(]{1,20}${table}`)
const alters = new RegExp(String.raw`^alter[\s(]{1,20}${table}`)
const renames = new RegExp(
  String.raw`^rename[\s(]{1,20}${table},\s{0,50}(?:to:\s{0,20}${table}|:(\w{1,100}),\s{0,50}to:\s{0,20}:(\w{1,100}))`,
)
const indexes =
  /^create(?:_if_not_exists)?[\s(]{1,20}(?:unique_)?index\(\s{0,50}[:"](\w{1,100})"?,\s{0,50}(?:\[([\s:,\w]{1,500})\]|:(\w{1,100}))([^)]{0,500})\)/
const constrains = /^create[\s(]{1,20}constraint\(\s{0,50}[:"](\w{1,100})"?,(?![^)]{0,500}\bprefix:)/
/** What changes rows alone, or is about something beside the tables. */
const harmless =
  /^(?:flush\b|execute[\s(]{1,20}(?:"""|")\s{0,50}(?:update|insert|delete|select|comment|create extension|drop extension|set|(?:create|drop|alter) (?:unique )?index)\b|drop(?:_if_exists)?[\s(]{1,20}(?:unique_)?(?:index|constraint)\(|@|#)/i
const adds = /^add(_if_not_exists)?[\s(]{1,20}:(\w{1,100}),/
const refers = /\breferences\(\s{0,50}[:"](\w{1,100})"?\s{0,50}(?:\)|,(?![^)]{0,300}\bprefix:))/

/** The project says itself of which type keys are, where a migration says nothing. */
export const ownKeys = 1

/** What `change` does, or `up`. */
export function ectoSteps(file: TextFile, keys?: number): MigrationSteps | undefined {
  const code = codeOf(file)
  if (!code || !/\bEcto\.Migration\b/.test(code.bare)) return undefined
  const unknown = unknownStep(code.text, file.whole)
  // Functions of its own, and what a macro brings, are not followed.
  const [forwards, another] = [...code.bare.matchAll(/^[ \t]{0,50}defp?[ \t]{1,20}(\w{1,100})/gm)].filter(
    ([, name]) => name !== 'down',
  )
  const body =
    forwards && !another && /^(?:change|up)$/.test(forwards[1] ?? '') ? bodyOf(code, forwards.index) : undefined
  if (!body) return {path: file.path, steps: [unknown]}
  const key = keys === ownKeys ? undefined : 'bigint'
  return {path: file.path, steps: statementsOf(code, body).flatMap((span) => stepsOf(code, span, key))}
}

/** Names that are put together, SQL that stands elsewhere, and helpers that the project brings. */
const makesAny =
  /\btable\(\s{0,50}(?![:"\s])|\bexecute[\s(]{1,20}(?!["~\s]|fn\b)|#\{|\.query!?\(|\b(?:use|import|require)\s{1,20}(?!Ecto\.|Logger\b)[A-Z]/

/** `Oban.Migration.up(version: 12)` makes the tables whose names begin with its own; a module of the project may make any. */
function unknownStep(text: string, at: FileLocation): TableStep {
  const [, own] = /\bdefmodule\s{1,20}(\w{1,100})\./.exec(text) ?? []
  const called = [...text.matchAll(/(?<![\w.:])([A-Z]\w{0,100})(?:\.\w{1,100}){1,10}\(/g)].map(([, root = '']) => root)
  const foreign = called.filter((root) => !ofElixir.test(root))
  const isHelper = /^[a-z_]\w{0,100}[?!]?(?:[\s(]|$)/.test(text) && !isKnown.test(text) && !isText.test(text)
  const any =
    makesAny.test(text) || isHelper || foreign.some((root) => root === own || !/^Oban$|^ErrorTracker$/.test(root))
  return {kind: 'unknown', text, by: '', at, mayMake: any ? [''] : foreign.map((root) => snake(root))}
}

const ofElixir = /^(?:Ecto|Enum|String|DateTime|NaiveDateTime|Date|Logger|Map|List|IO|System|Application|Keyword|UUID)$/
const isKnown =
  /^(?:create|create_if_not_exists|drop|drop_if_exists|alter|rename|execute|flush|if|unless|case|cond|for|from|repo|defmodule)\b/
/** `check = "…"`: a text alone, for what stands below. */
const isText = /^[a-z_]\w{0,100}\s{1,20}=\s{1,20}(?:"""[\s\S]{0,3000}"""|"[^"\n]{0,500}")\s{0,20}$/
const snake = (name: string): string => name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase()

/** Of `def change do … end` and `def change, do: …` what stands in it. */
function bodyOf(code: Code, start: number): Span | undefined {
  const head = /^[ \t]{0,50}def[ \t]{1,20}\w{1,100}(?:\(\))?[ \t]{0,20}(,\s{0,50}do:|do\b)/.exec(
    code.bare.slice(start, start + 300),
  )
  if (!head) return undefined
  const from = start + head[0].length
  if (head[1] !== 'do') return {start: from, end: statementEnd(code, from)}
  return {start: from, end: blockEnd(code, from)}
}

/** The offset of the `end` of a block whose `do` stands before this one. */
function blockEnd({bare}: Code, start: number): number {
  const keyword = /\b(?:do|fn|end)\b(?!:)/g
  keyword.lastIndex = start
  let depth = 1
  for (let found = keyword.exec(bare); found; found = keyword.exec(bare)) {
    depth += found[0] === 'end' ? -1 : 1
    if (depth === 0) return found.index
  }
  return bare.length
}

/** The statements of a body, each with its block. */
function statementsOf(code: Code, {start, end}: Span): Span[] {
  const found: Span[] = []
  for (let at = start; at < end; ) {
    at += /^\s*/.exec(code.bare.slice(at, end))?.[0].length ?? 0
    if (at >= end) break
    let last = Math.min(statementEnd(code, at), end)
    // A bracket or a string that goes on over the line.
    while (last < end && isOpen(code.bare.slice(at, last))) {
      const line = code.bare.indexOf('\n', last + 1)
      last = line < 0 ? end : Math.min(line, end)
    }
    const opens = /\bdo\b(?!:)/.exec(code.bare.slice(at, last))
    if (opens) last = Math.min(blockEnd(code, at + opens.index + 2) + 3, end)
    if (last <= at) break
    found.push({start: at, end: last})
    at = last
  }
  return found
}

const isOpen = (bare: string): boolean => {
  const count = (pattern: RegExp) => bare.match(pattern)?.length ?? 0
  return count(/[([{]/g) > count(/[)\]}]/g) || count(/"/g) % 2 === 1
}

function stepsOf(code: Code, span: Span, key: string | undefined): TableStep[] {
  const text = textOf(code, span)
  const at = code.file.span(
    span.start,
    span.start + (text.split('\n', 1)[0] as string).replace(/\s{1,100}do\s{0,100}$/, '').length,
  )
  const unknown = unknownStep(text, at)
  const opens = /\bdo\b(?!:)/.exec(code.bare.slice(span.start, span.end))
  const own = makes.exec(text)?.[2] ?? alters.exec(text)?.[1]
  const block = opens ? inBlock(code, {start: span.start + opens.index + 2, end: span.end - 3}, own, key) : undefined
  const by = (text.split('\n', 1)[0] as string)
    .replace(/\)?\s{1,100}do\s{0,100}$/, ')')
    .replace(/^(\w+)\s*\(?\s*/, '$1 ')
  const made = makes.exec(text)
  if (made && (opens || made[0].length >= text.trimEnd().length - 1)) {
    const [, optional, name = '', options = ''] = made
    const table = {kind: 'make' as const, table: name, by: `create table(:${name})`, at}
    const isPlain = !/primary_key:/.test(options)
    const columns = [...(block?.columns ?? []), ...(isPlain ? [{name: 'id', at, sql: key}] : [])]
    const isWhole = !optional && block?.isWhole !== false && !/primary_key:(?!\s{0,20}false)/.test(options)
    const primary = isPlain ? ['id'] : (block?.primary ?? [])
    const keys = primary.length > 0 ? {keys: [primary], primary} : {}
    return [{...table, columns, isWhole, isOptional: optional !== undefined, ...keys}, ...(block?.refers ?? [])]
  }
  const altered = alters.exec(text)
  if (altered && block) {
    const [, name = ''] = altered
    const of = {table: name, by: `alter table(:${name})`, at}
    // Of one ALTER TABLE the database drops first.
    const changed = [
      {kind: 'remove' as const, ...of, columns: block.removed},
      {kind: 'add' as const, ...of, columns: block.added},
      {kind: 'use' as const, ...of, columns: block.modified},
    ]
    return [...changed, ...block.refers, ...(block.isWhole ? [] : [unknown])]
  }
  const [drop, ifExists, gone = ''] = drops.exec(text) ?? []
  if (drop) {
    const step = {
      kind: 'drop' as const,
      table: gone,
      isOptional: ifExists !== undefined,
      by: `drop table(:${gone})`,
      at,
    }
    return /\bmode:\s{0,20}:cascade\b/.test(text)
      ? [{kind: 'cascade', words: [gone.toLowerCase()], by: '', at}, step]
      : [step]
  }
  const [renamed, from = '', , to, , column, name] = renames.exec(text) ?? []
  if (renamed && to) return [{kind: 'rename', table: from, to, by: `rename table(:${from})`, at}]
  if (renamed && column && name)
    return [{kind: 'rename column', table: from, from: {name: column, at}, to: name, by: `rename table(:${from})`, at}]
  const [index, of = '', list, one = '', options = ''] = indexes.exec(text) ?? []
  if (index && !/\bprefix:/.test(options)) {
    const columns = (list ?? `:${one}`).match(/(?<=:)\w+/g) ?? []
    const use = {table: of, by: `create index(:${of})`, at}
    const isKey = /\bunique_index\(|\bunique:\s{0,20}true/.test(text) && !/\bwhere:/.test(options)
    return [
      {kind: 'use', columns: columns.map((each) => ({name: each, at})), ...use},
      ...(isKey ? [{kind: 'key' as const, key: columns, ...use}] : []),
    ]
  }
  const [constraint, constrained = ''] = constrains.exec(text) ?? []
  if (constraint) return [{kind: 'use', table: constrained, columns: [], by: `create constraint(:${constrained})`, at}]
  const [, unbound] = /^drop(?:_if_exists)?[\s(]{1,20}constraint\(\s{0,50}[:"](\w{1,100})/.exec(text) ?? []
  if (unbound !== undefined) return [{kind: 'unbind', table: unbound, by: '', at}]
  const [sends, quote = '', sql = ''] = sent.exec(text) ?? []
  if (sends !== undefined && !/[\\`]|#\{/.test(sql)) {
    const from = span.start + sends.length - quote.length - sql.length
    return sqlStepsIn(code.file, from, from + sql.length) ?? [unknown]
  }
  return harmless.test(text) && !/\bprefix:/.test(by) ? [] : [unknown]
}

/** SQL as it is written, which may have more behind it for the way back. */
const sent = /^execute[\s(]{1,20}("""|")([\s\S]{1,20000}?)\1/

/** The types of Ecto in SQL (ecto_sql, postgres/connection.ex). */
const inSql: Readonly<Record<string, string>> = {
  id: 'bigint',
  integer: 'integer',
  bigint: 'bigint',
  serial: 'integer',
  bigserial: 'bigint',
  binary_id: 'uuid',
  uuid: 'uuid',
  string: 'varchar',
  text: 'text',
  citext: 'citext',
  boolean: 'boolean',
  map: 'jsonb',
}

/** What stands in the block of a table. */
function inBlock(code: Code, span: Span, own: string | undefined, key: string | undefined) {
  const columns: Named[] = []
  const added: Named[] = []
  const modified: Named[] = []
  const removed: Named[] = []
  const refer: TableStep[] = []
  const primary: string[] = []
  let isWhole = true
  for (const each of statementsOf(code, span)) {
    const text = textOf(code, each)
    const at = code.file.span(each.start, each.start + (text.split('\n', 1)[0] as string).length)
    const [add, optional, name = ''] = adds.exec(text) ?? []
    const [, verb, changed = ''] = /^(modify|remove|remove_if_exists)[\s(]{1,20}:(\w{1,100})\b/.exec(text) ?? []
    const target = refers.exec(text)?.[1]
    const [, written = ''] = /^add\w{0,20}[\s(]{1,20}:\w{1,100},\s{0,50}:(\w{1,60})/.exec(text) ?? []
    const [, typed = ''] = /\btype:\s{0,20}:(\w{1,60})/.exec(text) ?? []
    const ofTarget = /\btype:/.test(text) ? inSql[typed] : key
    const sql = /\breferences\(/.test(text) ? ofTarget : inSql[written]
    if (target && verb?.startsWith('remove') !== true) {
      const [, to] = /\bcolumn:\s{0,20}:(\w{1,100})/.exec(text) ?? []
      const isPair = own !== undefined && add !== undefined && !/\bwith:/.test(text)
      const pair = isPair ? {pair: {of: own, from: [name], to: to ? [to] : []}} : {}
      refer.push({kind: 'refer', table: target, by: `references(:${target})`, at, ...pair})
    }
    if (add) {
      columns.push({name, at, sql})
      if (/\bprimary_key:\s{0,20}true/.test(text)) primary.push(name)
      if (!optional) added.push({name, at, sql})
      else isWhole = false
    } else if (/^timestamps\b/.test(text)) {
      // With names of its own, or without one of them.
      if (/\b(?:inserted_at|updated_at)(?:_source)?:/.test(text)) isWhole = false
      else for (const stamp of ['inserted_at', 'updated_at']) columns.push({name: stamp, at})
    } else if (verb === 'modify') modified.push({name: changed, at})
    else if (verb === 'remove') removed.push({name: changed, at})
    else isWhole = false
  }
  return {columns, added, modified, removed, refers: refer, isWhole, primary}
}
