import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {isApart} from '../../files/apart.ts'
import {isNear, noFiles} from '../../files/files.ts'
import {isBelow} from '../../image/files/image-path.ts'
import type {Image} from '../../image/image.ts'
import type {Inputs} from '../../inputs.ts'
import type {MigrationSet, SetInputs} from './migration-set.ts'

/** Folders of migrations in SQL that this image holds, where that can be told; most projects have one. */
export async function loadSqlSets({reader}: Inputs, facts: FactStore): Promise<MigrationSet[]> {
  const paths = (await facts.value('files')) ?? noFiles
  const near = paths.only((path) => !isApart(path))
  const indexes = near.named('meta/_journal.json', 'migrations/migration_lock.toml')
  if (indexes.length === 0 && near.ending('.sql').length === 0) return []
  const [image, processes, since, deploys, buildsElse] = await Promise.all([
    facts.value('image'),
    facts.value('processes'),
    facts.value('since'),
    facts.value('deployCommands'),
    facts.value('buildsElse'),
  ])
  const part = posix.dirname((await facts.value('flyConfig'))?.file ?? '')
  // Beside the migrations, what says how the project is made.
  const relevantPaths = paths.only((path) => (path.endsWith('.sql') ? !isApart(path) : isNear(path)))
  const workflows = near.ending('.up.sql').length > 0 ? await facts.value('workflows') : undefined
  const steps = workflows?.workflows.map(({file}) => file.text).join('\n') ?? ''
  const inputs: SetInputs = {reader, paths: relevantPaths, processes, since, steps}
  const sets: MigrationSet[] = []
  for (const path of indexes.filter((each) => !isPutAway(each, indexes))) {
    const file = await reader.text(path)
    if (!file) continue
    const set = path.endsWith('.json')
      ? await (await import('./drizzle.ts')).drizzleSet(file, inputs)
      : await (await import('./prisma.ts')).prismaSet(file, inputs)
    if (set) sets.push(set)
  }
  sets.push(...(await (await import('./plain-sets.ts')).plainSets(inputs)))
  sets.push(...(await (await import('./flyway-sets.ts')).flywaySets(inputs)))
  const copied = sets.filter(({index}) => image?.copies(index))
  const relevant = copied.length > 0 ? copied : sets.filter((each) => !isElsewhere(each))
  // Which of several a command means, is not known.
  const [only, another] = relevant
  const isAsHere = image && !changesFiles(image) && !processes?.find(edits) && !buildsElse
  const isSure =
    only && !another && copied.length === 1 && isAsHere && !deploys?.makes(only.index) && !processes?.find(marksAsRun)
  return isSure ? relevant : relevant.map(unsure)

  /** A part of the repository with a configuration of its own may have nothing to do with the database. */
  function isElsewhere({index, migrations}: MigrationSet): boolean {
    const runs = migrations.some(({upgrade}) => upgrade)
    return image !== undefined && part !== '.' && !isBelow(index, part) && !runs
  }
}

/** Below the folder of other migrations, those are kept that they replace. */
const isPutAway = (index: string, all: readonly string[]): boolean =>
  all.some((other) => other !== index && isBelow(index, posix.dirname(posix.dirname(other))))

/** Prisma's way to take a migration as applied that was not run. */
const marksAsRun = /\bmigrate\s+resolve\b/
const edits = /\b(?:sed|rm|mv|cp|find|tee|envsubst|perl)\b[^;&|]{0,500}(?:prisma|drizzle|migrations)/

/** Whether a step of the build may change the schema or the migrations. */
const changesFiles = ({stages}: Image): boolean =>
  stages.flatMap(({stage}) => stage.instructions).some(({keyword, text}) => keyword === 'RUN' && edits.test(text))

const unsure = (set: MigrationSet): MigrationSet => ({
  ...set,
  migrations: set.migrations.map((each) => ({...each, steps: each.steps.map((step) => ({...step, isSure: false}))})),
  faults: set.faults.map((fault) => ({...fault, isSure: false})),
})
