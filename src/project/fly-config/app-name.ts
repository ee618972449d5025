import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'

export interface AppName {
  name: string
  /** Its place in the configuration; a name of -a or FLY_APP has none. */
  at?: FileLocation
  /** A command of the project's own deploy that passes a name, or writes one into the configuration, so that the configuration's does not count there. */
  passed?: FileLocation
  /** How this is deployed is assumed: a name may be passed there. */
  assumed?: boolean
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
  const {file, at, config: decoded} = config.value
  const deploys = await facts.value('deployCommands')
  // A configuration that is filled in first is named there.
  const passed = deploys?.commands.find(({app, setsFlyApp}) => app || setsFlyApp)?.at ?? deploys?.rewritten
  if (decoded.app)
    return known({name: decoded.app, at: at('app'), ...(passed && {passed}), ...(options.assumed && {assumed: true})})
  return absent('no app is named', {
    kind: 'missing',
    message: `${file} names no app`,
    at: {file, line: 1, column: 1},
    // Then that deploy works, and only one from here does not.
    ...(passed ? {severity: 'info', related: [passed]} : options.assumed && {severity: 'warning'}),
    hint: `Add ${file.endsWith('.json') ? '"app": "NAME"' : /\.ya?ml$/.test(file) ? 'app: NAME' : 'app = "NAME" above the first [table]'}, or pass -a NAME.`,
  })
}
