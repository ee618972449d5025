import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known, type Problem} from '../../facts.ts'
import {quote, shorten} from '../../wording.ts'
import {madeBefore} from '../deploys/made-before.ts'
import {cureOf, type Unreadable} from '../files/reader.ts'
import {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {composeNames, wrongInCompose} from './compose.ts'
import type {FlyConfig} from './fly-config.ts'
import {wrongInMachineConfig} from './machine-config.ts'

/**
 * Whether the containers can be made that a compose file or machine_config describes: what flyctl reads when it makes a
 * machine's configuration, after the image is built and the release command has run (internal/containerconfig). Both
 * files are looked up in the working directory, whatever the folder of fly.toml: by then flyctl no longer knows where
 * the configuration came from (processgroups.go, `--flatten--`).
 */
export async function loadContainers(inputs: Inputs, facts: FactStore): Promise<Fact<true>> {
  const flyConfig = await facts.need('flyConfig')
  if (!flyConfig.hasContainers) return absent('the machines run one container')
  const problem = await problemOf(flyConfig, inputs, facts)
  return problem ? absent('its containers cannot be read', {kind: 'refused', ...problem}) : known(true)
}

type Refused = Omit<Problem, 'kind'>

async function problemOf(flyConfig: FlyConfig, inputs: Inputs, facts: FactStore): Promise<Refused | undefined> {
  const {reader} = inputs
  const {build, experimental, machine_config, container} = flyConfig.config
  const composeFile = build?.compose && (build.compose.file || (await firstExisting()))
  if (composeFile) {
    const result = await reader.read(composeFile)
    if (!result.ok) return unreadable('the compose file', composeFile, result, 'build', 'compose', 'file')
    const wrong = await wrongInCompose(result.file)
    return wrong && {...wrong, related: [flyConfig.at('build', 'compose')]}
  }
  const path = experimental?.machine_config ? ['experimental', 'machine_config'] : ['machine_config']
  const written = experimental?.machine_config || machine_config
  if (!written) {
    return {
      message: `[build.compose] names no file, and there is no ${composeNames.join(', ')} in the working directory: the machine would run the image alone`,
      at: flyConfig.at('build', 'compose'),
      hint: `Name the file, relative to the folder in which flyctl runs: under [build.compose] write ${flyConfig.setting('file', 'compose.yaml')}`,
      severity: 'warning',
      failsAt: 'silent',
    }
  }
  const isInline = written.startsWith('{')
  if (!isInline && !written.endsWith('.json')) {
    return {
      // It may hold secrets, as all of a machine's configuration can.
      message: `machine_config is ${quote(shorten(written))}, it must be JSON that begins with { or the path of a file that ends with .json`,
      at: flyConfig.at(...path),
      hint: `Write the path, relative to the folder in which flyctl runs: ${flyConfig.setting('machine_config', 'machine.json')}`,
    }
  }
  const result = isInline
    ? {ok: true as const, file: new TextFile(flyConfig.file, '', written)}
    : await reader.read(written)
  if (!result.ok) return unreadable('machine_config', written, result, ...path)
  const wrong = await wrongInMachineConfig(result.file, container)
  if (!wrong) return undefined
  const {at, hint, message} = wrong
  if (!at) return {message, at: flyConfig.at('container'), hint}
  return isInline ? {message, at: flyConfig.at(...path), hint} : {message, at, hint, related: [flyConfig.at(...path)]}

  async function firstExisting(): Promise<string | undefined> {
    for (const name of composeNames) if ((await reader.kindOf(name)) !== 'missing') return name
    return undefined
  }

  async function unreadable(
    what: string,
    file: string,
    {kind, reason}: Unreadable,
    ...key: string[]
  ): Promise<Refused> {
    const isMade = kind === 'missing' && (await madeBefore(file, inputs, facts))
    return {
      message: `${what} ${file} ${reason}`,
      at: flyConfig.at(...key),
      hint: isMade
        ? 'Make it before the deploy, wherever that runs.'
        : kind === 'missing'
          ? `The path is relative to the folder in which flyctl runs, not to ${posix.basename(flyConfig.file)}.`
          : cureOf[kind],
      ...(isMade && {severity: 'warning'}),
    }
  }
}
