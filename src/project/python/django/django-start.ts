import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {FlyConfig} from '../../fly-config/fly-config.ts'
import type {Build} from '../../image/build.ts'
import type {Processes} from '../../processes/processes.ts'
import type {ModuleStart} from '../commands/module-starts.ts'
import type {ImageModules} from '../imports/image-modules.ts'
import {type DjangoModule, djangoModules, settingsOption} from './loaded-modules.ts'

interface Surroundings {
  build: Build
  modules: ImageModules
  processes: Processes
  env: NonNullable<FlyConfig['config']['env']>
  paths: Files
  reader: ProjectReader
}

/** What Django loads once a machine has started manage.py or the module that a server takes; nothing without Django. */
export async function djangoStart(
  {command, module, folder, roots}: ModuleStart,
  {build, modules, processes, env, paths, reader}: Surroundings,
): Promise<DjangoModule[]> {
  const setting = 'DJANGO_SETTINGS_MODULE'
  const option = settingsOption(command.text)
  if (option === undefined && processes.mayAssign(setting)) return []
  const chosen = option ?? env[setting] ?? build.final.config.env.get(setting)
  const place = module.form === 'module' ? modules.find(module.name.split('.'), roots, false) : undefined
  const script = module.form === 'script' ? build.final.files.get(posix.resolve(folder, module.name)) : undefined
  const entry = script ?? (typeof place === 'object' ? place.entry : undefined)
  const file = entry?.kind === 'file' && paths.has(entry.source) ? await reader.text(entry.source) : undefined
  return file ? djangoModules(file, paths, reader, chosen) : []
}
