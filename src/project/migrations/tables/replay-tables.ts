/** Runs the steps of migrations in the order of the framework, and tells where the database would refuse one. */
import type {FileLocation} from '../../../check.ts'
import {canRefer, inWords, TypeNames, takesDefault} from './column-kinds.ts'
import {namesColumn} from './held-columns.ts'
import type {KeyPair, MigrationSteps, Named, TableStep} from './table-step.ts'

export interface TableFault {
  /**
   * `missing`: no migration makes the table. `later`: one does that runs after this. `made`, `added`: the table or the
   * column is there already. `no column`: the table has none of that name. `no key`, `other kind`: a foreign key points to
   * columns that are no key, or that are of another kind. `default`: that of the column does not become of its new type.
   * `held`: something needs the table, the column or the type. `new value`: one that an earlier file of the same transaction
   * has added to its enum. `renamed`: the table has got another name before.
   */
  kind:
    | 'missing'
    | 'later'
    | 'made'
    | 'added'
    | 'no column'
    | 'no key'
    | 'other kind'
    | 'default'
    | 'held'
    | 'new value'
    | 'renamed'
  table: string
  column: string | undefined
  /** As the migration writes it: `references(:users)`. */
  by: string
  at: FileLocation
  /** What makes the table, later or before; of `held`, what needs it; of `renamed`, what gave it the other name. */
  made: FileLocation | undefined
  /** Of `held` what needs it, of `default` the default. */
  what?: string
  /** Of `other kind` and `default`: the kinds, that of the column first. */
  kinds?: [from: string, to: string]
}

interface Column {
  at: FileLocation
  /** Its kind, with enums told apart. */
  kind: string | undefined
  fallback: string | null | undefined
}

interface Table {
  made: FileLocation
  columns: Map<string, Column>
  /** It has these columns and no others. */
  isWhole: boolean
  /** Those of its primary key, and those that are unique; undefined where some are not known. */
  keys: string[][] | undefined
  primary: string[] | undefined
}

/**
 * The faults of the migrations of a database, of each file the first: there the run ends. A table that none of them makes is
 * told only of a history that began with one that makes some.
 */
export function tableFaults(files: readonly MigrationSteps[], {isOneTransaction = false} = {}): TableFault[] {
  const tables = new Map<string, Table>()
  /** Those of which nothing is known any more. */
  const open = new Set<string>()
  /** Those that have got another name, and where: nothing is known to have taken theirs. */
  const renamed = new Map<string, FileLocation>()
  const types = new TypeNames()
  /** Views and policies, and the foreign keys of tables. */
  const holders = new Map<string, Extract<TableStep, {kind: 'hold'}>>()
  let bonds: {pair: KeyPair; to: string; at: FileLocation}[] = []
  /** Where the values of enums are added, by the kind and the value. */
  const values = new Map<string, FileLocation>()
  const makers = makersOf(files)
  const others = files.flatMap(({steps}) => steps.flatMap((step) => (step.kind === 'unknown' ? step.mayMake : [])))
  const [begin] = files.filter(({steps}) => steps.length > 0)
  const begins = begin?.steps.some(({kind}) => kind === 'make') === true
  const faults: TableFault[] = []
  for (const {steps} of files) {
    const found = steps.flatMap((step) => run(step) ?? [])
    if (found[0]) faults.push(found[0])
  }
  return faults

  function run(step: TableStep): TableFault | undefined {
    switch (step.kind) {
      case 'unknown': {
        const words = wordsOf(step.text)
        if (step.mayMake.length > 0) renamed.clear()
        for (const name of words) {
          renamed.delete(name)
          const known = step.isInPart ? tables.get(name) : undefined
          if (known) blur(known, words)
          else open.add(name)
          if (!known) tables.delete(name)
        }
        for (const [name, {reads}] of holders)
          if (
            step.mayMake.includes('') ||
            [...wordsOf(name)].some((each) => words.has(each)) ||
            reads.some(({table}) => words.has(table))
          )
            holders.delete(name)
        bonds = bonds.filter(({pair, to}) => !words.has(pair.of) && !words.has(to))
        return undefined
      }
      case 'make type':
        types.make(step.name)
        return undefined
      case 'rename type':
        types.rename(step.name, step.to)
        return undefined
      case 'drop type':
        return dropType(step)
      case 'add value': {
        const kind = isOneTransaction ? types.kindOf(`"${step.name}"`) : undefined
        if (kind !== undefined) values.set(`${kind} ${step.value}`, step.at)
        return undefined
      }
      case 'hold':
        renamed.delete(step.name)
        holders.set(step.name, step)
        return undefined
      case 'release':
        holders.delete(step.name)
        return undefined
      case 'unbind':
        bonds = bonds.filter(({pair}) => pair.of !== step.table)
        return undefined
      case 'cascade':
        cascade(step.words)
        return undefined
      default:
        return runOn(step)
    }
  }

  function runOn(step: Extract<TableStep, {table: string; kind: OnTable}>): TableFault | undefined {
    const {table, by, at} = step
    const fault = (kind: TableFault['kind'], made: FileLocation | undefined, named?: Named): TableFault => ({
      kind,
      table,
      column: named?.name,
      by,
      at: named?.at ?? at,
      made,
    })
    /** The column is given a value of its enum that an earlier file has added. */
    const newValue = (
      name: string,
      kind: string | undefined,
      text: string | null | undefined,
    ): TableFault | undefined => {
      const [, value] = /^'((?:[^']|'')*)'/.exec(text ?? '') ?? []
      const added = kind === undefined || value === undefined ? undefined : values.get(`${kind} ${value}`)
      return added && added.file !== at.file
        ? {...fault('new value', added, {name, at}), what: value as string}
        : undefined
    }
    const known = tables.get(table)
    if (step.kind === 'make') {
      renamed.delete(table)
      const twice = known && !step.isOptional ? fault('made', known.made) : undefined
      const early = step.columns.flatMap((each) => newValue(each.name, columnOf(each).kind, each.fallback) ?? [])
      if (!known && !open.has(table)) {
        const columns = new Map(step.columns.map((each) => [each.name, columnOf(each)]))
        tables.set(table, {made: at, columns, isWhole: step.isWhole, keys: step.keys, primary: step.primary})
      }
      return twice ?? early[0]
    }
    if (step.kind === 'rename') renamed.delete(step.to)
    if (open.has(table)) {
      const before = step.isOptional || step.kind === 'rename' ? undefined : renamed.get(table)
      renamed.delete(table)
      return before && fault('renamed', before)
    }
    if (!known) {
      open.add(table)
      if (step.isOptional) return undefined
      const later = makers.get(table)
      if (later) return fault('later', later)
      const isNowhere = begins && !makers.has(table) && !others.some((each) => table.startsWith(each))
      return isNowhere ? fault('missing', undefined) : undefined
    }
    const {columns} = known
    switch (step.kind) {
      case 'drop': {
        const holder = needing(table, undefined, step.along)
        forget(table)
        open.add(table)
        tables.delete(table)
        return holder && {...fault('held', holder.at), what: holder.what}
      }
      case 'rename':
        forget(table)
        open.add(table)
        renamed.set(table, at)
        tables.delete(table)
        if (!open.has(step.to)) tables.set(step.to, known)
        return undefined
      case 'add': {
        const again = step.columns.find(({name, isOptional}) => !isOptional && columns.has(name))
        const before = again && fault('added', columns.get(again.name)?.at, again)
        // A column that may be there keeps what it has.
        const early = step.columns.flatMap((each) => newValue(each.name, columnOf(each).kind, each.fallback) ?? [])
        for (const each of step.columns)
          columns.set(
            each.name,
            each.isOptional && columns.has(each.name) ? columnOf({...each, sql: undefined}) : columnOf(each),
          )
        return before ?? early[0]
      }
      case 'remove':
      case 'use': {
        const absent = known.isWhole
          ? step.columns.find(({name, isOptional}) => !isOptional && !columns.has(name))
          : undefined
        if (step.kind === 'use') return absent && fault('no column', known.made, absent)
        const held = step.columns.flatMap((each) => needing(table, each.name) ?? [])[0]
        for (const {name} of step.columns) columns.delete(name)
        bonds = bonds.filter(({pair}) => pair.of !== table || !step.columns.some(({name}) => pair.from.includes(name)))
        if (absent) return fault('no column', known.made, absent)
        return held && {...fault('held', held.at, step.columns[0]), what: held.what}
      }
      case 'rename column': {
        const column = columns.get(step.from.name)
        columns.delete(step.from.name)
        columns.set(step.to, column ? {...column, at} : {at, kind: undefined, fallback: undefined})
        known.keys = known.keys?.map((each) => each.map((name) => (name === step.from.name ? step.to : name)))
        known.primary = known.primary?.map((name) => (name === step.from.name ? step.to : name))
        forget(table)
        return column || !known.isWhole ? undefined : fault('no column', known.made, step.from)
      }
      case 'key':
        known.keys = step.key && known.keys ? [...known.keys, step.key] : undefined
        return undefined
      case 'fill':
        return step.texts.flatMap(({column, text}) => newValue(column, columns.get(column)?.kind, text) ?? [])[0]
      case 'refer':
        return step.pair && bind(step.pair, known, fault)
      case 'default':
      case 'retype': {
        const named = step.column
        const column = columns.get(named.name)
        if (!column) return known.isWhole ? fault('no column', known.made, named) : undefined
        if (step.kind === 'default') {
          column.fallback = named.fallback
          return newValue(named.name, column.kind, named.fallback)
        }
        const kind = named.sql === undefined ? undefined : types.kindOf(named.sql)
        const {fallback} = column
        const before = fallback == null ? undefined : types.kindOfDefault(fallback, column.kind)
        column.kind = kind
        const holder = needing(table, named.name)
        if (holder) return {...fault('held', holder.at, named), what: holder.what}
        if (fallback == null || takesDefault(before, kind)) return undefined
        // What becomes of it is said behind SET DEFAULT alone.
        column.fallback = undefined
        const kinds: TableFault['kinds'] = [inWords(before as string), inWords(kind as string)]
        return {...fault('default', column.at, named), what: fallback, kinds}
      }
    }
  }

  /** It may have other columns and keys, and these columns may be gone, or other ones. */
  function blur(table: Table, words: ReadonlySet<string>): void {
    table.isWhole = false
    table.keys = undefined
    for (const name of words) table.columns.delete(name)
  }

  function columnOf({at, sql, fallback}: Named): Column {
    return {at, kind: sql === undefined ? undefined : types.kindOf(sql), fallback}
  }

  /** A foreign key, with its target. */
  function bind(
    pair: KeyPair,
    target: Table,
    fault: (kind: TableFault['kind'], made: FileLocation | undefined, named?: Named) => TableFault,
  ): TableFault | undefined {
    const found = fault('no key', target.made)
    bonds.push({pair, to: found.table, at: found.at})
    const own = tables.get(pair.of)
    const to = pair.to.length > 0 ? pair.to : (target.primary ?? [])
    if (!target.isWhole || to.length === 0) return undefined
    const absent = to.find((name) => !target.columns.has(name))
    if (absent !== undefined) return fault('no column', target.made, {name: absent, at: found.at})
    const isKey = target.keys?.some((key) => key.length === to.length && key.every((name) => to.includes(name)))
    if (isKey === false && pair.to.length > 0) return {...found, column: to.join(', ')}
    for (const [index, name] of to.entries()) {
      const [from, into] = [own?.columns.get(pair.from[index] ?? '')?.kind, target.columns.get(name)?.kind]
      if (from !== undefined && into !== undefined && !canRefer(from, into))
        return {...fault('other kind', target.made), column: name, kinds: [inWords(from), inWords(into)]}
    }
    return undefined
  }

  /** What needs a table, or a column of it, beside the tables that go along. */
  function needing(table: string, column: string | undefined, along: readonly string[] = [table]) {
    for (const {reads, what, at, name} of holders.values()) {
      // A policy goes with its table.
      if (column === undefined && along.some((each) => name.endsWith(` on ${each}`) || name === each)) continue
      const isHeld = reads.some((each) => each.table === table && (column === undefined || namesColumn(each, column)))
      if (isHeld) return {what, at}
    }
    if (column !== undefined) return undefined
    const bond = bonds.find(({pair, to}) => to === table && !along.includes(pair.of) && tables.has(pair.of))
    return bond && {what: `a foreign key of ${bond.pair.of}`, at: bond.at}
  }

  /** The table has another name, or is gone: what named it is not followed. */
  function forget(table: string): void {
    for (const [name, {reads}] of holders)
      if (name.endsWith(` on ${table}`) || reads.some((each) => each.table === table)) holders.delete(name)
    bonds = bonds.filter(({pair, to}) => pair.of !== table && to !== table)
  }

  function cascade(words: readonly string[]): void {
    const gone = new Set(words)
    for (let count = -1; count !== gone.size; ) {
      count = gone.size
      for (const [name, {text}] of holders)
        if ([...wordsOf(text.toLowerCase())].some((each) => gone.has(each))) {
          holders.delete(name)
          gone.add(name.split(' on ')[0]?.split('.').at(-1) as string)
        }
    }
    bonds = bonds.filter(({pair, to}) => !gone.has(pair.of) && !gone.has(to))
  }

  function dropType({name, by, at}: Extract<TableStep, {kind: 'drop type'}>): TableFault | undefined {
    const kind = types.drop(name)
    for (const [table, {columns}] of kind === undefined ? [] : tables)
      for (const [column, each] of columns)
        if (each.kind === kind)
          return {
            kind: 'held',
            table: name,
            column: undefined,
            by,
            at,
            made: each.at,
            what: `the column ${column} of ${table}`,
          }
    return undefined
  }
}

type OnTable = Exclude<
  TableStep['kind'],
  'unknown' | 'make type' | 'rename type' | 'drop type' | 'add value' | 'hold' | 'release' | 'unbind' | 'cascade'
>

/** Where each table is made first; undefined for one that something may make which is not followed. */
function makersOf(files: readonly MigrationSteps[]): Map<string, FileLocation | undefined> {
  const makers = new Map<string, FileLocation | undefined>()
  for (const {steps} of files) {
    for (const step of steps) {
      if (step.kind === 'unknown') for (const name of wordsOf(step.text)) makers.set(name, undefined)
      else if (step.kind === 'rename') makers.set(step.to, undefined)
      else if (step.kind === 'make' && !makers.has(step.table)) makers.set(step.table, step.at)
    }
  }
  return makers
}

/** The words of a text, and the names with their schema. */
const wordsOf = (text: string): Set<string> =>
  new Set([...(text.match(/\w+/g) ?? []), ...(text.replaceAll('"', '').match(/(?<!\w)\w{1,100}\.\w{1,100}/g) ?? [])])
