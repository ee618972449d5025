/** What the lint of `next build` refuses: up to Next.js 15 (tried with 12, 13, 14 and 15.5). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Span} from '../../code/code.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {noFiles} from '../../files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {nodeModulesOf} from '../installs/node-modules.ts'
import {type LintRule, lintRules} from './lint-rules.ts'
import {checksSources, nextMaySet} from './next-build.ts'

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

/** What is linted where nothing else is said (next/dist/lib/constants, ESLINT_DEFAULT_DIRS). */
const foldersOf = (next: number): string[] => [...(next < 14 ? [] : ['app']), 'pages', 'components', 'lib', 'src']
/** Up to Next.js 14 no other settings are read. */
const oldSettings = ['.eslintrc.json', '.eslintrc']
const flatSettings = ['eslint.config.mjs', 'eslint.config.js', 'eslint.config.ts']

export async function loadLintFaults({reader}: Inputs, facts: FactStore): Promise<Fact<LintFault[]>> {
  const [[{commands}, build, dockerfile], files] = await Promise.all([
    facts.needAll('buildCommands', 'build', 'dockerfile'),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const found: LintFault[] = []
  for (const command of commands) {
    if (!checksSources(command)) continue
    const manifest = parseLoosely((await textAt(command, 'package.json'))?.text ?? '')
    const next = manifest && lintingNext(manifest)
    if (!next || (next.isDevelopment && lacksDevelopment(command))) continue
    const settings = await settingsOf(command, next.major)
    if (!settings) continue
    const sources = await sourcesOf(command, settings.file.path, foldersOf(next.major))
    for (const rule of lintRules) {
      const name = settings.names.find(({text}) => rule.settings === 'next' || text === rule.settings)
      if (!name || (rule.settings === 'next/typescript' && next.major < 15)) continue
      if (settings.file.text.includes(rule.name.replace(/^.*\//, ''))) continue
      const places = sources.flatMap((file) => placesIn(file, rule))
      const [first, ...others] = places
      if (!first) continue
      found.push({
        what: rule.what,
        cure: rule.cure,
        at: [first.at, ...others.map(({at}) => at)],
        count: first.count,
        settings: name.text,
        settingsAt: settings.file.span(name.start, name.end),
        commandAt: command.at,
        by: command.by,
      })
    }
  }
  return known(found)

  async function textAt(command: BuildCommand, name: string): Promise<TextFile | undefined> {
    const source = unchangedAt(command, posix.join(command.folder, name), paths)
    return source === undefined ? undefined : reader.text(source)
  }

  /** eslint is a development package, and those are not installed. */
  function lacksDevelopment({moment, folder, at}: BuildCommand): boolean {
    const until = {instruction: moment.instruction, at}
    return nodeModulesOf(moment.stage, folder, {dockerfile, build}, {until}).kind === 'production'
  }

  /** The settings of eslint with the names of Next.js that it takes, where nothing is seen to change what they say. */
  async function settingsOf(
    command: BuildCommand,
    next: number,
  ): Promise<{file: TextFile; names: (Span & {text: string})[]} | undefined> {
    const all = await Promise.all([...flatSettings, ...oldSettings].map((name) => textAt(command, name)))
    const [file] = all.filter((each) => each !== undefined)
    if (!file || !isPlain(file.text) || (next < 15 && !oldSettings.includes(posix.basename(file.path))))
      return undefined
    if (await nextMaySet(/eslint/, {reader, paths})) return undefined
    if (paths.named('.eslintignore').length > 0) return undefined
    const names = [...file.text.matchAll(/(?<=["'])next(?:\/(?:core-web-vitals|typescript))?(?=["'])/g)]
    return {file, names: names.map(({0: text, index}) => ({text, start: index, end: index + text.length}))}
  }

  /** The files of the project that are linted, as they are in the image. */
  async function sourcesOf(command: BuildCommand, settings: string, folders: string[]): Promise<TextFile[]> {
    const linted = [...paths.ending('.ts', '.tsx', '.js', '.jsx')].filter((path) => {
      const place = placeOf(path, settings, command)
      if (place === undefined || unchangedAt(command, place, paths) !== path || /\.d\.ts$/.test(path)) return false
      return folders.some((folder) => place.startsWith(`${posix.join(command.folder, folder)}/`))
    })
    const texts = await Promise.all(linted.map((path) => reader.text(path)))
    return texts.filter((file) => file !== undefined && !/\beslint-disable/.test(file.text)) as TextFile[]
  }
}

/** Where a file breaks a rule first, and how often it does. */
function placesIn(file: TextFile, rule: LintRule): {at: FileLocation; count: number}[] {
  if (rule.settings === 'next/typescript' && !/\.tsx?$/.test(file.path)) return []
  const places = rule.find(file)
  const [first] = places
  return first ? [{at: file.span(first.start, first.end), count: places.length}] : []
}

/** The place of a file of the project in the image, by the file of settings that lies in the folder of the command. */
function placeOf(path: string, settings: string, {folder}: BuildCommand): string | undefined {
  const below = posix.relative(posix.dirname(settings), path)
  return below.startsWith('..') ? undefined : posix.join(folder, below)
}

/** The Next.js that a package takes, if it lints, which takes eslint and Next.js's settings for it. */
function lintingNext(manifest: Record<string, unknown>): {major: number; isDevelopment: boolean} | undefined {
  const {dependencies, devDependencies} = manifest
  const tables = [dependencies, devDependencies].filter(isTable)
  const version = (name: string) => tables.map((table) => table[name]).find((each) => typeof each === 'string')
  const major = Number(/^[~^]?(1[2-5])\.\d/.exec(version('next') ?? '')?.[1])
  const eslint = version('eslint')
  if (!major || eslint === undefined || version('eslint-config-next') === undefined) return undefined
  // With eslint 9 it only says that it cannot lint.
  if (major < 15 && !/^[~^]?[78]\b/.test(eslint)) return undefined
  return {major, isDevelopment: !(isTable(dependencies) && typeof dependencies.eslint === 'string')}
}

/** Parts whose rules leave those of Next.js as they are. */
const knownParts =
  /^(?:next(?:\/[\w-]+)?|prettier|eslint:recommended|plugin:(?:prettier|@typescript-eslint)\/recommended)$/
const knownModules = /^(?:(?:node:)?(?:path|url)|@eslint\/(?:eslintrc|js)|eslint-config-prettier(?:\/flat)?)$/

/** Whether settings are those of Next.js alone: nothing for some files only, and no part from elsewhere. */
function isPlain(text: string): boolean {
  if (/\boverrides\b|ignorePatterns/.test(text)) return false
  const modules = text.matchAll(/\bfrom\s{0,20}["']([^"'\n]{1,200})["']|\brequire\(\s{0,20}["']([^"'\n]{1,200})["']/g)
  const lists = text.matchAll(/\bextends["']?\s{0,9}[:(]\s{0,9}(?:\[([^\]]{0,2000})\]|([^)\]},]{0,200}))/g)
  const [, ignores = ''] = /\bignores\s{0,20}:\s{0,20}\[([^\]]{0,2000})\]/.exec(text) ?? []
  const outside = /^(?:\*\*\/)?(?:node_modules|\.next|out|build|dist|coverage|public|prisma|next-env\.d\.ts)\b/
  return (
    [...modules].every(([, from, required]) => knownModules.test(from ?? required ?? '')) &&
    [...lists].every(([, list, one = '']) => quoted(list ?? one).every((part) => knownParts.test(part))) &&
    quoted(ignores).every((pattern) => outside.test(pattern))
  )
}

const quoted = (text: string): string[] =>
  [...text.matchAll(/["']([^"'\n]{1,200})["']/g)].map(([, inner = '']) => inner)
