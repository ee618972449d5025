/** Columns that indexes and constraints of a class name, and that its table has not (sqlalchemy/sql/schema.py, ColumnCollectionMixin). */
import {escapePattern} from '../../escape-pattern.ts'
import {type CallValue, textOf, type Value} from '../../migrations/value.ts'
import type {ClassBody} from '../source/class-bodies.ts'
import type {ModuleFault} from './module-fault.ts'

const arguments_ = '__table_args__'
/** The names of columns stand behind that of the index; of a constraint all of them are columns. */
const collects: Readonly<Record<string, number>> = {Index: 1, UniqueConstraint: 0, PrimaryKeyConstraint: 0}

/** `isPlain`: nothing but its own body gives the class columns. */
export function argumentFaults(owner: ClassBody, table: string, isPlain: boolean): ModuleFault[] {
  const {value, source = ''} = owner.attributes.find(({name}) => name === arguments_) ?? {}
  const columns = isPlain ? columnsOf(owner) : undefined
  const rest = owner.text.replace(source, '')
  return itemsOf(value).flatMap((item) => {
    if (item.kind !== 'call') return []
    const kind = item.name.split('.').at(-1) ?? ''
    const first = Object.hasOwn(collects, kind) ? collects[kind] : undefined
    if (first === undefined) return []
    return item.args.slice(first).flatMap((each) => {
      const name = textOf(each)
      if (name === undefined || !(isOrdered(name, owner) || (columns?.has(name) === false && !isNamed(name, rest))))
        return []
      return {
        message: `${describe(kind, item)} of ${owner.name} names the column ${JSON.stringify(name)}, which the table ${table} has not`,
        error: `ConstraintColumnNotFoundError: Can't create ${kind} on table '${table}': no column named '${name}' is present`,
        cure: isOrdered(name, owner) ? `Write it as SQL: text(${JSON.stringify(name)}).` : 'Name it as the class does.',
        at: each.at,
      }
    })
  })
}

/** Anywhere else in the class: `a, b = …`, `Column("b", key="a")`. Who calls locals() may give it any name. */
const isNamed = (name: string, text: string): boolean =>
  /\b(?:locals|vars|exec)\(/.test(text) || new RegExp(`(?<!\\w)${escapePattern(name)}(?!\\w)`).test(text)

const itemsOf = (value: Value | undefined): Value[] => (value?.kind === 'list' ? value.items : [])

/** `created_at desc`: no table has a column of such a name, unless it says so. */
const isOrdered = (name: string, {text}: ClassBody): boolean =>
  /^\w+ +(?:asc|desc)(?: nulls (?:first|last))?$/i.test(name) &&
  !new RegExp(`(?:Column|name=)\\s{0,9}\\(?["']${name}["']`).test(text)

function describe(kind: string, {args, keywords}: CallValue): string {
  const name = textOf(kind === 'Index' ? args[0] : keywords.get('name'))
  return `${kind === 'Index' ? 'the index' : kind === 'UniqueConstraint' ? 'a unique constraint' : 'the primary key'}${name === undefined ? '' : ` ${name}`}`
}

/** The names of the columns of a class: of its attributes, and those that they have in the database. Undefined where some may be hidden. */
function columnsOf({attributes, statements, text}: ClassBody): ReadonlySet<string> | undefined {
  // Two names at once, a branch or a loop may give it columns, and so does a table that is read from the database.
  const assigned = statements.filter(({name}) => name === 'AssignStatement')
  if (assigned.length !== attributes.length || statements.some(({name}) => branches.test(name))) return undefined
  if (/\bautoload|\bReflection\b/.test(text)) return undefined
  const columns = new Set<string>()
  for (const {name, annotation, value, source} of attributes) {
    columns.add(name)
    // A composite, a function or a type of the project's own may bring others.
    if (/\bcomposite\s{0,9}\(/.test(source) || /\bAnnotated\b/.test(annotation ?? '')) return undefined
    if (!name.startsWith('__') && (value?.kind === 'name' || value?.kind === 'unknown')) return undefined
    if (value?.kind !== 'call') continue
    if (!plainCalls.test(value.method) || value.keywords.has('sa_column_kwargs') || isNamedElsewhere(value))
      return undefined
    for (const each of [value.args[0], value.keywords.get('name'), value.keywords.get('key')]) add(each)
  }
  for (const [, given = ''] of text.matchAll(/\b(?:Column|mapped_column)\(\s{0,200}["']([^"'\n]{1,100})["']/g))
    columns.add(given)
  return columns

  function add(value: Value | undefined): void {
    const given = textOf(value)
    if (given !== undefined) columns.add(given)
  }
}

const branches = /^(?:If|For|While|Try|With|Match)Statement$/

/** Calls that bring the column of the attribute's name, or none. */
const plainCalls =
  /^(?:Column|mapped_column|Field|deferred|relation(?:ship)?|dynamic_loader|backref|column_property|synonym|association_proxy|query_expression)$/

/** `Column(NAME, String)`: a name that a variable has; the first of other columns is their type. */
function isNamedElsewhere({method, args, keywords}: CallValue): boolean {
  const [first, second] = args
  const isName = first?.kind === 'name' || first?.kind === 'unknown'
  const given = [...keywords].some(([name, {kind}]) => /^(?:name|key)$/.test(name) && kind !== 'text')
  return given || (/olumn$/.test(method) && isName && second !== undefined && !isOfType(second))
}

/** What stands behind the type of a column. */
const isOfType = (value: Value): boolean =>
  value.kind === 'call' &&
  /^(?:ForeignKey|Identity|Sequence|Computed|CheckConstraint|FetchedValue|DefaultClause|ColumnDefault)$/.test(
    value.method,
  )
