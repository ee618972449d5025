import type {BuildCommand} from '../image/build-commands.ts'
import type {Project} from '../image/programs/missing-tasks.ts'

/**
 * `app:` is what artisan make:command begins the name of a command of the project with: no package defines one, and the
 * name stands in the class.
 */
export async function lostArtisanCommand(
  {words}: BuildCommand,
  {reader, tracked}: Project,
): Promise<string | undefined> {
  const at = words.findIndex((word) => /^(?:\S*\/)?artisan$/.test(word ?? ''))
  const name = words[at + 1]
  if (at < 0 || !name || !/^app:[\w:-]+$/.test(name) || tracked.has('.gitmodules')) return undefined
  const sources = tracked.ending('.php').filter((path) => !/(?:^|\/)(?:vendor|node_modules|storage)\//.test(path))
  if (sources.length === 0 || !tracked.has('composer.json')) return undefined
  // Also of a name that is put together.
  const files = await reader.texts(sources)
  return files.some(({text}) => text.includes(name.slice('app:'.length))) ? undefined : name
}
