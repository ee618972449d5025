/** The steps of migrations that are files of SQL for Postgres. */
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import {inBrackets, maskSql} from '../sql.ts'
import {readsOf} from './held-columns.ts'
import {itemsIn, keyOf, name, word} from './sql-names.ts'
import {readsIn} from './sql-reads.ts'
import type {KeyPair, MigrationSteps, Named, TableStep} from './table-step.ts'

/** What of a file runs forwards. */
export interface SqlPart {
  file: TextFile
  from: number
  to: number
}

/**
 * What the files do, in their order; undefined where they say which schema is meant, or run what is not followed at all.
 * Of tables in schemas that none of them has filled before nothing is told.
 */
export function sqlTableSteps(parts: readonly SqlPart[]): MigrationSteps[] | undefined {
  const made = new Set<string>()
  /** Functions that change tables when they are called. */
  const changing = new Set<string>()
  const found: {path: string; steps: TableStep[]}[] = []
  for (const {file, from, to} of parts) {
    const steps: TableStep[] = []
    for (const statement of statementsOf(file, from, to)) {
      if (isUnclear(statement)) return undefined
      const own = stepsOf(statement, made, changing)
      for (const step of own) if (step.kind === 'make') made.add(step.table)
      steps.push(...own)
    }
    found.push({path: file.path, steps})
  }
  const all = [...made].join(' ')
  const schemas = new Set<string>()
  const isOurs = (step: TableStep): boolean => {
    const schema = 'table' in step && step.table !== undefined ? schemaOf(step.table) : undefined
    if (step.kind === 'make' && schema !== undefined) schemas.add(schema)
    return schema === undefined || schemas.has(schema)
  }
  // Text that is put together may be about any table.
  const spread = (step: TableStep): TableStep =>
    step.kind === 'unknown' && step.mayMake.length > 0 ? {...step, text: `${step.text} ${all}`} : step
  return found.map(({path, steps}) => ({path, steps: steps.filter(isOurs).map(spread)}))
}

/** Those of SQL that stands in another file; undefined where it is not followed. */
export function sqlStepsIn(file: TextFile, from: number, to: number): TableStep[] | undefined {
  const statements = statementsOf(file, from, to)
  return statements.some(isUnclear)
    ? undefined
    : statements.flatMap((each) => stepsOf(each, new Set(), new Set())).filter((each) => !isOfSchema(each))
}

const isOfSchema = (step: TableStep): boolean =>
  'table' in step && step.table !== undefined && schemaOf(step.table) !== undefined

const schemaOf = (table: string): string | undefined => /^(.+)\./.exec(table)?.[1]

interface Statement {
  file: TextFile
  start: number
  /** With quotes for what is in quotes, and blanks for comments. */
  text: string
  /** As it is written. */
  whole: string
}

function statementsOf(file: TextFile, from: number, to: number): Statement[] {
  const found: Statement[] = []
  let start = from
  for (const part of maskSql(file.text.slice(from, to)).split(';')) {
    const begin = start + (part.length - part.trimStart().length)
    const text = part.trim()
    if (text !== '') found.push({file, start: begin, text, whole: file.text.slice(begin, begin + text.length)})
    start += part.length + 1
  }
  return found
}

/** Another schema may be meant, a client of its own reads it, or it is for SQLite. */
function isUnclear({text, whole}: Statement): boolean {
  if (/^pragma\b/i.test(text)) return true
  if (/^(?:set|select)\b/i.test(text) && /\bsearch_path\b/i.test(whole))
    return !/\bsearch_path\s*(?:=|to)\s*["']?public["']?\s*$/i.test(whole)
  return /^(?:drop\s+(?:schema|owned)|alter\s+schema|import\s+foreign|copy)\b|^[ \t]{0,50}\\/im.test(text)
}

const ownName = new RegExp(`^(?:${word})`)
const firstName = new RegExp(`^${name}`)
const plainName = new RegExp(`^(?:${word})$`)

const pattern = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll('NAME', name).replaceAll('WORD', word).replaceAll(' ', String.raw`\s+`)}`, 'i')

const makes = pattern(
  String.raw`create (?:foreign |unlogged )?table (if not exists )?NAME\s*(\(|as\b|partition of NAME|of\b)`,
)
const views = pattern(
  'create (?:or replace )?(?:temp(?:orary)? )?(?:recursive )?(?:materialized )?view (?:if not exists )?NAME',
)
const drops = pattern('drop (?:foreign )?(?:table|(?:materialized )?view) (if exists )?')
const alters = pattern('alter (?:foreign )?table (if exists )?(?:only )?NAME\\s*')
const indexes = pattern(
  String.raw`create (?:unique )?index (?:concurrently )?(?:if not exists )?(?:WORD )??on (?:only )?NAME\s*(?:using \w+\s*)?\(`,
)
const inserts = pattern(String.raw`insert into NAME(?: as WORD)?\s*\(`)
const updates = pattern(String.raw`update (?:only )?NAME(?: (?:as )?(?!set\b)WORD)? set `)
const deletes = pattern('delete from (?:only )?NAME')
const belongs = pattern(
  String.raw`create (?:or replace )?(?:constraint )?(?:trigger|policy) WORD [^']{0,300}?\bon NAME`,
)
const bodies = pattern(String.raw`(?:do\b|create (?:or replace )?(?:function|procedure) NAME)`)
const changes = /\b(?:create|alter|drop)\s+(?:\w+\s+){0,3}(?:table|view)\b|\bexecute\s+(?!function\b|procedure\b)/i
const constraint =
  /^(?:constraint|primary\s+key|unique|foreign\s+key|check|exclude\s+using|exclude\s*\(|like)(?![\w"])/i
const refers = new RegExp(String.raw`\breferences\s+${name}`, 'i')
/** Words of DROP and ALTER that name nothing. */
const ofDrops =
  /^(?:drop|alter|cascade|restrict|if|exists|only|table|column|constraint|view|materialized|function|procedure|routine|aggregate|type|domain|index|sequence|trigger|policy|extension|schema|on|public|not|null|default|set|add)$/
/** One statement that may find its work done. */
const guarded =
  /^(do\s+\$(?:\w*)\$\s*begin\s)([^;$]{1,3000});\s*exception\s+when\s+duplicate_object\s+then\s+null\s*;\s*end;?\s*\$\w*\$$/i
const policies = pattern('create policy (WORD) on NAME')
const makesType = pattern(String.raw`create type NAME as enum\b`)
const renamesType = pattern('alter type NAME rename to (WORD)')
const addsValue = pattern('alter type NAME add value ')
const dropsTypes = pattern('drop type (if exists )?')
/** Or gives it another condition, which is not followed. */
const dropsPolicy = pattern('(?:drop|alter) policy (?:if exists )?(WORD) on NAME')
const keys =
  /^(?:constraint\s+(?:"[^"]+"|\w+)\s+)?(?:primary\s+key|unique(?:\s+nulls\s+(?:not\s+)?distinct)?|foreign\s+key)\s*\(/i
/** About rows, rights, or something beside the tables. */
const harmless =
  /^(?:begin|start|commit|end|rollback|savepoint|release|set|reset|show|grant|revoke|analyze|vacuum|comment|notify|lock|truncate|reindex|refresh|cluster|security|select|with|call|values|create\s+(?:or\s+replace\s+)?(?:type|extension|schema|sequence|domain|role|user|aggregate|operator|collation|cast|publication|subscription|statistics|server|text|event|rule|trigger|policy|(?:unique\s+)?index)|alter\s+(?!table|view|materialized|foreign)\w+|drop\s+(?!table|view|materialized|foreign)\w+)\b/i

function stepsOf(statement: Statement, made: ReadonlySet<string>, changing: Set<string>): TableStep[] {
  const {file, start, text, whole} = statement
  const at = file.span(start, start + (text.split('\n', 1)[0] as string).trimEnd().length)
  const place = (from: number, length: number): FileLocation => file.span(start + from, start + from + length)
  const unknown = (mayMake: string[] = []): TableStep => ({kind: 'unknown', text: whole, by: '', at, mayMake})
  const reads = (by: string, from = 0): TableStep[] => readsIn(text, from, by, place)

  const body = bodies.exec(text)
  // drizzle wrote its foreign keys and types like this.
  const [wrapped, opening = '', inner = ''] = guarded.exec(whole) ?? []
  if (wrapped !== undefined) {
    const from = start + opening.length
    return statementsOf(file, from, from + inner.length).flatMap((each) => stepsOf(each, made, changing))
  }
  if (body) {
    if (!changes.test(whole)) return []
    if (body[1] === undefined) {
      if (/\bexecute\s+(?!')/i.test(whole)) return [unknown([''])]
      const isInPart = !/\b(?:drop\s+table|rename|set\s+schema)\b/i.test(whole)
      return [{kind: 'unknown', text: whole, by: '', at, mayMake: [], isInPart}]
    }
    changing.add(keyOf(body[1]))
    return []
  }
  if (/^(?:select|call|with|insert)\b/i.test(text) && [...changing].some((each) => whole.toLowerCase().includes(each)))
    return [unknown([''])]

  const [head, optional, table, kind = ''] = makes.exec(text) ?? []
  if (head !== undefined && table !== undefined) {
    const key = keyOf(table)
    // Where it is there, nothing of the statement is looked at.
    if (optional !== undefined && made.has(key)) return []
    const by = `CREATE TABLE ${key}`
    const common = {kind: 'make' as const, table: key, isOptional: optional !== undefined, by, at}
    if (kind !== '(') return [...reads(by, head.length), {...common, columns: [], isWhole: false}]
    const entries = itemsIn(text, head.length - 1)
    const columns = entries.flatMap((each): Named[] => {
      const [own] = constraint.test(each.text) ? [] : (ownName.exec(each.text) ?? [])
      if (own === undefined) return []
      const definition = {text: each.text, whole: whole.slice(each.from, each.from + each.text.length)}
      return [{name: keyOf(own), at: place(each.from, own.length), ...definedBy(definition, own.length)}]
    })
    const isWhole = !entries.some((each) => /^like\b/i.test(each.text)) && !/\binherits\s*\(/i.test(text)
    const keys = entries.flatMap((each) => keyIn(each.text) ?? [])
    const [primary] = entries.flatMap((each) => (/\bprimary\s+key\b/i.test(each.text) ? (keyIn(each.text) ?? []) : []))
    return [
      {...common, columns, isWhole, keys, ...(primary && {primary})},
      ...entries.flatMap((each) => referred(each, key, by)),
    ]
  }

  const [viewing, view] = views.exec(text) ?? []
  if (viewing !== undefined && view !== undefined) {
    const key = keyOf(view)
    const by = `the view ${key}`
    // CASCADE may have taken an earlier one along.
    const step = {kind: 'make' as const, table: key, columns: [], isWhole: false, isOptional: true, by, at}
    const held = /^create\s+(?:or\s+replace\s+)?temp/i.test(text) ? [] : readsOf(text.slice(viewing.length))
    return [
      ...reads(by, viewing.length),
      step,
      {kind: 'hold', what: `the view ${key}`, name: key, reads: held, text, by, at},
    ]
  }

  const [dropping, ifThere] = drops.exec(text) ?? []
  if (dropping !== undefined) {
    // A view may have gone with its table.
    const isView = /^drop\s+(?:materialized\s+)?view\b/i.test(text)
    const isOptional = ifThere !== undefined || isView
    const along = itemsIn(`(${text.slice(dropping.length)})`, 0).flatMap((each) => {
      const [, gone] = firstName.exec(each.text) ?? []
      return gone === undefined ? [] : [keyOf(gone)]
    })
    const by = isView ? 'DROP VIEW' : 'DROP TABLE'
    return [
      ...released(),
      ...along.flatMap((key): TableStep[] => [
        {kind: 'release', name: key, by, at},
        {kind: 'drop', table: key, isOptional, along, by: `${by} ${key}`, at},
      ]),
    ]
  }

  const [, type] = makesType.exec(text) ?? []
  if (type !== undefined) return [{kind: 'make type', name: keyOf(type), by: `CREATE TYPE ${keyOf(type)}`, at}]
  const [, was, to] = renamesType.exec(text) ?? []
  if (was !== undefined && to !== undefined)
    return [{kind: 'rename type', name: keyOf(was), to: keyOf(to), by: `ALTER TYPE ${keyOf(was)}`, at}]
  const [, longer] = addsValue.exec(text) ?? []
  if (longer !== undefined) {
    const [, value] = /\badd\s+value\s+(?:if\s+not\s+exists\s+)?'((?:[^']|'')*)'/i.exec(whole) ?? []
    return value === undefined
      ? []
      : [{kind: 'add value', name: keyOf(longer), value, by: `ALTER TYPE ${keyOf(longer)}`, at}]
  }
  const [ending] = dropsTypes.exec(text) ?? []
  if (ending !== undefined)
    return [
      ...released(),
      ...itemsIn(`(${text.slice(ending.length)})`, 0).flatMap((each): TableStep[] => {
        const [, gone] = firstName.exec(each.text) ?? []
        return gone === undefined ? [] : [{kind: 'drop type', name: keyOf(gone), by: `DROP TYPE ${keyOf(gone)}`, at}]
      }),
    ]
  const [, policy, guarding] = dropsPolicy.exec(text) ?? []
  if (policy !== undefined && guarding !== undefined)
    return [{kind: 'release', name: `${keyOf(policy)} on ${keyOf(guarding)}`, by: 'DROP POLICY', at}]

  const [altering, ifAny, altered] = alters.exec(text) ?? []
  if (altering !== undefined && altered !== undefined) {
    const key = keyOf(altered)
    const of = {table: key, by: `ALTER TABLE ${key}`, at, ...(ifAny !== undefined && {isOptional: true})}
    const actions = itemsIn(`(${text.slice(altering.length)})`, 0)
    const steps = actions.flatMap(({text: action, from}): TableStep[] => {
      const begin = altering.length + from - 1
      const written = whole.slice(begin, begin + action.length)
      return (
        actionSteps({text: action, whole: written}, of, (offset, length) => place(begin + offset, length)) ?? [
          unknown(),
        ]
      )
    })
    return [...released(), ...inPasses(steps)]
  }

  const [indexing, indexed] = indexes.exec(text) ?? []
  if (indexing !== undefined && indexed !== undefined) {
    const columns = itemsIn(text, indexing.length - 1).flatMap((each): Named[] => {
      const [, own] = new RegExp(`^(${word})(?=\\s|$)(?!\\s*[(.:+|-])`).exec(each.text) ?? []
      return own === undefined ? [] : [{name: keyOf(own), at: place(each.from, own.length)}]
    })
    const key = keyOf(indexed)
    const items = itemsIn(text, indexing.length - 1)
    const isPlain = columns.length === items.length && !/\bwhere\b/i.test(text)
    const steps: TableStep[] = [{kind: 'use', table: key, columns, by: `the index on ${key}`, at}]
    // One on expressions, or on some of the rows, is no key.
    if (/^create\s+unique\b/i.test(text) && isPlain)
      steps.push({kind: 'key', table: key, key: columns.map((each) => each.name), by: `the index on ${key}`, at})
    return steps
  }

  const [inserting, filled] = inserts.exec(text) ?? []
  if (inserting !== undefined && filled !== undefined) {
    const key = keyOf(filled)
    const items = itemsIn(text, inserting.length - 1)
    const columns = items.every((each) => plainName.test(each.text))
      ? items.map((each) => ({name: keyOf(each.text), at: place(each.from, each.text.length)}))
      : []
    const by = `INSERT INTO ${key}`
    const texts = rowsIn(text, whole, inserting.length - 1).flatMap((row) =>
      row.flatMap((each, index) => (columns[index] ? [{column: columns[index].name, text: each}] : [])),
    )
    return [
      {kind: 'use', table: key, columns, by, at},
      {kind: 'fill', table: key, texts, by, at},
      ...reads(by, inserting.length),
    ]
  }
  const [updating, updated] = updates.exec(text) ?? []
  if (updating !== undefined && updated !== undefined) {
    const key = keyOf(updated)
    const by = `UPDATE ${key}`
    const columns = itemsIn(`(${text.slice(updating.length)})`, 0).flatMap((each): Named[] => {
      const [, own] = new RegExp(`^(${word})\\s*=`).exec(each.text) ?? []
      return own === undefined ? [] : [{name: keyOf(own), at: place(updating.length + each.from - 1, own.length)}]
    })
    const held = [...text.matchAll(new RegExp(`(?<![\\w".])(${word})\\s*=\\s*(?=')`, 'g'))].map((match) => ({
      column: keyOf(match[1] as string),
      text: /^'(?:[^']|'')*'/.exec(whole.slice(match.index + match[0].length))?.[0] ?? '',
    }))
    // Behind the first condition a comma stands between other things.
    const condition = text.search(/\b(?:where|from)\b/i)
    const isPlain = condition < 0 || !text.includes(',', condition)
    return [
      {kind: 'use', table: key, columns: isPlain ? columns : columns.slice(0, 1), by, at},
      {kind: 'fill', table: key, texts: held, by, at},
      ...reads(by, updating.length),
    ]
  }
  const [, emptied] = deletes.exec(text) ?? []
  if (emptied !== undefined) return [{kind: 'refer', table: keyOf(emptied), by: `DELETE FROM ${keyOf(emptied)}`, at}]
  const [, owner] = belongs.exec(text) ?? []
  if (owner !== undefined) {
    const [made, policy = ''] = policies.exec(text) ?? []
    const step: TableStep = {
      kind: 'refer',
      table: keyOf(owner),
      by: made === undefined ? 'the trigger' : 'the policy',
      at,
    }
    if (made === undefined) return [step]
    const key = `${keyOf(policy)} on ${keyOf(owner)}`
    const condition = text.search(/\b(?:using|with\s+check)\s*\(/i)
    const held = condition < 0 ? [] : readsOf(text.slice(condition), keyOf(owner))
    return [
      step,
      {kind: 'hold', what: `the policy ${keyOf(policy)}`, name: key, reads: held, text, by: 'the policy', at},
    ]
  }
  return harmless.test(text) ? released() : [unknown()]

  /** CASCADE takes along whatever needs it. */
  function released(): TableStep[] {
    if (!/\bcascade\b/i.test(text) || !/\bdrop\b/i.test(text)) return []
    const words = (text.toLowerCase().match(/\w+/g) ?? []).filter((each) => !ofDrops.test(each))
    return [{kind: 'cascade', words, by: '', at}]
  }

  function referred(entry: {text: string; from: number}, own: string, by: string): TableStep[] {
    const match = refers.exec(entry.text)
    const target = match?.[1]
    const key = target === undefined ? undefined : keyOf(target)
    // A table may point to itself.
    if (!match || key === undefined || key === own) return []
    const spot = place(entry.from + match.index, match[0].length)
    const pair = pairIn(entry.text, match, own)
    return [
      {
        kind: 'refer',
        table: key,
        by: `a foreign key of ${by.replace(/^CREATE TABLE /, '')}`,
        at: spot,
        ...(pair && {pair}),
      },
    ]
  }
}

/** The texts in quotes, and blanks for other values, of the rows behind the columns whose brackets open at this offset. */
function rowsIn(text: string, whole: string, opening: number): string[][] {
  const from = opening + inBrackets(text, opening).length
  const [values] = /^\s*values\s*/i.exec(text.slice(from)) ?? []
  if (values === undefined) return []
  return itemsIn(`(${text.slice(from + values.length)})`, 0).flatMap((row) => {
    if (!row.text.startsWith('(')) return []
    const start = from + values.length + row.from - 1
    return [
      itemsIn(row.text, 0).map((each) => {
        const value = whole.slice(start + each.from, start + each.from + each.text.length)
        return value.startsWith("'") ? value : ''
      }),
    ]
  })
}

/** The names in the brackets that open at this offset. */
const namesIn = (text: string, opening: number): string[] => itemsIn(text, opening).map((each) => keyOf(each.text))

/** What a foreign key of a table binds, from the definition of a column or a constraint. */
function pairIn(text: string, match: RegExpExecArray, of: string): KeyPair | undefined {
  const behind = /^\s*\(/.exec(text.slice(match.index + match[0].length))
  const to = behind ? namesIn(text, match.index + match[0].length + behind[0].length - 1) : []
  const bound = /\bforeign\s+key\s*\(/i.exec(text)
  if (bound) return {of, from: namesIn(text, bound.index + bound[0].length - 1), to}
  const [, column] =
    new RegExp(`^(?:add\\s+(?:column\\s+)?(?:if\\s+not\\s+exists\\s+)?)?(${word})`, 'i').exec(text) ?? []
  return column === undefined ? undefined : {of, from: [keyOf(column)], to}
}

/** The columns of the key that an entry of a table makes: a constraint, or a column of its own. */
function keyIn(text: string): string[][] | undefined {
  const [head] = keys.exec(text) ?? []
  if (head !== undefined) return /foreign\s+key\s*\($/i.test(head) ? undefined : [namesIn(text, head.length - 1)]
  const [own] = constraint.test(text) ? [] : (ownName.exec(text) ?? [])
  return own !== undefined && /\b(?:primary\s+key|unique)\b/i.test(text) ? [[keyOf(own)]] : undefined
}

const ends =
  /\s{1,50}(?:constraint|not\s{1,50}null|null|default|primary\s{1,50}key|unique|references|check|collate|generated|deferrable|initially)\b/i

/** What the definition of a column says of its type and its default, from this offset on. */
function definedBy({text, whole}: {text: string; whole: string}, from: number): Pick<Named, 'sql' | 'fallback'> {
  const rest = text.slice(from)
  const end = rest.search(ends)
  const sql = (end < 0 ? rest : rest.slice(0, end)).trim()
  if (/\bgenerated\b/i.test(rest) || /^(?:small|big)?serial\d?\b/i.test(sql)) return {sql}
  const begin = /\bdefault\s+/i.exec(rest)
  if (!begin) return {sql, fallback: null}
  const start = from + begin.index + begin[0].length
  const length = text.slice(start).search(ends)
  return {sql, fallback: (length < 0 ? whole.slice(start) : whole.slice(start, start + length)).trim()}
}

/**
 * Postgres drops columns and defaults first, then gives columns their types, and sets defaults last, however they are
 * written.
 */
function inPasses(steps: readonly TableStep[]): TableStep[] {
  const pass = (step: TableStep): number => {
    if (step.kind === 'remove') return 0
    return step.kind === 'default' ? (step.column.fallback === null ? 0 : 2) : 1
  }
  return steps.toSorted((one, other) => pass(one) - pass(other))
}

const one = (text: string): RegExp => pattern(text.replaceAll('ONE', `(${word})`))
const adds = one(
  'add (?:column )?(if not exists )?(?!constraint\\b|primary\\b|unique\\b|foreign\\b|check\\b|exclude\\b|generated\\b)ONE ',
)
const removes = one('drop (?:column )?(if exists )?(?!constraint\\b)ONE')
const renamesColumn = one('rename (?:column )?(?!to\\b|constraint\\b)ONE to ONE')
const renames = one('rename to ONE')
const sets = one('alter (?:column )?(?!constraint\\b|index\\b)ONE ')
const quiet =
  /^(?:add\s+(?:constraint|check|exclude|generated)|drop\s+constraint|rename\s+constraint|alter\s+constraint|validate|enable|disable|force|no\s+force|owner|replica|cluster|set\s+(?:\(|logged|unlogged|tablespace|without)|reset|not\s+of|attach|detach|no\s+inherit)/i

/** One action of ALTER TABLE; undefined for what is not followed. */
function actionSteps(
  {text: action, whole}: {text: string; whole: string},
  of: {table: string; by: string; at: FileLocation; isOptional?: boolean},
  place: (from: number, length: number) => FileLocation,
): TableStep[] | undefined {
  const named = (written: string, isOptional: boolean): Named => ({
    name: keyOf(written),
    at: place(action.indexOf(written), written.length),
    ...(isOptional && {isOptional: true}),
  })
  const refer = refers.exec(action)
  const target = refer?.[1] === undefined ? undefined : keyOf(refer[1])
  const points: TableStep[] =
    refer && target !== undefined && target !== of.table
      ? [
          {
            kind: 'refer',
            table: target,
            by: `a foreign key of ${of.table}`,
            at: place(refer.index, refer[0].length),
            ...bound(
              pairIn(
                action.replace(/^add\s+constraint\s+(?:"[^"]+"|\w+)/i, (head) => ' '.repeat(head.length)),
                refer,
                of.table,
              ),
            ),
          },
        ]
      : []
  const constrains = /^add\s+/i.exec(action)?.[0].length ?? 0
  const key = constrains > 0 ? keys.exec(action.slice(constrains)) : null
  if (key) {
    const columns = itemsIn(action, constrains + key[0].length - 1).flatMap((each): Named[] =>
      plainName.test(each.text) ? [{name: keyOf(each.text), at: place(each.from, each.text.length)}] : [],
    )
    const made = keyIn(action.slice(constrains))
    return [
      {kind: 'use', columns, ...of},
      ...(made ?? []).map((each): TableStep => ({kind: 'key', key: each, ...of})),
      ...points,
    ]
  }
  // One that takes an index as its own, or goes.
  if (/^add\b[^(]*\busing\s+index\b|^attach\b|^(?:no\s+)?inherit\b/i.test(action))
    return [
      {kind: 'use', columns: [], ...of},
      {kind: 'key', key: undefined, ...of},
    ]
  if (/^drop\s+constraint\b/i.test(action))
    return [
      {kind: 'use', columns: [], ...of},
      {kind: 'unbind', ...of},
    ]
  if (quiet.test(action)) return [{kind: 'use', columns: [], ...of}, ...points]
  const [add, optional, added] = adds.exec(action) ?? []
  if (add !== undefined && added !== undefined)
    return [
      {
        kind: 'add',
        columns: [{...named(added, optional !== undefined), ...definedBy({text: action, whole}, add.trimEnd().length)}],
        ...of,
      },
      ...(/\b(?:primary\s+key|unique)\b/i.test(action) ? [{kind: 'key' as const, key: [keyOf(added)], ...of}] : []),
      ...points,
    ]
  const [from, to] = renamesColumn.exec(action)?.slice(1) ?? []
  if (from !== undefined && to !== undefined)
    return [{kind: 'rename column', from: named(from, false), to: keyOf(to), ...of}]
  const [, newName] = renames.exec(action) ?? []
  if (newName !== undefined) {
    const schema = schemaOf(of.table)
    return [{kind: 'rename', to: schema === undefined ? keyOf(newName) : `${schema}.${keyOf(newName)}`, ...of}]
  }
  const [remove, ifThere, removed] = removes.exec(action) ?? []
  if (remove !== undefined && removed !== undefined)
    return [{kind: 'remove', columns: [named(removed, ifThere !== undefined)], ...of}]
  const [set, changed] = sets.exec(action) ?? []
  if (set === undefined || changed === undefined) return undefined
  const column = named(changed, false)
  const rest = action.slice(set.length)
  const [typing] = /^(?:set\s+data\s+)?type\s+/i.exec(rest) ?? []
  if (typing !== undefined) {
    const sql = rest.slice(typing.length).replace(/\s{1,50}(?:using|collate)\b[\s\S]*$/i, '')
    return [{kind: 'retype', column: {...column, sql}, ...of}]
  }
  if (/^drop\s+default\b/i.test(rest)) return [{kind: 'default', column: {...column, fallback: null}, ...of}]
  const [defaulting] = /^set\s+default\s+/i.exec(rest) ?? []
  if (defaulting === undefined) return [{kind: 'use', columns: [column], ...of}]
  return [{kind: 'default', column: {...column, fallback: whole.slice(set.length + defaulting.length).trim()}, ...of}]
}

const bound = (pair: KeyPair | undefined): {pair?: KeyPair} => (pair ? {pair} : {})
