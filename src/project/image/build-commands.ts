import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {aliasCommands} from '../elixir/mix-aliases.ts'
import type {Inputs} from '../inputs.ts'
import {startedScripts} from '../node/started-scripts.ts'
import type {TextFile} from '../text.ts'
import {located, type Moment, sourceAt} from './moment.ts'
import {packageCommands} from './package-scripts.ts'
import {type Command, programOf} from './shell.ts'

/** A command that a RUN runs: as the Dockerfile has it, or as a script of package.json or an alias of mix.exs does. */
export interface BuildCommand extends Command {
  /** The stage as it is then. */
  moment: Moment
  /** The folder of the image that it runs in. */
  folder: string
  /** Where it is written: `at` is its RUN's command. */
  written: FileLocation
  /** `npm run build`: what runs it; undefined for a command of the RUN itself. */
  by: string | undefined
  /** The package.json whose script or bin it is. */
  manifest: string | undefined
}

/** Scripts that start one another go no deeper than this. */
const deepest = 5

export interface BuildCommands {
  commands: BuildCommand[]
  /** Scripts that a command asks for and that the package.json there does not have. */
  missingScripts: {name: string; command: BuildCommand; manifest: TextFile}[]
}

/** Follows package scripts, install scripts and mix aliases. A command whose folder is not known is left out. */
export async function loadBuildCommands({reader}: Inputs, facts: FactStore): Promise<Fact<BuildCommands>> {
  const [build, files] = await Promise.all([facts.get('build'), facts.value('files')])
  if (build.state !== 'ok') return build
  const paths = files?.paths ?? []
  const tracked = new Set(paths)
  const found: BuildCommands = {commands: [], missingScripts: []}
  for (const {moments} of build.value.stages) {
    for (const moment of moments) {
      for (const {command, folder} of located(moment.commands, moment.workingDir)) {
        const {at} = command
        await follow({...command, moment, folder, written: at, by: undefined, manifest: undefined}, 0)
      }
    }
  }
  return known(found)

  async function follow(command: BuildCommand, depth: number): Promise<void> {
    found.commands.push(command)
    if (depth >= deepest) return
    for (const inner of await startedBy(command)) await follow(inner, depth + 1)
  }

  async function startedBy(command: BuildCommand): Promise<BuildCommand[]> {
    const {moment, folder, at, written} = command
    const inside = (commands: readonly Command[], start: string, how: Pick<BuildCommand, 'by' | 'manifest'>) =>
      located(commands, start).map(({command: each, folder: place}): BuildCommand => {
        const conditional = each.conditional || command.conditional
        const decisive = each.decisive && command.decisive
        return {...each, ...how, conditional, decisive, at, written: each.at, moment, folder: place}
      })
    if (programOf(command) === 'mix') {
      const source = sourceAt(moment, posix.join(folder, 'mix.exs'), tracked)
      const file = source === undefined ? undefined : await reader.text(source)
      const [, task = ''] = command.words
      return file ? inside(aliasCommands(file, task), folder, {by: `mix ${task}`, manifest: undefined}) : []
    }
    const scripts = await startedScripts(command, {reader, tracked, paths})
    return scripts.flatMap(({by, file, name = '', folder: place, more, exec, mustExist}) => {
      if (exec)
        return inside([{...command, words: [...exec], at: written}], place, {by: command.by, manifest: file?.path})
      const commands = file && packageCommands(file, name, () => undefined)
      if (file && !commands && mustExist) found.missingScripts.push({name, command, manifest: file})
      const last = commands?.at(-1)
      if (last && more.length > 0) last.words = [...last.words, ...more]
      return inside(commands ?? [], place, {by, manifest: file?.path})
    })
  }
}
