/** Migrations that nothing is seen to run: neither the deploy, nor the app, nor a workflow, nor whoever deploys by hand. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../files/apart.ts'
import {isNear, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Inputs} from '../inputs.ts'
import {withoutDowngrade} from '../migrations/revisions/downgrade.ts'

export interface UnrunMigrations {
  config: FileLocation
  count: number
  /** A workflow deploys of its own accord, and so nobody is there to do it by hand. */
  byWorkflow: boolean
  /** The app makes its tables itself, and some of them change what tables have: those that are there stay as they are. */
  changes: FileLocation | undefined
  /** What runs them: env.py of Flask-Migrate asks the app for its database, which alembic by itself does not make. */
  command: 'alembic upgrade head' | 'flask db upgrade'
}

/** It runs them, or makes the tables without them: also in a script or a note of whoever deploys. */
const runs = /\balembic\b|\bflask\s+db\b|\bcreate_all\b|\bcommand\.upgrade\b/
const makesTables = /\bcreate_all\b/g
/** What create_all() does not do: it makes tables that are not there, and leaves the others as they are. */
const changesTable = /\badd_column\(/
/** It stands close by what speaks of the deployed app. */
const ofProduction =
  /(?:\bprod|deploy|\brelease|\bstaging|\bfly\b|\bmanual)[\s\S]{0,300}\balembic\s+upgrade|\balembic\s+upgrade[\s\S]{0,300}(?:\bprod|deploy|\brelease|\bstaging|\bfly\b|\bmanual)/i
const byHand = /\b(?:fly|flyctl)\s+(?:ssh|console|machine)\b/

export async function loadUnrunMigrations({reader}: Inputs, facts: FactStore): Promise<Fact<UnrunMigrations[]>> {
  const alembic = await facts.get('alembic')
  if (alembic.state !== 'ok') return known([])
  const {environments, commands} = alembic.value
  const [environment, another] = environments
  if (!environment?.read || another || commands.length > 0) return known([])
  const {revisions, config, scriptFolder} = environment
  const file = revisions.length > 1 ? await reader.text(config) : undefined
  if (!file || scriptFolder === undefined) return known([])
  const [files = noFiles, image, workflows, started, flyConfig] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('workflows'),
    facts.value('startedCommands'),
    facts.value('flyConfig'),
  ])
  // Only what this image is made of: another service may own the database.
  if (!image?.copies(config)) return known([])
  if (started?.texts.some(({text}) => runs.test(text))) return known([])
  const deploying = workflows?.calls.map(({workflow}) => workflow.file.text) ?? []
  if (deploying.some((text) => /alembic|migrat|\.sh\b|\bmake\b|\bjust\b/i.test(text))) return known([])
  // Another one may run them: by hand, or with the address of the database.
  const others = files.under('.github/workflows').filter((path) => /\.ya?ml$/.test(path))
  if (
    await anyOf(
      others,
      (text) => runs.test(text) && /\bworkflow_dispatch\b|\bsecrets\.(?!GITHUB_TOKEN)/.test(text),
      reader,
    )
  )
    return known([])
  const paths = files.only((path) => !path.startsWith(`${scriptFolder}/`) && !isApart(path))
  const code = paths.ending('.py').slice(0, 3000)
  const notes = files.only(isNear).ending('.md')
  const scripts = paths.only(isNear).ending('.toml', '.yml', '.yaml', 'Makefile', 'justfile', 'Procfile')
  const changes = (await anyOf(code, (text) => text.match(makesTables) !== null, reader))
    ? await firstChange()
    : undefined
  const mayRun = (text: string) => runs.test(changes ? text.replace(makesTables, '') : text)
  // Some images start a script of a certain name: prestart.sh.
  if (await anyOf([...code, ...paths.ending('.sh')], mayRun, reader)) return known([])
  if (await anyOf(scripts, (text) => runs.test(text) && /\b(?:fly|flyctl)\b|release/.test(text), reader))
    return known([])
  if (await anyOf(notes, (text) => runs.test(text) && (byHand.test(text) || ofProduction.test(text)), reader))
    return known([])
  const byWorkflow =
    workflows?.deploys.some(({config: each, call}) => {
      const {triggers} = call.workflow
      // Whoever starts it by hand may run them by hand.
      return each === flyConfig?.file && !(triggers?.size === 1 && triggers.has('workflow_dispatch'))
    }) ?? false
  const script = await reader.text(`${scriptFolder}/env.py`)
  const command =
    environment.flask || /\bcurrent_app\b/.test(script?.text ?? '') ? 'flask db upgrade' : 'alembic upgrade head'
  return known([{config: file.whole, count: revisions.length, byWorkflow, changes, command}])

  /** Behind the first revision: what that makes may be all that create_all() makes. */
  async function firstChange(): Promise<FileLocation | undefined> {
    for (const revision of revisions) {
      const text = await reader.glance(revision.at.file)
      const upgrade = text && withoutDowngrade(text.text)
      const match = upgrade === undefined ? null : changesTable.exec(upgrade)
      if (text && match) return text.span(match.index, match.index + match[0].length - 1)
    }
    return undefined
  }
}

async function anyOf(
  paths: readonly string[],
  has: (text: string) => boolean,
  reader: ProjectReader,
): Promise<boolean> {
  for (const path of paths) {
    const file = await reader.glance(path)
    if (file && has(file.text)) return true
  }
  return false
}
