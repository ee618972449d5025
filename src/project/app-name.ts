import {absent, type Fact, type FactStore, known} from '../facts.ts'
import {commandsFor} from './deploy-commands.ts'
import type {Inputs} from './inputs.ts'

export interface AppName {
  name: string
}

/**
 * The app's name as flyctl chooses it: `-a`, then a non-empty FLY_APP, then `app` of the configuration
 * (flyctl internal/command/command.go, RequireAppName). A file that cannot be decoded still names its app.
 */
export async function loadAppName({options, env}: Inputs, facts: FactStore): Promise<Fact<AppName>> {
  if (options.app) return known({name: options.app})
  if (env.FLY_APP) return known({name: env.FLY_APP})
  const config = await facts.get('flyConfig')
  if (config.state !== 'ok') {
    const app = config.problem?.app
    return app ? known({name: app}) : config
  }
  const {app} = config.value.config
  if (app) return known({name: app})
  const deploys = await facts.value('deployCommands')
  const named = deploys && commandsFor(deploys, config.value.file).find(({app, setsFlyApp}) => app || setsFlyApp)
  return absent('no app is named', {
    kind: 'missing',
    message: `${config.value.file} names no app`,
    at: {file: config.value.file, line: 1, column: 1},
    // Then that deploy works, and only one from here does not.
    ...(named && {severity: 'warning', related: [named.at]}),
    hint: 'Add app = "NAME" above the first [table], or pass -a NAME.',
  })
}
