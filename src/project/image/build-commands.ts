import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {lineage, textBefore} from '../dockerfile/parse.ts'
import {parseJson} from '../documents/json.ts'
import {aliasCommands} from '../elixir/mix-aliases.ts'
import {noFiles} from '../files/files.ts'
import {anyFolders, anyName, anyText, exactly, matcherOf} from '../files/glob.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {startedScripts} from '../node/scripts/started-scripts.ts'
import {isBelow} from './files/image-path.ts'
import {located, type Moment, sourceAt} from './moment.ts'
import {packageCommands} from './programs/package-scripts.ts'
import {type Command, programOf} from './shell/command.ts'

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
  /** What has run before it in the same RUN, as text. */
  before: string
}

/** What has run before the command at an index: in its stage and in those that it is built on. */
export function commandsBefore(commands: readonly BuildCommand[], index: number): BuildCommand[] {
  const stage = commands[index]?.moment.stage
  const stages = new Set(stage && lineage(stage))
  return commands.slice(0, index).filter(({moment}) => stages.has(moment.stage))
}

/** Whether one of the commands mends sources: a formatter, a linter, an editor of streams. */
export const mayRewrite = (commands: readonly BuildCommand[]): boolean =>
  commands.some(
    (each) =>
      /^(?:sed|perl|awk|eslint|biome|prettier|patch|git|goimports|golangci-lint)$/.test(programOf(each) ?? '') ||
      each.words.some((word) => word !== undefined && /^--(?:fix|write|apply)|\/goimports(?:@|$)/.test(word)) ||
      /^go (?:generate|fix)$/.test(each.words.slice(0, 2).join(' ')),
  )

/** Whether one of them takes away a file of the image, or may: `rm -rf src/old`, `rimraf`, `find . -delete`. */
export function mayRemove(commands: readonly BuildCommand[], path: string): boolean {
  return commands.some((command) => {
    const [, ...words] = command.words
    const program = programOf(command) ?? ''
    if (program === 'find') return findMayRemove(words, path)
    if (!/^(?:rm|rimraf|del|del-cli|unlink|mv|shx)$/.test(program)) return false
    // Of a pattern with stars alone what fits it; of another all that lies where it looks.
    return words.some((word) => {
      if (word !== undefined && /^[^-$[{?!(]*\*[^$[{?!(]*$/.test(word))
        return starred(posix.resolve(command.folder, word))(path)
      const start = word?.replace(/[^/]{0,500}[*?[{$][\s\S]*$/, '')
      return start === undefined || (!start.startsWith('-') && isBelow(path, posix.resolve(command.folder, start)))
    })
  })
}

/** `find . -name '*.tsbuildinfo' -type f -delete` takes away what is called so; with other words it may be anything. */
function findMayRemove(words: BuildCommand['words'], path: string): boolean {
  const text = words.join(' ')
  const [, name] = /^[\w./-]{1,200} (?:-type f )?-name ([\w.*-]{1,100}) (?:-type f )?-delete$/.exec(text) ?? []
  if (name !== undefined && !words.includes(undefined)) return starred(`/${name}`)(`/${posix.basename(path)}`)
  return words.some((word) => word === undefined || /^-(?:delete|exec)/.test(word))
}

/** Whether a path fits a pattern, or a folder above it does; a shell that does not know `**` takes less. */
const starred = (pattern: string): ((path: string) => boolean) =>
  matcherOf(
    pattern
      .split(/(\*\*\/|\*+)/)
      .flatMap((part) =>
        part === '**/' ? anyFolders : part === '*' ? anyName : /^\*/.test(part) ? anyText : exactly(part),
      ),
    true,
  )

/** `mix do compile, release` and `mix do compile + release` (hexdocs.pm/mix, "mix do"); with options it is of an umbrella. */
function doneByMix({words}: BuildCommand): (string | undefined)[][] {
  const [, task, first] = words
  if (task !== 'do' || first?.startsWith('-')) return []
  const parts: (string | undefined)[][] = [[]]
  for (const word of words.slice(2)) {
    const name = word?.replace(/,$/, '')
    if (word !== '+' && name !== '') parts.at(-1)?.push(name)
    if (word === '+' || name !== word) parts.push([])
  }
  return parts.filter((part) => part.length > 0).map((part) => ['mix', ...part])
}

/** Scripts that start one another go no deeper than this. */
const deepest = 5

export interface BuildCommands {
  commands: BuildCommand[]
  /** Scripts that a command asks for and that the package.json there does not have. */
  missingScripts: {name: string; command: BuildCommand; manifest: TextFile; place: string; likely: boolean}[]
}

/** Follows package scripts, install scripts and mix aliases. A command whose folder is not known is left out. */
export async function loadBuildCommands({reader}: Inputs, facts: FactStore): Promise<Fact<BuildCommands>> {
  const [[build, dockerfile], files] = await Promise.all([facts.needAll('build', 'dockerfile'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: BuildCommands = {commands: [], missingScripts: []}
  for (const {moments} of build.stages) {
    for (const moment of moments) {
      for (const {command, folder} of located(moment.commands, moment.workingDir)) {
        const before = textBefore(dockerfile.file, moment.instruction, command.at)
        await follow({...command, moment, folder, written: command.at, by: undefined, before}, 0)
      }
    }
  }
  return known(found)

  async function follow(command: BuildCommand, depth: number): Promise<void> {
    found.commands.push(command)
    if (depth >= deepest) return
    let {before} = command
    for (const inner of await startedBy(command)) {
      const index = found.commands.length
      await follow({...inner, before}, depth + 1)
      // With what it started in turn.
      before += found.commands
        .slice(index)
        .map(({words}) => `\n${words.join(' ')}`)
        .join('')
    }
  }

  async function startedBy(command: BuildCommand): Promise<BuildCommand[]> {
    const {moment, folder, at, written, before} = command
    const inside = (commands: readonly Command[], start: string, by: string | undefined) =>
      located(commands, start).map(({command: each, folder: place}): BuildCommand => {
        const conditional = each.conditional || command.conditional
        const decisive = each.decisive && command.decisive
        return {...each, by, conditional, decisive, at, written: each.at, moment, folder: place, before}
      })
    if (programOf(command) === 'mix') {
      const parts = doneByMix(command)
      if (parts.length > 0)
        return inside(
          parts.map((words) => ({...command, words, at: written})),
          folder,
          command.by,
        )
      const source = sourceAt(moment, posix.join(folder, 'mix.exs'), tracked)
      const file = await reader.text(source)
      const [, task = ''] = command.words
      return file ? aliasCommands(file, task).flatMap((each) => inside(each, folder, `mix ${task}`)) : []
    }
    const scripts = await startedScripts(command, {reader, tracked})
    return scripts.flatMap(({by, file, name = '', folder: place, more, exec, mustExist}) => {
      if (exec) return inside([{...command, words: [...exec], at: written}], place, command.by)
      const commands = file && packageCommands(file, name, () => undefined)
      // Of one that is no JSON no script is known.
      if (file && !commands && mustExist && 'value' in parseJson(file)) {
        const likely = mustExist === 'likely'
        found.missingScripts.push({name, command, manifest: file, place: posix.join(place, 'package.json'), likely})
      }
      const last = commands?.at(-1)?.at(-1)
      if (last && more.length > 0) last.words = [...last.words, ...more]
      // npm runs this as well, others do not always.
      const after = file && commands && packageCommands(file, `post${name}`, () => undefined)
      const run = (texts: readonly Command[][] = []) => texts.flatMap((each) => inside(each, place, by))
      return [...run(commands), ...run(after).map((each) => ({...each, conditional: true}))]
    })
  }
}
