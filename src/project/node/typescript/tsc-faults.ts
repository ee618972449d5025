/** What tsc refuses because an option of tsconfig.json says so, and that is seen in one file alone. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {instructionsBefore} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {Inputs} from '../../inputs.ts'
import {untranslatedIn} from '../imports/strip-types.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {earlyAwait} from '../source/early-await.ts'
import {absentTypes} from './absent-types.ts'
import {type ImportFault, importFaults} from './import-faults.ts'
import {isWhole} from './tsc-projects.ts'
import {compilerOption, type Project} from './tsconfig.ts'
import {unusedNames} from './unused-names.ts'

/** A file that an option forbids. */
export interface TscFault {
  option: 'noUnusedLocals' | 'noUnusedParameters' | 'erasableSyntaxOnly' | 'module' | 'moduleResolution' | 'types'
  /** Names that the file imports or declares and does not use; what no Node runs, or no CommonJS has: `an enum`; paths. */
  what: string[]
  /** What is wrong with the paths of imports, what the option says, and how the first must be written. */
  paths?: {kind: ImportFault['kind']; value: string; place: string}
  /** All of the names are imported. */
  imported: boolean
  /** Of `types`: the lock file has them, for other packages. */
  isLocked?: boolean
  at: FileLocation
  optionAt: FileLocation
  /** `tsc -b` or `next build`, where the Dockerfile runs it, and by which script. */
  command: string
  commandAt: FileLocation
  by: string | undefined
}

const options = ['noUnusedLocals', 'noUnusedParameters', 'erasableSyntaxOnly'] as const

export async function loadTscFaults({reader}: Inputs, facts: FactStore): Promise<Fact<TscFault[]>> {
  const found: TscFault[] = []
  const programs = await facts.need('tscPrograms')
  if (programs.length === 0) return known(found)
  const paths = (await facts.value('files')) ?? noFiles
  const asksAttributes = since57((await lockedVersion(reader))('typescript'))
  for (const {command, name, configs, sources} of programs) {
    const refused = await refusedPaths(configs, sources, {reader, paths, asksAttributes})
    found.push(...refused.map((each) => ({...each, command: name, commandAt: command.at, by: command.by})))
    const lacking = await lackingTypes(configs, command, {reader, paths})
    if (lacking) found.push({...lacking, command: name, commandAt: command.at, by: command.by})
    const early = await earlyAwaits(configs, sources, reader)
    found.push(...early.map((each) => ({...each, command: name, commandAt: command.at, by: command.by})))
    const forbidden = options.flatMap((option) => setIn(configs, option))
    if (forbidden.length === 0) continue
    const factories = factoriesOf(configs)
    for (const file of await reader.texts(sources)) {
      for (const {option, at: optionAt} of forbidden) {
        const fault = option === 'erasableSyntaxOnly' ? untranslatable(file) : unusedIn(file, option, factories)
        if (fault) found.push({...fault, option, optionAt, command: name, commandAt: command.at, by: command.by})
      }
    }
  }
  return known(found)
}

/** `types` that no package brings: "Cannot find type definition file" (TS2688). */
async function lackingTypes(
  configs: readonly TextFile[],
  {moment}: BuildCommand,
  project: Project,
): Promise<Omit<TscFault, 'command' | 'commandAt' | 'by'> | undefined> {
  const {value, from} = compilerOption(configs, 'types') ?? {}
  const option = placeOf(from, configs, 'types')
  if (!option || !Array.isArray(value) || compilerOption(configs, 'typeRoots')) return undefined
  const [{path: own} = {path: ''}] = configs
  const runs = [...instructionsBefore(moment.stage, moment.instruction), moment.instruction]
  const installs = runs.map(({text}) => text).join('\n')
  const absent = await absentTypes(value.map(String), {from: posix.dirname(own), installs}, project)
  const nowhere = absent.filter((each) => !each.isLocked)
  const isLocked = nowhere.length === 0
  const what = (isLocked ? absent : nowhere).map(({name}) => name)
  return what.length > 0 ? {option: 'types', what, imported: false, isLocked, at: option, optionAt: option} : undefined
}

/** TypeScript 5.7, which asks for `with {type: 'json'}`. */
function since57(version = ''): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 5 || (major === 5 && minor >= 7)
}

/** The paths that tsc does not take of an ES module for Node: all that lack the same are one fault. */
async function refusedPaths(
  configs: readonly TextFile[],
  sources: readonly string[],
  project: Parameters<typeof importFaults>[2],
): Promise<Omit<TscFault, 'command' | 'commandAt' | 'by'>[]> {
  const {option, from, value, faults} = (await importFaults(configs, sources, project)) ?? {faults: []}
  const optionAt = option && placeOf(from, configs, option)
  return (['ending', 'json'] as const).flatMap((kind) => {
    const own = faults.filter((each) => each.kind === kind)
    const [first] = own
    if (!first || !option || !optionAt || value === undefined) return []
    const what = [...new Set(own.map(({specifier}) => specifier))]
    return [{option, what, paths: {kind, value, place: first.place}, imported: false, at: first.at, optionAt}]
  })
}

/** Files that wait outside of functions, where tsc is to write CommonJS (TS1378). */
async function earlyAwaits(
  configs: readonly TextFile[],
  sources: readonly string[],
  reader: Inputs['reader'],
): Promise<Pick<TscFault, 'option' | 'what' | 'imported' | 'at' | 'optionAt'>[]> {
  const {value, from} = compilerOption(configs, 'module') ?? {}
  const option = placeOf(from, configs, 'module')
  if (String(value).toLowerCase() !== 'commonjs' || !option) return []
  const own = await reader.texts(sources.filter((path) => /(?<!\.d)\.tsx?$/.test(path)))
  return own.flatMap((file) => {
    const found = file.text.includes('@ts-') ? undefined : earlyAwait(file)
    const at = found && file.span(found.start, found.end)
    return at
      ? [{option: 'module', what: ['an await outside of functions'], imported: false, at, optionAt: option}]
      : []
  })
}

/** Where an option is switched on, by the nearest configuration that says anything of it. */
function setIn(
  configs: readonly TextFile[],
  option: TscFault['option'],
): {option: TscFault['option']; at: FileLocation}[] {
  const {value, from} = compilerOption(configs, option) ?? {}
  const at = value === true ? placeOf(from, configs, option) : undefined
  return at ? [{option, at}] : []
}

/** Where the configuration says it; another that comes from elsewhere may lie between. */
function placeOf(from: TextFile | undefined, configs: readonly TextFile[], option: string): FileLocation | undefined {
  if (!from || (from !== configs[0] && !isWhole(configs))) return undefined
  const place = from.text.indexOf(`"${option}"`)
  return place < 0 ? undefined : from.span(place, place + option.length + 2)
}

/** What JSX is made of is used without its name: that of the options, and those that other options may name. */
function factoriesOf(configs: readonly TextFile[]): string[] {
  const {value, from} = compilerOption(configs, 'jsx') ?? {}
  // It imports what it needs itself.
  if (/^react-jsx(?:dev)?$/i.test(String(value)) && (from === configs[0] || isWhole(configs))) return []
  const named = ['jsxFactory', 'jsxFragmentFactory', 'reactNamespace'].map((each) =>
    String(compilerOption(configs, each)?.value).replace(/\..*/, ''),
  )
  return ['React', 'h', 'jsx', 'Fragment', ...named]
}

type Found = Pick<TscFault, 'what' | 'imported' | 'at'>

function unusedIn(file: TextFile, option: TscFault['option'], factories: readonly string[]): Found | undefined {
  const all = file.once(unusedNames, () => unusedNames(file))
  const names = all.filter(
    ({kind, name}) => (kind === 'parameter') === (option === 'noUnusedParameters') && !factories.includes(name),
  )
  const [first] = names
  if (!first) return undefined
  const imported = names.every(({kind}) => kind === 'import')
  return {what: names.map(({name}) => name), imported, at: file.span(first.start, first.start + first.name.length)}
}

/** A decorator is none of it: tsc writes JavaScript of that, and Node will know it. */
function untranslatable(file: TextFile): Found | undefined {
  if (/\.d\.[cm]?ts$/.test(file.path) || /@ts-|\bdeclare\b/.test(file.text)) return undefined
  const fault = untranslatedIn(file)
  if (!fault || fault.what === 'a decorator') return undefined
  return {what: [fault.what], imported: false, at: file.span(fault.start, fault.end)}
}
