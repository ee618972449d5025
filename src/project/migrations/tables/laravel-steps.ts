/** The steps of migrations of Laravel (laravel.com/docs, "Database: Migrations"). */
import type {FileLocation} from '../../../check.ts'
import {blank} from '../../code/code.ts'
import {withoutPhpComments} from '../../code/comments.ts'
import type {TextFile} from '../../files/text.ts'
import type {MigrationSteps, Named, TableStep} from './table-step.ts'

const quoted = String.raw`["'](\w{1,100})["']`
const opens = new RegExp(
  String.raw`^Schema::(create|table)\(\s{0,50}${quoted}\s{0,50},\s{0,50}(?:static\s{1,9})?function\s{0,9}\(\s{0,9}(?:Blueprint\s{1,9})?\$(\w{1,60})\s{0,9}\)\s{0,9}(?::\s{0,9}void\s{0,9})?\{`,
)
const drops = new RegExp(String.raw`^Schema::drop(IfExists)?\(\s{0,50}${quoted}\s{0,50}\)$`)
const renames = new RegExp(String.raw`^Schema::rename\(\s{0,50}${quoted}\s{0,50},\s{0,50}${quoted}\s{0,50}\)$`)
const harmless = /^(?:Schema::(?:disable|enable)ForeignKeyConstraints\(|DB::table\(|\$this->command|Artisan::call\()/
const column = /^\$(\w{1,60})->(\w{1,60})\(\s{0,50}([^()]{0,500}?)\s{0,50}\)([\s\S]{0,2000})$/

/**
 * What `up` does. From 11 on the commands of Schema::table run as they are written; before, the columns that it adds were
 * added first (Blueprint::addImpliedCommands). Of a `version` that is not known only what both do is told.
 */
export function laravelSteps(file: TextFile, version?: number): MigrationSteps | undefined {
  if (!/\bextends\s{1,20}Migration\b/.test(file.text)) return undefined
  const text = withoutPhpComments(file.text)
  const bare = text.replace(/"(?:[^"\\\n]|\\.){0,2000}"|'(?:[^'\\\n]|\\.){0,2000}'/g, (each) => blank(each))
  const unknown: TableStep = {kind: 'unknown', text, by: '', at: file.whole, mayMake: ['']}
  const head = /\bfunction\s{1,20}up\s{0,9}\(\s{0,9}\)\s{0,9}(?::\s{0,9}void\s{0,9})?\{/.exec(bare)
  // Other connections have other tables.
  if (!head || /\$connection\b|\bSchema::connection\b/.test(bare)) return {path: file.path, steps: [unknown]}
  const start = head.index + head[0].length
  const steps = statementsOf(text, bare, start, closingBrace(bare, start)).flatMap((span) =>
    stepsOf(file, {text, bare, version}, span),
  )
  return {path: file.path, steps}
}

interface Span {
  start: number
  end: number
}

/** The offset of the brace that closes the one before this offset. */
function closingBrace(bare: string, from: number): number {
  let depth = 1
  for (let at = from; at < bare.length; at++) {
    if (bare[at] === '{') depth++
    else if (bare[at] === '}' && --depth === 0) return at
  }
  return bare.length
}

/** The statements of a body: each ends with its `;`, or with the block that it opens. */
function statementsOf(text: string, bare: string, from: number, end: number): Span[] {
  const found: Span[] = []
  let depth = 0
  let start = from
  for (let at = from; at < end; at++) {
    const character = bare[at] as string
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    if (depth > 0 || (character !== ';' && character !== '}')) continue
    const skipped = /^\s*/.exec(text.slice(start, at))?.[0].length ?? 0
    if (start + skipped < at) found.push({start: start + skipped, end: character === '}' ? at + 1 : at})
    start = at + 1
  }
  return found
}

interface Code {
  text: string
  bare: string
  version: number | undefined
}

function stepsOf(file: TextFile, {text, bare, version}: Code, {start, end}: Span): TableStep[] {
  const statement = text.slice(start, end)
  const at = file.span(start, start + (statement.split('\n', 1)[0] as string).trimEnd().length)
  const unknown: TableStep = {
    kind: 'unknown',
    text: statement,
    by: '',
    at,
    mayMake: makesAny.test(statement) ? [''] : [],
  }
  const [head, verb, table = '', variable = ''] = opens.exec(statement) ?? []
  if (head) {
    const inner = start + head.length
    return ofTable(
      file,
      {text, bare, version, start: inner, end: closingBrace(bare, inner)},
      {table, variable, at, isMake: verb === 'create'},
    )
  }
  const [dropped, ifExists, gone = ''] = drops.exec(statement) ?? []
  if (dropped)
    return [{kind: 'drop', table: gone, isOptional: ifExists !== undefined, by: `Schema::drop('${gone}')`, at}]
  const [renamed, from = '', to = ''] = renames.exec(statement) ?? []
  if (renamed) return [{kind: 'rename', table: from, to, by: `Schema::rename('${from}')`, at}]
  return harmless.test(statement) ? [] : [unknown]
}

const makesAny =
  /Schema::create\(\s{0,50}(?!["'])|["']\s{0,9}\.|\$\w{1,60}\s{0,9}\.|\bunprepared\(|\bfile_get_contents\(/

function ofTable(
  file: TextFile,
  {text, bare, version, start, end}: Span & Code,
  {table, variable, at, isMake}: {table: string; variable: string; at: FileLocation; isMake: boolean},
): TableStep[] {
  const made: Named[] = []
  /** What follows the columns that are made; from 11 on, with the columns in their place. */
  const after: TableStep[] = []
  const isWritten = !isMake && version !== undefined && version >= 11
  const brings = (columns: Named[]): unknown =>
    isWritten ? after.push({kind: 'add', table, columns, by, at}) : made.push(...columns)
  let isWhole = true
  const by = isMake ? `Schema::create('${table}')` : `Schema::table('${table}')`
  for (const span of statementsOf(text, bare, start, end)) {
    const statement = text.slice(span.start, span.end)
    const place = file.span(span.start, span.start + (statement.split('\n', 1)[0] as string).trimEnd().length)
    const [, owner, verb = '', given = '', rest = ''] = column.exec(statement) ?? []
    const names = (given.match(/["'](\w{1,100})["']/g) ?? []).map((each) => each.slice(1, -1))
    const named = (list: readonly string[]): Named[] => list.map((name) => ({name, at: place}))
    const first = names.slice(0, 1)
    if (owner !== variable) isWhole = false
    else if (verb === 'foreign') {
      const [, target] = /->on\(\s{0,9}["'](\w{1,100})["']/.exec(rest) ?? []
      if (first[0] && !given.includes('[')) after.push({kind: 'use', table, columns: named(first), by, at: place})
      if (target) after.push({kind: 'refer', table: target, by: `the foreign key ${first[0] ?? ''}`.trim(), at: place})
    } else if (/->change\(\)/.test(rest)) after.push({kind: 'use', table, columns: named(first), by, at: place})
    else if (verb === 'dropColumn') after.push({kind: 'remove', table, columns: named(names), by, at: place})
    else if (verb === 'renameColumn' && names.length === 2)
      after.push({
        kind: 'rename column',
        table,
        from: {name: names[0] as string, at: place},
        to: names[1] as string,
        by,
        at: place,
      })
    else if (/^(?:index|unique|fullText)$/.test(verb)) {
      const columns = given.startsWith('[')
        ? (given.slice(0, given.indexOf(']')).match(/["'](\w{1,100})["']/g) ?? []).map((each) => each.slice(1, -1))
        : first
      after.push({kind: 'use', table, columns: named(columns), by, at: place})
    } else if (
      /^(?:primary|comment|engine|charset|collation|temporary|drop(?:Index|Unique|Foreign|Primary))$/.test(verb)
    )
      continue
    else if (fixed[verb]) brings(named(first.length > 0 ? first : (fixed[verb] as readonly string[])))
    else if (/^(?:nullable|uuid|ulid)?[mM]orphs$/.test(verb) && first[0])
      brings(named([`${first[0]}_id`, `${first[0]}_type`]))
    else if (isType.test(verb) && first[0]) {
      brings(named(first))
      const [, target] = /->constrained\(\s{0,9}(?:table:\s{0,9})?["'](\w{1,100})["']/.exec(rest) ?? []
      const implied =
        /->constrained\(\s{0,9}(?:\)|[a-z]\w{0,60}:)/.test(rest) && !/table:/.test(rest)
          ? /^(\w{1,100})_id$/.exec(first[0])?.[1]
          : undefined
      const refers = target ?? (implied && plural(implied))
      if (refers) after.push({kind: 'refer', table: refers, by: `the foreign key ${first[0]}`, at: place})
    } else isWhole = false
  }
  if (isMake) return [{kind: 'make', table, columns: made, isWhole, isOptional: false, by, at}, ...after]
  const added: TableStep = {kind: 'add', table, columns: made, by, at}
  const rest: TableStep = {kind: 'unknown', text: `${table} ${text.slice(start, end)}`, by, at, mayMake: []}
  if (isWritten) return [...after, ...(isWhole ? [] : [rest])]
  const isNew = ({name}: Named) => made.some((each) => each.name === name)
  const differs = after.some((step) =>
    step.kind === 'rename column'
      ? isNew(step.from) || isNew({name: step.to, at})
      : 'columns' in step && step.columns.some(isNew),
  )
  if (version === undefined && differs) return [rest]
  return [added, ...after, ...(isWhole ? [] : [rest])]
}

/** Columns that have a name of their own where none is given. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  id: ['id'],
  timestamps: ['created_at', 'updated_at'],
  timestampsTz: ['created_at', 'updated_at'],
  nullableTimestamps: ['created_at', 'updated_at'],
  softDeletes: ['deleted_at'],
  softDeletesTz: ['deleted_at'],
  rememberToken: ['remember_token'],
}

const isType =
  /^(?:bigIncrements|bigInteger|binary|boolean|char|dateTime(?:Tz)?|date|decimal|double|enum|float|foreignId|foreignUlid|foreignUuid|geography|geometry|increments|integer|ipAddress|json|jsonb|longText|macAddress|mediumIncrements|mediumInteger|mediumText|set|smallIncrements|smallInteger|string|text|time(?:Tz)?|timestamp(?:Tz)?|tinyIncrements|tinyInteger|tinyText|unsignedBigInteger|unsignedInteger|unsignedMediumInteger|unsignedSmallInteger|unsignedTinyInteger|ulid|uuid|vector|year)$/

/** A plural that is plain; of others nothing is told. */
const plural = (word: string): string | undefined =>
  /(?:man|person|child|foot|tooth|mouse|us|is|um|on|fe?|[sxzoy]|ch|sh|ware|info|data|media|news|staff)$/.test(word)
    ? undefined
    : `${word}s`
