import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Upgrade} from '../alembic/commands.ts'
import {newRevisions} from '../alembic/new-revisions.ts'
import type {Inputs} from '../inputs.ts'
import type {Step} from './steps.ts'

/** What the migrations of alembic do to a Postgres database, read without running them. */
export interface Migrations {
  /** Those that the next deploy may run: where a base tells the new ones, they; else all. */
  migrations: Migration[]
  /** Tables that the new ones make: nothing is in them. */
  made: ReadonlySet<string>
  /** Every file of a revision, for what another one may have made. */
  mentions(text: string, except: string): boolean
}

export interface Migration {
  file: string
  /** The calls of upgrade(), in order. */
  steps: Step[]
  /** What runs it in the deploy; undefined where nothing is seen to. */
  upgrade: Upgrade | undefined
  /** The next deploy most likely brings it. */
  isNew: boolean
  /** env.py or the migration itself has a connection commit each statement by itself. */
  autocommits: boolean
  /** What env.py connects with, where it says so. */
  driver: 'asyncpg' | undefined
}

/** What checks look for: other files of old ones are not parsed, since a project may have thousands. */
const interesting =
  /Enum|ENUM|execute|exec_driver_sql|concurrently|create_index|TINYINT|server_default|nullable=False|type_=|drop_|rename|new_column_name/

export async function loadMigrations({reader}: Inputs, facts: FactStore): Promise<Fact<Migrations>> {
  const [alembic, python, image] = await Promise.all([
    facts.get('alembic'),
    facts.value('python'),
    facts.value('image'),
  ])
  if (alembic.state !== 'ok') return alembic
  const drivers = image?.final.drivers ?? []
  if (drivers.length === 0 && !python?.postgresUse) return absent('nothing shows that the database is Postgres')
  const since = await facts.value('since')
  const [{readSteps}, {changesOf}] = await Promise.all([import('./steps.ts'), import('./changes.ts')])
  const migrations: Migration[] = []
  const texts = new Map<string, string>()
  for (const environment of alembic.value.environments) {
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
      if (!isNew && (since || !interesting.test(file.text))) continue
      const autocommits = outside.test(env ?? '') || outside.test(file.text)
      // An older one may have been replaced on the server.
      const steps = readSteps(file, isNew && (upgrade?.certain ?? false))
      migrations.push({file: path, steps, upgrade, isNew, autocommits, driver})
    }
  }
  const fresh = migrations.filter(({isNew}) => isNew).flatMap(changesOf)
  const made = fresh.flatMap(({kind, table}) => (kind === 'make table' ? [table] : []))
  return known({
    migrations,
    made: new Set(made),
    mentions: (text, except) => [...texts].some(([path, each]) => path !== except && each.includes(text)),
  })
}
