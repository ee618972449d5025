import {inBrackets, type Sql, splitSql} from './sql.ts'
import type {Step} from './steps.ts'
import {textOf, type Value} from './value.ts'

/** Something that Postgres builds of an expression once, and keeps. */
export interface KeptExpression {
  /** `index on orders`, `generated column`. */
  what: string
  /** What in it gives another result another time, or with other settings: `now()`. */
  call: string
  cure: string
  /** IF NOT EXISTS: it may be there already. */
  mayExist: boolean
}

const clock = 'Leave the time out of it, and compare with it in the query.'
const own = 'Join texts with ||, or wrap it in an IMMUTABLE function of your own.'

/** Functions that are STABLE or VOLATILE with any arguments (pg_proc of Postgres 15). */
const changing: readonly {pattern: RegExp; cure: string}[] = [
  {pattern: /(?<![\w.])(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(/i, cure: clock},
  {pattern: /(?<![\w."])(?:current_(?:timestamp|date|time)|localtimestamp|localtime)\b/i, cure: clock},
  {pattern: /(?<![\w.])(?:array_to_string|array_to_json|concat|concat_ws|format)\s*\(/i, cure: own},
  {pattern: /(?<![\w.])(?:to_char|to_date|to_number)\s*\(/i, cure: own},
  {pattern: /(?<![\w.])(?:to_jsonb?|row_to_json|jsonb?_build_(?:object|array))\s*\(/i, cure: own},
  {pattern: /(?<![\w.])(?:random|gen_random_uuid|nextval|current_setting)\s*\(/i, cure: own},
]

/** The configuration of the text search is a setting, where the call does not name it. */
const search = /(?<![\w.])(?:to_tsvector|(?:plain|phrase|websearch_)?to_tsquery)\s*\(/gi

/** Indexes and generated columns of what is not IMMUTABLE, which Postgres refuses. */
export function keptExpressions(step: Step, sql: Sql | undefined): KeptExpression[] {
  if (sql) return sql.statements.flatMap(ofStatement)
  const {call, table} = step
  if (call.method !== 'create_index' || table === undefined) return []
  const texts = [...call.args.slice(1), call.keywords.get('postgresql_where')].flatMap(textsIn)
  const mayExist = call.keywords.has('if_not_exists')
  return found(`index on ${table}`, texts.map((each) => splitSql(each).join(' ')).join(' , '), mayExist)
}

function ofStatement(statement: string): KeptExpression[] {
  const mayExist = /\bif\s+not\s+exists\b/i.test(statement)
  const [head, table] =
    /^create\s+(?:unique\s+)?index\s[\s\S]*?\bon\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?/i.exec(statement) ?? []
  if (head && table) return found(`index on ${table}`, statement.slice(head.length), mayExist)
  if (!/^(?:create|alter)\s+table\b/i.test(statement)) return []
  return [...statement.matchAll(/\bgenerated\s+always\s+as\s*\(/gi)].flatMap(({0: opening, index}) =>
    found('generated column', inBrackets(statement, index + opening.length - 1), mayExist),
  )
}

function found(what: string, expression: string, mayExist: boolean): KeptExpression[] {
  for (const {pattern, cure} of changing) {
    const [text] = pattern.exec(expression) ?? []
    if (text) return [{what, call: text.endsWith('(') ? `${text.slice(0, -1).trim()}()` : text, cure, mayExist}]
  }
  for (const {0: opening, index} of expression.matchAll(search)) {
    if (hasComma(inBrackets(expression, index + opening.length - 1))) continue
    const name = opening.slice(0, -1).trim()
    const call = `${name}() without its configuration`
    return [{what, call, cure: `Name it: ${name}('english', …)`, mayExist}]
  }
  return []
}

/** Whether a call has more than one argument. */
function hasComma(brackets: string): boolean {
  let depth = 0
  for (const each of brackets) {
    if (each === '(' || each === '[') depth++
    else if (each === ')' || each === ']') depth--
    else if (each === ',' && depth === 1) return true
  }
  return false
}

function textsIn(value: Value | undefined): string[] {
  if (value?.kind === 'list') return value.items.flatMap(textsIn)
  const text = textOf(value?.kind === 'call' && value.method === 'text' ? value.args[0] : value)
  return text === undefined ? [] : [text]
}
