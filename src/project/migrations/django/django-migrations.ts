import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {type ModuleStart, moduleStarts} from '../../python/commands/module-starts.ts'
import {djangoStart} from '../../python/django/django-start.ts'
import {ImageModules} from '../../python/imports/image-modules.ts'
import {type DjangoApp, djangoApp} from './apps.ts'
import {type GraphFault, graphFaults} from './graph.ts'
import {type LeftField, leftFields} from './left-fields.ts'
import {type TwinIndex, twinIndexes} from './like-indexes.ts'
import {type ModelDrift, modelDrift} from './model-drift.ts'

/** What `manage.py migrate` stops at, and what it does not make, of the project's own apps. */
export interface DjangoMigrations {
  faults: (GraphFault | TwinIndex)[]
  drift: ModelDrift[]
  left: LeftField[]
  /** What the deploy runs it with. */
  run: {by: string; at: FileLocation}
}

const runs = /\bmanage\.py migrate(?= --?\w|$)/

export async function loadDjangoMigrations(inputs: Inputs, facts: FactStore): Promise<Fact<DjangoMigrations>> {
  const [processes, build, image] = await Promise.all([
    facts.need('processes'),
    facts.need('build'),
    facts.value('image'),
  ])
  const command = processes.commands.find(({text, certain}) => certain && runs.test(text))
  // What it makes beside the files of the project, nobody sees.
  const makes = /\bmakemigrations\b|--run-syncdb\b/
  const isMade = build.stages.some(({stage}) => stage.instructions.some(({text}) => makes.test(text)))
  if (!command || isMade || processes.find(makes)) return absent('nothing runs manage.py migrate')
  const starts = await moduleStarts(inputs, facts)
  const start = starts.state === 'ok' ? starts.value.find((each) => each.command === command) : undefined
  const apps = start ? await appsOf(start, inputs, facts) : []
  // Other databases have no index for LIKE.
  const isPostgres = image?.final.drivers.length !== 0
  const twins = isPostgres ? apps.flatMap(({migrations = []}) => migrations.flatMap(twinIndexes)) : []
  return known({
    faults: [...graphFaults(apps), ...twins],
    drift: apps.flatMap(modelDrift),
    left: apps.flatMap(leftFields),
    run: {by: command.by, at: command.at},
  })
}

/** The apps of the image that the settings name, which are the project's own. */
async function appsOf(start: ModuleStart, {reader}: Inputs, facts: FactStore): Promise<DjangoApp[]> {
  const [[build, paths, processes], flyConfig] = await Promise.all([
    facts.needAll('build', 'files', 'processes'),
    facts.value('flyConfig'),
  ])
  const env = flyConfig?.config.env ?? {}
  const modules = new ImageModules(build, reader, paths)
  const loaded = await djangoStart(start, {build, modules, processes, env, paths, reader})
  const named = loaded.flatMap(({app}) => app ?? [])
  // Where the migrations of an app are, the settings may say.
  const settings = new Set(named.map(({file}) => file))
  if ([...settings].some(({text}) => /\bMIGRATION_MODULES\b/.test(text))) return []
  const apps = await Promise.all(
    named.flatMap((item) => start.roots.map((root) => djangoApp(item, root, build, reader))),
  )
  return apps.flatMap((app) => app ?? [])
}
