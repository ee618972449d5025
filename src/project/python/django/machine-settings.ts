import type {Files} from '../../files.ts'
import type {FlyConfig} from '../../fly-config/fly-config.ts'
import type {Build} from '../../image/build.ts'
import {commandIn, finalMoment} from '../../image/final-moment.ts'
import type {Moment} from '../../image/moment.ts'
import type {Processes} from '../../processes/processes.ts'
import type {ProjectReader} from '../../reader.ts'
import {notDeployed} from './loaded-modules.ts'
import {type DjangoSettings, djangoSettings} from './settings-files.ts'

/** A server of Django's application. */
const serves = /\b(?:gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve)\b[^\n]{0,300}\b[wa]sgi\b/
/** Every command of manage.py loads the settings and the apps; these are named for certain. */
const setsUp = /\bmanage\.py (?:migrate|check|collectstatic|createcachetable)\b(?!.*--settings)/

export interface MachineSettings {
  settings: DjangoSettings
  moment: Moment
  /** Whether a command surely loads them. */
  areLoadedBy(command: string): boolean
}

/** The settings that Django has in the machines; undefined where not all of them are in the open. */
export async function machineSettings(
  {build, processes, flyConfig}: {build: Build; processes: Processes; flyConfig: FlyConfig | undefined},
  {reader, tracked}: {reader: ProjectReader; tracked: Files},
): Promise<MachineSettings | undefined> {
  const moment = tracked.named('manage.py').length > 0 ? finalMoment(build, flyConfig) : undefined
  const server = processes.find(serves)
  if (!moment || !server || processes.mayAssign('DJANGO_SETTINGS_MODULE')) return undefined
  const command = commandIn(moment, ['python', 'manage.py', 'check'], server.at)
  const settings = await djangoSettings(command, {reader, tracked})
  if (!settings?.complete) return undefined
  // Without a variable the server has them by its own file: where that names others, or these are for a laptop, a secret chooses.
  const files = await reader.texts(tracked.named('wsgi.py', 'asgi.py'))
  const areAll = files.every(({text}) =>
    [`"${settings.module}"`, `'${settings.module}'`].some((name) => text.includes(name)),
  )
  const areNamed = moment.variables.get('DJANGO_SETTINGS_MODULE') !== undefined
  if (!areNamed && (!areAll || notDeployed.test(settings.module))) return undefined
  return {settings, moment, areLoadedBy: (text) => setsUp.test(text) || serves.test(text)}
}
