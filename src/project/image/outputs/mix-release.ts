import {posix} from 'node:path'
import type {BuildCommand} from '../build-commands.ts'
import {lacks} from '../moment.ts'
import {type Project, stepOf} from './output.ts'

/**
 * A release has bin/NAME, and what lies in rel/overlays (hexdocs.pm/mix, "Mix.Tasks.Release"): bin/server and bin/migrate
 * are there only where `mix phx.gen.release` has written them. undefined where something else may bring them.
 */
export async function releaseScripts(
  command: BuildCommand,
  {taken, below}: {taken: string; below: string},
  project: Project,
): Promise<{names: string[]; because: string} | undefined> {
  const [, release] = /\/_build\/\w+\/rel\/([\w-]+)\/?$/.exec(taken) ?? []
  const manifest = await stepOf(command, project).read('mix.exs')
  if (release === undefined || !manifest || /\boverlays:|\bsteps:/.test(manifest.text.text)) return undefined
  const own = posix.join('rel/overlays', below)
  const place = posix.join(command.folder, own)
  // What the project has and no COPY brings, another check tells.
  const isOwn = project.tracked.named(own).length > 0
  const isWritten = command.moment.unknown.some(({text = ''}) => /phx\.gen\.release|rel\/overlays/.test(text))
  if (below === `bin/${release}` || isOwn || isWritten || !lacks(command, place)) return undefined
  return {names: [`bin/${release}`], because: `as the project has no ${own}`}
}
