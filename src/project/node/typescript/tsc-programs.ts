/** What a build has tsc check: by `tsc`, or behind `next build` and `nest build`. */
import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {parseLoosely} from '../../documents/json.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {lacks} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {buildSources} from '../output/build-sources.ts'
import {checksSources, nextMaySet} from '../output/next-build.ts'
import {nestProject} from './nest-cli.ts'
import {buildsReferences, isWhole, tscConfig, tscProjects} from './tsc-projects.ts'
import {compiledBy, compilerOption, tsconfigs} from './tsconfig.ts'

export interface TscProgram {
  command: BuildCommand
  /** `tsc -b`, `next build` or `nest build`. */
  name: string
  /** The tsconfig.json, and all that it extends. */
  configs: readonly TextFile[]
  /** The files that it surely compiles, as the project has them. */
  sources: readonly string[]
  /** Where a file of the project would lie in the image, and whether it surely does not by then. */
  placeOf(path: string): string
  absent(path: string): boolean
}

/** More than that are not one program. */
const mostFiles = 3_000

/** Of the commands that surely run, and whose end is that of the build. */
export async function loadTscPrograms({reader}: Inputs, facts: FactStore): Promise<Fact<TscProgram[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  const found: TscProgram[] = []
  const seen = new Set<string>()
  for (const [index, command] of commands.entries()) {
    if (command.conditional || !command.decisive) continue
    const isNext = checksSources(command)
    const program = programOf(command) ?? ''
    const isNest = program === 'nest' && command.words[1] === 'build'
    if (!/^(?:vue-)?tsc$/.test(program) && !isNext && !isNest) continue
    if (isNext && (await nextMaySet(/typescript/, command, {reader, paths}))) continue
    const project = buildSources(commands, index, paths)
    if (!project) continue
    const start = isNest
      ? await ofNest(command.words.slice(2), project.origin)
      : isNext
        ? '.'
        : tscConfig(command.words.slice(1))
    if (start === undefined) continue
    const isBuild = program !== 'nest' && !isNext && buildsReferences(command.words)
    for (const path of await tscProjects(posix.join(project.origin, start), isBuild, {reader, paths})) {
      const configs = seen.has(path) ? [] : await tsconfigs(path, {reader, paths})
      seen.add(path)
      // With noCheck it translates, and asks nothing.
      if (compilerOption(configs, 'noCheck')?.value) continue
      if (configs.length === 0 || !configs.every((each) => project.has(each.path))) continue
      const sources = inputsOf(configs, paths).filter(project.has)
      const name = isNext ? 'next build' : isNest ? 'nest build' : `${program}${isBuild ? ' -b' : ''}`
      const placeOf = (path: string) => posix.resolve(command.folder, posix.relative(project.origin, path))
      const absent = (path: string) => lacks(command, placeOf(path))
      if (sources.length <= mostFiles) found.push({command, name, configs, sources, placeOf, absent})
    }
  }
  return known(found)

  /** Relative to the folder that it runs in. */
  async function ofNest(words: BuildCommand['words'], origin: string): Promise<string | undefined> {
    const nest = await nestProject(words, origin, {reader, paths})
    return nest && posix.relative(origin || '.', nest.config)
  }
}

/** The files that it surely compiles: what a package or a tool (.nuxt, .svelte-kit) has for all may say others. */
function inputsOf(configs: readonly TextFile[], paths: Files): string[] {
  if (!isWhole(configs) && !configs.some(({text}) => parseLoosely(text)?.include)) return []
  const isCompiled = compiledBy(configs)
  return [...paths.ending('.ts', '.tsx', '.mts', '.cts')].filter(
    (path) => isCompiled(path) && !/(?:^|\/)node_modules\//.test(path) && !isGenerated.test(path),
  )
}

/** What a tool writes, and may write anew. */
export const isGenerated = /(?:^|\/)(?:_{0,2}generated_{0,2}|gen)\/|\.gen(?:erated)?\.[\w.]{1,100}$/i
