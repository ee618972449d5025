import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {FlyConfig} from '../../fly-config/fly-config.ts'
import type {Build} from '../../image/build.ts'
import type {Image} from '../../image/image.ts'
import type {Processes, StartedCommand} from '../../processes/processes.ts'
import {djangoImports, settingsOption} from '../django/loaded-modules.ts'
import {startedFunctions} from './started-modules.ts'
import {type Import, topLevelImports} from './top-level-imports.ts'

/** An import of a module by its full name, and a command that surely makes Python run it. */
export interface StartedImport extends Import {
  /** `yaml` of `yaml.nodes`. */
  top: string
  at: FileLocation
  command: StartedCommand
}

/** Code that puts modules in place itself: by pip, from a folder elsewhere, or as objects. */
const brings =
  /\bsys\.(?:modules(?:\[[^\]\n]{1,200}\]\s{0,20}=(?!=)|\.(?:setdefault|update)\()|meta_path|path_hooks)|\bsys\.path\.(?:append|insert)\([^)\n]{0,300}["']\/|\bsite\.addsitedir\b/
/** pip as a program, and not in a text that tells somebody to install something. */
const runsPip =
  /["'](?:pip3?|uv)["']\s*,[^\])]{0,200}["'](?:install|add|sync)["']|\[\s*\w+\s*,\s*["']install["']|\bpip(?:\._internal\b|3?\.main\b)|(?:\b(?:system|popen|Popen|run|call|check_call|check_output)\(\s*[frb]{0,2}["'](?:[^"'\n]{0,300}[\s&;])?|=\s*[frb]{0,2}["'](?:\S{1,100}\s+-m\s+)?)(?:pip3?|uv\s+pip)\s+install\b/

const bringsModules = (text: string): boolean => brings.test(text) || runsPip.test(text)

/**
 * The imports that surely run when the deploy starts its modules; of a module, those before what may end the program.
 * `django`: DJANGO_SETTINGS_MODULE as the machine has it, for what Django itself imports; left out, that is, too.
 */
export async function startedImports(
  {commands}: Processes,
  paths: Files,
  reader: ProjectReader,
  django?: {settings: string | undefined},
  build?: Build,
): Promise<StartedImport[]> {
  const found: StartedImport[] = []
  const inFolder =
    ({final}: Build, folder: string) =>
    (path: string) =>
      final.files.ownSource(posix.resolve(folder, path), paths)
  for (const command of commands.filter(({certain, supervised}) => certain || supervised)) {
    const within = build && command.folder !== undefined ? inFolder(build, command.folder) : undefined
    const started = await startedFunctions([command.text], paths, reader, within)
    const files = await reader.texts(started.keys())
    if (files.some(({text}) => bringsModules(text))) continue
    for (const file of files) {
      for (const each of topLevelImports(file.text, started.get(file.path))) {
        if (each.relative > 0) continue
        found.push({...each, top: each.name.split('.')[0] as string, at: file.span(each.start, each.end), command})
      }
    }
    const own = django ? await djangoImports(files, paths, reader, settingsOption(command.text) ?? django.settings) : []
    if (own.some(({file}) => bringsModules(file.text))) continue
    for (const {name, names = [], file, start, end} of own) {
      const whole = {name, names: [...names], relative: 0, start, end}
      found.push({...whole, top: name.split('.')[0] as string, at: file.span(start, end), command})
    }
  }
  return found
}

/** Whether a file or folder of the project is called like a module: then that may be meant. */
export const isOwnModule = (module: string, paths: Files): boolean =>
  paths.named(`${module}.py`).length > 0 || paths.hasFolderNamed(module)

const setting = 'DJANGO_SETTINGS_MODULE'

/** DJANGO_SETTINGS_MODULE as the machines have it; undefined where a command may give it another value. */
export function djangoOf(
  flyConfig: FlyConfig | undefined,
  {final}: Image,
  processes: Processes,
): {settings: string | undefined} | undefined {
  const settings = flyConfig?.config.env?.[setting] ?? final.env.get(setting)?.value
  return processes.mayAssign(setting) ? undefined : {settings}
}
