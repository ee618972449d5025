import type {FileLocation} from '../../check.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {startedModules} from '../python/imports/started-modules.ts'
import {pythonLines} from '../python/source/logical-lines.ts'

/** `Base.metadata.create_all(…)` at the top level of a module that these commands surely import. */
export async function createAllCalls(
  commands: readonly string[],
  paths: Files,
  reader: ProjectReader,
): Promise<FileLocation[]> {
  const found: FileLocation[] = []
  for (const path of commands.length > 0 ? await startedModules(commands, paths, reader) : []) {
    const file = await reader.text(path)
    if (!file?.text.includes('create_all')) continue
    const call = pythonLines(file.text).lines.find(
      ({code, indent}) => indent === 0 && /\bmetadata\.create_all\s*\(/.test(code),
    )
    if (call) found.push(file.span(call.start, call.end))
  }
  return found
}
