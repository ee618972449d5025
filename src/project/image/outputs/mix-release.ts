import {posix} from 'node:path'
import {releaseNames} from '../../elixir/release-names.ts'
import type {BuildCommand} from '../build-commands.ts'
import {lacks, mayBeChanged} from '../moment.ts'
import {type Made, type OutputRule, type Project, stepOf} from './output.ts'

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

/** The folder of a release is called as the release is. */
export const mixReleases: OutputRule = {
  tool: 'mix release',
  builds: /^mix release(?= |$)/,
  harmless: /^\s*(?:[A-Z_]+=\S*\s+)*mix\b/,
  wanted: /\/_build\/\w+\/rel\/[\w-]+$/,
  ownFolder: true,
  async made(command, wanted, project): Promise<Made | undefined> {
    const {words, moment} = command
    const rest = words.slice(2)
    const variables = [moment.instruction.text, ...moment.variables.keys()].join(' ')
    if (words.includes(undefined) || rest.some((word) => word?.startsWith('--path'))) return undefined
    if (/\bMIX_(?:BUILD_PATH|BUILD_ROOT|RELEASE_\w+)\b/.test(variables)) return undefined
    const manifest = await stepOf(command, project).read('mix.exs')
    // What an alias does with the folder of a release is not followed.
    if (
      !manifest ||
      mayBeChanged(command, manifest.path) ||
      /\bFile\.(?:rename|cp|ln)|\b_build\b/.test(manifest.text.text)
    )
      return undefined
    const release = releaseNames(manifest.text)
    const [asked] = rest.filter((word) => word && !word.startsWith('-'))
    if (!release || (asked !== undefined && !release.names.includes(asked))) return undefined
    return {folder: posix.dirname(wanted), names: asked ? [asked] : release.names, because: `after ${release.because}`}
  },
}
