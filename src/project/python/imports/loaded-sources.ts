import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {importedBy} from './modules.ts'
import {startedModules} from './started-modules.ts'

/**
 * The Python modules that these commands start, and those that they import in whatever way, in functions too: what is in none
 * of them does not run. `more`: paths that run besides.
 */
export async function loadedSources(
  commands: readonly string[],
  paths: Files,
  reader: ProjectReader,
  more: readonly string[] = [],
): Promise<TextFile[]> {
  const started = await startedModules(commands, paths, reader)
  const loaded = await importedBy([...more, ...started], paths, reader)
  return reader.texts([...loaded].filter((path) => path.endsWith('.py')))
}
