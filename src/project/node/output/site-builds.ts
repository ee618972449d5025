/** What the builds of a stage write: each command that is a tool's, with the folders of the stage that it fills. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {groupBy} from '../../../group-by.ts'
import {onceOf} from '../../../once.ts'
import {lineage, type Stage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import {tools} from './build-tools.ts'
import type {Tool, Written} from './built-site.ts'

/** The build of a site in a stage; its folders begin with /. */
export interface SiteBuild extends Written {
  command: BuildCommand
  /** `vite build`. */
  tool: string
  /** The folder of the app in the context: `` or `web/`. */
  origin: string
  /** What starts the tool, and what its folders come from. */
  related: FileLocation[]
}

/** The words from the program on: `vite build`. */
export const commandText = (command: BuildCommand): string =>
  [programOf(command), ...command.words.slice(1).map((word) => word ?? '?')].join(' ')

/** The tool whose command it is, and how many words of it name that. */
function toolsOf(command: BuildCommand): {tool: Tool; words: number}[] {
  const text = commandText(command).split(' ')
  return tools.flatMap((tool) => {
    const words = [2, 1].find((count) => tool.command.test(text.slice(0, count).join(' ')))
    return words === undefined ? [] : {tool, words}
  })
}

/** The stage that a COPY takes from; undefined for an image, and for what is no stage before it. */
export const stageNamed = (name: string, stages: readonly BuiltStage[], current: Stage): BuiltStage | undefined =>
  byName(stages)
    .get(name.toLowerCase())
    ?.findLast(({stage}) => stage.index < current.index)

/** By what `--from` may call them. */
const byName = onceOf((stages: readonly BuiltStage[]) => {
  const names = stages.flatMap((each) => [each.stage.name, String(each.stage.index)].map((name) => ({name, each})))
  return new Map([...groupBy(names, ({name}) => name)].map(([name, found]) => [name, found.map(({each}) => each)]))
})

/** The commands that a stage runs, itself or in the stages that it is built on. */
export const commandsOf = ({stage}: BuiltStage, commands: readonly BuildCommand[]): BuildCommand[] =>
  lineage(stage).flatMap((each) => byStage(commands).get(each) ?? [])

const byStage = onceOf((commands: readonly BuildCommand[]) => groupBy(commands, ({moment}) => moment.stage))

/** What a stage may run beside them, that writes no folder of a site. */
const harmless =
  /^(?:npm|pnpm|yarn|bun|npx|corepack|node-gyp|apt-get|apt|apk|echo|rm|mkdir|export|set|test|husky|prisma|eslint|vue-tsc|tsc|cross-env|env)$/
/** Package managers that run a script or a program: what that is is among the commands where it is known. */
const runsMore =
  /^(?:npm|pnpm|yarn|bun|npx)(?! (?:install|ci|i|add|prune|config|cache|set|rebuild|fetch|-v|--version)\b|$)/

/**
 * The builds of a stage; undefined where something else may write a folder called so, or it cannot be told what they
 * write.
 */
export async function siteBuilds(
  own: readonly BuildCommand[],
  name: string,
  project: {reader: ProjectReader; paths: Files},
): Promise<SiteBuild[] | undefined> {
  const builders = own.filter((each) => toolsOf(each).length > 0)
  const isAlone = (each: BuildCommand) => !own.some((inner) => inner !== each && inner.at === each.at)
  const mayWrite = (each: BuildCommand) =>
    !harmless.test(programOf(each) ?? '') ||
    mentions(each, name) ||
    (runsMore.test(each.words.join(' ')) && isAlone(each))
  if (own.some((each) => !builders.includes(each) && mayWrite(each))) return undefined
  const builds = await Promise.all(builders.map((command) => siteBuild(command, project)))
  const known = builds.filter((each) => each !== undefined)
  if (known.length < builds.length) return undefined
  if (!own.some((each) => /^(?:vue-)?tsc$/.test(programOf(each) ?? ''))) return known
  // tsc writes where it is told to, and it may be told of this folder.
  for (const {origin} of known) {
    for (const path of project.paths.in(posix.dirname(`${origin}package.json`))) {
      if (!/^tsconfig[\w.]*\.json$/.test(posix.basename(path))) continue
      if ((await project.reader.text(path))?.text.includes(name)) return undefined
    }
  }
  return known
}

/** `npm run build` names a script, and what that runs is among the commands. */
const mentions = ({words}: BuildCommand, name: string): boolean =>
  !/^(?:npm|pnpm|yarn|bun)$/.test(words[0] ?? '') &&
  words.some((word) => word === undefined || word.split(/[/=]/).includes(name))

/** `postbuild` may move what `build` has written. */
const movesLater = (scripts: unknown): boolean =>
  isTable(scripts) &&
  Object.entries(scripts).some(
    ([name, text]) =>
      /^post(?!install$)./.test(name) && !/^(?:echo|next-sitemap|eslint|tsc)\b[^&|;]*$/.test(String(text)),
  )

/** undefined where it cannot be told what the command writes. */
export async function siteBuild(
  command: BuildCommand,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<SiteBuild | undefined> {
  const {moment, folder} = command
  const words = command.words.slice(1)
  if (words.includes(undefined)) return undefined
  const manifest = sourceAt(moment, posix.join(folder, 'package.json'), paths)
  const text = manifest === undefined ? '' : ((await reader.text(manifest))?.text ?? '')
  const json = parseLoosely(text)
  if (manifest === undefined || !json || movesLater(json.scripts)) return undefined
  const packages = new Set(
    [json.dependencies, json.devDependencies].flatMap((each) => (isTable(each) ? Object.keys(each) : [])),
  )
  const origin = manifest.slice(0, -'package.json'.length)
  /** A configuration that is not seen in the stage may not count there. */
  let isCopied = true
  for (const {tool, words: count} of toolsOf(command)) {
    if (tool.package && !packages.has(tool.package)) continue
    if ([...packages].some((each) => tool.unless?.test(each))) continue
    const written = await tool.writes({
      args: (words as string[]).slice(count - 1),
      packages,
      mayBeSet: (name) =>
        moment.variables.has(name) || [moment.instruction.text, text].some((each) => each.includes(name)),
      has: (path) => paths.has(origin + path) || paths.hasFolder(origin + path),
      configs: (names) => read(paths.in(posix.dirname(manifest)).filter((path) => names.test(posix.basename(path)))),
      below: (...names) => read(paths.named(...names).filter((path) => path.startsWith(origin))),
    })
    if (!written || !isCopied) return undefined
    const place = (path: string) => posix.resolve(folder, path)
    return {
      ...written,
      command,
      origin,
      tool: commandText(command).split(' ').slice(0, count).join(' '),
      folders: written.folders.map(place),
      index: written.index === undefined ? undefined : place(written.index),
      lacks: written.lacks?.map(place) ?? [],
      related: [command.at, ...written.related, {file: manifest}],
    }
  }
  return undefined

  async function read(own: readonly string[]): Promise<TextFile[]> {
    const places = own.map((path) => posix.join(folder, path.slice(origin.length)))
    if (!places.every((path) => sourceAt(moment, path, paths))) isCopied = false
    return reader.texts(own)
  }
}
