/** Installs by a pnpm that stops where nobody has said whether an install script may run (ERR_PNPM_IGNORED_BUILDS). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {noFiles, type Tracked} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {lacks} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {pnpmPackages} from '../locks/locked-packages.ts'
import {pnpmMajor} from '../locks/pnpm-version.ts'
import {type Install, installsOf} from './installs.ts'

export interface IgnoredBuild {
  /** `pnpm install --frozen-lockfile`. */
  text: string
  install: FileLocation
  /** The packages whose scripts are ignored, and where the first one is locked. */
  packages: string[]
  locked: FileLocation
  /** The newest pnpm is taken, whichever that is. */
  isNewest: boolean
  /** The pnpm-workspace.yaml that says it and is not copied before. */
  uncopied: string | undefined
  /** Where it is said to an older pnpm alone: package.json under `pnpm`, or settings of pnpm-workspace.yaml that are no more. */
  unread: Unread | undefined
}

export interface Unread {
  file: string
  /** `onlyBuiltDependencies`. */
  setting: string
  at: FileLocation | undefined
}

/** Packages that have had an install script in every version up to here (their package.json). */
const scripted: ReadonlyMap<string, number> = new Map([
  ['esbuild', Number.POSITIVE_INFINITY],
  ['core-js', Number.POSITIVE_INFINITY],
  ['workerd', Number.POSITIVE_INFINITY],
  ['@prisma/engines', Number.POSITIVE_INFINITY],
  ['bcrypt', Number.POSITIVE_INFINITY],
  ['better-sqlite3', 12],
  ['protobufjs', 7],
  ['msgpackr-extract', 3],
  ['@parcel/watcher', 2],
  ['vue-demi', 0],
  ['@swc/core', 1],
  ['@sentry/cli', 3],
  ['bufferutil', 4],
  ['utf-8-validate', 6],
  ['sqlite3', 6],
  ['node-pty', 1],
])

/** Whatever says what may run, or that it does not matter, and plugins that may: allowBuilds, strictDepBuilds, configDependencies … */
const settles = /builds\b|config-?dependencies|pnpmfile|built-?dependencies|dep-builds|ignore-?scripts|approve-builds/i
/** pnpm 11 and later read no settings of package.json, and stop by themselves (pnpm.io/settings#strictdepbuilds). */
const firstStrict = 11
/** What allowBuilds took the place of in pnpm 11, which ignores it and says nothing (CHANGELOG of pnpm 12; tried with 12). */
const replaced = /^(onlyBuiltDependencies(?:File)?|neverBuiltDependencies|ignoredBuiltDependencies)\s{0,20}:/

export async function loadIgnoredBuilds({reader}: Inputs, facts: FactStore): Promise<Fact<IgnoredBuild[]>> {
  const [installs, files] = await Promise.all([installsOf(reader, facts), facts.value('files')])
  const tracked = files ?? noFiles
  for (const install of installs) {
    const ignored = await ignoredBy(install, tracked)
    if (ignored) return known([ignored])
  }
  return known([])
}

async function ignoredBy(install: Install, tracked: Tracked): Promise<IgnoredBuild | undefined> {
  const {request, command, packageManager, before, lock, text, folder, value, manifest} = install
  if (request.manager !== 'pnpm' || !lock || command.by !== undefined) return undefined
  const major = pnpmMajor(packageManager, before)
  if (major !== 'newest' && !(major !== undefined && major >= firstStrict)) return undefined
  // corepack and pnpm go by it, too.
  if (packageManager === undefined && isTable(value.devEngines) && value.devEngines.packageManager) return undefined
  const {moment} = command
  if (moment.variables.get('COREPACK_DEFAULT_TO_LATEST') === '0') return undefined
  const words = command.words.map((word) => word ?? '?').join(' ')
  if (settles.test(`${words}\n${moment.instruction.text}`) || before.some((each) => settles.test(each)))
    return undefined
  if ([...moment.variables.keys()].some((name) => /^(?:npm|pnpm)_config_/i.test(name))) return undefined
  for (const name of ['pnpm-workspace.yaml', '.npmrc']) {
    const places = withAbove(folder).map((each) => posix.join(each, name))
    const there = await install.find(name)
    const said = there && stillRead(there.text)
    if (said === undefined ? places.some((place) => !lacks(command, place)) : settles.test(said)) return undefined
  }
  // A hook may change the settings, and the packages.
  for (const name of ['.pnpmfile.cjs', '.pnpmfile.mjs'])
    if (withAbove(folder).some((each) => !lacks(command, posix.join(each, name)))) return undefined
  const packages = packagesOf(lock, isProduction(install))
  const [first] = packages
  if (!first) return undefined
  const origin = posix.join(posix.dirname(manifest.path), 'pnpm-workspace.yaml')
  const workspace = await install.find('pnpm-workspace.yaml')
  return {
    text,
    install: command.at,
    packages: [...new Set(packages.map(({name}) => name))],
    locked: first.at,
    isNewest: major === 'newest',
    uncopied: !workspace && tracked.has(origin) ? origin : undefined,
    unread: (workspace && replacedIn(workspace)) ?? ofManifest(value.pnpm, manifest.path),
  }
}

/** The lines of pnpm-workspace.yaml that count from pnpm 11 on. */
function stillRead(text: string): string {
  let isRead = true
  const lines = text.split('\n').filter((line) => {
    // A list may stand as far to the left as its key.
    if (/^[^\s#-]/.test(line)) isRead = !replaced.test(line)
    return isRead && !/^\s*#/.test(line)
  })
  return lines.join('\n')
}

function replacedIn(workspace: TextFile): Unread | undefined {
  const match = new RegExp(replaced, 'm').exec(workspace.text)
  const [, setting = ''] = match ?? []
  return match
    ? {file: workspace.path, setting, at: workspace.span(match.index, match.index + setting.length)}
    : undefined
}

const ofManifest = (settings: unknown, file: string): Unread | undefined =>
  settles.test(JSON.stringify(settings ?? '')) ? {file, setting: '"pnpm"', at: undefined} : undefined

const isProduction = ({command}: Install): boolean =>
  command.moment.variables.get('NODE_ENV') === 'production' ||
  command.words.some((word) => /^(?:--prod|-P$|--production|--filter|-F$|--no-optional)/.test(word ?? ''))

/** Of a lock file that pnpm 9 and later write; `isPart`: only what the root needs in production. */
function packagesOf(lock: TextFile, isPart: boolean): {name: string; at: FileLocation}[] {
  if (!/^lockfileVersion: '?9/m.test(lock.text)) return []
  const found = isPart ? pnpmPackages(lock, ['.']) : all(lock)
  return found.filter(({name, version}) => Number.parseInt(version, 10) <= (scripted.get(name) ?? -1))
}

function all(lock: TextFile): {name: string; version: string; at: FileLocation}[] {
  const start = lock.text.search(/^packages:/m)
  const end = lock.text.search(/^snapshots:/m)
  if (start < 0) return []
  const text = lock.text.slice(start, end < 0 ? undefined : end)
  return [...text.matchAll(/^ {2}'?(@?[^@\s']+)@(\d[^:'(\s]*)'?:/gm)].map((match) => {
    const from = start + match.index
    return {name: match[1] as string, version: match[2] as string, at: lock.span(from, from + match[0].length)}
  })
}
