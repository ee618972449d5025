import {posix} from 'node:path'
import type {BuildCommand} from '../image/build-commands.ts'
import {unchangedAt} from '../image/moment.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'

/** mix.exs takes its aliases from another file, or is that of an umbrella, whose apps have some of their own. */
const elsewhere = /\bapps_path:|\bCode\.\w+|\bimport_file\b|\baliases:\s*(?!aliases(?:\(\))?\s*[,\]])/

/** "The task "assets.deploy" could not be found": a new Phoenix has it as an alias of mix.exs, one without assets has none. */
export async function assetTask(command: BuildCommand, {reader, tracked}: Project): Promise<MissingTask | undefined> {
  const [, task = ''] = command.words
  if (programOf(command) !== 'mix' || !/^assets\.(?:deploy|build|setup)$/.test(task)) return undefined
  const file = await reader.text(unchangedAt(command, posix.join(command.folder, 'mix.exs'), tracked))
  if (!file?.text.includes('use Mix.Project') || file.text.includes(task) || elsewhere.test(file.text)) return undefined
  // A task of the project itself.
  if (tracked.ending('.ex').some((path) => /\/mix\/tasks\/.*assets/.test(`/${path}`))) return undefined
  return {
    message: `mix ${task} stops: ${file.path} has no alias ${task}, and Phoenix itself no task of that name`,
    at: command.at,
    related: [file.whole],
    hint: `Without assets to build take the line out of the Dockerfile. Else add the alias to ${file.path}: "${task}": ["esbuild default --minify", "phx.digest"]`,
    // A dependency may bring one.
    likely: true,
  }
}
