import {dirname, join, posix, relative} from 'node:path'
import {absent, type Fact, type FactStore, failed, known} from '../../facts.ts'
import {type Files, noFiles} from '../files/files.ts'
import {manifests} from '../files/manifests.ts'
import {cureOf, withSlashes} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import {ignoredPaths} from '../git/git.ts'
import {repositoryTop} from '../git/repository-prefix.ts'
import type {Inputs} from '../inputs.ts'
import {type DockerfilePlace, findDockerfile} from './find.ts'
import {parseDockerfile, type Stage} from './parse.ts'

/** The Dockerfile that flyctl builds. */
export interface Dockerfile {
  file: TextFile
  stages: Stage[]
  /** The stage that becomes the image: the build target, else the last one. */
  final: Stage
  /** Nothing names it but its name, fly.Dockerfile: flyctl takes it where --dockerfile does. */
  isAssumed: boolean
  /** [build.args] and --build-arg: they beat the defaults of ARG. */
  buildArgs: Readonly<Record<string, string>>
  /** ARGs before the first FROM: the default of a bare `ARG NAME` in a stage. */
  globals: ReadonlyMap<string, string>
  /** Those without a value that is known, and what they are where a build hands none over: mostly empty. */
  open: ReadonlyMap<string, string>
  /** What escapes a character, and a line's end: `\\`, or what `# escape=` says. */
  escapeCharacter: string
}

/** By their names: `Dockerfile`, `Dockerfile.worker`, `worker.Dockerfile`. */
const dockerfilesIn = (files: Files): string[] =>
  [...files.beginning('Dockerfile', 'dockerfile'), ...files.ending('.Dockerfile', '.dockerfile')]
    // Those of an editor, as .devcontainer has one, are for no deploy.
    .filter((path) => !path.endsWith('.dockerignore') && !/(?:^|\/)\./.test(path))
    .sort()

/** No real one has a tenth of them. What a stage is built on is gone through for each: thousands in a row would take minutes. */
const mostStages = 500

export async function loadDockerfile(inputs: Inputs, facts: FactStore): Promise<Fact<Dockerfile>> {
  const {reader, options} = inputs
  const flyConfig = await facts.need('flyConfig')
  const files = (await facts.value('files')) ?? noFiles
  const place = await findDockerfile(inputs, flyConfig, {deploys: await facts.value('deployCommands'), files})
  if (place.kind === 'none') return absent(place.reason)
  const others = dockerfilesIn(files)
  if (place.kind === 'missing') {
    const folder = posix.dirname(flyConfig.file)
    const near = others.find((path) => posix.dirname(path) === folder) ?? others[0]
    // A folder of no more than a configuration, such as that of a database: what is deployed there is a ready image.
    const isImages = options.assumed === true && near === undefined && !manifests.some((name) => files.has(name))
    // Whoever deploys by hand may name the Dockerfile each time.
    const isPassed = options.assumed === true && near !== undefined
    const isUnsure = isImages || isPassed || (await hasAbove('Dockerfile', flyConfig, inputs))
    return absent('there is no Dockerfile', {
      kind: 'missing',
      ...(isUnsure && {severity: 'warning'}),
      message: `flyctl finds nothing to build${isImages ? ' here without --image' : ''}: there is no Dockerfile in the working directory, and ${flyConfig.file.split('/').at(-1)} names none`,
      at: {file: flyConfig.file},
      hint: near
        ? `Name it in ${flyConfig.file}, relative to that file: [build] dockerfile = "${posix.relative(folder, near)}". Or pass it each time, to preflight as to flyctl: --dockerfile ${near}`
        : isImages
          ? 'Name the image that is deployed: [build] image = "IMAGE". Or add a Dockerfile.'
          : 'Add a Dockerfile, or set build.image or build.builder.',
    })
  }
  const name = reader.display(place.path)
  const result = await reader.read(place.path, {anyBytes: true})
  if (!result.ok) {
    if (place.from === 'workflow') return absent(`the project's own deploy builds by ${name}, which ${result.reason}`)
    // Who deploys may have made it: what else writes a file of that name is not this one for sure.
    const isMade = result.kind === 'missing' && (await ignoredPaths(reader.root, [name])).size > 0
    const written = place.from === 'build.dockerfile' ? flyConfig.config.build?.dockerfile : undefined
    const above = written ? await findAbove(written, flyConfig, inputs) : undefined
    const isMeantFromAbove = options.assumed && above !== undefined
    return absent(`${name} ${result.reason}`, {
      kind: result.kind === 'missing' ? 'missing' : 'unreadable',
      ...((isMade || isMeantFromAbove) && {severity: 'warning'}),
      ...describeUnreadable(place, name, result, flyConfig),
      hint: result.kind === 'missing' ? whereItIs(place, {others, files, above}, flyConfig) : cureOf[result.kind],
    })
  }
  const frontend = /^(?:\s*#.*\n)*?\s*#\s*syntax\s*=\s*(\S+)/i.exec(result.file.text)?.[1]
  if (frontend && !/^(docker\.io\/)?docker\/dockerfile(-upstream)?([:@]|$)/.test(frontend)) {
    return absent(`${name} is written for another frontend, ${frontend}`)
  }
  const buildArgs = {...flyConfig.config.build?.args, ...options.buildArgs}
  const parsed = parseDockerfile(result.file, buildArgs)
  if ('kind' in parsed) return absent(`${name} does not parse`, parsed)
  const {length} = parsed.stages
  if (length > mostStages) return failed(`${name} has ${length} stages, and more than ${mostStages} are not followed`)
  const target = flyConfig.config.build?.['build-target'] || options.buildTarget
  const final = target ? parsed.stages.findLast((stage) => stage.name === target.toLowerCase()) : parsed.stages.at(-1)
  if (!final) {
    const stages = parsed.stages.flatMap((stage) => stage.name ?? [])
    return absent(`the build target is no stage of ${name}`, {
      kind: 'syntax',
      message: `the build target "${target}" is no stage of ${name}`,
      at: flyConfig.config.build?.['build-target'] ? flyConfig.at('build', 'build-target') : {file: name},
      hint: stages.length > 0 ? `Its stages: ${stages.join(', ')}.` : `Name the stage: FROM … AS ${target}`,
    })
  }
  return known({file: result.file, buildArgs, final, isAssumed: place.from === 'name', ...parsed})
}

/**
 * Whether a folder above the configuration has this file, where nothing says in which of them flyctl is run: what deploys
 * may lay the configuration there first.
 */
const hasAbove = async (path: string, flyConfig: FlyConfig, inputs: Inputs): Promise<boolean> =>
  inputs.options.assumed === true && (await findAbove(path, flyConfig, inputs)) !== undefined

/** The file itself, in the nearest folder above the configuration that has it. */
async function findAbove(path: string, {folder}: FlyConfig, {reader}: Inputs): Promise<string | undefined> {
  const top = await repositoryTop(folder, reader)
  for (let above = folder; above !== top && above !== dirname(above); ) {
    above = dirname(above)
    if ((await reader.kindOf(join(above, path))) === 'file') return join(above, path)
  }
  return undefined
}

function describeUnreadable(
  {from}: DockerfilePlace & {kind: 'file'},
  name: string,
  {reason, line}: {reason: string; line?: number},
  flyConfig: FlyConfig,
) {
  if (from === 'build.dockerfile') {
    const written = `build.dockerfile = "${flyConfig.config.build?.dockerfile}"`
    return {message: `${written} means ${name}, which ${reason}`, at: flyConfig.at('build', 'dockerfile')}
  }
  return {message: `${name} ${reason}`, at: {file: name, ...(line && {line, column: 1})}}
}

function whereItIs(
  {from}: DockerfilePlace & {kind: 'file'},
  {others, files, above}: {others: readonly string[]; files: Files; above: string | undefined},
  flyConfig: FlyConfig,
): string {
  const folder = posix.dirname(flyConfig.file)
  const isOwn = from === 'build.dockerfile'
  const rule = isOwn
    ? `build.dockerfile is relative to the folder of ${flyConfig.file}`
    : '--dockerfile is relative to the working directory'
  if (above) return `Write dockerfile = "${withSlashes(relative(flyConfig.folder, above))}": ${rule}.`
  const meant = posix.normalize(`${isOwn ? flyConfig.config.build?.dockerfile : ''}`)
  const beside = posix.join(folder, posix.basename(meant))
  const near =
    // Of any name, such as Containerfile.
    [meant, beside].find((path) => isOwn && files.has(path)) ??
    others.find((path) => posix.dirname(path) === folder) ??
    others[0]
  if (!near) return `${rule}; correct the path or add the file.`
  // A file of that name elsewhere may be another app's.
  const isBeside =
    near === beside && ['.', posix.basename(flyConfig.folder)].includes(posix.basename(posix.dirname(meant)))
  const isLike = near === meant || isBeside || near.endsWith(`/${meant}`)
  return isOwn && isLike
    ? `Write dockerfile = "${posix.relative(folder, near)}": ${rule}.`
    : `${rule}; the project has ${near}.`
}
