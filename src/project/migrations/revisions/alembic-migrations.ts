import type {Alembic} from '../../alembic/alembic.ts'
import {newRevisions} from '../../alembic/new-revisions.ts'
import type {Since} from '../../git/since.ts'
import type {Inputs} from '../../inputs.ts'
import {enumMade} from '../enums.ts'
import type {FoundMigrations, Migration} from '../migrations.ts'
import {readSteps} from '../steps.ts'
import {columnsBefore} from './columns-before.ts'
import {withoutDowngrade} from './downgrade.ts'

/** What checks look for: other files of old ones are not parsed, since a project may have thousands. */
const interesting =
  /Enum|ENUM|execute|exec_driver_sql|concurrently|create_index|TINYINT|server_default|nullable=False|type_=|drop_|rename|new_column_name|Vector\(|VECTOR|HALFVEC|CITEXT|HSTORE|LTREE|Geometry|Geography|JSONB/

const changesType = /\btype_\s{0,9}=|\balter\s{1,20}column\s{1,20}\S{1,80}\s{1,20}(?:set\s{1,20}data\s{1,20})?type\b/i

interface Project extends Pick<Inputs, 'reader'> {
  drivers: readonly {name: string}[]
  since: Since | undefined
  /** The database surely is one. */
  isPostgres: boolean
}

export async function alembicMigrations(
  {environments}: Alembic,
  {reader, drivers, since, isPostgres}: Project,
): Promise<FoundMigrations> {
  const migrations: Migration[] = []
  const texts = new Map<string, string>()
  const old = new Map<string, string>()
  for (const environment of environments) {
    const {revisions, upgrade, scriptFolder} = environment
    const env = scriptFolder === undefined ? undefined : (await reader.text(`${scriptFolder}/env.py`))?.text
    const outside = /AUTOCOMMIT|transactional_ddl\s*=\s*False|set_isolation_level|\.autocommit\s*=/
    const isAsync = /\basync_engine_from_config\b|\bcreate_async_engine\b|\+asyncpg/.test(env ?? '')
    const driver = isAsync && drivers.every(({name}) => name === 'asyncpg') ? ('asyncpg' as const) : undefined
    const brought = newRevisions(environment, since)
    for (const revision of revisions) {
      const path = revision.at.file
      const file = await reader.text(path)
      if (!file) continue
      texts.set(path, file.text)
      const isNew = brought.has(revision)
      // With several heads nobody can tell which of the others have run before one of them.
      if (!isNew && environment.graph?.heads.length === 1) old.set(path, withoutDowngrade(file.text))
      if (!isNew && (since || !interesting.test(withoutDowngrade(file.text)))) continue
      const autocommits = outside.test(env ?? '') || outside.test(file.text)
      // An older one may have been replaced on the server.
      const steps = readSteps(file, isNew && isPostgres && upgrade?.certain === true && upgrade.runsAll)
      const columns = isNew && changesType.test(file.text) ? await columnsBefore(environment, path, reader) : undefined
      const commitsItself =
        /\.commit\(/.test(env ?? '') || /\.begin(?:_nested)?\(|(?<!await )\bSession\(/.test(file.text)
      migrations.push({file: path, tool: 'alembic', steps, upgrade, isNew, autocommits, commitsItself, driver, columns})
    }
  }
  return {migrations, texts, enumBefore: (name) => enumMade(name, old, texts)}
}
