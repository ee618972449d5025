/** Hooks that the components of an app bring, and that its scripts import before the compiler has written them. */
import {posix} from 'node:path'
import {flagOf, instructionsBefore} from '../dockerfile/parse.ts'
import {type BuildCommand, commandsBefore} from '../image/build-commands.ts'
import {lacks, unchangedAt} from '../image/moment.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {mayInstallAnything} from '../image/programs/programs.ts'
import {programOf} from '../image/shell/command.ts'
import {mixEnv} from './mix-env.ts'

/** Tasks that compile nothing of the app itself; those of packages take `--runtime-config` to do so. */
const compilesNothing =
  /^(?:local\.\w+|hex\.\w+|archive\.install|deps\.(?:get|compile|clean|unlock)|(?:esbuild|tailwind|bun|sass)(?:\.install)?|assets\.(?:setup|build|deploy))$/

const imported = /^[^\n/]{0,300}\bfrom\s{1,20}["']phoenix-colocated\/(\w{1,100})["']/m

/**
 * "Could not resolve "phoenix-colocated/shop"": the compiler of Phoenix LiveView (Mix.Tasks.Compile.PhoenixLiveView) writes these
 * modules to `_build/prod/phoenix-colocated` as it compiles the app, and the bundler looks for them there.
 */
export async function colocatedTask(
  command: BuildCommand,
  commands: readonly BuildCommand[],
  {reader, tracked}: Project,
): Promise<MissingTask | undefined> {
  const [, task, ...rest] = command.words
  if (programOf(command) !== 'mix' || task !== 'esbuild' || rest.includes('--runtime-config')) return undefined
  const read = (name: string) => reader.text(unchangedAt(command, posix.join(command.folder, name), tracked))
  const [manifest, config] = [await read('mix.exs'), await read('config/config.exs')]
  const [, app = ''] = /^\s{0,20}app:\s{0,20}:(\w{1,100})/m.exec(manifest?.text ?? '') ?? []
  const [, entry = ''] = /~w[([{|"/]\s{0,20}(js\/app\.[jt]s)\s/.exec(config?.text ?? '') ?? []
  if (!manifest || app === '' || entry === '' || /\bapps_path:/.test(manifest.text)) return undefined
  const script = await read(`assets/${entry}`)
  const match = imported.exec(script?.text ?? '')
  if (!script || match?.[1] !== app) return undefined
  const before = commandsBefore(commands, commands.indexOf(command)).filter((each) => programOf(each) === 'mix')
  const compiled = before.some(
    ({words}) =>
      !compilesNothing.test(words[1] ?? '') || words.includes(undefined) || words.includes('--runtime-config'),
  )
  const {moment, before: earlier} = command
  // Before the sources are there, nothing compiles them.
  const instructions = instructionsBefore(moment.stage, moment.instruction)
  const first = instructions.findIndex(
    (each) => /^(?:COPY|ADD)$/.test(each.keyword) && flagOf(each, 'from') === undefined,
  )
  const texts = [earlier, ...instructions.slice(Math.max(first, 0)).map(({text}) => text)]
  const env = mixEnv(command) ?? 'dev'
  if (
    compiled ||
    texts.some(mayInstallAnything) ||
    !lacks(command, posix.join(command.folder, '_build', env, 'phoenix-colocated'))
  )
    return undefined
  return {
    message: `${command.by ?? 'mix esbuild'} stops: ${script.path} imports phoenix-colocated/${app}, which mix compile writes, and nothing compiles the app before`,
    at: command.at,
    related: [script.span(match.index, match.index + match[0].length)],
    hint: `Compile before the assets are built: RUN mix compile above it.`,
  }
}
