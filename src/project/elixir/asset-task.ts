import {posix} from 'node:path'
import {escapePattern} from '../escape-pattern.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {unchangedAt} from '../image/moment.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'
import {aliasCommands} from './mix-aliases.ts'
import {mixEnv} from './mix-env.ts'
import {onlyIn} from './only-in.ts'

/** mix.exs takes its aliases from another file, or is that of an umbrella, whose apps have some of their own. */
const elsewhere = /\bapps_path:|\bCode\.\w+|\bimport_file\b|\baliases:(?!\s*aliases(?:\(\))?\s*[,\]])/

/** "The task "assets.deploy" could not be found": a new Phoenix has it as an alias of mix.exs, one without assets has none. */
export async function assetTask(command: BuildCommand, {reader, tracked}: Project): Promise<MissingTask | undefined> {
  const [, task = ''] = command.words
  if (programOf(command) !== 'mix' || !/^assets\.(?:deploy|build|setup)$/.test(task)) return undefined
  const file = await reader.text(unchangedAt(command, posix.join(command.folder, 'mix.exs'), tracked))
  if (!file?.text.includes('use Mix.Project') || file.text.includes(task) || elsewhere.test(file.text)) return undefined
  // A task of the project itself.
  if (tracked.ending('.ex').some((path) => /\/mix\/tasks\/.{0,200}assets/.test(`/${path}`))) return undefined
  return {
    message: `mix ${task} stops: ${file.path} has no alias ${task}, and Phoenix itself no task of that name`,
    at: command.at,
    related: [file.whole],
    hint: `Without assets to build take the line out of the Dockerfile. Else add the alias to ${file.path}: "${task}": ["esbuild default --minify", "phx.digest"]`,
    // A dependency may bring one.
    likely: true,
  }
}

/** Tasks that packages bring, by the first part of their names. */
const packages: ReadonlyMap<string, string> = new Map([
  ['esbuild', 'esbuild'],
  ['tailwind', 'tailwind'],
  ['sass', 'dart_sass'],
  ['bun', 'bun'],
  ['sentry', 'sentry'],
])

/** "The task "esbuild" could not be found": mix.exs has the package that brings it for other environments alone, or not at all. */
export async function packageTask(command: BuildCommand, {reader, tracked}: Project): Promise<MissingTask | undefined> {
  if (programOf(command) !== 'mix') return undefined
  const [, task = '', ...rest] = command.words
  const env = mixEnv(command) ?? 'dev'
  const file = await reader.text(unchangedAt(command, posix.join(command.folder, 'mix.exs'), tracked))
  if (!file?.text.includes('use Mix.Project') || task === 'do' || elsewhere.test(file.text)) return undefined
  const aliased = aliasCommands(file, task)
    .flat()
    .map(({words}) => words)
  const tasks = aliased.length > 0 ? aliased : [[command.words[0], task, ...rest]]
  const lock = await reader.text(unchangedAt(command, posix.join(command.folder, 'mix.lock'), tracked))
  for (const [program, name = ''] of tasks) {
    const bringing = program === 'mix' ? packages.get(name.split('.', 1)[0] as string) : undefined
    if (bringing === undefined || tracked.ending('.ex').some((path) => /(?:^|\/)mix\/tasks\//.test(path))) continue
    const declared = dependencyOf(file, bringing)
    // Another package may ask for it; what one of git asks for stands in no lock.
    const isAsked =
      (lock?.text.includes(`{:${bringing}, `) ?? true) || /\b(?:git|github|path):/.test(withoutSources(file))
    const lacks = declared ? isLeftOut(declared.text, env) : !isAsked && !file.text.includes(`:${bringing}`)
    if (!lacks) continue
    return {
      message: `mix ${task} stops: the task ${name} is of ${bringing}, which ${file.path} ${declared ? `leaves out of ${env}` : 'does not list'}`,
      at: command.at,
      related: [declared?.at ?? file.whole],
      hint: declared
        ? `Write {:${bringing}, "…", runtime: Mix.env() == :dev}, without only:, as the generator of Phoenix does.`
        : `Add it to the dependencies of ${file.path}: {:${bringing}, "~> …", runtime: Mix.env() == :dev}`,
    }
  }
  return undefined
}

/** Without the dependencies that are files alone, as the icons of a new Phoenix. */
const withoutSources = ({text}: TextFile): string =>
  text.replace(/\{:\w{1,100},[^{}]{0,500}\bcompile: false\b[^{}]{0,200}\}/g, '')

function dependencyOf(file: TextFile, name: string) {
  const match = new RegExp(`^[^#\\n]{0,200}?(\\{:${escapePattern(name)},[^{}]{0,500}\\})`, 'm').exec(file.text)
  if (!match?.[1]) return undefined
  const start = match.index + match[0].length - match[1].length
  return {text: match[1], at: file.span(start, start + match[1].length)}
}

const isLeftOut = (dependency: string, env: string): boolean => onlyIn(dependency)?.includes(env) === false
