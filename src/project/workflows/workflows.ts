import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import type {TextFile} from '../text.ts'
import {workflowFiles, workflowFolders} from '../workflow-folders.ts'
import {configsNear, type Deploy, readDeploys} from './deploys.ts'
import {type FlyctlCall, flyctlCalls} from './flyctl-calls.ts'
import {type UnpushedImage, unpushedImages} from './image-tags.ts'
import {type LeadUp, leadUp} from './lead-up.ts'
import {type MissingFile, missingFiles} from './missing-files.ts'
import {type Reuse, reusesOf, runsOf} from './runs.ts'
import {parseWorkflow, type Workflow} from './workflow.ts'

/** The GitHub Actions workflows that call flyctl. */
export interface Workflows {
  /** The folder of the repository, relative to preflight's: `.`, `../..`. */
  repository: string
  /** As they are written, and those that call them. */
  workflows: Workflow[]
  /** Where one of them calls a workflow of the project. */
  reuses: Reuse[]
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
  // A workflow that is not about flyctl costs no more than reading it.
  const workflows = deploying(files.flatMap((file) => file ?? [])).flatMap((file) => {
    const workflow = parseWorkflow(file)
    // GitHub shows the syntax error of a workflow itself.
    return 'jobs' in workflow ? [workflow] : []
  })
  if (workflows.length === 0) return absent('no workflow of the project calls flyctl')
  const place = (path: string) => reader.display(posix.join(repository, path))
  const reuses = reusesOf(workflows, new Set(paths.map((path) => posix.basename(path))))
  const runs = runsOf(workflows, reuses)
  const calls = runs.flatMap((each) => flyctlCalls(each, place))
  const tracked = (await facts.value('files'))?.paths ?? []
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
}

/** Those that name flyctl, and those that call them. */
function deploying(files: readonly TextFile[]): TextFile[] {
  const found = new Set(files.filter(({text}) => /\bfly(ctl)?\b/.test(text)))
  // A set hands out what is added while it is read.
  for (const {path} of found) {
    for (const file of files) if (file.text.includes(`./.github/workflows/${posix.basename(path)}`)) found.add(file)
  }
  return files.filter((file) => found.has(file))
}
