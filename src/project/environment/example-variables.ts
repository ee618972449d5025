import type {FileLocation} from '../../check.ts'
import {isApart} from '../files/apart.ts'
import {exampleFiles} from '../files/example-file.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'

/** The variables that .env.example and its like tell people to set, and where; their values are placeholders. */
export async function exampleVariables(
  reader: ProjectReader,
  paths: Files,
): Promise<ReadonlyMap<string, FileLocation>> {
  const examples = exampleFiles(paths).filter((path) => !isApart(path))
  const found = new Map<string, FileLocation>()
  if (examples.length === 0) return found
  const {dotenvSettings} = await import('../documents/dotenv.ts')
  // The nearest to the top first. Nothing is found in these files, so that no comment in them can be an unused ignore.
  for (const path of examples.sort((a, b) => a.split('/').length - b.split('/').length)) {
    const file = await reader.glance(path)
    for (const {name, at} of file ? dotenvSettings(file) : []) if (!found.has(name)) found.set(name, at)
  }
  return found
}
