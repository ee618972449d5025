/** Projects of TypeScript that the build compiles and that have no file to compile by then: tsc stops with TS18003. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {parseLoosely} from '../../documents/json.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {lacks, originOf} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {buildsReferences, isWhole, tscConfig, tscProjects} from './tsc-projects.ts'
import {compiledBy, tsconfigs} from './tsconfig.ts'

export interface EmptyProject {
  /** `tsc -b`, and `npm run build` where that runs it. */
  command: string
  by: string | undefined
  at: FileLocation
  /** Its tsconfig.json. */
  config: TextFile
  /** It would have files of JavaScript. */
  hasJavaScript: boolean
  /** One of the files that it has in the project, and that no COPY has brought by then. */
  late: string | undefined
}

export async function loadEmptyProjects({reader}: Inputs, facts: FactStore): Promise<Fact<EmptyProject[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  // What a submodule has is in no list of files.
  if (paths.has('.gitmodules')) return known([])
  const found: EmptyProject[] = []
  for (const [index, command] of commands.entries()) {
    if (programOf(command) !== 'tsc' || command.conditional || !command.decisive) continue
    const origin = originOf(command.moment, command.folder, paths)
    const start = origin === undefined ? undefined : tscConfig(command.words.slice(1))
    if (origin === undefined || start === undefined) continue
    if (!commandsBefore(commands, index).every((each) => writesNone.test(programOf(each) ?? ''))) continue
    const isBuild = buildsReferences(command.words)
    for (const config of await tscProjects(posix.join(origin, start), isBuild, {reader, paths})) {
      const configs = await tsconfigs(config, {reader, paths})
      const [own] = configs
      if (!own || !isWhole(configs)) continue
      const inputs = inputsOf(configs, command, origin, paths)
      if (!inputs || (inputs.length > 0 && !isLate(inputs, command, origin))) continue
      found.push({
        command: `tsc${isBuild ? ' -b' : ''}`,
        by: command.by,
        at: command.at,
        config: own,
        hasJavaScript: [...paths.ending('.js', '.jsx')].some(compiledBy(configs)),
        late: inputs[0],
      })
    }
  }
  return known(found)
}

/** What writes no file of TypeScript; any other program may, as those that make clients of an interface. */
const writesNone =
  /^(?:npm|pnpm|yarn|bun|corepack|apt(?:-get)?|apk|echo|set|cd|mkdir|rm|rimraf|ch(?:mod|own)|tsc|eslint|biome|vite|vitest|husky|lefthook|simple-git-hooks)$/

/** A folder, or a pattern of files below one; not `.`, two stars, `../shared`, nor what names files of another kind. */
const plain = /^(?:\.\/)?(?!\*\*?$)[\w@*][\w.@*/-]*$(?<!\.(?:json|vue|svelte|astro|mdx?))/

const endings = ['.ts', '.tsx', '.mts', '.cts']
const typescript = /\.[cm]?tsx?$/

/** The files of the project that it compiles; undefined where there may be others. */
function inputsOf(
  configs: readonly TextFile[],
  {moment, folder}: BuildCommand,
  origin: string,
  paths: Files,
): string[] | undefined {
  const values = configs.map(({text}) => parseLoosely(text) ?? {})
  // Named one by one, or a project that only refers to others.
  if (values.some(({files}) => Array.isArray(files))) return undefined
  const options = values.map(({compilerOptions}) => (compilerOptions ?? {}) as Record<string, unknown>)
  if (options.some(({allowJs, checkJs}) => allowJs || checkJs)) return undefined
  if (values.some(({exclude}) => String(exclude).includes('${'))) return undefined
  if (values.some(({include}) => [include ?? []].flat().some((each) => !plain.test(String(each))))) return undefined
  const isCompiled = compiledBy(configs)
  const isInput = (path: string) => typescript.test(path) && isCompiled(path)
  const own = [...paths.ending(...endings)].filter(isInput)
  for (const [place, entry] of moment.files.files((names) => names.ending(...endings))) {
    if (
      typescript.test(place) &&
      !place.includes('/node_modules/') &&
      !(entry.kind === 'file' && own.includes(entry.source)) &&
      isInput(posix.join(origin, posix.relative(folder, place)))
    )
      return undefined
  }
  return own
}

/** Whether none of them is in the image when the command runs. */
const isLate = (inputs: readonly string[], command: BuildCommand, origin: string): boolean =>
  inputs.every((path) => lacks(command, posix.resolve(command.folder, posix.relative(origin, path))))
