/** Sources of JavaScript and TypeScript that no parser takes, and what surely reads them. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {buildSources} from '../output/build-sources.ts'
import {buildEntries} from './build-entries.ts'
import {moduleNames} from './module-names.ts'
import {parsedModule} from './parsed-module.ts'
import {readModules} from './read-modules.ts'
import {startedModules} from './started-modules.ts'

export interface SyntaxFault {
  at: FileLocation
  /** `Unexpected token, expected ","`. */
  message: string
  /** The name that is declared twice. */
  twice: string | undefined
  /** `npm run build` or `vite build`; `CMD` of what is started. */
  by: string
  command: FileLocation
  when: 'build' | 'boot' | 'release'
}

export async function loadSyntaxFaults(inputs: Inputs, facts: FactStore): Promise<Fact<SyntaxFault[]>> {
  const [compiled, built, started] = await Promise.all([
    ofTsc(facts, inputs),
    ofBuilds(facts, inputs),
    startedModules(facts, inputs),
  ])
  const found = new Map<string, SyntaxFault>()
  // What runs a file takes an import whose name is declared once more for that of a type, as esbuild does.
  const running = started.map((each) => ({...each, isLenient: true}))
  for (const {sources, isLenient, by, command, when} of [...compiled, ...built, ...running]) {
    for (const file of sources) {
      const fault = parsedModule(file).fault
      if (!fault || found.has(file.path) || (isLenient && fault.twice !== undefined && mayBeType(fault.twice, file)))
        continue
      const {message, start, twice} = fault
      found.set(file.path, {at: file.span(start, start + (twice?.length ?? 0)), message, twice, by, command, when})
    }
  }
  return known([...found.values()])
}

/** What reads a list of sources. */
interface Reading extends Pick<SyntaxFault, 'by' | 'command' | 'when'> {
  sources: readonly TextFile[]
  isLenient: boolean
}

/** What esbuild takes for the name of a type, which goes. */
function mayBeType(name: string, file: TextFile): boolean {
  const isImported = moduleNames(file)?.imports.some(({names}) => names.includes(name)) ?? true
  const isType = new RegExp(`\\b(?:type|interface)\\s{1,20}${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(file.text)
  return /\.[cm]?tsx?$/.test(file.path) && (isImported || isType)
}

async function ofTsc(facts: FactStore, {reader}: Inputs): Promise<Reading[]> {
  const programs = (await facts.value('tscPrograms')) ?? []
  return Promise.all(
    programs.map(async ({command, name, sources}) => ({
      sources: await reader.texts(sources),
      isLenient: false,
      by: command.by ?? name,
      command: command.at,
      when: 'build' as const,
    })),
  )
}

async function ofBuilds(facts: FactStore, {reader}: Inputs): Promise<Reading[]> {
  const [buildCommands, files] = await Promise.all([facts.value('buildCommands'), facts.value('files')])
  const [commands, paths] = [buildCommands?.commands ?? [], files ?? noFiles]
  const readings = commands.map(async (command, index): Promise<Reading[]> => {
    const project = command.conditional || !command.decisive ? undefined : buildSources(commands, index, paths)
    const builders = project ? await buildEntries(command, project.origin, {reader, paths}) : []
    return Promise.all(
      builders.map(async ({name, entries, isLenient, isRun}) => {
        const sources = await readModules(entries, {reader, paths}, project?.has ?? (() => false), isRun)
        return {sources, isLenient, by: command.by ?? name, command: command.at, when: 'build' as const}
      }),
    )
  })
  return (await Promise.all(readings)).flat()
}
