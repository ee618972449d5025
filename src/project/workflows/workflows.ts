import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import type {TextFile} from '../text.ts'
import {workflowFiles, workflowFolders} from '../workflow-folders.ts'
import {type CompositeAction, compositeActions} from './composite.ts'
import {configsNear, type Deploy, readDeploys} from './deploys.ts'
import {type FlyctlCall, flyctlCalls} from './flyctl-calls.ts'
import {type UnpushedImage, unpushedImages} from './image-tags.ts'
import {type LeadUp, leadUp} from './lead-up.ts'
import {type MissingFile, missingFiles} from './missing-files.ts'
import {type Reuse, reusesOf, runsOf, type WorkflowRun} from './runs.ts'
import {parseWorkflow, type Workflow} from './workflow.ts'

/** The GitHub Actions workflows that call flyctl. */
export interface Workflows {
  /** The folder of the repository, relative to preflight's: `.`, `../..`. */
  repository: string
  /** As they are written, and those that call them. */
  workflows: Workflow[]
  /** Where one of them calls a workflow of the project. */
  reuses: Reuse[]
  /** The actions of the project that they use and that are made of steps. */
  actions: CompositeAction[]
  calls: FlyctlCall[]
  deploys: Deploy[]
  /** Those that are about this configuration: they read it, or nothing is known to read it. */
  ofConfig(config: string | undefined): Deploy[]
  /** The steps that must end well before flyctl is called. */
  leadUp: LeadUp[]
  /** What these name and the checkout does not have. */
  missingFiles: MissingFile[]
  /** The images that are deployed under tags that no step pushes. */
  unpushedImages: UnpushedImage[]
  /** The configurations of the repository, for "did you mean". */
  configs: string[]
}

export async function loadWorkflows({reader}: Inputs, facts: FactStore): Promise<Fact<Workflows>> {
  const [repository] = await workflowFolders(reader)
  if (repository === undefined) return absent('the project has no .github/workflows')
  const paths = await workflowFiles(reader, repository)
  const files = await Promise.all(paths.map((path) => reader.text(path)))
  const place = (path: string) => reader.display(posix.join(repository, path))
  const tracked = (await facts.value('files'))?.paths ?? []
  const callsIn = async (runs: readonly WorkflowRun[]) =>
    (await Promise.all(runs.map((each) => flyctlCalls(each, place, script)))).flat()
  const candidates = deploying(files.flatMap((each) => each ?? [])).flatMap(({file, by}) => {
    const workflow = parseWorkflow(file)
    // GitHub shows the syntax error of a workflow itself.
    return 'jobs' in workflow ? [{workflow, by}] : []
  })
  const actions = await compositeActions(
    candidates.map(({workflow}) => workflow),
    own,
  )
  const workflows: Workflow[] = []
  for (const {workflow, by} of candidates) {
    if (by === 'name' || (await callsIn(runsOf([workflow], [], actions))).length > 0) workflows.push(workflow)
  }
  if (workflows.length === 0) return absent('no workflow of the project calls flyctl')
  const reuses = reusesOf(workflows, new Set(paths.map((path) => posix.basename(path))))
  const runs = runsOf(workflows, reuses, actions)
  const calls = await callsIn(runs)
  const steps = leadUp(runs, calls)
  const [deploys, missing, configs] = await Promise.all([
    readDeploys(calls, reader, tracked),
    missingFiles(steps, {reader, place, tracked}),
    configsNear(repository, reader),
  ])
  return known({
    repository,
    workflows,
    reuses,
    actions: [...actions.values()],
    calls,
    deploys,
    ofConfig(config) {
      const own = deploys.filter((deploy) => deploy.config === config)
      return own.length > 0 ? own : deploys
    },
    leadUp: steps,
    missingFiles: missing,
    unpushedImages: unpushedImages(calls),
    configs,
  })

  /** What git ignores is not in the checkout. */
  async function own(path: string): Promise<TextFile | undefined> {
    const here = place(path)
    if (!here.startsWith('../') && !tracked.includes(here)) return undefined
    return (await reader.kindOf(here)) === 'file' ? await reader.text(here) : undefined
  }

  async function script(path: string): Promise<TextFile | undefined> {
    const file = await own(path)
    return file && (/\bfly(ctl)?\b/.test(file.text) || startsScripts.test(file.text)) ? file : undefined
  }
}

/**
 * Those that name flyctl, those that call these, and those that may start a script which does. A workflow that is not about
 * flyctl costs no more than reading it.
 */
function deploying(files: readonly TextFile[]): {file: TextFile; by: 'name' | 'script'}[] {
  const named = new Set(files.filter(({text}) => /\bfly(ctl)?\b/.test(text)))
  // A set hands out what is added while it is read.
  for (const {path} of named) {
    for (const file of files) if (file.text.includes(`./.github/workflows/${posix.basename(path)}`)) named.add(file)
  }
  return files
    .map((file) => ({file, by: named.has(file) ? ('name' as const) : ('script' as const)}))
    .filter(({file, by}) => by === 'name' || startsScripts.test(file.text))
}

const startsScripts =
  /\.sh\b|\buses: \.\/(?!\.github\/workflows)|\b(?:make|(?:npm|pnpm|yarn|bun)(?: run)?) \S*(?:deploy|release|ship|publish)/
