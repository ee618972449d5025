import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Upgrade} from '../alembic/commands.ts'
import type {Inputs} from '../inputs.ts'
import type {Step} from './steps.ts'

/** What the migrations of alembic do to a Postgres database, read without running them. */
export interface Migrations {
  /** Only those whose text has something that a check looks for. */
  migrations: Migration[]
  /** Every file of a revision, for what another one may have made. */
  mentions(text: string, except: string): boolean
}

export interface Migration {
  file: string
  /** The calls of upgrade(), in order. */
  steps: Step[]
  /** What runs it in the deploy; undefined where nothing is seen to. */
  upgrade: Upgrade | undefined
  /** No revision follows it: the next deploy most likely brings it. */
  isHead: boolean
  /** env.py or the migration itself has a connection commit each statement by itself. */
  autocommits: boolean
  /** What env.py connects with, where it says so. */
  driver: 'asyncpg' | undefined
}

/** What checks look for: other files are not parsed, since a project may have thousands. */
const interesting =
  /Enum|ENUM|execute|concurrently|create_index|TINYINT|server_default|nullable=False|type_=|drop_|rename|new_column_name/

export async function loadMigrations({reader}: Inputs, facts: FactStore): Promise<Fact<Migrations>> {
  const [alembic, python, image] = await Promise.all([
    facts.get('alembic'),
    facts.value('python'),
    facts.value('image'),
  ])
  if (alembic.state !== 'ok') return alembic
  const drivers = image?.final.drivers ?? []
  if (drivers.length === 0 && !python?.postgresUse) return absent('nothing shows that the database is Postgres')
  const {readSteps} = await import('./steps.ts')
  const migrations: Migration[] = []
  const texts = new Map<string, string>()
  for (const {revisions, upgrade, scriptFolder} of alembic.value.environments) {
    const env = scriptFolder === undefined ? undefined : (await reader.text(`${scriptFolder}/env.py`))?.text
    const outside = /AUTOCOMMIT|transactional_ddl\s*=\s*False|set_isolation_level|\.autocommit\s*=/
    const isAsync = /\basync_engine_from_config\b|\bcreate_async_engine\b|\+asyncpg/.test(env ?? '')
    const driver = isAsync && drivers.every(({name}) => name === 'asyncpg') ? ('asyncpg' as const) : undefined
    const followed = new Set(revisions.flatMap(({down}) => down))
    for (const {id, at} of revisions) {
      const file = await reader.text(at.file)
      if (!file) continue
      texts.set(at.file, file.text)
      if (!interesting.test(file.text)) continue
      const autocommits = outside.test(env ?? '') || outside.test(file.text)
      const isHead = !followed.has(id)
      // One that another follows may have been replaced on the server.
      const steps = readSteps(file, isHead && (upgrade?.certain ?? false))
      migrations.push({file: at.file, steps, upgrade, isHead, autocommits, driver})
    }
  }
  return known({
    migrations,
    mentions: (text, except) => [...texts].some(([path, each]) => path !== except && each.includes(text)),
  })
}
