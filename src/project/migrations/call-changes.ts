import type {FileLocation} from '../../check.ts'
import type {What} from './changes.ts'
import {isVolatile} from './statement-changes.ts'
import type {Step} from './steps.ts'
import {isRewrite, kindOfType} from './types.ts'
import {type CallValue, isConstant, textOf, type Value} from './value.ts'

type Found = What & {table: string; at?: FileLocation}

/** What a function of `op`, or of a batch, does to its table. */
export function callChanges({call, table}: Step): Found[] {
  if (table === undefined) return []
  const {method, keywords, args} = call
  const isOn = (name: string) => isConstant(keywords.get(name), true)
  switch (method) {
    case 'create_table':
      return [{kind: 'make table', table}]
    case 'drop_table':
      return [{kind: 'drop table', table}]
    case 'rename_table':
      return [{kind: 'rename table', table}]
    case 'add_column': {
      const column = args.find((each) => each.kind === 'call' && each.method === 'Column')
      return column?.kind === 'call' ? [{...addedColumn(column), table, at: column.at}] : []
    }
    case 'drop_column':
      return [{kind: 'drop column', table, column: columnOf(call)}]
    case 'alter_column':
      return alteredColumn(call).map((what) => ({...what, table}))
    case 'create_index':
      return [{kind: 'index', table, isConcurrent: isOn('postgresql_concurrently')}]
    case 'create_foreign_key':
      return [{kind: 'foreign key', table, isNotValid: isOn('postgresql_not_valid')}]
    case 'create_check_constraint':
      return [{kind: 'check', table, isNotValid: isOn('postgresql_not_valid')}]
    case 'create_unique_constraint':
    case 'create_primary_key':
    case 'create_exclude_constraint':
      return [{kind: 'unique', table, usesIndex: false}]
    default:
      return []
  }
}

/** The name of the column that a call alters or drops; of a batch it is the first argument, and else the second. */
export const columnName = ({keywords, args}: CallValue): string | undefined =>
  textOf(keywords.get('column_name') ?? args.filter(({kind}) => kind === 'text').at(-1))

const columnOf = (call: CallValue): string => columnName(call) ?? '…'

function addedColumn({args, keywords}: CallValue & Pick<Value, 'at'>): What & {kind: 'add column'} {
  const isOn = (name: string) => isConstant(keywords.get(name), true)
  const has = (name: string) =>
    args.find((each): each is CallValue & {at: FileLocation} => each.kind === 'call' && each.method === name)
  const hasDefault =
    ['server_default', 'primary_key'].some((name) => keywords.has(name)) ||
    ['Computed', 'Identity', 'FetchedValue'].some(has)
  const computed = isConstant(has('Computed')?.keywords.get('persisted'), true) && 'a computed value'
  const numbered = (has('Identity') || isOn('primary_key')) && 'a number of its own'
  return {
    kind: 'add column',
    column: textOf(args[0]) ?? '…',
    isEmpty: isConstant(keywords.get('nullable'), false) && !hasDefault,
    hasDefault,
    filledBy: computed || numbered || volatileDefault(keywords.get('server_default')),
    isIndexed: isOn('index'),
    isUnique: isOn('unique'),
    references: has('ForeignKey') !== undefined,
  }
}

/** `sa.text("gen_random_uuid()")`, `sa.func.random()`. */
function volatileDefault(value: Value | undefined): string | undefined {
  if (value?.kind !== 'call') return undefined
  const sql = value.method === 'text' ? textOf(value.args[0]) : /\bfunc\./.test(value.name) ? `${value.method}()` : ''
  return sql && isVolatile(sql) ? sql : undefined
}

function alteredColumn(call: CallValue): What[] {
  const {keywords} = call
  const column = columnOf(call)
  const [from, to] = [keywords.get('existing_type'), keywords.get('type_')]
  const found: What[] = []
  if (keywords.has('new_column_name')) found.push({kind: 'rename column', column})
  if (isConstant(keywords.get('nullable'), false)) found.push({kind: 'set not null', column})
  if (to) {
    const kinds = {from: kindOfType(from), to: kindOfType(to)}
    const hasUsing = keywords.has('postgresql_using')
    found.push({kind: 'change type', column, ...kinds, hasUsing, isRewrite: isRewrite(from, to)})
  }
  return found
}
