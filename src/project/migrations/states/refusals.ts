/** What Postgres refuses of the new migrations, with the tables as the earlier ones leave them. */
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import type {Inputs} from '../../inputs.ts'
import type {Migration, Migrations} from '../migrations.ts'
import {isOneLine, upgradesOf} from '../revisions/upgrades.ts'
import {sqlSteps} from '../sql-files/sql-file.ts'
import {readSteps, type Step} from '../steps.ts'
import {type IndexFault, indexFaults} from './index-faults.ts'
import {type RowFault, rowFaults} from './row-faults.ts'
import {type TableStates, take} from './table-states.ts'

export interface StateFaults {
  rows: (RowFault & {isSure: boolean})[]
  indexes: (IndexFault & {isSure: boolean})[]
}

/** What a migration may be refused for; of the others none is read. */
const interesting = /\binsert\b|bulk_insert|\bupdate\b|create_index|\bindex\b/i
/** Asks before it does anything. */
const asks = /\binspect\(|\b\w{1,60}_exists\(|\bhas_\w{1,60}\(|information_schema|\bget_columns\b/

interface File {
  path: string
  text: string
  steps: () => readonly Step[]
  migration: Migration | undefined
}

export async function loadStateFaults({reader}: Inputs, facts: FactStore): Promise<Fact<StateFaults>> {
  const [migrations, alembic] = [await facts.need('migrations'), await facts.value('alembic')]
  const found: StateFaults = {rows: [], indexes: []}
  const fresh = new Map(
    migrations.migrations.concat(migrations.own).flatMap((each) => (each.isNew ? [[each.file, each]] : [])),
  )
  for (const folder of migrations.folders) replay(ofSql(folder, fresh), found)
  const [environment, another] = alembic?.environments ?? []
  if (environment && !another && isOneLine(environment.graph)) replay((await ofAlembic(environment)) ?? [], found)
  return fresh.size > 0 ? known(found) : absent('no migration is new')

  async function ofAlembic({revisions}: AlembicEnvironment): Promise<File[] | undefined> {
    const own = revisions.filter(({at}) => fresh.has(at.file))
    const texts = await reader.texts(own.map(({at}) => at.file))
    if (!texts.some(({text}) => interesting.test(text))) return undefined
    const upgrades = await upgradesOf(revisions, reader)
    if (!upgrades) return undefined
    const files = new Map(upgrades.map((each) => [each.file.path, each]))
    return inOrder(revisions).flatMap(({at}) => {
      const each = files.get(at.file)
      const migration = fresh.get(at.file)
      return each
        ? {path: at.file, text: each.text, steps: () => migration?.steps ?? readSteps(each.file, false), migration}
        : []
    })
  }
}

function ofSql({parts = []}: Migrations['folders'][number], fresh: ReadonlyMap<string, Migration>): File[] {
  return parts.map(({file, from, to}) => {
    const migration = fresh.get(file.path)
    return {
      path: file.path,
      text: file.text.slice(from, to),
      steps: () => migration?.steps ?? sqlSteps(file, false, from, to),
      migration,
    }
  })
}

/** Each revision behind those that it follows. */
function inOrder(revisions: AlembicEnvironment['revisions']): AlembicEnvironment['revisions'][number][] {
  const left = new Set(revisions)
  const done = new Set<string>()
  const order: AlembicEnvironment['revisions'][number][] = []
  for (let moved = true; moved; ) {
    moved = false
    for (const each of left) {
      if (![...each.down, ...each.dependsOn].every((id) => done.has(id))) continue
      left.delete(each)
      done.add(each.id)
      order.push(each)
      moved = true
    }
  }
  return order
}

function replay(files: readonly File[], found: StateFaults): void {
  if (!files.some(({migration, text}) => migration && interesting.test(text))) return
  const states: TableStates = new Map()
  const extensions = files.map(({text}) => text).join('\n')
  const setsPath = /\bsearch_path\b|\bset_config\b/i.test(extensions)
  if (setsPath) return
  for (const {text, steps, migration} of files) {
    const isOpen = asks.test(text)
    for (const step of steps()) {
      if (migration && !isOpen && !step.mayFail && !step.conditional) {
        // What a table of this migration lacks, no hand has added.
        const isOwn = (at: {file: string}) => step.isSure && at.file === migration.file
        for (const fault of rowFaults(states, step, migration.driver))
          found.rows.push({...fault, isSure: isOwn(fault.made)})
        for (const fault of indexFaults(states, step, extensions))
          found.indexes.push({...fault, isSure: step.isSure && !fault.mayExist})
      }
      take(states, step, text)
    }
  }
}
