/** Columns that new migrations of Rails add, and that the rows of a table have no value for. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutHashLines} from '../../code/comments.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {runsRailsMigrations} from './rails-files.ts'

export interface RailsEmptyColumn {
  table: string
  column: string
  at: FileLocation
}

/** What asks first, fills or empties the table, or may: it is not followed. */
const hides =
  /\b(?:if|unless|rescue|case|reversible|up_only|execute|exec_query|delete_all|destroy_all|truncate\w*|drop_table|change_column_null|with_options|each|times|update_all|in_batches|find_each)\b/
const added =
  /^[ \t]*(add_column|add_reference|add_belongs_to)[ \t(]+[:"'](\w+)["']?[ \t]*,[ \t]*[:"'](\w+)["']?([^#]*)$/
const changed = /^[ \t]{0,99}change_table[ \t(]{1,9}[:"'](\w{1,100})["']?[^#]{0,500}?\bdo[ \t]{0,9}\|(\w{1,100})\|/
const inTable = /^[ \t]*(\w+)\.(references|belongs_to|[a-z]\w*)[ \t(]+[:"'](\w+)["']?([^#]*)$/

export async function loadRailsEmptyColumns({reader}: Inputs, facts: FactStore): Promise<Fact<RailsEmptyColumn[]>> {
  const processes = await facts.need('processes')
  const lock = (await reader.text('Gemfile.lock'))?.text ?? ''
  if (!/^ {4}activerecord \(/m.test(lock)) return absent('there is no Gemfile.lock with Active Record')
  // MySQL has a value of its own for each type.
  if (!/^ {4}pg \(/m.test(lock) || /^ {4}(?:mysql2|trilogy) \(/m.test(lock)) return known([])
  const paths = ((await facts.value('files')) ?? noFiles)
    .under('db/migrate')
    .filter((path) => /^\d+_\w+(?:\.\w+)?\.rb$/.test(posix.basename(path)))
    .sort()
  if (paths.length === 0 || !processes.find(runsRailsMigrations)) return known([])
  const since = await facts.value('since')
  const fresh = since ? paths.filter((path) => !since.had(path)) : paths.slice(-1)
  const files = await reader.texts(fresh)
  const made = new Set(
    files.flatMap(({text}) => [...text.matchAll(/\bcreate_table[ \t(]+[:"'](\w+)/g)].map(([, table]) => table)),
  )
  return known(files.flatMap(emptyIn).filter(({table}) => !made.has(table)))
}

function emptyIn(file: TextFile): RailsEmptyColumn[] {
  const [forwards = ''] = withoutHashLines(file.text).split(/^[ \t]*def (?:self\.)?down\b/m)
  if (hides.test(forwards)) return []
  const lines = forwards.split('\n')
  const found: RailsEmptyColumn[] = []
  let open: {table: string; by: string} | undefined
  for (const [index, line] of lines.entries()) {
    const [, table, by] = changed.exec(line) ?? []
    if (table !== undefined && by !== undefined) open = {table, by}
    else if (/^[ \t]*end\b/.test(line)) open = undefined
    const whole = statementAt(lines, index)
    const [, verb, of = '', name = '', options = ''] = added.exec(whole) ?? []
    const [, block, type = '', own = '', rest = ''] = (open && inTable.exec(whole)) || []
    const at = file.lineSpan(index + 1)
    if (verb !== undefined && isEmpty(options)) found.push({table: of, column: nameOf(name, verb !== 'add_column'), at})
    else if (open && block === open.by && !noColumn.test(type) && isEmpty(rest))
      found.push({table: open.table, column: nameOf(own, isReference.test(type)), at})
  }
  return found
}

const noColumn = /^(?:change|remove|rename|index|check_constraint|foreign_key|timestamps)/
const isReference = /^(?:references|belongs_to)$/

/** A line, with those that its list goes on in. */
function statementAt(lines: readonly string[], index: number): string {
  let last = index
  while (last < index + 20 && /,\s*$/.test(lines[last] ?? '')) last++
  return lines
    .slice(index, last + 1)
    .map((each, place) => (place === 0 ? each.trimEnd() : each.trim()))
    .join(' ')
}

/** `null: false` without a default; what is worked out from others has a value. */
const isEmpty = (options: string): boolean =>
  /\bnull:\s*false\b/.test(options) && !/\bdefault\b|\bas:|:virtual\b|\bserial\b|\bprimary_key\b|\*\*/.test(options)

const nameOf = (name: string, refers: boolean): string => (refers ? `${name}_id` : name)
