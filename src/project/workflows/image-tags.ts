import type {FileLocation} from '../../check.ts'
import type {FlyctlCall} from './flyctl-calls.ts'
import type {Step, Value, Workflow} from './workflow.ts'

/** An image that a workflow deploys by the commit's ID, and pushes under other tags. */
export interface UnpushedImage {
  call: FlyctlCall
  /** `registry.fly.io/shop:FULL_COMMIT_ID`. */
  image: string
  /** What stands for it in the tags of docker/metadata-action. */
  rule: string
  /** The tags with the commit's ID that the workflow gives the same image, and where. */
  pushed: {tags: string[]; at: FileLocation}
}

/** The commit's ID, in full and in its first seven characters. */
const full = 'FULL_COMMIT_ID'
const short = 'SHORT_COMMIT_ID'

interface Reference {
  repository: string
  tag: string
}

/** Only of an image that the same workflow pushes, and where every tag that it gives it can be read. */
export function unpushedImages(calls: readonly FlyctlCall[]): UnpushedImage[] {
  return calls.flatMap((call): UnpushedImage[] => {
    if (call.command !== 'deploy' || !call.flags.has('image')) return []
    const image = deployedImage(call.step)
    const wanted = image === undefined ? undefined : split(image)
    const [, prefix, id, suffix] =
      /^([\w.-]{0,200}?)(FULL_COMMIT_ID|SHORT_COMMIT_ID)([\w.-]*)$/.exec(wanted?.tag ?? '') ?? []
    const given = wanted && id ? pushedTags(call.workflow, wanted.repository) : undefined
    if (!image || !wanted || !given || given.tags.includes(wanted.tag)) return []
    const rule = [
      'type=sha',
      `format=${id === full ? 'long' : 'short'}`,
      `prefix=${prefix}`,
      ...(suffix ? [`suffix=${suffix}`] : []),
    ].join(',')
    return [{call, image, rule, pushed: given}]
  })
}

/** What --image names, as far as variables of the step and its script tell. */
function deployedImage({run, env}: Step): string | undefined {
  const script = run?.text ?? ''
  const flags = [...script.matchAll(/\s(?:--image|-i)[ =]\s*((?:\$\{\{[^}\n]{0,300}\}\}|[^\s\\])+)/g)]
  const [, written] = flags[0] ?? []
  if (written === undefined || flags.length > 1) return undefined
  return resolve(written, env, script)
}

/** With the commit's ID in the place of the expressions for it; what is not known stays as it is written. */
export function resolve(written: string, env: Step['env'], script = '', depth = 0): string {
  const known = written
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/\$\{\{\s*github\.sha\s*\}\}|\$\{GITHUB_SHA\}|\$GITHUB_SHA\b/g, full)
    .replace(/\$\{GITHUB_SHA:0?:7\}/g, short)
    .replace(/\$\{\{([^\n]{0,300}?)\}\}/g, (_, inner: string) => `\${{${inner.trim()}}}`)
  if (depth > 3) return known
  return known.replace(/\$\{\{env\.(\w+)\}\}|\$\{(\w+)\}|\$(\w+)/g, (whole, ...names: (string | undefined)[]) => {
    const name = names.slice(0, 3).find((each) => each !== undefined) as string
    const assigned = [...script.matchAll(new RegExp(`(?:^|[\\s;])${name}=(\\S+)`, 'g'))]
    const value = assigned.length > 0 ? assigned[0]?.[1] : env.get(name)?.text
    return value === undefined || assigned.length > 1 ? whole : resolve(value, env, script, depth + 1)
  })
}

export function split(image: string): Reference | undefined {
  const [, repository, tag] = /^([^@]+):([^:/@]+)$/.exec(image) ?? []
  return repository && tag ? {repository, tag} : undefined
}

/** They build an image and push it, all of them by the inputs of docker/build-push-action. */
export const buildAction = /^(?:docker|depot|useblacksmith)\/build-push-action@/

/** `${{ steps.meta.outputs.tags }}`: those that a step before has put together. */
export const tagsOfStep = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.tags\s*\}\}$/

/** What pushes, renames or takes over images in ways that are not read here. */
export const pushesElse =
  /\bdocker (?:push|tag|compose|buildx|image)\b|\b(?:imagetools|crane|skopeo|podman|buildah|nerdctl|kaniko|--build-only|--push)\b|\bfly(?:ctl)? (?:image|deploy)[^\n]{0,500}--image-label/

/** The tags that the steps of a workflow give an image; undefined where none does, or one cannot be read. */
function pushedTags({jobs, file}: Workflow, repository: string): UnpushedImage['pushed'] | undefined {
  // An ID of another length.
  if (file.text.includes('DOCKER_METADATA_SHORT_SHA_LENGTH')) return undefined
  const tags: string[] = []
  let at: FileLocation | undefined
  for (const job of jobs) {
    if (job.uses) return undefined
    for (const {uses, run, inputs, env} of job.steps) {
      if (run && pushesElse.test(run.text)) return undefined
      if (!uses || !/^(?:docker|depot|useblacksmith)\/|image|push|^\.\//.test(uses.text)) continue
      if (/^docker\/(?:login|setup-buildx|setup-qemu|metadata)-action@/.test(uses.text)) continue
      const given = inputs.get('tags')
      if (!buildAction.test(uses.text) || !given) return undefined
      if (inputs.has('outputs')) return undefined
      for (const line of lines(given)) {
        const [, id] = tagsOfStep.exec(line) ?? []
        const metadata = id === undefined ? undefined : job.steps.find((each) => each.id === id)
        const found = metadata ? metadataTags(metadata, repository) : plainTag(resolve(line, env), repository)
        if (!found) return undefined
        if (found.length === 0) continue
        tags.push(...found)
        at ??= (metadata?.inputs.get('tags') ?? given).at
      }
    }
  }
  return at && {tags: [...new Set(tags)].filter((tag) => tag !== ''), at}
}

export const lines = ({text}: Value): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

/** A tag as it is written; the tags of other images are nothing. */
function plainTag(image: string, repository: string): string[] | undefined {
  const found = split(image)
  if (!found) return undefined
  if (found.repository !== repository) return []
  return found.tag.includes('$') ? undefined : [found.tag]
}

/**
 * The tags of docker/metadata-action that may have the commit's ID in them, and an empty one for those that never have;
 * none for other images. `type=sha` is `sha-` and seven characters (its README).
 */
export function metadataTags({uses, inputs, env}: Step, repository: string): string[] | undefined {
  const images = inputs.get('images')
  if (!/^docker\/metadata-action@/.test(uses?.text ?? '') || !images) return undefined
  if (inputs.has('flavor') || inputs.has('context')) return undefined
  if (!lines(images).some((line) => resolve(line, env) === repository)) return []
  const found = ['']
  for (const line of inputs.get('tags') ? lines(inputs.get('tags') as Value) : []) {
    const options = new Map(
      line.split(',').map((each) => each.split(/=(.*)/s).map((part) => part.trim()) as [string, string]),
    )
    const value = (name: string) => resolve(options.get(name) ?? '', env).replace(/\{\{\s*sha\s*\}\}/g, short)
    const [type, prefix, suffix] = [options.get('type') ?? 'raw', value('prefix'), value('suffix')]
    if (/^(?:ref|semver|pep440|match|schedule|edge)$/.test(type)) continue
    const middle =
      type !== 'sha'
        ? options.has('value')
          ? value('value')
          : resolve(line, env)
        : options.get('format') === 'long'
          ? full
          : short
    const tag = `${type === 'sha' && !options.has('prefix') ? 'sha-' : prefix}${middle}${suffix}`
    if (/[$]|\{\{/.test(tag)) return undefined
    found.push(tag)
  }
  return found
}
