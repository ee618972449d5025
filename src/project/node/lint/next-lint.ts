/** What the lint of `next build` refuses: up to Next.js 15 (tried with 12, 13, 14 and 15.5). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {type BuildCommand, commandsBefore, mayRemove, mayRewrite} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {nodeModulesOf} from '../installs/node-modules.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {askedVersion, checksSources, nextMaySet} from '../output/next-build.ts'
import {type EslintSettings, eslintSettings} from './eslint-settings.ts'
import {type LintRule, lintFaults, lintRules} from './lint-rules.ts'

/** A rule that the lint of a build finds broken. */
export interface LintFault extends Pick<LintRule, 'what' | 'cure'> {
  /** Where it is first in each file. */
  at: readonly [FileLocation, ...FileLocation[]]
  /** How often it is in the first of them. */
  count: number
  /** Where eslint is told to, and by which name of settings. */
  settingsAt: FileLocation
  settings: string
  commandAt: FileLocation
  by: string | undefined
}

const noPages: ReadonlySet<string> = new Set()

/** What is linted where nothing else is said (next/dist/lib/constants, ESLINT_DEFAULT_DIRS). */
const foldersOf = (next: number): string[] => [...(next < 14 ? [] : ['app']), 'pages', 'components', 'lib', 'src']

export async function loadLintFaults({reader}: Inputs, facts: FactStore): Promise<Fact<LintFault[]>> {
  const [[{commands}, build, dockerfile], files] = await Promise.all([
    facts.needAll('buildCommands', 'build', 'dockerfile'),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const found: LintFault[] = []
  for (const [index, command] of commands.entries()) {
    if (!checksSources(command) || !hasAllPackages(command)) continue
    const before = commandsBefore(commands, index)
    if (mayRewrite(before) || before.some(uninstalls)) continue
    const isLeft = (path: string) => !mayRemove(before, posix.join(command.folder, path))
    const place = unchangedAt(command, posix.join(command.folder, 'package.json'), paths)
    const manifest = await reader.text(place)
    const versions = manifest && lintingVersions(manifest, await lockedVersion(reader))
    const settings = versions && (await eslintSettings(command, manifest, {reader, paths}))
    if (!settings || (settings.form === 'flat' && !versions.takesFlat)) continue
    if (!isLeft(posix.basename(settings.file.path))) continue
    if (await nextMaySet(/eslint/, command, {reader, paths})) continue
    const folders = foldersOf(versions.next)
    const isMeant = (path: string) => isIn(folders, path) && isLinted[settings.form](path) && isLeft(path)
    const sources = await sourcesOf(command, posix.dirname(settings.file.path), isMeant)
    const pages = settings.text.includes('rootDir') ? noPages : addressesOf(command, settings, versions)
    for (const rule of rulesOf(settings, versions)) found.push(...faultOf(rule, settings, {sources, pages, command}))
  }
  return known(found)

  /** Without eslint, which is for development, Next.js says so and goes on. */
  function hasAllPackages({moment: {stage, instruction}, folder, at}: BuildCommand): boolean {
    const states = withAbove(folder).map(
      (each) => nodeModulesOf(stage, each, {dockerfile, build}, {until: {instruction, at}}).kind,
    )
    return states.includes('all') && states.every((kind) => kind === 'all' || kind === 'none')
  }

  /** The addresses of the pages that the image has: those without a variable; of `app` the first one. */
  function addressesOf(command: BuildCommand, settings: EslintSettings, {config}: Versions): ReadonlySet<string> {
    const origin = posix.dirname(settings.file.path)
    const addresses = [...paths.ending('.ts', '.tsx', '.js', '.jsx')].flatMap((path) => {
      const below = posix.relative(origin, path)
      const [, page] = /^(?:src\/)?pages\/(?!api\/|_)([^[\]]*)\.[jt]sx?$/.exec(below) ?? []
      const isFirst = config === 15 && /^(?:src\/)?app\/page\.[jt]sx?$/.test(below)
      if (page === undefined && !isFirst) return []
      const isThere = unchangedAt(command, posix.join(command.folder, below), paths) === path
      return isThere ? [isFirst ? '/' : `/${page?.replace(/(?:^|\/)index$/, '')}`] : []
    })
    return new Set(addresses)
  }

  /** The files of the project that are linted, as they are in the image. */
  async function sourcesOf(
    command: BuildCommand,
    origin: string,
    isMeant: (path: string) => boolean,
  ): Promise<TextFile[]> {
    const linted = [...paths.ending('.ts', '.tsx', '.js', '.jsx')].filter((path) => {
      const below = posix.relative(origin, path)
      if (/\.d\.ts$/.test(path) || !isMeant(below)) return false
      return unchangedAt(command, posix.join(command.folder, below), paths) === path
    })
    return (await reader.texts(linted)).filter(
      ({text}) => !/\beslint-(?:disable(?!-)|enable)|\/\*\s{0,99}eslint\s/.test(text),
    )
  }
}

/** Flat settings name no .jsx; the old form leaves out what is hidden. */
const isLinted: Record<EslintSettings['form'], (path: string) => boolean> = {
  flat: (path) => !path.endsWith('.jsx'),
  old: (path) => !/(?:^|\/)\./.test(path),
}

const isIn = (folders: readonly string[], path: string): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`))

/** `npm uninstall eslint` */
const uninstalls = ({words: [, verb, ...names]}: BuildCommand): boolean =>
  /^(?:un|uninstall|remove|rm)$/.test(verb ?? '') && names.some((name) => name?.startsWith('eslint'))

/** The rules that settings take from Next.js and do not speak of themselves. */
const rulesOf = (settings: EslintSettings, {ofTypeScript}: Versions): LintRule[] =>
  lintRules.filter(
    (rule) =>
      (rule.settings !== 'next/typescript' || ofTypeScript) &&
      nameFor(rule, settings) !== undefined &&
      !settings.text.includes(rule.name.replace(/^.*\//, '')),
  )

/** Which of the settings bring a rule. */
const nameFor = ({settings}: LintRule, {names}: EslintSettings) =>
  names.find(({text}) => (settings === 'next' ? text !== 'next/typescript' : text === settings))

interface Linted {
  sources: TextFile[]
  pages: ReadonlySet<string>
  command: BuildCommand
}

function faultOf(rule: LintRule, settings: EslintSettings, {sources, pages, command}: Linted): LintFault[] {
  const [first, ...others] = sources.flatMap((source) => placesIn(source, rule, pages))
  const name = nameFor(rule, settings)
  if (!first || !name) return []
  const at: LintFault['at'] = [first.at, ...others.map((each) => each.at)]
  const {what, cure} = rule
  const from = {settings: name.text, settingsAt: settings.file.span(name.start, name.end)}
  return [{what, cure, at, count: first.count, ...from, commandAt: command.at, by: command.by}]
}

/** Where a file breaks a rule first, and how often it does. */
function placesIn(file: TextFile, rule: LintRule, pages: ReadonlySet<string>): {at: FileLocation; count: number}[] {
  if (rule.settings === 'next/typescript' && !/\.tsx?$/.test(file.path)) return []
  const places = lintFaults(file, rule, pages)
  const [first] = places
  return first ? [{at: file.span(first.start, first.end), count: places.length}] : []
}

interface Versions {
  next: number
  /** Of eslint-config-next. */
  config: number
  /** Up to version 14 Next.js reads the old form of settings only, and gives eslint 8 the options of that. */
  takesFlat: boolean
  /** Whether the settings for TypeScript are there, with the rules that are known. */
  ofTypeScript: boolean
}

/** What a package takes of Next.js and its settings, where they lint. */
function lintingVersions(manifest: TextFile, locked: (name: string) => string | undefined): Versions | undefined {
  const major = (name: string) => majorOf(askedVersion(manifest, name))
  const [next, config, eslint] = [major('next'), major('eslint-config-next'), major('eslint')]
  const isTried = [next, config].every((version) => version >= 12 && version <= 15)
  // With eslint 9 an older one only says that it cannot lint.
  if (!isTried || !(eslint >= 7 && eslint <= (next < 15 ? 8 : 9))) return undefined
  const parts = ['@typescript-eslint/eslint-plugin', '@typescript-eslint/parser', 'typescript-eslint']
  const others = parts.flatMap((name) => [askedVersion(manifest, name), locked(name)]).filter(Boolean)
  return {
    next,
    config,
    takesFlat: next >= 15 && eslint >= 9,
    ofTypeScript: config === 15 && others.every((version) => majorOf(version) === 8),
  }
}

const majorOf = (version: string | undefined): number => Number(/^[~^]?(\d{1,3})\b/.exec(version ?? '')?.[1])
