import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import {type Built, dockerBuilds, dockerPushes, withoutDocker} from './docker-builds.ts'
import {buildAction, lines, metadataTags, pushesElse, resolve, split, tagsOfStep} from './image-tags.ts'
import {type Job, parseWorkflow, type Step, type Workflow} from './workflow.ts'

/** The step that builds and pushes the image which a deploy of the same workflow names with --image. */
export interface ImageBuild {
  at: FileLocation
  /** Relative to preflight's folder, which is the build context. */
  dockerfile: string
  /** `NAME=value` each. */
  buildArgs: string[]
  target: string | undefined
}

/**
 * Undefined where no step pushes this reference, or more than one may, or its context is another folder than preflight's,
 * which is `prefix` from the top of the repository.
 */
export function imageBuild(
  file: TextFile,
  {image, line}: {image: string; line: number},
  prefix: string,
): ImageBuild | undefined {
  const workflow = parseWorkflow(file)
  if (!('jobs' in workflow)) return undefined
  const all = workflow.jobs.flatMap((job) => job.steps.map((step) => ({job, step})))
  const deploy = all.findLast(({step}) => (step.at.line ?? 0) <= line)
  if (!deploy || all.some(({step}) => pushesElse.test(withoutDocker(step.run?.text ?? '')))) return undefined
  const wanted = referenceTo(image, deploy, workflow)
  const byHand = all.some((place) =>
    dockerPushes(place.step).some((each) => referenceTo(each, place, workflow) === wanted),
  )
  const builds: {built: Built; job: Job}[] = []
  for (const place of all) {
    const own = place.step.uses ? actionBuilds(place.step) : dockerBuilds(place.step)
    if (!own) return undefined
    for (const built of own) {
      const isWanted = built.tags.some((tag) => referencesOf(tag, place, wanted, workflow).includes(wanted))
      if (isWanted && (built.isPushed || byHand)) builds.push({built, job: place.job})
    }
  }
  const [build] = builds
  // What an action has pushed is pushed once more: from where?
  const isTwice = build?.built.isPushed && byHand
  return build && builds.length === 1 && !isTwice && checksOutHere(build.job)
    ? ofFolder(build.built, prefix)
    : undefined
}

interface Place {
  job: Job
  step: Step | undefined
}

/**
 * What stands for a reference in all jobs: what a step or a job before brings in is told apart by where it comes from. Two
 * jobs that read the same value by the same step have the same.
 */
function referenceTo(written: string, {job, step}: Place, workflow: Workflow, depth = 0): string {
  const compact = written.replace(/\$\{\{[^}]{0,300}\}\}/g, (each) => each.replace(/\s/g, ''))
  const known = resolve(compact, step?.env ?? new Map(), step?.run?.text)
  return known.replace(/\$\{\{[^}]{0,300}\}\}|\$(?:\w+|\{\w[^}\n]{0,300}\})/g, (whole) => {
    if (!whole.startsWith('${{')) return `<${job.id}: ${whole}>`
    const [, context, name, output] = /^\$\{\{(steps|needs)\.([\w-]+)\.outputs\.([\w-]+)\}\}$/.exec(whole) ?? []
    if (context === 'needs') {
      const before = workflow.jobs.find(({id}) => id === name)
      const value = before?.texts.find(({path}) => path === `outputs.${output}`)?.value.text
      return before && value && depth < 3
        ? referenceTo(value, {job: before, step: undefined}, workflow, depth + 1)
        : whole
    }
    if (context === 'steps') return outputOf(name as string, output as string)
    return /\b(?:steps|env)\./.test(whole) ? `<${job.id}: ${whole}>` : whole
  })

  function outputOf(id: string, output: string): string {
    const own = stepOf(job, id)
    const home = own && workflow.jobs.find((each) => isSame(stepOf(each, id), own))
    return `<${(home ?? job).id}: ${id}.${output}>`
  }
}

const stepOf = ({steps}: Job, id: string): Step | undefined => steps.find((each) => each.id === id)

/** Whether two steps do the same: where they tell something else each time, the deploy finds no image at all. */
const isSame = (one: Step | undefined, other: Step): boolean =>
  one === other || (one !== undefined && JSON.stringify(texts(one)) === JSON.stringify(texts(other)))

const texts = ({uses, run, inputs}: Step): unknown[] => [
  uses?.text,
  run?.text,
  [...inputs].map(([name, {text}]) => [name, text]),
]

/** What a tag of a step stands for, as far as it may be the reference that is wanted. */
function referencesOf(tag: string, place: {job: Job; step: Step}, wanted: string, workflow: Workflow): string[] {
  const {job, step} = place
  const reference = referenceTo(tag, place, workflow)
  const digest = step.id && `${split(reference)?.repository}@${referenceTo(output(step.id, 'digest'), place, workflow)}`
  return [reference, ...(digest ? [digest] : []), ...ofMetadata(tag)]

  /** Those that docker/metadata-action makes of its list. */
  function ofMetadata(line: string): string[] {
    const [, id] = tagsOfStep.exec(resolve(line, step.env)) ?? []
    const metadata = id === undefined ? undefined : stepOf(job, id)
    const repository = split(wanted)?.repository
    const found = metadata && repository ? metadataTags(metadata, repository) : undefined
    if (!found?.length) return []
    const version = referenceTo(output(id as string, 'version'), place, workflow)
    return [...found, version].filter((tag) => tag !== '').map((tag) => `${repository}:${tag}`)
  }
}

const output = (id: string, name: string): string => `\${{steps.${id}.outputs.${name}}}`

/** Whether the files are those of this commit, at the top of the runner's folder. */
const checksOutHere = ({steps}: Job): boolean =>
  !steps.some(
    ({uses, inputs}) => uses?.text.startsWith('actions/checkout@') && (inputs.has('path') || inputs.has('repository')),
  )

/**
 * The action's README: `file` is relative to where the step runs, the top of the repository, and is by default the
 * Dockerfile of the context. Without a context it builds the commit as git has it, which is the top, too.
 */
function actionBuilds({at, uses, inputs}: Step): Built[] | undefined {
  const tags = inputs.get('tags')
  if (!buildAction.test(uses?.text ?? '') || !tags) return []
  const text = (name: string) => inputs.get(name)?.text.trim() || undefined
  // Other contexts may bring the files, and the images, that the Dockerfile names.
  if (inputs.has('build-contexts') || inputs.has('outputs')) return undefined
  const context = (text('context') ?? '.').replace(/^\{\{defaultContext\}\}$/, '.')
  const buildArgs = inputs.get('build-args')
  return [
    {
      at,
      tags: lines(tags).flatMap((line) => line.split(',').map((each) => each.trim())),
      context,
      dockerfile: text('file') ?? posix.join(context, 'Dockerfile'),
      buildArgs: buildArgs ? lines(buildArgs) : [],
      target: text('target'),
      isPushed: (text('push') ?? 'false') !== 'false',
    },
  ]
}

/** Undefined where the context is not preflight's folder, or a path is not known. */
function ofFolder({at, context, dockerfile, buildArgs, target}: Built, prefix: string): ImageBuild | undefined {
  const isRead = [context, dockerfile, target ?? ''].every((each) => !/[${]/.test(each) && !each.startsWith('/'))
  if (!isRead || posix.join(context, '.') !== posix.join(prefix || '.', '.')) return undefined
  return {at, dockerfile: posix.relative(prefix, dockerfile), buildArgs, target}
}
