import {posix} from 'node:path'
import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import {flagOf, lineage, parseDockerfile, rootImage, type Stage} from './dockerfile/parse.ts'
import {isTable} from './documents/document.ts'
import {parseYaml} from './documents/yaml.ts'
import {escapePattern} from './escape-pattern.ts'
import {type Release, releaseOf, runnerRelease} from './image/releases.ts'
import type {Inputs} from './inputs.ts'
import type {TextFile} from './text.ts'

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

const builds = /\b(?:cargo (?:build|install)|mix release|swift build|go build|bun build)\b/

/** Of the Dockerfile that flyctl builds, or else of that by which a workflow makes the image that fly.toml names. */
export async function loadRunnerBuilds({reader}: Inputs, facts: FactStore): Promise<Fact<RunnerBuild[]>> {
  const files = await facts.value('files')
  const paths = (files?.paths ?? []).filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
  const texts = await Promise.all(paths.map((path) => reader.text(path)))
  const workflows = texts.filter((file): file is TextFile => file !== undefined && builds.test(file.text))
  if (workflows.length === 0) return known([])
  const dockerfile = await facts.value('dockerfile')
  const stages = dockerfile ? {final: dockerfile.final} : await imageStages()
  const image = stages && rootImage(stages.final)
  const runs = image ? releaseOf(image) : undefined
  if (!stages || !image || !runs) return known([])
  const [base] = lineage(stages.final)
  const found: RunnerBuild[] = []
  for (const {name, at: copyAt} of copiedPrograms(stages.final, new Set(files?.paths))) {
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
      ?.replace(/[:@].*$/, '')
    if (!repository) return undefined
    for (const {text} of workflows) {
      // docker/build-push-action, whose inputs stand side by side.
      for (const [step] of text.matchAll(
        /^ *(?:- *)?uses: *["']?docker\/build-push-action(?:(?!\n[ \t]*- (?:name|uses|run))[\s\S])*/gm,
      )) {
        const path = /^[ \t]*file: *["']?([^\s"']+)/m.exec(step)?.[1]
        if (!path || !step.includes(`/${repository}:`) || /^[ \t]*target:/m.test(step)) continue
        const file = await reader.text(posix.normalize(path))
        const parsed = file && parseDockerfile(file)
        const final = parsed && 'stages' in parsed ? parsed.stages.at(-1) : undefined
        if (final) return {final}
      }
    }
    return undefined
  }
}

/** The files that COPY takes from the context and that git does not have: something makes them before. */
function* copiedPrograms(final: Stage, tracked: ReadonlySet<string>): Iterable<{name: string; at: FileLocation}> {
  for (const instruction of lineage(final).flatMap(({instructions}) => instructions)) {
    if (instruction.keyword !== 'COPY' || flagOf(instruction, 'from') !== undefined) continue
    for (const word of instruction.words.slice(0, -1)) {
      const name = posix.basename(word)
      const isTracked = [...tracked].some((path) => `/${path}/`.includes(`/${name}/`))
      if (/^[\w-]{3,}$/.test(name) && !isTracked) yield {name, at: instruction.at}
    }
  }
}

/** The commands of a workflow's jobs that build a program of this name. */
function* buildsOf(
  file: TextFile,
  name: string,
): Iterable<Pick<RunnerBuild, 'runner' | 'built' | 'command' | 'at' | 'script'>> {
  const document = parseYaml(file)
  if (!('value' in document) || !isTable(document.value.jobs)) return
  for (const [id, job] of Object.entries(document.value.jobs)) {
    if (!isTable(job) || job.container !== undefined || !Array.isArray(job.steps)) continue
    const runner = runnerOf(job)
    const built = runner ? runnerRelease(runner) : undefined
    const scripts = job.steps.map((step: unknown) => (isTable(step) && typeof step.run === 'string' ? step.run : ''))
    const script = scripts.join('\n')
    if (!runner || !built || !new RegExp(`(?<![\\w-])${escapePattern(name)}(?![\\w-])`).test(script)) continue
    for (const [index, each] of scripts.entries()) {
      const command = each
        .split('\n')
        .find((line) => builds.test(line))
        ?.trim()
      if (command) yield {runner, built, command, at: document.at(['jobs', id, 'steps', index, 'run']), script}
    }
  }
}

/** The one label with amd64 and Ubuntu that a job runs on, its own or that of its matrix. */
function runnerOf(job: Record<string, unknown>): string | undefined {
  const written = job['runs-on']
  const [, key] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(String(written)) ?? []
  const matrix = isTable(job.strategy) && isTable(job.strategy.matrix) ? job.strategy.matrix : {}
  const included = Array.isArray(matrix.include) ? matrix.include : []
  const labels = key
    ? [matrix[key], ...included.map((each: unknown) => (isTable(each) ? each[key] : undefined))].flat()
    : [written].flat()
  const ubuntu = new Set(labels.map(String).filter((label) => /^ubuntu-(?:latest|\d\d\.\d\d)$/.test(label)))
  return ubuntu.size === 1 ? [...ubuntu][0] : undefined
}
