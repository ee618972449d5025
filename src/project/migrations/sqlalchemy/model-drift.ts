/** Tables and columns that the models of SQLAlchemy have and no revision of alembic makes: `upgrade` runs the revisions alone. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import {isApart} from '../../apart.ts'
import {type Files, noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import {importedBy} from '../../python/imports/modules.ts'
import {startedModules} from '../../python/imports/started-modules.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
import {isWhole, upgradesOf} from '../missing-columns.ts'
import {readSteps} from '../steps.ts'
import {type MappedClass, mappedClasses} from './mapped-classes.ts'

/** A model whose table, or some of whose columns, no revision makes. */
export interface AlembicDrift {
  model: string
  table: string
  /** The columns that are missing; undefined: the whole table. */
  columns: string[] | undefined
  /** The model, or its first missing column. */
  at: FileLocation
  /** What runs the revisions. */
  run: {by: string; at: FileLocation}
  /** As `alembic revision` is called in this project. */
  tool: 'alembic' | 'flask'
}

/** Revisions that are written when the deploy runs. */
const writesRevisions = /\brevision\b.{0,200}--autogenerate\b|\bdb\s+migrate\b|\brevision\b.{0,200}\b__main__\b/

export async function loadAlembicDrift({reader}: Inputs, facts: FactStore): Promise<Fact<AlembicDrift[]>> {
  const [alembic, files, processes] = await Promise.all([
    facts.need('alembic'),
    facts.value('files'),
    facts.value('processes'),
  ])
  const [environment, another] = alembic.environments
  const {graph, upgrade} = environment ?? {}
  if (!environment || another || !upgrade || graph?.heads.length !== 1) return known([])
  if (graph.problems.length > 0 || graph.duplicates.length > 0) return known([])
  const commands = processes?.commands.map(({text}) => text) ?? []
  if (commands.some((text) => writesRevisions.test(text))) return known([])
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const revisions = await upgradesOf(environment.revisions, reader)
  if (!revisions) return known([])
  const models = await loadedModels(environment, commands, paths, reader)
  const made = new Made(revisions)
  // Made in another way, and these revisions only add to them; or models of another database.
  const covered = models.filter(({table}) => made.has(table))
  if (covered.length * 2 < models.length) return known([])
  const own = new Set(environment.revisions.map(({at}) => at.file))
  const others = (await reader.texts(paths.ending('.py', '.sql', '.sh'))).filter(({path}) => !own.has(path))
  const makesTables = others.some(({text}) => /\bcreate_all\b|\.__table__\.create\b|\bCreateTable\b/.test(text))
  const found: AlembicDrift[] = []
  for (const model of models) {
    const {name, table, at} = model
    const drift = {
      model: name,
      table,
      run: {by: upgrade.by, at: upgrade.at},
      tool: environment.flask ? ('flask' as const) : ('alembic' as const),
    }
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
  return known(found)
}

/** In SQL, of a program that makes tables by itself. */
const makes = ({text}: Pick<TextFile, 'text'>, table: string): boolean =>
  new RegExp(`\\b(?:create|rename)\\b[^;]{0,200}\\b${table}\\b`, 'i').test(text) &&
  /\b(?:create\s{1,20}(?:\w{1,20}\s{1,20}){0,3}table|rename\s{1,20}to)\b/i.test(text)

const adds = ({text}: TextFile, column: string): boolean =>
  /\badd\s{1,20}(?:column\b|["\w])|\badd_column\b/i.test(text) && new RegExp(`\\b${column}\\b`).test(text)

/** Those of modules that env.py or the app imports, in whatever way. */
async function loadedModels(
  {scriptFolder}: AlembicEnvironment,
  commands: readonly string[],
  paths: Files,
  reader: ProjectReader,
): Promise<MappedClass[]> {
  const env = scriptFolder === undefined ? [] : [posix.join(scriptFolder, 'env.py')]
  const started = await startedModules(commands, paths, reader)
  const loaded = await importedBy([...env, ...started], paths, reader)
  const files = await reader.texts([...loaded].filter((path) => path.endsWith('.py')))
  const models = files.flatMap(mappedClasses)
  const tables = models.map(({table}) => table)
  // Two classes of one table are of two databases, or one is for another version.
  return models.filter(({table}) => tables.indexOf(table) === tables.lastIndexOf(table))
}

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
