import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {commandIn, finalMoment} from '../../image/final-moment.ts'
import type {Moment} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {notDeployed} from './loaded-modules.ts'
import {type DjangoSettings, djangoSettings} from './settings-files.ts'
import {type SettingsValues, settingsValues} from './settings-values.ts'

/** A server of Django's application. */
const serves = /\b(?:gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve)\b[^\n]{0,300}\b[wa]sgi\b/
/** Every command of manage.py loads the settings and the apps; these are named for certain. */
const setsUp = /\bmanage\.py (?:migrate|check|collectstatic|createcachetable)\b(?!.*--settings)/

export interface MachineSettings {
  settings: DjangoSettings
  values: SettingsValues
  moment: Moment
  /** Whether a command surely loads them. */
  areLoadedBy(command: string): boolean
  /** … and serves Django's application with them. */
  areServedBy(command: string): boolean
}

/** The settings that Django has in the machines: only where all of them are in the open. */
export async function loadMachineSettings({reader}: Inputs, facts: FactStore): Promise<Fact<MachineSettings>> {
  const [[build, processes, tracked], flyConfig] = await Promise.all([
    facts.needAll('build', 'processes', 'files'),
    facts.value('flyConfig'),
  ])
  const hidden = absent('no settings of Django are in the open')
  const moment = tracked.named('manage.py').length > 0 ? finalMoment(build, flyConfig) : undefined
  const server = processes.find(serves)
  if (!moment || !server || processes.mayAssign('DJANGO_SETTINGS_MODULE')) return hidden
  const command = commandIn(moment, ['python', 'manage.py', 'check'], server.at)
  const settings = await djangoSettings(command, {reader, tracked})
  if (!settings?.complete) return hidden
  // Without a variable the server has them by its own file: where that names others, or these are for a laptop, a secret chooses.
  const files = await reader.texts(tracked.named('wsgi.py', 'asgi.py'))
  const areAll = files.every(({text}) =>
    [`"${settings.module}"`, `'${settings.module}'`].some((name) => text.includes(name)),
  )
  const areNamed = moment.variables.get('DJANGO_SETTINGS_MODULE') !== undefined
  if (!areNamed && (!areAll || notDeployed.test(settings.module))) return hidden
  const values = await settingsValues(settings, tracked, reader, (name) => moment.variables.get(name))
  return known({
    settings,
    values,
    moment,
    areLoadedBy: (text) => setsUp.test(text) || serves.test(text),
    areServedBy: (text) => serves.test(text),
  })
}
