/** What SQLAlchemy refuses of the tables, keys and names of a step before the database is asked (each was run on SQLAlchemy 2.1). */
import type {ModuleFault} from '../../python/frameworks/module-fault.ts'
import type {Step} from '../steps.ts'
import {kindOfType} from '../types.ts'
import {type CallValue, isConstant, textOf, type Value} from '../value.ts'

export function refusedTable({call, table, at}: Step): ModuleFault[] {
  return [
    ...(/^op\.execute$/.test(call.name) ? secondArgument(call) : []),
    ...(call.method === 'create_table' ? [...keysIn(call), ...numbered(call)] : []),
    ...(/^op\.create_(?:index|unique_constraint)$/.test(call.name) ? letters(call, table) : []),
    ...longNames(call),
  ].map((fault) => ({at, ...fault}))
}

type Fault = Omit<ModuleFault, 'at'> & Partial<Pick<ModuleFault, 'at'>>

/** `op.execute(sa.text("… :b"), {"b": 1})`: it takes the SQL alone. */
function secondArgument({args: [, second]}: CallValue): Fault[] {
  if (!second) return []
  return [
    {
      message: 'op.execute is given a second argument, and takes the SQL alone',
      error: 'TypeError: execute() takes 2 positional arguments but 3 were given',
      cure: 'Write op.get_bind().execute(sa.text("…"), {…}), or op.execute(sa.text("…").bindparams(…)).',
      at: second.at,
    },
  ]
}

/** A key of a new table that names none of its columns. */
function keysIn({args}: CallValue): Fault[] {
  const calls = args.slice(1)
  const columns = new Set<string>()
  for (const each of calls) {
    const name = each.kind === 'call' && each.method === 'Column' ? columnName(each) : undefined
    // What is spread out, or put together, may be any column.
    if (name === undefined && !(each.kind === 'call' && isKey(each))) return []
    if (name !== undefined) columns.add(name)
  }
  return calls.flatMap((each): Fault[] => {
    if (each.kind !== 'call' || !isKey(each)) return []
    const lost = namesOf(each).find(({name}) => !columns.has(name))
    if (!lost) return []
    return [
      {
        message: `${each.method} names the column ${lost.name}, which the table does not get`,
        error: `ConstraintColumnNotFoundError: Can't create ${each.method} on table: no column named '${lost.name}' is present`,
        cure: 'Correct the name, or add the column.',
        at: lost.at,
      },
    ]
  })
}

const isKey = ({method}: CallValue): boolean => /Constraint$/.test(method)

function columnName({args: [first], keywords}: CallValue): string | undefined {
  return textOf(first) ?? textOf(keywords.get('name'))
}

function namesOf({method, args}: CallValue): {name: string; at: Value['at']}[] {
  const [first] = args
  const named =
    method === 'ForeignKeyConstraint'
      ? first?.kind === 'list'
        ? first.items
        : []
      : /^(?:PrimaryKey|Unique)Constraint$/.test(method)
        ? args
        : []
  return named.flatMap((each) => (each.kind === 'text' ? {name: each.text, at: each.at} : []))
}

/** A key that shall count itself up, and is no number. */
function numbered({args}: CallValue): Fault[] {
  return args.flatMap((each): Fault[] => {
    if (each.kind !== 'call' || each.method !== 'Column') return []
    const {keywords} = each
    const kind = kindOfType(each.args[1])
    const counts = isConstant(keywords.get('autoincrement'), true) && isConstant(keywords.get('primary_key'), true)
    if (!counts || (kind !== 'uuid' && kind !== 'text')) return []
    return [
      {
        message: `${columnName(each) ?? 'the key'} has autoincrement=True, and its type is no number`,
        error: 'ArgumentError: Column type is not compatible with autoincrement=True',
        cure: 'Leave autoincrement out, and give it a server_default or a value of its own.',
        at: each.at,
      },
    ]
  })
}

/** `op.create_index("ix", "notes", "body")`: a text in the place of the list is taken letter by letter. */
function letters({args, keywords}: CallValue, table: string | undefined): Fault[] {
  const columns = keywords.get('columns') ?? args[2]
  if (columns?.kind !== 'text' || columns.text.length < 2) return []
  return [
    {
      message: `the columns${table === undefined ? '' : ` of ${table}`} are a text and no list: each letter of "${columns.text}" is taken for a column`,
      error: `column "${columns.text[0]}" does not exist`,
      cure: `Write ["${columns.text}"].`,
      at: columns.at,
    },
  ]
}

/** Names of Postgres have 63 bytes at most; what `op.f` gives is cut, and a plain text is refused. */
const longest = 63

function longNames(call: CallValue): Fault[] {
  const own = /^(?:create|drop)_(?:index|.*constraint|foreign_key|primary_key)$/.test(call.method)
    ? [call.keywords.get('index_name') ?? call.keywords.get('constraint_name') ?? call.args[0]]
    : []
  const within = call.args.flatMap((each) =>
    each.kind === 'call' && isKey(each) ? (each.keywords.get('name') ?? []) : [],
  )
  return [...own, ...within].flatMap((each): Fault[] => {
    const name = textOf(each)
    if (each === undefined || name === undefined || name.length <= longest) return []
    return [
      {
        message: `the name ${name} has ${name.length} letters, and Postgres takes ${longest}`,
        error: `IdentifierError: Identifier '${name}' exceeds maximum length of ${longest} characters`,
        cure: 'Take a shorter name.',
        at: each.at,
      },
    ]
  })
}
