/** Options of tsconfig.json that TypeScript refuses whatever the sources are (tried with 5.9.3, 6.0.3 and 7.0.2). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {lockFiles} from '../locks/lock-files.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {askedVersion} from '../output/next-build.ts'
import {optionIn} from './tsc-output.ts'
import type {TscProgram} from './tsc-programs.ts'
import {isWhole} from './tsc-projects.ts'
import {compilerOption} from './tsconfig.ts'

export interface RefusedOption {
  /**
   * `rootDir`: it must be set, as all sources lie in the folder `value`. `--include`: it stands on the command line, where no
   * version has it. `--project`: it stands there beside the source file `value`.
   */
  option: string
  value: string
  /** Of TypeScript: `6.0.3`. */
  version: string
  /** Nothing but today's newest version says which one it is. */
  isNewest: boolean
  /** The value of "ignoreDeprecations" that lets it stay, where one does. */
  ignoring: string | undefined
  at: FileLocation
  command: string
  commandAt: FileLocation
  by: string | undefined
}

interface Version {
  text: string
  major: number
  minor: number
  isNewest: boolean
}

/** Of an option the values that are refused: since 5.0 and since 6.0, unless "ignoreDeprecations" names that version. */
const refused: Readonly<Record<5 | 6, readonly (readonly [option: string, refuses: (value: unknown) => boolean])[]>> = {
  5: [
    ...[
      'charset',
      'importsNotUsedAsValues',
      'keyofStringsOnly',
      'noImplicitUseStrict',
      'noStrictGenericChecks',
      'out',
      'preserveValueImports',
      'suppressExcessPropertyErrors',
      'suppressImplicitAnyIndexErrors',
    ].map((option) => [option, Boolean] as const),
    ['target', isOne(/^es3$/i)],
  ],
  6: [
    ['moduleResolution', isOne(/^(?:node|node10|classic)$/i)],
    ['module', isOne(/^(?:none|amd|umd|system)$/i)],
    ['target', isOne(/^es5$/i)],
    ['baseUrl', isOne(/^/)],
    ['outFile', isOne(/./)],
    ...['esModuleInterop', 'allowSyntheticDefaultImports', 'alwaysStrict'].map(
      (option) => [option, (value: unknown) => value === false] as const,
    ),
    ['downlevelIteration', (value) => typeof value === 'boolean'],
  ],
}
/** No option of 5.0 is left in 5.5, none of 6.0 in 7.0. */
const isRemoved = (since: 5 | 6, {major, minor}: Version): boolean => major > since || (since === 5 && minor >= 5)

function isOne(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value)
}

export async function loadRefusedOptions({reader}: Inputs, facts: FactStore): Promise<Fact<RefusedOption[]>> {
  const programs = (await facts.need('tscPrograms')).filter(({name}) => /^tsc\b/.test(name))
  const paths = (await facts.value('files')) ?? noFiles
  const found = writtenOptions((await facts.need('buildCommands')).commands)
  for (const program of programs) {
    const version = await versionFor(program, {reader, paths})
    if (!version) continue
    const {command, name, configs} = program
    const told = ([5, 6] as const).flatMap((since) => refusedOptions(configs, since, version))
    const root = told.length === 0 && version.major >= 6 ? await lackingRoot(program, reader) : undefined
    const shared = {
      version: version.text,
      isNewest: version.isNewest,
      command: name,
      commandAt: command.at,
      by: command.by,
    }
    found.push(...[...told, ...(root ? [root] : [])].map((each) => ({...each, ...shared})))
  }
  return known(found)
}

/** Keys of tsconfig.json that are no options of its compilerOptions (TS5023). */
const keys = /^--(?:include|exclude|files|extends|references|compilerOptions)$/

/** What tsc is given, and takes from no command line. */
function writtenOptions(commands: readonly BuildCommand[]): RefusedOption[] {
  return commands.flatMap((command) => {
    const {words, conditional, decisive, at, by} = command
    const program = programOf(command) ?? ''
    if (conditional || !decisive || !/^(?:vue-)?tsc$/.test(program)) return []
    const shared = {version: '', isNewest: false, ignoring: undefined, at, command: program, commandAt: at, by}
    const option = words.find((word) => keys.test(word ?? ''))
    if (option) return [{...shared, option, value: ''}]
    const project = words.findIndex((word) => /^(?:-p|--project)$/.test(word ?? ''))
    const file = project > 0 ? words[project + 2] : undefined
    return file && /^[\w./*-]+\.[cm]?tsx?$/.test(file) ? [{...shared, option: '--project', value: file}] : []
  })
}

type Refusal = Pick<RefusedOption, 'option' | 'value' | 'ignoring' | 'at'>

function refusedOptions(configs: readonly TextFile[], since: 5 | 6, version: Version): Refusal[] {
  if (version.major < since) return []
  const ignoring = isRemoved(since, version) ? undefined : `${since}.0`
  const ignored = compilerOption(configs, 'ignoreDeprecations')?.value
  if (ignoring !== undefined && (ignored === ignoring || !isWhole(configs))) return []
  return refused[since].flatMap(([option, refuses]) => {
    const set = compilerOption(configs, option)
    return set && refuses(set.value)
      ? [{option, value: JSON.stringify(set.value), ignoring, at: optionIn(set.from, option)}]
      : []
  })
}

/**
 * Since 6.0 the sources lie below the folder of tsconfig.json, where no rootDir says otherwise; where all of them have a
 * folder of their own, tsc stops and asks for it (TS5011).
 */
async function lackingRoot({configs, sources}: TscProgram, reader: ProjectReader): Promise<Refusal | undefined> {
  const [config] = configs
  const output = compilerOption(configs, 'outDir')
  const settles = ['rootDir', 'composite', 'noEmit', 'paths', 'rootDirs']
  if (!config || !output || !isWhole(configs) || settles.some((option) => compilerOption(configs, option)?.value))
    return undefined
  const folder = sharedFolder(sources)
  const below = posix.relative(posix.dirname(config.path), folder)
  if (sources.length === 0 || below === '' || below.startsWith('..')) return undefined
  for (const file of await reader.texts(sources)) {
    // What is imported from elsewhere is a source, too.
    const leads = ({text}: {text: string}) =>
      text.startsWith('.') && posix.relative(folder, posix.join(posix.dirname(file.path), text)).startsWith('..')
    if (importSpecifiers(file.text).some(leads)) return undefined
  }
  return {option: 'rootDir', value: below, ignoring: undefined, at: optionIn(output.from, 'outDir')}
}

function sharedFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map((path) => posix.dirname(path))
  let shared = first
  while (shared !== '.' && !others.every((each) => each === shared || each.startsWith(`${shared}/`)))
    shared = posix.dirname(shared)
  return shared
}

/** By the lock file of the working directory; without one by what the nearest package.json asks for. */
async function versionFor(
  {configs}: TscProgram,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<Version | undefined> {
  const locked = (await lockedVersion(reader))('typescript')
  if (locked !== undefined) return versionOf(locked)
  if (paths.named(...lockFiles).length > 0) return undefined
  for (let folder = posix.dirname(configs[0]?.path ?? ''); ; folder = posix.dirname(folder)) {
    const asked = askedVersion(await reader.text(posix.join(folder, 'package.json')), 'typescript')
    if (asked !== undefined) return versionAsked(asked)
    if (folder === '.' || folder === '/') return undefined
  }
}

function versionOf(text: string): Version | undefined {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})\.\d/.exec(text) ?? []
  return major === undefined ? undefined : {text, major: Number(major), minor: Number(minor), isNewest: false}
}

/** The newest that a range allows: of 5 the last is 5.9. */
function versionAsked(range: string): Version | undefined {
  if (/^(?:latest|\*|>=\s?\d[\d.]{0,20})$/.test(range)) return {text: '7', major: 7, minor: 0, isNewest: true}
  const [, sign, major, minor] = /^([~^]?)(\d{1,3})(?:\.(\d{1,3}|x|\*))?(?:\.(?:\d{1,5}|x|\*))?$/.exec(range) ?? []
  if (major === undefined) return undefined
  const isFree = sign === '^' || minor === undefined || /[x*]/.test(minor)
  const last = isFree && major === '5' ? 9 : Number(isFree ? 0 : minor)
  return {text: isFree ? major : `${major}.${last}`, major: Number(major), minor: last, isNewest: false}
}
