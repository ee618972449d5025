/** Tables and columns that the models of SQLAlchemy have and no revision of alembic makes: `upgrade` runs the revisions alone. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {columnsBefore} from '../revisions/columns-before.ts'
import {isWhole} from '../revisions/missing-columns.ts'
import {readSteps} from '../steps.ts'
import {enumDrift, type MissingWords} from './enum-drift.ts'
import {modelHistory} from './model-history.ts'
import {type OtherType, typeDrift} from './type-drift.ts'

/** A model whose table, or some of whose columns, no revision makes. */
export interface AlembicDrift {
  model: string
  table: string
  /** The columns that are missing; undefined: the whole table. */
  columns: string[] | undefined
  /** Of a column of an enum: the words that its type lacks. */
  words?: MissingWords
  /** Of a key: its type in the model and in the database. */
  types?: OtherType
  /** The model, or its first missing column. */
  at: FileLocation
  /** What runs the revisions. */
  run: {by: string; at: FileLocation}
  /** As `alembic revision` is called in this project. */
  tool: 'alembic' | 'flask'
}

export async function loadAlembicDrift({reader}: Inputs, facts: FactStore): Promise<Fact<AlembicDrift[]>> {
  const history = await modelHistory(reader, facts)
  if (!history || history.models.length === 0) return known([])
  const {environment, run, revisions, models, paths} = history
  const made = new Made(revisions)
  // Made in another way, and these revisions only add to them; or models of another database.
  const covered = models.filter(({table}) => made.has(table))
  if (covered.length * 2 < models.length) return known([])
  const own = new Set(environment.revisions.map(({at}) => at.file))
  const others = (await reader.texts(paths.ending('.py', '.sql', '.sh'))).filter(({path}) => !own.has(path))
  const makesTables = others.some(({text}) => /\bcreate_all\b|\.__table__\.create\b|\bCreateTable\b/.test(text))
  const tool = environment.flask ? ('flask' as const) : ('alembic' as const)
  const found: AlembicDrift[] = []
  for (const model of models) {
    const {name, table, at} = model
    const drift = {model: name, table, run, tool}
    if (!made.has(table)) {
      if (!makesTables && !others.some((each) => makes(each, table))) found.push({...drift, columns: undefined, at})
      continue
    }
    if (!made.isRead(table)) continue
    const missing = model.columns.filter(
      (column) => !made.hasColumn(table, column.name) && !others.some((each) => adds(each, column.name)),
    )
    if (missing[0]) found.push({...drift, columns: missing.map(({name}) => name), at: missing[0].at})
  }
  // SQLite has no such types, and MySQL has them in the columns.
  const isPostgres = (await facts.get('migrations')).state === 'ok'
  const words = isPostgres ? enumDrift(history) : []
  const columns = isPostgres ? await columnsBefore(environment, '', reader) : undefined
  const drivers = (await facts.value('image'))?.final.drivers ?? []
  const types = columns ? typeDrift(history, columns, drivers) : []
  return known([...found, ...[...words, ...types].map((each) => ({...each, run, tool}))])
}

/** In SQL, of a program that makes tables by itself. */
const makes = ({text}: Pick<TextFile, 'text'>, table: string): boolean =>
  new RegExp(`\\b(?:create|rename)\\b[^;]{0,200}\\b${table}\\b`, 'i').test(text) &&
  /\b(?:create\s{1,20}(?:\w{1,20}\s{1,20}){0,3}table|rename\s{1,20}to)\b/i.test(text)

const adds = ({text}: TextFile, column: string): boolean =>
  /\balter\s{1,20}table\b|\badd_column\(/i.test(text) && new RegExp(`\\b${column}\\b`).test(text)

/** What the revisions name: what none of them names, none of them makes. */
class Made {
  readonly #files: readonly {file: TextFile; text: string; words: ReadonlySet<string>}[]

  constructor(files: readonly {file: TextFile; text: string}[]) {
    this.#files = files.map((each) => ({...each, words: new Set(each.text.match(/\w+/g))}))
  }

  has(table: string): boolean {
    return this.#files.some(({words}) => words.has(table))
  }

  hasColumn(table: string, column: string): boolean {
    return this.#files.some(({words}) => words.has(table) && words.has(column))
  }

  /** Whether each `create_table` of it has its columns there, and none comes from elsewhere. */
  isRead(table: string): boolean {
    const makers = this.#files.filter(({text, words}) => words.has(table) && /\bcreate_table\b/.test(text))
    const steps = makers.flatMap(({file}) =>
      readSteps(file, false).filter((step) => step.call.method === 'create_table' && step.table === table),
    )
    if (steps.length === 0) return this.#files.some(({text}) => makes({text}, table))
    return steps.every((step) => isWhole({...step, conditional: false}))
  }
}
