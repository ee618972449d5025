import {join} from 'node:path'
import type {DeployCommands} from '../deploys/deploy-commands.ts'
import type {DeployCommand} from '../deploys/written-deploys.ts'
import type {Files} from '../files/files.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Inputs} from '../inputs.ts'
import {notedDockerfile} from './noted.ts'

export type DockerfilePlace =
  /** Nothing is built from a Dockerfile: the reason. */
  | {kind: 'none'; reason: string}
  | {kind: 'file'; path: string; from: 'build.dockerfile' | '--dockerfile' | 'default' | 'workflow' | 'notes' | 'name'}
  | {kind: 'missing'}

/** flyctl finds none of them by itself; whoever deploys by hand passes it with --dockerfile. */
const madeForFly = ['fly.Dockerfile', 'Dockerfile.fly']

/**
 * Where flyctl takes the Dockerfile from (internal/command/deploy/deploy_build.go, resolveDockerfilePath, and
 * internal/build/imgsrc/docker.go, ResolveDockerfile). `build.dockerfile` is joined to the folder of fly.toml, even
 * when it is absolute, and beats --dockerfile, which is relative to the working directory.
 * Where this run was given nothing, what the project's own deploys pass on their command line, or move to its place before,
 * counts: when all of them name the same Dockerfile for this app, and when nothing is at the default place, which is then
 * no mistake. Where no deploy is written anywhere, the notes of the project are asked how it is deployed by hand, and then
 * the names of files.
 */
export async function findDockerfile(
  {reader, options}: Inputs,
  flyConfig: FlyConfig,
  {deploys, files}: {deploys: DeployCommands | undefined; files: Files},
): Promise<DockerfilePlace> {
  const {build = {}} = flyConfig.config
  if (options.image) return {kind: 'none', reason: `--image ${options.image} is deployed, nothing is built`}
  if (build.image) return {kind: 'none', reason: `build.image ${build.image} is deployed, nothing is built`}
  // Even an empty table: the services of the compose file become the containers.
  if (build.compose) return {kind: 'none', reason: 'the containers come from a compose file'}
  if (build.builder) return {kind: 'none', reason: `the image is built with buildpacks (${build.builder})`}
  if (build.dockerfile && /^https?:/i.test(build.dockerfile)) {
    return {kind: 'none', reason: `the Dockerfile is downloaded from ${build.dockerfile}`}
  }
  /** What the deploys name, or lay there before: the Epic Stack keeps its Dockerfile in other/. */
  const deployed = async (named: string | undefined): Promise<DockerfilePlace | undefined> => {
    if (named === undefined) return undefined
    for (const path of [named, deploys?.laidAt(named)]) {
      if (path !== undefined && (await reader.kindOf(path)) === 'file') {
        return {kind: 'file', path: reader.absolute(path), from: 'workflow'}
      }
    }
    return undefined
  }
  if (build.dockerfile) {
    const path = join(flyConfig.folder, build.dockerfile)
    const own = {kind: 'file', path, from: 'build.dockerfile'} as const
    if ((await reader.kindOf(path)) !== 'missing') return own
    const [ready] = deploys?.commands ?? []
    // --image comes before it: one that no deploy of the project needs may have been wrong for years.
    if (ready && deploys?.commands.every(({image}) => image)) {
      return {kind: 'none', reason: `${ready.at.file} deploys a ready image`}
    }
    return (await deployed(reader.display(path))) ?? own
  }
  if (options.dockerfile) return {kind: 'file', path: reader.absolute(options.dockerfile), from: '--dockerfile'}
  const agreed = await deployed(agreedOn(deploys, flyConfig, reader.root))
  if (agreed) return agreed
  for (const name of ['Dockerfile', 'dockerfile']) {
    if ((await reader.kindOf(name)) !== 'missing') return {kind: 'file', path: join(reader.root, name), from: 'default'}
  }
  if (build.builtin) return {kind: 'none', reason: `the image is built with flyctl's builtin "${build.builtin}"`}
  for (const {dockerfile, image, builtAt, nixpacks, at} of deploys?.commands ?? []) {
    if (nixpacks) return {kind: 'none', reason: `${at.file} builds with nixpacks`}
    if (image && !builtAt) return {kind: 'none', reason: `${at.file} deploys a ready image`}
    // `--dockerfile "$dockerfile"` of a script: it is not known which one.
    if (dockerfile?.includes('$')) return {kind: 'none', reason: `${at.file} names the Dockerfile by a variable`}
    if (dockerfile) {
      return (await deployed(dockerfile)) ?? {kind: 'file', path: reader.absolute(dockerfile), from: 'workflow'}
    }
  }
  const laid = await deployed('Dockerfile')
  if (laid) return laid
  const [deploy] = deploys?.commands ?? []
  const isMade = deploy && deploys?.makes('Dockerfile')
  if (isMade) return {kind: 'none', reason: `${deploy.at.file} makes the Dockerfile`}
  const noted = deploy ? undefined : await notedDockerfile(flyConfig, files, reader)
  if (noted !== undefined) return {kind: 'file', path: reader.absolute(noted), from: 'notes'}
  const named = deploy || flyConfig.folder !== reader.root ? undefined : madeForFly.find((name) => files.has(name))
  return named === undefined ? {kind: 'missing'} : {kind: 'file', path: reader.absolute(named), from: 'name'}
}

/** The Dockerfile that every deploy of this app names on its command line, or by which a step builds its image. */
function agreedOn(deploys: DeployCommands | undefined, flyConfig: FlyConfig, root: string): string | undefined {
  // One that names no configuration deploys the fly.toml of another folder, or of the one that it goes to.
  const commands = (deploys?.commands ?? []).filter(({config}) => config !== undefined || flyConfig.folder === root)
  const named = commands[0]?.dockerfile
  const isOwn = ({app, image, builtAt, nixpacks}: DeployCommand) =>
    (app === undefined || app === flyConfig.config.app) && (image === undefined || builtAt !== undefined) && !nixpacks
  return commands.every((each) => isOwn(each) && each.dockerfile === named) ? named : undefined
}
