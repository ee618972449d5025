import {basename, posix, relative} from 'node:path'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Instruction} from '../dockerfile/parse.ts'
import {flagOf, mountsOf} from '../dockerfile/parse.ts'
import type {ProjectReader} from '../files/reader.ts'
import {copyOf} from '../image/files/context-path.ts'
import type {Inputs} from '../inputs.ts'
import type {Deploy} from './deploys.ts'
import {runReads} from './run-reads.ts'

/**
 * A deploy that starts from another folder than preflight, in which there is no Dockerfile, or it does not find what it
 * copies; or from above the folder of its app, whose Dockerfile it does not look for.
 */
export interface ContextGap {
  deploy: Deploy
  /** The folder that is sent as the build context. */
  folder: string
  /** What is in preflight's folder, and not in that one. */
  path: string
  /** What copies it; undefined where it is the Dockerfile itself. */
  instruction: Instruction | undefined
  /** The Dockerfile beside the configuration, in whose place flyctl takes `path`, and the folder of both. */
  beside?: {path: string; folder: string}
}

export async function loadContextGaps({reader, options}: Inputs, facts: FactStore): Promise<Fact<ContextGap[]>> {
  const [workflows, dockerfile, config] = await facts.needAll('workflows', 'dockerfile', 'flyConfig')
  const own = workflows.deploys.filter((deploy) => deploy.config === config.file)
  const instructions = dockerfile.stages.flatMap((stage) => stage.instructions)
  // build.dockerfile is the same file wherever flyctl runs; by default it is that of the folder.
  const isDefault = !config.config.build?.dockerfile && !options.dockerfile
  const gaps = await contextGaps(own, instructions, isDefault ? dockerfile.file.path : undefined, reader)
  const {build = {}, processes, experimental} = config.config
  // Commands of its own may be how one image is several apps.
  const isBare = Object.keys(build).length === 0 && !processes && !experimental
  return known(gaps.length > 0 || !isBare ? gaps : await passedOver(own, reader))
}

/** What makes a folder an app of its own. */
const manifests =
  'package.json deno.json pyproject.toml requirements.txt go.mod Cargo.toml mix.exs Gemfile composer.json pom.xml'.split(
    ' ',
  )

/** `flyctl deploy -c api/fly.toml`: the Dockerfile is looked for where flyctl runs, not beside the configuration. */
async function passedOver(deploys: readonly Deploy[], reader: ProjectReader): Promise<ContextGap[]> {
  const found: ContextGap[] = []
  for (const deploy of deploys) {
    const {folder, flags, before} = deploy.call
    const decides = ['image', 'dockerfile', 'nixpacks', 'buildpacks', 'build-target', 'build-arg'].some((flag) =>
      flags.has(flag),
    )
    if (folder === undefined || deploy.config === undefined || decides || /dockerfile/i.test(before)) continue
    const own = posix.dirname(deploy.config)
    const below = relative(reader.absolute(folder), reader.absolute(own))
    if (below === '' || below.startsWith('..')) continue
    const [path, beside] = await Promise.all([
      firstOf(folder, ['Dockerfile', 'dockerfile']),
      firstOf(own, ['Dockerfile']),
    ])
    if (!path || !beside || !(await firstOf(own, manifests))) continue
    // One that names the folder is meant for it, too.
    const text = (await reader.text(path))?.text ?? ''
    if (text.includes(basename(below)) || /^[ \t]{0,50}ARG\s/im.test(text)) continue
    found.push({deploy, folder, path, instruction: undefined, beside: {path: beside, folder: own}})
  }
  return found

  async function firstOf(folder: string, names: readonly string[]): Promise<string | undefined> {
    for (const name of names) {
      const path = posix.join(folder, name)
      if ((await reader.kindOf(path)) === 'file') return path
    }
    return undefined
  }
}

/** For each such deploy of this configuration the first source that is missing. */
async function contextGaps(
  deploys: readonly Deploy[],
  instructions: readonly Instruction[],
  byDefault: string | undefined,
  reader: ProjectReader,
): Promise<ContextGap[]> {
  const found: ContextGap[] = []
  for (const deploy of deploys) {
    const {folder} = deploy.call
    const builds = !['image', 'dockerfile', 'nixpacks', 'build-target'].some((flag) => deploy.call.flags.has(flag))
    if (folder === undefined || folder === '.' || !builds) continue
    const gap = byDefault === undefined ? await firstGap(folder) : await withoutDockerfile(folder, byDefault)
    if (gap && !deploy.call.before.includes(posix.basename(gap.path))) found.push({deploy, folder, ...gap})
  }
  return found

  /** Another Dockerfile there copies what it copies. */
  async function withoutDockerfile(folder: string, path: string) {
    const names = ['Dockerfile', 'dockerfile'].map((name) => posix.join(folder, name))
    const kinds = await Promise.all(names.map((name) => reader.kindOf(name)))
    return kinds.every((kind) => kind === 'missing') ? {path, instruction: undefined} : undefined
  }

  async function firstGap(folder: string): Promise<{path: string; instruction: Instruction} | undefined> {
    for (const instruction of instructions) {
      for (const path of sourcesOf(instruction)) {
        const isHere = (await reader.kindOf(path)) !== 'missing'
        if (isHere && (await reader.kindOf(posix.join(folder, path))) === 'missing') return {path, instruction}
      }
    }
    for (const {path, instruction} of runReads(instructions)) {
      const isHere = (await reader.kindOf(path)) === 'file'
      if (isHere && (await reader.kindOf(posix.join(folder, path))) === 'missing') return {path, instruction}
    }
    return undefined
  }
}

/** What an instruction takes from the context, where it says so without patterns and variables. */
export function sourcesOf(instruction: Instruction): string[] {
  const bound = mountsOf(instruction)
    .filter((mount) => (mount.get('type') ?? 'bind') === 'bind' && !mount.has('from'))
    .flatMap((mount) => mount.get('source') ?? mount.get('src') ?? [])
  const copied = flagOf(instruction, 'from') === undefined ? (copyOf(instruction)?.sources ?? []) : []
  return (
    [...bound, ...copied]
      .filter((source) => !/[*?[$]|^<<|:\/\//.test(source))
      // `..` of the context is the context.
      .map(
        (source) =>
          posix
            .join('/', source)
            .replace(/(?<!\/)\/+$/, '')
            .slice(1) || '.',
      )
  )
}
