import {posix} from 'node:path'
import {allInstructions} from '../../dockerfile/parse.ts'
import {mixEnv} from '../../elixir/mix-env.ts'
import {releaseNames} from '../../elixir/release-names.ts'
import type {BuildCommand} from '../build-commands.ts'
import {lacks, mayBeChanged} from '../moment.ts'
import {programOf} from '../shell/command.ts'
import {isArgument} from '../variable-reads.ts'
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
  // A COPY of one that is not made is told there.
  if (releaseNames(manifest.text)?.names.includes(release) === false) return undefined
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
    const env = mixEnv(command)
    // mix.exs, or a build argument, may choose another one.
    if (
      env === undefined &&
      (isArgument(moment, 'MIX_ENV') || /\b(?:preferred_(?:cli_)?envs?|default_env)\b/.test(manifest.text.text))
    )
      return undefined
    const [asked] = rest.filter((word) => word && !word.startsWith('-'))
    if (!release || (asked !== undefined && !release.names.includes(asked))) return undefined
    const folder = posix.join(command.folder, '_build', env ?? 'dev', 'rel')
    const isOther = posix.basename(posix.dirname(folder)) !== posix.basename(posix.dirname(posix.dirname(wanted)))
    const because = isOther
      ? env === undefined
        ? 'without MIX_ENV'
        : `with MIX_ENV=${env}`
      : `after ${release.because}`
    return {folder, names: asked ? [asked] : release.names, because}
  },
}

/** Tasks that make no release. An alias is followed; one that is a function may run any. */
const unreleased =
  /^mix (?:deps\.\w+|compile|local\.\w+|archive\.install|assets\.\w+|phx\.digest|gettext\.\w+|(?:tailwind|esbuild|sass)(?:\.install)?|cmd)(?= |$)/

/** The last command of mix in a stage that surely never runs `mix release`; undefined where something may do it. */
export function neverReleased(commands: readonly BuildCommand[]): BuildCommand | undefined {
  const tasks = commands.filter((each) => programOf(each) === 'mix')
  const [first] = tasks
  const texts = first ? allInstructions(first.moment.stage).filter(({keyword}) => keyword === 'RUN') : []
  const mayRelease = texts.some(({text}) =>
    /release|\bdistillery\b|\.(?:sh|exs)\b|\bmake\b|\bmix do\b|\bdo:|\$/.test(text.replace(/\$\{?MIX_ENV\}?/g, '')),
  )
  const all = tasks.every(({words}) => unreleased.test(words.map((word) => word ?? '$').join(' ')))
  const compiles = tasks.some(({words}) => words[1] === 'compile' || words[1] === 'deps.compile')
  return all && compiles && !mayRelease ? tasks.at(-1) : undefined
}
