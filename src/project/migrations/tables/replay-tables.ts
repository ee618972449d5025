/** Runs the steps of migrations in the order of the framework, and tells where the database would refuse one. */
import type {FileLocation} from '../../../check.ts'
import type {MigrationSteps, Named, TableStep} from './table-step.ts'

export interface TableFault {
  /**
   * `missing`: no migration makes the table. `later`: one does that runs after this. `made`, `added`: the table or the
   * column is there already. `no column`: the table has none of that name.
   */
  kind: 'missing' | 'later' | 'made' | 'added' | 'no column'
  table: string
  column: string | undefined
  /** As the migration writes it: `references(:users)`. */
  by: string
  at: FileLocation
  /** What makes the table, later or before. */
  made: FileLocation | undefined
}

interface Table {
  made: FileLocation
  columns: Map<string, FileLocation>
  /** It has these columns and no others. */
  isWhole: boolean
}

/**
 * The faults of the migrations of a database, of each file the first: there the run ends. A table that none of them makes is
 * told only of a history that began with one that makes some.
 */
export function tableFaults(files: readonly MigrationSteps[]): TableFault[] {
  const tables = new Map<string, Table>()
  /** Those of which nothing is known any more. */
  const open = new Set<string>()
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
    if (step.kind === 'unknown') {
      for (const name of wordsOf(step.text)) {
        open.add(name)
        tables.delete(name)
      }
      return undefined
    }
    const {table, by, at} = step
    const fault = (kind: TableFault['kind'], made: FileLocation | undefined, named?: Named): TableFault => ({
      kind,
      table,
      column: named?.name,
      by,
      at: named?.at ?? at,
      made,
    })
    const known = tables.get(table)
    if (step.kind === 'make') {
      const twice = known && !step.isOptional ? fault('made', known.made) : undefined
      if (!known && !open.has(table)) {
        const columns = new Map(step.columns.map(({name, at: place}) => [name, place]))
        tables.set(table, {made: at, columns, isWhole: step.isWhole})
      }
      return twice
    }
    if (open.has(table)) return undefined
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
      case 'drop':
        open.add(table)
        tables.delete(table)
        return undefined
      case 'rename':
        open.add(table)
        tables.delete(table)
        if (!open.has(step.to)) tables.set(step.to, known)
        return undefined
      case 'add': {
        const again = step.columns.find(({name, isOptional}) => !isOptional && columns.has(name))
        const before = again && fault('added', columns.get(again.name), again)
        for (const {name, at: place} of step.columns) columns.set(name, place)
        return before
      }
      case 'remove':
      case 'use': {
        const absent = known.isWhole
          ? step.columns.find(({name, isOptional}) => !isOptional && !columns.has(name))
          : undefined
        if (step.kind === 'remove') for (const {name} of step.columns) columns.delete(name)
        return absent && fault('no column', known.made, absent)
      }
      case 'rename column': {
        const isThere = columns.delete(step.from.name)
        columns.set(step.to, at)
        return isThere || !known.isWhole ? undefined : fault('no column', known.made, step.from)
      }
    }
    return undefined
  }
}

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
