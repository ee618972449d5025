/** What surely reads which sources: compilers and bundlers of the build, its scripts, and the programs that are started. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {buildSources} from '../output/build-sources.ts'
import {buildEntries, mayReadSources} from './build-entries.ts'
import {startedModules} from './started-modules.ts'

export interface SourceReader {
  /** `tsc`: it checks each of its files. `bundler`: it follows imports. `program`: it is run, and loads what it imports. */
  kind: 'tsc' | 'bundler' | 'program'
  /** `next build`, `tsc -b`, `tsx`. */
  tool: string
  /** `npm run build`, or the tool; `CMD` of what is started. */
  by: string
  command: FileLocation
  when: 'build' | 'boot' | 'release'
  /** As the image has them. */
  sources: readonly TextFile[]
  /** It looks at one file alone, as esbuild does, and takes an import whose name is declared once more for that of a type. */
  isLenient: boolean
  /** The folder of its package.json; undefined for tsc. */
  origin: string | undefined
}

export async function loadSourceReaders(inputs: Inputs, facts: FactStore): Promise<Fact<SourceReader[]>> {
  const found = await Promise.all([ofTsc(inputs, facts), ofBuilds(inputs, facts), startedModules(inputs, facts)])
  return known(found.flat())
}

async function ofTsc({reader}: Inputs, facts: FactStore): Promise<SourceReader[]> {
  const programs = (await facts.value('tscPrograms')) ?? []
  return Promise.all(
    programs.map(async ({command, name, sources}) => ({
      kind: 'tsc' as const,
      tool: name,
      by: command.by ?? name,
      command: command.at,
      when: 'build' as const,
      sources: await reader.texts(sources),
      isLenient: false,
      origin: undefined,
    })),
  )
}

async function ofBuilds({reader}: Inputs, facts: FactStore): Promise<SourceReader[]> {
  const [buildCommands, files] = await Promise.all([facts.value('buildCommands'), facts.value('files')])
  const [commands, paths] = [buildCommands?.commands ?? [], files ?? noFiles]
  const readers = commands.map(async (command, index): Promise<SourceReader[]> => {
    if (command.conditional || !command.decisive || !mayReadSources(command)) return []
    const project = buildSources(commands, index, paths)
    if (!project) return []
    const builders = await buildEntries(command, project.origin, {reader, paths})
    if (builders.length === 0) return []
    // With the parser, which is large.
    const {readModules} = await import('./read-modules.ts')
    return Promise.all(
      builders.map(async ({name, entries, isLenient, isRun}) => ({
        kind: isRun ? ('program' as const) : ('bundler' as const),
        tool: name,
        by: command.by ?? name,
        command: command.at,
        when: 'build' as const,
        sources: await readModules(entries, {reader, paths}, project.has, isRun),
        isLenient,
        origin: project.origin,
      })),
    )
  })
  return (await Promise.all(readers)).flat()
}
