import {absent, type Fact, type FactStore, known} from '../facts.ts'
import {commandsFor} from './deploy-commands.ts'
import type {Inputs} from './inputs.ts'

export interface AppName {
  name: string
  from: '--app' | 'FLY_APP' | 'config'
}

/**
 * The app's name as flyctl chooses it: `-a`, then a non-empty FLY_APP, then `app` of the configuration
 * (flyctl internal/command/command.go, RequireAppName). A file that cannot be decoded still names its app.
 */
export async function loadAppName({options, env}: Inputs, facts: FactStore): Promise<Fact<AppName>> {
  if (options.app) return known({name: options.app, from: '--app'})
  if (env.FLY_APP) return known({name: env.FLY_APP, from: 'FLY_APP'})
  const config = await facts.get('flyConfig')
  // Without a configuration there is nothing more to say than that; one that cannot be decoded still names its app.
  if (config.state !== 'ok' && config.problem?.kind !== 'decode') return config
  const name = config.state === 'ok' ? config.value.app : config.problem?.app
  if (name) return known({name, from: 'config'})
  const deploys = await facts.value('deployCommands')
  const named =
    deploys &&
    commandsFor(deploys, config.state === 'ok' ? config.value.file : undefined).find(
      ({app, setsFlyApp}) => app || setsFlyApp,
    )
  const at = config.state === 'ok' ? {file: config.value.file, line: 1, column: 1} : config.problem?.at
  return absent('no app is named', {
    kind: 'missing',
    message: `${config.state === 'ok' ? config.value.file : 'fly.toml'} names no app`,
    at: at ?? {file: 'fly.toml'},
    // Then that deploy works, and only one from here does not.
    ...(named && {severity: 'warning', related: [named.at]}),
    hint: 'Add app = "NAME" above the first [table], or pass -a NAME.',
  })
}
