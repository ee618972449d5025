/** What surely reads which sources: compilers and bundlers of the build, its scripts, and the programs that are started. */

import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {lacks} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {isPage} from '../imports/page-scripts.ts'
import {buildSources, mayWriteSources} from '../output/build-sources.ts'
import {compilerOption} from '../typescript/tsconfig.ts'
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
  /** Pages of Svelte, Vue and Astro that it reads, too. */
  pages?: readonly TextFile[]
  /** It looks at one file alone, as esbuild does, and takes an import whose name is declared once more for that of a type. */
  isLenient: boolean
  /** The folder of its package.json; undefined for tsc. */
  origin: string | undefined
  /** Its settings may lead an import to another file, or make one up. */
  leadsElsewhere: boolean
  /** What runs before it may write files that the repository does not have. */
  mayBeWritten: boolean
  /** Files of the project that it imports, and that are not in its stage by then. */
  lost?: readonly LostSource[]
}

export interface LostSource {
  command: BuildCommand
  /** In the project, and in the image. */
  path: string
  place: string
  /** The file that imports it, and where. */
  file: string
  named: FileLocation
  /** By an alias, which the tool may be told of otherwise. */
  isAlias: boolean
}

const bundlerSettings = ['vite', 'webpack', 'rollup', 'next', 'tsup', 'astro', 'svelte'].map(
  (tool) => `${tool}.config.`,
)
/** Settings and plug-ins by which a bundler takes other files than those beside, or text of its own. */
const mayLead =
  /\b(?:resolveId|transform|load\(|extensions|external|externals|shimMissingExports|NormalModuleReplacementPlugin)\b|\balias\b[^\n]{0,200}["'`/]\^?\.|\bfind\s{0,20}:\s{0,20}(?:\/|["'`]\.)|\balias[.[]|["'][@~$]\w{0,40}\/[\w./-]{1,100}["']\s{0,20}:/
/** A plug-in of the project may write files. */
const importsOwn = /\b(?:from|require\()\s{0,20}["']\./

export async function loadSourceReaders(inputs: Inputs, facts: FactStore): Promise<Fact<SourceReader[]>> {
  const found = await Promise.all([ofTsc(inputs, facts), ofBuilds(inputs, facts), startedModules(inputs, facts)])
  return known(found.flat())
}

async function ofTsc({reader}: Inputs, facts: FactStore): Promise<SourceReader[]> {
  const [programs, buildCommands] = await Promise.all([facts.value('tscPrograms'), facts.value('buildCommands')])
  const commands = buildCommands?.commands ?? []
  return Promise.all(
    (programs ?? []).map(async ({command, name, configs, sources}) => ({
      kind: 'tsc' as const,
      tool: name,
      by: command.by ?? name,
      command: command.at,
      when: 'build' as const,
      sources: await reader.texts(sources),
      isLenient: false,
      origin: undefined,
      leadsElsewhere: ['rootDirs', 'moduleSuffixes'].some((option) => compilerOption(configs, option)),
      mayBeWritten: mayWriteSources(commandsBefore(commands, commands.indexOf(command))),
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
    const settings = await reader.texts(
      paths.beginning(...bundlerSettings).filter((path) => posix.dirname(path) === (project.origin || '.')),
    )
    const shared = {
      by: command.by ?? '',
      command: command.at,
      when: 'build' as const,
      origin: project.origin,
      leadsElsewhere: settings.some(({text}) => mayLead.test(text)),
      mayBeWritten:
        mayWriteSources(commandsBefore(commands, index)) || settings.some(({text}) => importsOwn.test(text)),
    }
    return Promise.all(
      builders.map(async ({name, entries, isLenient, isRun}) => {
        const lost: LostSource[] = []
        const read = await readModules(entries, {reader, paths}, project.has, isRun, (path, by) => {
          const {file, specifier, start} = by
          const place = posix.resolve(command.folder, posix.relative(project.origin, path))
          const isAlias = !specifier.startsWith('.')
          // A name like that of a package may lead to one.
          if ((isAlias && !/^[@~]\//.test(specifier)) || !paths.has(path) || !lacks(command, place)) return
          const named = file.span(start, start + specifier.length + 2)
          lost.push({command, path, place, file: file.path, named, isAlias})
        })
        return {
          ...shared,
          lost,
          kind: isRun ? ('program' as const) : ('bundler' as const),
          tool: name,
          by: command.by ?? name,
          sources: read.filter(({path}) => !isPage(path)),
          pages: read.filter(({path}) => isPage(path)),
          isLenient,
        }
      }),
    )
  })
  return (await Promise.all(readers)).flat()
}
