/** The models of SQLAlchemy that a deploy loads, and the revisions of alembic that it runs. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {FactStore} from '../../../facts.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {loadedSources} from '../../python/imports/loaded-sources.ts'
import {upgradesOf} from '../revisions/upgrades.ts'
import {type MappedClass, mappedClasses} from './mapped-classes.ts'

export interface ModelHistory {
  environment: AlembicEnvironment
  /** What runs the revisions. */
  run: {by: string; at: FileLocation}
  /** What the upgrades of all revisions say. */
  revisions: readonly {file: TextFile; text: string}[]
  models: readonly MappedClass[]
  /** The modules that env.py or the app imports, in whatever way. */
  loaded: readonly TextFile[]
  paths: Files
}

/** Revisions that are written when the deploy runs. */
const writesRevisions = /\brevision\b.{0,200}--autogenerate\b|\bdb\s+migrate\b|\brevision\b.{0,200}\b__main__\b/

/** undefined where nothing runs one history to its one head, or a revision does what is not read. */
export async function modelHistory(reader: ProjectReader, facts: FactStore): Promise<ModelHistory | undefined> {
  const [alembic, files, processes] = await Promise.all([
    facts.need('alembic'),
    facts.value('files'),
    facts.value('processes'),
  ])
  const [environment, another] = alembic.environments
  const {graph, upgrade} = environment ?? {}
  if (!environment || another || !upgrade || graph?.heads.length !== 1) return undefined
  if (graph.problems.length > 0 || graph.duplicates.length > 0) return undefined
  const commands = processes?.commands.map(({text}) => text) ?? []
  if (commands.some((text) => writesRevisions.test(text))) return undefined
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const revisions = await upgradesOf(environment.revisions, reader)
  if (!revisions) return undefined
  const {scriptFolder} = environment
  const env = scriptFolder === undefined ? [] : [posix.join(scriptFolder, 'env.py')]
  const loaded = await loadedSources(commands, paths, reader, env)
  const models = loaded.flatMap(mappedClasses)
  const tables = models.map(({table}) => table)
  return {
    environment,
    run: {by: upgrade.by, at: upgrade.at},
    revisions,
    // Two classes of one table are of two databases, or one is for another version.
    models: models.filter(({table}) => tables.indexOf(table) === tables.lastIndexOf(table)),
    loaded,
    paths,
  }
}
