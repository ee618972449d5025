import type {FileLocation} from '../../check.ts'
import type {Options} from '../inputs.ts'
import type {DeployCommands} from './deploy-commands.ts'

/** An ARG that a deploy of the project passes: what the Dockerfile and fly.toml say is then only its default. */
export interface PassedArgument {
  argument: string
  by: FileLocation
  /** Undefined where it is an expression, or the flag cannot be read. */
  value: string | undefined
}

/** undefined also where this run was given the ARG: what it was given counts. */
export function passedArgument(
  argument: string,
  deploy: DeployCommands | undefined,
  {buildArgs = {}}: Options,
): PassedArgument | undefined {
  const command = Object.hasOwn(buildArgs, argument) ? undefined : deploy?.passing(argument)
  if (!command) return undefined
  const value = command.buildArgs?.get(argument) ?? ''
  return {argument, by: command.at, value: /^[\w.-]+$/.test(value) ? value : undefined}
}
