import {posix} from 'node:path'
import {absent, type Fact, type FactStore, failed, known} from '../../facts.ts'
import {escapePattern} from '../escape-pattern.ts'
import {isNear, noFiles} from '../files/files.ts'
import {pathFrom} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {type CompositeAction, compositeActions} from './composite.ts'
import {configsNear, type Deploy, readDeploys} from './deploys.ts'
import {type FlyctlCall, flyctlCalls, type UnknownCommand} from './flyctl-calls.ts'
import {type UnpushedImage, unpushedImages} from './image-tags.ts'
import {type LeadUp, leadUp} from './lead-up.ts'
import {type MissingFile, missingFiles} from './missing-files.ts'
import {outsideOf, type Reuse, reusesOf, runsOf, type WorkflowRun} from './runs.ts'
import {parseWorkflow, type Workflow} from './workflow.ts'
import {workflowFiles, workflowFolders} from './workflow-folders.ts'

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
  /** Calls of commands that no flyctl which is known has. */
  unknownCommands: UnknownCommand[]
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
  /** A path as a step writes it that runs in a folder: `server/fly.toml` from the top, for `fly.toml` of preflight's folder. */
  seenFrom(folder: string, path: string): string
}

/** No real repository has a tenth of them. What ran before it is gone through for each call. */
const mostCalls = 1000

export async function loadWorkflows({reader}: Inputs, facts: FactStore): Promise<Fact<Workflows>> {
  const [repository] = await workflowFolders(reader)
  if (repository === undefined) return absent('the project has no .github/workflows')
  const paths = await workflowFiles(reader, repository)
  const texts = await reader.texts(paths)
  const place = (path: string) => reader.display(posix.join(repository, path))
  const tracked = (await facts.value('files')) ?? noFiles
  const callsIn = async (runs: readonly WorkflowRun[]) => {
    const found = await Promise.all(runs.map((each) => flyctlCalls(each, place, script)))
    return {calls: found.flatMap(({calls}) => calls), unknown: found.flatMap(({unknown}) => unknown)}
  }
  const named = namingFlyctl(texts)
  const candidates: {workflow: Workflow; isNamed: boolean}[] = []
  for (const file of texts) {
    const isNamed = named.has(file)
    const workflow = isNamed || (await mayStartScripts(file.text)) ? parseWorkflow(file) : undefined
    // brokenWorkflows has those that cannot be read.
    if (workflow && 'jobs' in workflow) candidates.push({workflow, isNamed})
  }
  const actions = await compositeActions(
    candidates.map(({workflow}) => workflow),
    own,
  )
  const workflows: Workflow[] = []
  for (const {workflow, isNamed} of candidates) {
    if (isNamed || workflow.jobs.some(outsideOf) || (await callsIn(runsOf([workflow], [], actions))).calls.length > 0)
      workflows.push(workflow)
  }
  if (workflows.length === 0) return absent('no workflow of the project calls flyctl')
  const reuses = reusesOf(workflows, new Set(paths.map((path) => posix.basename(path))), otherOf)
  const runs = runsOf(
    workflows,
    reuses.filter(({called}) => called && workflows.includes(called)),
    actions,
  )
  const {calls, unknown: unknownCommands} = await callsIn(runs)
  if (calls.length > mostCalls)
    return failed(`the workflows call flyctl ${calls.length} times, and more than ${mostCalls} calls are not followed`)
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
    unknownCommands,
    deploys,
    ofConfig(config) {
      const own = deploys.filter((deploy) => deploy.config === config)
      return own.length > 0 ? own : deploys
    },
    leadUp: steps,
    missingFiles: missing,
    unpushedImages: unpushedImages(calls),
    configs,
    seenFrom: (folder, path) => pathFrom(reader.absolute(folder), reader.absolute(path)),
  })

  /** A build that a deploying workflow calls, and that has nothing to do with flyctl. */
  function otherOf(name: string): Workflow | undefined {
    const file = texts.find(({path}) => posix.basename(path) === name)
    const workflow = file && parseWorkflow(file)
    return workflow && 'jobs' in workflow ? workflow : undefined
  }

  /** What git ignores is not in the checkout. */
  async function own(path: string): Promise<TextFile | undefined> {
    const here = place(path)
    if (!here.startsWith('../') && !tracked.has(here)) return undefined
    return (await reader.kindOf(here)) === 'file' ? await reader.text(here) : undefined
  }

  /** Whether a file that is started by a name in the text has to do with flyctl, or starts another one. */
  async function mayStartScripts(text: string): Promise<boolean> {
    const names = new Set(
      (text.match(started) ?? []).map((each) => posix.basename(each.replace(/^(make|\w+) .*/, '$1'))),
    )
    if (names.size === 0) return false
    const paths = tracked.named(...[...names].flatMap((name) => [name, `${name}/action.yml`, `${name}/action.yaml`]))
    if (names.has('make')) paths.push(...tracked.named('Makefile'))
    if (['npm', 'pnpm', 'yarn', 'bun'].some((each) => names.has(each)))
      paths.push(...tracked.named('package.json').filter(isNear))
    for (const path of paths) if (isAbout(await reader.text(path))) return true
    return false
  }

  async function script(path: string): Promise<TextFile | undefined> {
    const file = await own(path)
    return isAbout(file) ? file : undefined
  }
}

/** Those that name flyctl, and those that call these. A workflow that is not about flyctl costs no more than reading it. */
function namingFlyctl(files: readonly TextFile[]): Set<TextFile> {
  const named = new Set(files.filter(({text}) => /\bfly(ctl)?\b/.test(text)))
  // A set hands out what is added while it is read.
  for (const {path} of named) {
    const name = posix.basename(path)
    // GitHub takes no path without `./`: that is told where such a job stands.
    const calls = new RegExp(
      `\\./\\.github/workflows/${escapePattern(name)}|uses:[ \\t]*["']?\\.github/workflows/${escapePattern(name)}`,
    )
    for (const file of files) if (calls.test(file.text)) named.add(file)
  }
  return named
}

/** What is started by name: a shell script, an action of the project, a task. */
const started =
  /(?<![\w./-])[\w./-]{1,300}\.sh\b|\buses: \.\/(?!\.github\/workflows)[\w./-]+|\b(?:make|npm|pnpm|yarn|bun) [\w: -]{0,200}(?:deploy|release|ship)/g

const isAbout = (file: TextFile | undefined): boolean =>
  /\bfly(?:ctl)? |fly[\w-]{0,200}\.sh\b|fly\.io\/install/.test(file?.text ?? '')
