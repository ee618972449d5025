/** What the builds of a stage write: each command that is a tool's, with the folders of the stage that it fills. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {lineage} from '../dockerfile/parse.ts'
import {isTable} from '../documents/document.ts'
import {parseLoosely} from '../documents/json.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import type {BuiltStage} from '../image/build-stage.ts'
import {sourceAt} from '../image/moment.ts'
import {programOf} from '../image/shell.ts'
import type {ProjectReader} from '../reader.ts'
import {tools} from './build-tools.ts'
import type {Tool, Written} from './built-site.ts'

/** The build of a site in a stage; its folders begin with /. */
export interface SiteBuild extends Written {
  command: BuildCommand
  /** `vite build`. */
  tool: string
  /** What starts the tool, and what its folders come from. */
  related: FileLocation[]
}

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

export const isSiteBuild = (command: BuildCommand): boolean => toolsOf(command).length > 0

/** The commands that a stage runs, itself or in the stages that it is built on. */
export const commandsOf = ({stage}: BuiltStage, commands: readonly BuildCommand[]): BuildCommand[] =>
  commands.filter(({moment}) => lineage(stage).includes(moment.stage))

/** undefined where it cannot be told what the command writes. */
export async function siteBuild(
  command: BuildCommand,
  {reader, paths}: {reader: ProjectReader; paths: readonly string[]},
): Promise<SiteBuild | undefined> {
  const {moment, folder} = command
  const words = command.words.slice(1)
  if (words.includes(undefined)) return undefined
  const tracked = new Set(paths)
  const manifest = sourceAt(moment, posix.join(folder, 'package.json'), tracked)
  const json = manifest === undefined ? undefined : parseLoosely((await reader.text(manifest))?.text ?? '')
  if (manifest === undefined || !json) return undefined
  const packages = new Set(
    [json.dependencies, json.devDependencies].flatMap((each) => (isTable(each) ? Object.keys(each) : [])),
  )
  const origin = manifest.slice(0, -'package.json'.length)
  /** A configuration that does not lie in the stage does not count there. */
  let isCopied = true
  for (const {tool, words: count} of toolsOf(command)) {
    if (tool.package && !packages.has(tool.package)) continue
    if ([...packages].some((each) => tool.unless?.test(each))) continue
    const written = await tool.writes({
      args: (words as string[]).slice(count - 1),
      packages,
      variables: moment.variables,
      has: (path) => paths.some((each) => each === origin + path || each.startsWith(`${origin}${path}/`)),
      async configs(names) {
        const own = paths.filter((path) => path.startsWith(origin) && names.test(path.slice(origin.length)))
        const places = own.map((path) => posix.join(folder, path.slice(origin.length)))
        if (!places.every((path) => sourceAt(moment, path, tracked))) isCopied = false
        return (await Promise.all(own.map((path) => reader.text(path)))).filter((file) => file !== undefined)
      },
    })
    if (!written) return undefined
    const place = (path: string) => posix.resolve(folder, path)
    return {
      ...written,
      proven: written.proven && isCopied,
      command,
      tool: commandText(command).split(' ').slice(0, count).join(' '),
      folders: written.folders.map(place),
      index: written.index === undefined ? undefined : place(written.index),
      lacks: written.lacks?.map(place) ?? [],
      related: [command.at, ...written.related, {file: manifest}],
    }
  }
  return undefined
}
