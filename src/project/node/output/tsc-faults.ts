/** What tsc refuses because an option of tsconfig.json says so, and that is seen in one file alone. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {parseLoosely} from '../../documents/json.ts'
import {type Files, noFiles} from '../../files.ts'
import {type BuildCommand, commandsBefore, mayRemove, mayRewrite} from '../../image/build-commands.ts'
import {originOf, unchangedAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {untranslatedIn} from '../imports/strip-types.ts'
import {checksSources, nextMaySet} from './next-build.ts'
import {buildsReferences, isWhole, tscConfig, tscProjects} from './tsc-projects.ts'
import {compiledBy, compilerOption, tsconfigs} from './tsconfig.ts'
import {unusedNames} from './unused-names.ts'

/** A file that an option forbids. */
export interface TscFault {
  option: 'noUnusedLocals' | 'noUnusedParameters' | 'erasableSyntaxOnly'
  /** Names that the file imports or declares and does not use; what no Node runs: `an enum`. */
  what: string[]
  /** All of the names are imported. */
  imported: boolean
  at: FileLocation
  optionAt: FileLocation
  /** `tsc -b` or `next build`, where the Dockerfile runs it, and by which script. */
  command: string
  commandAt: FileLocation
  by: string | undefined
}

const options = ['noUnusedLocals', 'noUnusedParameters', 'erasableSyntaxOnly'] as const
/** More than that are not one program. */
const mostFiles = 3_000

export async function loadTscFaults({reader}: Inputs, facts: FactStore): Promise<Fact<TscFault[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  const found: TscFault[] = []
  const seen = new Set<string>()
  for (const [index, command] of commands.entries()) {
    if (command.conditional || !command.decisive) continue
    const isNext = checksSources(command)
    const program = programOf(command) ?? ''
    if (!/^(?:vue-)?tsc$/.test(program) && !isNext) continue
    if (isNext && (await nextMaySet(/typescript/, command, {reader, paths}))) continue
    const origin = originOf(command.moment, command.folder, paths)
    const start = isNext ? '.' : tscConfig(command.words.slice(1))
    if (origin === undefined || start === undefined) continue
    const isBuild = !isNext && buildsReferences(command.words)
    for (const path of await tscProjects(posix.join(origin, start), isBuild, {reader, paths})) {
      const configs = seen.has(path) ? [] : await tsconfigs(path, {reader, paths})
      seen.add(path)
      const forbidden = options.flatMap((option) => setIn(configs, option))
      if (forbidden.length === 0 || compilerOption(configs, 'noCheck')?.value === true) continue
      const before = commandsBefore(commands, index)
      if (mayRewrite(before) || before.some(mayGenerate)) continue
      const isThere = (each: string) => {
        const place = posix.resolve(command.folder, posix.relative(origin, each))
        return unchangedAt(command, place, paths) === each && !mayRemove(before, place)
      }
      if (!configs.every((each) => isThere(each.path))) continue
      const inputs = inputsOf(configs, paths).filter(isThere)
      const factories = ['jsxFactory', 'jsxFragmentFactory', 'reactNamespace'].map((name) =>
        String(compilerOption(configs, name)?.value).replace(/\..*/, ''),
      )
      for (const file of await reader.texts(inputs.length > mostFiles ? [] : inputs)) {
        for (const {option, at: optionAt} of forbidden) {
          const fault = option === 'erasableSyntaxOnly' ? untranslatable(file) : unusedIn(file, option, factories)
          const name = isNext ? 'next build' : `${program}${isBuild ? ' -b' : ''}`
          if (fault) found.push({...fault, option, optionAt, command: name, commandAt: command.at, by: command.by})
        }
      }
    }
  }
  return known(found)
}

/** Where an option is switched on, by the nearest configuration that says anything of it. */
function setIn(
  configs: readonly TextFile[],
  option: TscFault['option'],
): {option: TscFault['option']; at: FileLocation}[] {
  const {value, from} = compilerOption(configs, option) ?? {}
  // One that comes from elsewhere may lie between.
  if (value !== true || !from || (from !== configs[0] && !isWhole(configs))) return []
  const place = from.text.indexOf(`"${option}"`)
  return place < 0 ? [] : [{option, at: from.span(place, place + option.length + 2)}]
}

/** A program of the project, and what makes sources of something else. */
const mayGenerate = ({words}: BuildCommand): boolean =>
  /^(?:node|tsx|ts-node|bun|deno|python3?) (?:run )?\S+\.\w+(?: |$)|^(?!(?:npx )?prisma generate)(?:.{0,200}[\s:-])?(?:codegen|generate|gen|orval|kubb|openapi[\w-]*|protoc|buf)(?![\w.])/.test(
    words.join(' '),
  )

/** The files that it surely compiles: what a package or a tool (.nuxt, .svelte-kit) has for all may say others. */
function inputsOf(configs: readonly TextFile[], paths: Files): string[] {
  if (!isWhole(configs) && !configs.some(({text}) => parseLoosely(text)?.include)) return []
  const isCompiled = compiledBy(configs)
  return [...paths.ending('.ts', '.tsx', '.mts', '.cts')].filter(
    (path) => isCompiled(path) && !/(?:^|\/)node_modules\//.test(path) && !isGenerated.test(path),
  )
}

/** What a tool writes, and may write anew. */
const isGenerated = /(?:^|\/)(?:_{0,2}generated_{0,2}|gen)\/|\.gen(?:erated)?\.[\w.]+$/i

type Found = Pick<TscFault, 'what' | 'imported' | 'at'>

/** What JSX is made of is used without its name. */
function unusedIn(file: TextFile, option: TscFault['option'], factories: readonly string[]): Found | undefined {
  const all = file.once(unusedNames, () => unusedNames(file))
  const names = all.filter(
    ({kind, name}) => (kind === 'parameter') === (option === 'noUnusedParameters') && !factories.includes(name),
  )
  const [first] = names
  if (!first) return undefined
  const imported = names.every(({kind}) => kind === 'import')
  return {what: names.map(({name}) => name), imported, at: file.span(first.start, first.end)}
}

/** A decorator is none of it: tsc writes JavaScript of that, and Node will know it. */
function untranslatable(file: TextFile): Found | undefined {
  if (/\.d\.[cm]?ts$/.test(file.path) || /@ts-|\bdeclare\b/.test(file.text)) return undefined
  const fault = untranslatedIn(file)
  if (!fault || fault.what === 'a decorator') return undefined
  return {what: [fault.what], imported: false, at: file.span(fault.start, fault.end)}
}
