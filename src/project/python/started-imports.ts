import type {FileLocation} from '../../check.ts'
import type {Processes, StartedCommand} from '../processes.ts'
import type {ProjectReader} from '../reader.ts'
import {type Import, startedModules, topLevelImports} from './started-modules.ts'

/** An import of a module by its full name, and a command that surely makes Python run it. */
export interface StartedImport extends Import {
  /** `yaml` of `yaml.nodes`. */
  top: string
  at: FileLocation
  command: StartedCommand
}

/** The imports that surely run when the deploy starts its modules; of a module, those before what may end the program. */
export async function startedImports(
  {commands}: Processes,
  paths: readonly string[],
  reader: ProjectReader,
): Promise<StartedImport[]> {
  const found: StartedImport[] = []
  for (const command of commands.filter(({certain}) => certain)) {
    for (const path of await startedModules([command.text], paths, reader)) {
      const file = await reader.text(path)
      for (const each of file ? topLevelImports(file.text) : []) {
        if (each.relative > 0 || !file) continue
        found.push({...each, top: each.name.split('.')[0] as string, at: file.span(each.start, each.end), command})
      }
    }
  }
  return found
}

/** Whether a file or folder of the project is called like a module: then that may be meant. */
export const isOwnModule = (module: string, paths: readonly string[]): boolean =>
  paths.some((path) => `/${path}`.includes(`/${module}/`) || `/${path}`.endsWith(`/${module}.py`))
