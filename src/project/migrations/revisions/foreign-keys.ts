/** Foreign keys of a revision of alembic that point to what Postgres does not find: a table, a column, a key. */
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {sqlIn} from '../sql.ts'
import {readSteps, type Step} from '../steps.ts'
import {kindOfType} from '../types.ts'
import {type CallValue, isConstant, textOf, type Value} from '../value.ts'
import {definedColumns} from './column-names.ts'
import {isWhole} from './missing-columns.ts'
import {isOneLine, upgradesOf} from './upgrades.ts'

/** A foreign key whose target is not there. */
export interface LostTarget {
  table: string
  column: string
  /**
   * What is missing; `key`: the column is there, and neither it alone is a primary key nor is it unique; `type`: it has
   * another kind of type than the column that points to it.
   */
  lacks: 'table' | 'column' | 'key' | 'type'
  /** Of `type`: the kinds, that of the column first. */
  kinds?: [from: string, to: string]
  at: FileLocation
  /** Where the table is made. */
  made: FileLocation | undefined
  upgrade: FileLocation | undefined
}

type Target = Pick<LostTarget, 'table' | 'column' | 'at'> & {
  /** The type of the column that points there, where it stands beside. */
  type?: Value | undefined
}

export async function loadLostTargets({reader}: Inputs, facts: FactStore): Promise<Fact<LostTarget[]>> {
  const [alembic, files] = await Promise.all([facts.need('alembic'), facts.value('files')])
  // SQLite looks for no target when it makes a key.
  const migrations = await facts.get('migrations')
  if (migrations.state !== 'ok') return absent('nothing shows that the database is Postgres')
  const found: LostTarget[] = []
  for (const environment of alembic.environments) {
    const {graph, upgrade} = environment
    // Of several databases each has a history of its own, and so have lines that never meet.
    if (!isOneLine(graph)) continue
    for (const each of await lostIn(environment, reader, files ?? noFiles)) found.push({...each, upgrade: upgrade?.at})
  }
  return known(found)
}

async function lostIn(
  {revisions}: AlembicEnvironment,
  reader: ProjectReader,
  paths: Files,
): Promise<Omit<LostTarget, 'upgrade'>[]> {
  const files = (await upgradesOf(revisions, reader)) ?? []
  const keyed = files.filter(({text}) => /foreign_?key/i.test(text))
  if (keyed.length === 0) return []
  const makes = files.filter(({text}) => /\bcreate_table\(/.test(text))
  const steps = new Map(makes.concat(keyed).map(({file}) => [file, readSteps(file, false)]))
  const all = [...steps.values()].flat()
  // A name that is not read may be any.
  const isOpen = all.some(({call, table}) => call.method === 'create_table' && table === undefined)
  const made = groupBy(
    all.filter(({call, table}) => call.method === 'create_table' && table),
    ({table}) => table,
  )
  const changesTypes = files.some(({text}) => /\btype_\s{0,9}=|\balter\b[^;]{0,300}\btype\b/i.test(text))
  const columns = definedColumns(files.map(({text}) => text))
  const found: Omit<LostTarget, 'upgrade'>[] = []
  const named = new Map<string, boolean>()
  for (const step of all.filter(({conditional}) => !conditional)) {
    for (const target of targetsIn(step)) {
      if (found.some(({table, column}) => table === target.table && column === target.column)) continue
      const lost = await lostTarget(target)
      const {type: _, ...place} = target
      if (lost) found.push({...place, ...lost})
    }
  }
  return found

  async function lostTarget({
    table,
    column,
    type,
  }: Target): Promise<Pick<LostTarget, 'lacks' | 'made' | 'kinds'> | undefined> {
    const [maker, another] = made.get(table) ?? []
    if (!maker) return isOpen || (await isNamed(table)) ? undefined : {lacks: 'table', made: undefined}
    if (another || !isWhole(maker)) return undefined
    const names = new RegExp(`\\b${table}\\b`)
    const own = maker.call.args.flatMap((each) =>
      each.kind === 'call' && each.method === 'Column' ? (textOf(each.args[0]) ?? []) : [],
    )
    if (!own.includes(column)) {
      const isAdded = [...(columns.get(column) ?? [])].some((index) => {
        const {file, text} = files[index] as (typeof files)[number]
        return names.test(text) && stepsOf(file).some((step) => addsColumn(step, table))
      })
      return isAdded ? undefined : {lacks: 'column', made: maker.at}
    }
    if (isKey(maker.call, column)) {
      const kinds = [kindOfType(type), kindOfType(typeOf(maker.call, column))] as const
      // Where a revision changes any type, it may be one of these.
      return kinds[0] && kinds[1] && kinds[0] !== kinds[1] && !changesTypes
        ? {lacks: 'type', made: maker.at, kinds: [kinds[0], kinds[1]]}
        : undefined
    }
    const later = files.some(({file, text}) => names.test(text) && stepsOf(file).some((step) => makesKey(step, table)))
    return later ? undefined : {lacks: 'key', made: maker.at}
  }

  function stepsOf(file: TextFile): Step[] {
    const known = steps.get(file) ?? readSteps(file, false)
    steps.set(file, known)
    return known
  }

  /** By a revision in another way than as a target, or by the code, which may make it. */
  async function isNamed(table: string): Promise<boolean> {
    const known = named.get(table)
    if (known !== undefined) return known
    const asName = new RegExp(
      `["'\`]${table}["'\`]|\\b(?:table|exists|view|to)\\s{1,50}(?:["\\w]{1,50}\\.)?["\\\\]{0,2}${table}\\b`,
      'i',
    )
    const asModel = new RegExp(`["'\`]${table}["'\`]|\\b(?:class|model)\\s{1,50}${table.replaceAll('_', '_?')}\\b`, 'i')
    const makesNames = /\bdeclared_attr\b[\s\S]{0,200}__tablename__/
    const code = [...paths.ending(...languages)].filter((path) => !isApart(path))
    const versions = new Set(files.map(({file}) => file.path))
    const is =
      files.some(({text}) => asName.test(text.replace(keyNames, ''))) ||
      (await reader.texts(code.filter((path) => !versions.has(path)))).some(
        ({path, text}) => makesNames.test(text) || asModel.test(text) || (path.endsWith('.sql') && asName.test(text)),
      )
    named.set(table, is)
    return is
  }
}

/** The names that a foreign key is made with. */
const keyNames =
  /\bcreate_foreign_key\(\s{0,200}(?:op\.f\(\s{0,50})?(?:None|["'][^"'\n]{0,200}["'])\s{0,50}\)?,\s{0,200}["']\w{1,100}["'],\s{0,200}["']\w{1,100}["']/g

/** What may make a table, or say that another program does. */
const languages = '.py .sql .prisma .ts .js .mjs .rb .ex .exs .go .rs .java .kt .cs .php'.split(' ')

/** What a step has keys point to, where one column does so, and no schema is named. */
function targetsIn({call, at}: Step): Target[] {
  const {args, keywords} = call
  if (['schema', 'source_schema', 'referent_schema', 'if_not_exists'].some((each) => keywords.has(each))) return []
  if (call.name === 'op.create_table') {
    return args.flatMap((each) => {
      if (each.kind !== 'call') return []
      if (each.method === 'ForeignKeyConstraint') {
        const own = textOf(only(each.args[0]))
        return split(only(each.args[1]), each.at, own === undefined ? undefined : typeOf(call, own))
      }
      return each.method === 'Column' ? keysOf(each) : []
    })
  }
  if (call.name === 'op.add_column') return args.flatMap((each) => (each.kind === 'call' ? keysOf(each) : []))
  if (call.name !== 'op.create_foreign_key') return []
  const table = textOf(keywords.get('referent_table') ?? args[2])
  const column = textOf(only(keywords.get('remote_cols') ?? args[4]))
  return table !== undefined && column !== undefined ? [{table, column, at}] : []
}

const keysOf = (column: CallValue): Target[] =>
  column.args.flatMap((each) =>
    each.kind === 'call' && each.method === 'ForeignKey' ? split(each.args[0], each.at, column.args[1]) : [],
  )

/** The type of a column of a table, as `create_table` has it. */
function typeOf({args}: CallValue, name: string): Value | undefined {
  const column = args.find((each) => each.kind === 'call' && each.method === 'Column' && textOf(each.args[0]) === name)
  return column?.kind === 'call' ? column.args[1] : undefined
}

const only = (value: Value | undefined): Value | undefined =>
  value?.kind === 'list' && value.items.length === 1 ? value.items[0] : undefined

function split(value: Value | undefined, at: FileLocation, type?: Value): Target[] {
  const [, table, column] = /^(\w{1,100})\.(\w{1,100})$/.exec(textOf(value) ?? '') ?? []
  return table && column ? [{table, column, at, type}] : []
}

/** Whether a table begins with a key, or something unique, of this column alone. */
function isKey({args}: CallValue, column: string): boolean {
  // A name that is put together, or an option that is not read, may be one.
  return args.some((each) => {
    if (each.kind !== 'call') return false
    if (each.method === 'Column' && textOf(each.args[0]) === column)
      return ['primary_key', 'unique'].some(
        (name) => each.keywords.has(name) && !isConstant(each.keywords.get(name), false),
      )
    if (!/^(?:PrimaryKey|Unique)Constraint$|^Index$/.test(each.method)) return false
    const names = each.args.map(textOf)
    return names.includes(undefined) || (each.method === 'Index' ? names.includes(column) : names.join() === column)
  })
}

/** Whether a step may make a key or something unique of a table that is there. */
function makesKey(step: Step, table: string): boolean {
  const {method, keywords} = step.call
  if (/^create_(?:unique_constraint|primary_key|index)$/.test(method))
    return step.table === table && (method !== 'create_index' || keywords.has('unique'))
  return mayRun(step, table, /\bunique\b|\bprimary\b/i)
}

const addsColumn = (step: Step, table: string): boolean =>
  (/^(?:add|alter)_column$/.test(step.call.method) && step.table === table) ||
  mayRun(step, table, /\badd\b|\brename\b/i)

/** By SQL about the table; what is put together may do anything. */
function mayRun(step: Step, table: string, what: RegExp): boolean {
  if (!/^exec/.test(step.call.method)) return false
  const names = new RegExp(`\\b${table}\\b`, 'i')
  return sqlIn(step)?.statements.some((each) => names.test(each) && what.test(each)) ?? true
}
