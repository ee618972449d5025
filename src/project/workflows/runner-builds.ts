import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, flagOf, lineage, parseDockerfile, rootImage, type Stage} from '../dockerfile/parse.ts'
import {escapePattern} from '../escape-pattern.ts'
import {type Files, noFiles} from '../files/files.ts'
import {type Release, releaseOf, runnerRelease} from '../image/base/releases.ts'
import type {Inputs} from '../inputs.ts'
import {type Job, parseWorkflow, type Workflow} from './workflow.ts'

/** A program that a workflow builds on its runner, and that an image then takes over from there. */
export interface RunnerBuild {
  /** `ubuntu-24.04`. */
  runner: string
  built: Release
  /** The command, one line of a `run`. */
  command: string
  at: FileLocation
  /** All that the job runs. */
  script: string
  image: string
  /** Its FROM. */
  imageAt: FileLocation
  runs: Release
  copyAt: FileLocation
}

const builds = /\b(?:cargo (?:leptos )?(?:build|install)|mix release|swift build|go build|bun build)\b/

/** Of the Dockerfile that flyctl builds, or else of that by which a workflow makes the image that fly.toml names. */
export async function loadRunnerBuilds({reader}: Inputs, facts: FactStore): Promise<Fact<RunnerBuild[]>> {
  const files = await facts.value('files')
  const paths = (files ?? noFiles).in('.github/workflows').filter((path) => /\.ya?ml$/.test(path))
  const texts = await reader.texts(paths)
  const workflows = texts.flatMap((file) => {
    const workflow = builds.test(file.text) ? parseWorkflow(file) : undefined
    return workflow && 'jobs' in workflow ? [workflow] : []
  })
  if (workflows.length === 0) return known([])
  const dockerfile = await facts.value('dockerfile')
  const stages = dockerfile ? {final: dockerfile.final} : await imageStages()
  const image = stages && rootImage(stages.final)
  const runs = image ? releaseOf(image) : undefined
  if (!stages || !image || !runs) return known([])
  const [base] = lineage(stages.final)
  const found: RunnerBuild[] = []
  for (const {name, at: copyAt} of copiedPrograms(stages.final, files ?? noFiles)) {
    for (const workflow of workflows) {
      for (const build of buildsOf(workflow, name)) {
        found.push({...build, image, imageAt: (base as Stage).at, runs, copyAt})
      }
    }
  }
  return known(found)

  async function imageStages(): Promise<{final: Stage} | undefined> {
    const named = (await facts.value('flyConfig'))?.config.build?.image
    const repository = named
      ?.split('/')
      .at(-1)
      ?.replace(/[:@].*$/s, '')
    if (!repository) return undefined
    const steps = workflows.flatMap(({jobs}) => jobs.flatMap((job) => job.steps))
    for (const {inputs} of steps.filter((step) => step.uses?.text.startsWith('docker/build-push-action'))) {
      const path = inputs.get('file')?.text
      const isNamed = [...inputs.values()].some(({text}) => text.includes(`/${repository}:`))
      if (!path || !isNamed || inputs.has('target')) continue
      const file = await reader.text(posix.normalize(path))
      const parsed = file && parseDockerfile(file)
      const final = parsed && 'stages' in parsed ? parsed.stages.at(-1) : undefined
      if (final) return {final}
    }
    return undefined
  }
}

/** The files that COPY takes from the context and that git does not have: something makes them before. */
function* copiedPrograms(final: Stage, tracked: Files): Iterable<{name: string; at: FileLocation}> {
  for (const instruction of allInstructions(final)) {
    if (instruction.keyword !== 'COPY' || flagOf(instruction, 'from') !== undefined) continue
    for (const word of instruction.words.slice(0, -1)) {
      const name = posix.basename(word)
      const isTracked = tracked.named(name).length > 0 || tracked.hasFolderNamed(name)
      if (/^[\w-]{3,}$/.test(name) && !isTracked) yield {name, at: instruction.at}
    }
  }
}

/** The commands of a workflow's jobs that build a program of this name. */
function* buildsOf(
  {jobs}: Workflow,
  name: string,
): Iterable<Pick<RunnerBuild, 'runner' | 'built' | 'command' | 'at' | 'script'>> {
  for (const job of jobs) {
    if (job.hasContainer) continue
    const runner = runnerOf(job)
    const built = runner ? runnerRelease(runner) : undefined
    const runs = job.steps.flatMap(({run}) => run ?? [])
    const script = runs.map(({text}) => text).join('\n')
    // What the job hands over to another one is named there.
    const handed = job.steps.flatMap(({uses, inputs}) =>
      uses?.text.startsWith('actions/upload-artifact') ? [inputs.get('path')?.text ?? ''] : [],
    )
    const named = [script, ...handed].join('\n')
    if (!runner || !built || !new RegExp(`(?<![\\w-])${escapePattern(name)}(?![\\w-])`).test(named)) continue
    for (const {text, at} of runs) {
      const command = text
        .split('\n')
        .find((line) => builds.test(line))
        ?.trim()
      if (command) yield {runner, built, command, at, script}
    }
  }
}

/** The one label with amd64 and Ubuntu that a job runs on. */
function runnerOf({labels}: Job): string | undefined {
  const ubuntu = new Set(labels.filter((label) => /^ubuntu-(?:latest|\d\d\.\d\d)$/.test(label)))
  return ubuntu.size === 1 ? [...ubuntu][0] : undefined
}
