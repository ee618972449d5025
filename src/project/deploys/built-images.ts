import type {TextFile} from '../files/text.ts'
import {argumentsOf, type DeployCommand} from './written-deploys.ts'

/** A deploy of the image that a step of the same workflow builds is as one that builds it. */
export async function withBuilds(
  commands: readonly DeployCommand[],
  file: TextFile,
  prefix: string,
): Promise<DeployCommand[]> {
  if (!/build-push-action@|\bdocker (?:buildx )?build\b/.test(file.text) || !commands.some(({image}) => image))
    return [...commands]
  const {imageBuild} = await import('../workflows/image-builds.ts')
  return commands.map((command) => {
    const {image, at, flags} = command
    const build = image ? imageBuild(file, {image, line: at.line as number}, prefix) : undefined
    if (!build) return command
    const {dockerfile, buildArgs, target} = build
    const added = [...(buildArgs.length > 0 ? ['--build-arg'] : []), ...(target ? ['--build-target'] : [])]
    return {
      ...command,
      builtAt: build.at,
      dockerfile,
      buildArgs: argumentsOf(buildArgs),
      flags: new Set([...flags, ...added]),
    }
  })
}
