/** Columns that a revision of alembic works on and that no revision gives their table. */
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {sqlOf} from '../sql.ts'
import {readSteps, type Step} from '../steps.ts'
import {textOf} from '../value.ts'
import {definedColumns, type Reference, referencesIn} from './column-names.ts'
import {isOneLine, upgradesOf} from './upgrades.ts'

export interface MissingColumn {
  table: string
  column: string
  /** `create_index`, `INSERT INTO`. */
  by: string
  at: FileLocation
  /** Where the table is made, with all the columns that it begins with. */
  made: FileLocation
  upgrade: FileLocation | undefined
}

/** What looks before it does anything, or is no more than a text for later. */
const looksFirst =
  /\binspect\(|\bhas_(?:table|column)\b|\bget_columns\b|information_schema|\bif\s{1,50}exists\b|\$\$|create\s{1,50}(?:or\s{1,50}replace\s{1,50})?function/i

export async function loadMissingColumns({reader}: Inputs, facts: FactStore): Promise<Fact<MissingColumn[]>> {
  const alembic = await facts.need('alembic')
  const found: MissingColumn[] = []
  for (const environment of alembic.environments) {
    const {graph, upgrade} = environment
    // Of several databases each has a history of its own, and so have lines that never meet.
    if (!isOneLine(graph)) continue
    for (const each of await missingIn(environment, reader)) found.push({...each, upgrade: upgrade?.at})
  }
  return found.length > 0 || alembic.environments.some(({graph}) => graph)
    ? known(found)
    : absent('the revisions cannot be read without running them')
}

async function missingIn(
  {revisions}: AlembicEnvironment,
  reader: ProjectReader,
): Promise<Omit<MissingColumn, 'upgrade'>[]> {
  const files = (await upgradesOf(revisions, reader)) ?? []
  const defined = definedColumns(files.map(({text}) => text))
  const found: Omit<MissingColumn, 'upgrade'>[] = []
  for (const {file, text} of files) {
    if (looksFirst.test(text)) continue
    const open = referencesIn(text).filter((each) => !isDefined(each))
    if (open.length === 0) continue
    for (const {table, column, by, at} of surely(file, open)) {
      const made = madeBy(table)
      if (made && !found.some((each) => each.table === table && each.column === column))
        found.push({table, column, by, at, made})
    }
  }
  return found

  /** By any revision that names the table. */
  function isDefined({table, column}: Reference): boolean {
    const named = new RegExp(`\\b${table}\\b`, 'i')
    return [...(defined.get(column) ?? [])].some((index) => named.test(files[index]?.text ?? ''))
  }

  /** Where the table is made, when that is read in full. */
  function madeBy(table: string): FileLocation | undefined {
    const makes = new RegExp(`\\bcreate_table\\(\\s{0,200}["']${table}["']`)
    const bySql = new RegExp(
      `\\bcreate\\s{1,50}(?:\\w+\\s{1,50}){0,3}table\\s{1,50}(?:if\\s{1,50}not\\s{1,50}exists\\s{1,50})?[\\w."\\\\]{0,100}${table}\\b`,
      'i',
    )
    // A function of the project's own may do it.
    const byOther = new RegExp(
      `(?<![\\w.])(?!(?:op|sa|sqlalchemy|postgresql)\\.|(?:table|Table|text|print)\\()[A-Za-z_][\\w.]{0,100}\\(\\s{0,200}(?:\\w{1,50},\\s{0,200})?["']${table}["']`,
    )
    if (files.some(({text}) => bySql.test(text) || byOther.test(text))) return undefined
    const makers = files.filter(({text}) => makes.test(text))
    const steps = makers.flatMap(({file}) =>
      readSteps(file, false).filter((step) => step.call.method === 'create_table' && step.table === table),
    )
    return steps.length === makers.length && steps.every(isWhole) ? steps[0]?.at : undefined
  }
}

/** Each of its columns stands there with its name. */
export const isWhole = ({call: {args, keywords}, conditional}: Step): boolean =>
  !conditional &&
  !keywords.has('schema') &&
  args
    .slice(1)
    .every(
      (each) =>
        each.kind === 'call' &&
        (each.method === 'Column' ? textOf(each.args[0]) !== undefined : /Constraint$|^Index$/.test(each.method)),
    )

/** A question whether the column is there, under a name of the project's own. */
const asks = /\b\w{1,60}_exists\(|\bexists_\w{1,60}\(|\bhas_\w{1,60}\(|\bcolumns\b/

/** Those that a call of upgrade() makes, in no branch; what is sent for each of some rows is refused with the first. */
function* surely(file: TextFile, open: readonly Reference[]): Generator<Reference & {at: FileLocation}> {
  for (const step of readSteps(file, false)) {
    // It may say that nothing need be there.
    if (['schema', 'if_exists', 'if_not_exists'].some((each) => step.call.keywords.has(each))) continue
    if (step.conditional && (step.mayFail || asks.test(file.text))) continue
    const text = sqlOf({steps: [step]}).flatMap(({statements}) => statements)
    for (const each of open) {
      const isCall = step.call.method === each.by && step.table === each.table && /^op\./.test(step.call.name)
      const isSql = text.some((statement) =>
        referencesIn(statement).some((one) => one.table === each.table && one.column === each.column),
      )
      const names =
        isCall &&
        [...step.call.args, ...step.call.keywords.values()].some((value) =>
          value.kind === 'list'
            ? value.items.some((item) => textOf(item) === each.column)
            : textOf(value) === each.column,
        )
      if ((names && !step.conditional) || isSql) yield {...each, at: step.at}
    }
  }
}
