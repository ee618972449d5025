import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import {workflowFiles, workflowFolders} from '../workflow-folders.ts'
import {configsNear, type Deploy, readDeploys} from './deploys.ts'
import {type FlyctlCall, flyctlCalls} from './flyctl-calls.ts'
import {type UnpushedImage, unpushedImages} from './image-tags.ts'
import {type LeadUp, leadUp} from './lead-up.ts'
import {type MissingFile, missingFiles} from './missing-files.ts'
import {parseWorkflow, type Workflow} from './workflow.ts'

/** The GitHub Actions workflows that call flyctl. */
export interface Workflows {
  /** The folder of the repository, relative to preflight's: `.`, `../..`. */
  repository: string
  workflows: Workflow[]
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
  const files = await Promise.all((await workflowFiles(reader, repository)).map((path) => reader.text(path)))
  const workflows: Workflow[] = []
  for (const file of files) {
    // A workflow that never names flyctl costs no more than reading it.
    if (!file || !/\bfly(ctl)?\b/.test(file.text)) continue
    const workflow = parseWorkflow(file)
    // GitHub shows the syntax error of a workflow itself.
    if ('jobs' in workflow) workflows.push(workflow)
  }
  if (workflows.length === 0) return absent('no workflow of the project calls flyctl')
  const place = (path: string) => reader.display(posix.join(repository, path))
  const calls = workflows.flatMap((each) => flyctlCalls(each, place))
  const tracked = (await facts.value('files')) ?? noFiles
  const steps = leadUp(workflows, calls)
  const [deploys, missing, configs] = await Promise.all([
    readDeploys(calls, reader, tracked),
    missingFiles(steps, {reader, place, tracked}),
    configsNear(repository, reader),
  ])
  return known({
    repository,
    workflows,
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
