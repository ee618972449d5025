import {join} from 'node:path'
import type {DeployCommands} from '../deploy-commands.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Inputs} from '../inputs.ts'

export type DockerfilePlace =
  /** Nothing is built from a Dockerfile: the reason. */
  | {kind: 'none'; reason: string}
  | {kind: 'file'; path: string; from: 'build.dockerfile' | '--dockerfile' | 'default' | 'workflow'}
  | {kind: 'missing'}

/**
 * Where flyctl takes the Dockerfile from (internal/command/deploy/deploy_build.go, resolveDockerfilePath, and
 * internal/build/imgsrc/docker.go, ResolveDockerfile). `build.dockerfile` is joined to the folder of fly.toml, even
 * when it is absolute, and beats --dockerfile, which is relative to the working directory.
 * Where this run was given nothing, what the project's own deploy passes on its command line counts: if nothing is at the
 * default place, as that it is nowhere else is then no mistake; and if all of its commands say the same of a fly.toml that
 * lies elsewhere, as the Dockerfile at the default place is then the one of another app.
 */
export async function findDockerfile(
  {reader, options}: Inputs,
  flyConfig: FlyConfig,
  deploys: DeployCommands | undefined,
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
  if (build.dockerfile) {
    return {kind: 'file', path: join(flyConfig.folder, build.dockerfile), from: 'build.dockerfile'}
  }
  if (options.dockerfile) return {kind: 'file', path: reader.absolute(options.dockerfile), from: '--dockerfile'}
  // One that names no configuration deploys the fly.toml of another folder, or of the one that it goes to.
  const given = new Set(
    deploys?.commands.map(({dockerfile, image, config}) => (config === undefined ? undefined : (image ?? dockerfile))),
  )
  const [only] = given
  if (flyConfig.folder !== reader.root && only !== undefined && given.size === 1) {
    if ((await reader.kindOf(only)) === 'file') return {kind: 'file', path: reader.absolute(only), from: 'workflow'}
  }
  for (const name of ['Dockerfile', 'dockerfile']) {
    if ((await reader.kindOf(name)) !== 'missing') return {kind: 'file', path: join(reader.root, name), from: 'default'}
  }
  if (build.builtin) return {kind: 'none', reason: `the image is built with flyctl's builtin "${build.builtin}"`}
  for (const {dockerfile, image, nixpacks, at} of deploys?.commands ?? []) {
    if (nixpacks) return {kind: 'none', reason: `${at.file} builds with nixpacks`}
    if (image) return {kind: 'none', reason: `${at.file} deploys a ready image`}
    if (dockerfile) return {kind: 'file', path: reader.absolute(dockerfile), from: 'workflow'}
  }
  return {kind: 'missing'}
}
