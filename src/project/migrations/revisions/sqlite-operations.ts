/** Operations of alembic that SQLite has no ALTER TABLE for, where it is the database of the machines. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {newRevisions} from '../../alembic/new-revisions.ts'
import type {Inputs} from '../../inputs.ts'
import {readSteps, type Step} from '../steps.ts'

export interface SqliteOperation {
  /** `op.create_foreign_key`. */
  call: string
  /** What the revision ends with. */
  error: string
  at: FileLocation
  /** Where the machines are told of the database. */
  database: FileLocation
  upgrade: FileLocation
  isNew: boolean
}

/** Of alembic/ddl/sqlite.py: SQLiteImpl.add_constraint and drop_constraint. */
const ofConstraints = /^op\.(?:create_(?:unique_constraint|foreign_key|check_constraint|primary_key)|drop_constraint)$/
/** What makes `ALTER COLUMN` of it; a new name SQLite knows. */
const alters = ['nullable', 'type_', 'server_default']

export async function loadSqliteOperations({reader}: Inputs, facts: FactStore): Promise<Fact<SqliteOperation[]>> {
  const [alembic, flyConfig] = await Promise.all([facts.get('alembic'), facts.value('flyConfig')])
  const [environment, another] = alembic.state === 'ok' ? alembic.value.environments : []
  const {upgrade} = environment ?? {}
  if (!environment || another || !upgrade || !flyConfig) return known([])
  const named = Object.entries(flyConfig.config.env ?? {}).find(([, value]) => /^sqlite(?:\+\w{1,20})?:/.test(value))
  if (!named) return known([])
  const [secrets, files] = await Promise.all([facts.value('secretNames'), facts.value('files')])
  if (secrets?.some(({name}) => name === named[0])) return known([])
  const [variable] = named
  // By that name, or as a field of pydantic's settings.
  const asked = new RegExp(`\\b${variable}\\b`, 'i')
  const code = await reader.texts(
    (files?.ending('.py') ?? []).filter((path) => /config|settings|env|database|db/i.test(path)),
  )
  if (!code.some(({text}) => asked.test(text))) return known([])
  const fresh = newRevisions(environment, await facts.value('since'))
  const found: SqliteOperation[] = []
  for (const revision of environment.revisions) {
    const file = await reader.text(revision.at.file)
    // A branch on the database is read as Postgres has it.
    if (!file || /\bdialect\b|\bget_bind\(|\bget_context\(|sqlite/i.test(file.text)) continue
    for (const step of readSteps(file, true)) {
      const error = step.conditional ? undefined : refusal(step)
      if (error === undefined) continue
      found.push({
        call: step.call.name,
        error,
        at: step.at,
        database: flyConfig.at('env', variable),
        upgrade: upgrade.at,
        isNew: fresh.has(revision),
      })
      break
    }
  }
  return known(found)
}

function refusal({call}: Step): string | undefined {
  if (ofConstraints.test(call.name)) return 'NotImplementedError: No support for ALTER of constraints in SQLite dialect'
  if (call.name === 'op.alter_column' && alters.some((name) => call.keywords.has(name)))
    return 'OperationalError: near "ALTER": syntax error'
  return undefined
}
