/** Packages for another system than Linux, which npm and Yarn 1 refuse to install where nothing calls them optional. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {lacks, unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {npmLockPackages} from './npm-lock.ts'

export interface ForeignPackage {
  name: string
  /** What it says that it is for, `win32`, `darwin and arm64`; undefined where its name alone tells. */
  system: string | undefined
  others: number
  manager: 'npm' | 'yarn'
  install: BuildCommand
  /** Where package.json declares it, else where the lock file has it. */
  at: FileLocation
  isDeclared: boolean
}

/** What passes over the system of a package. */
const passesOver = /^(?:-f|--force|--ignore-platform|--os(?:=.*)?|--cpu(?:=.*)?)$/
const settingsPassOver = /^[ \t]*(?:force|os|cpu|ignore-platform|--ignore-platform)[ \t=]/m

/**
 * npm looks at `os` and `cpu` of each package that is not optional, of development as well and whatever is left out (tried
 * with npm 8.19, 9.9 and 10.8: `npm ci --omit=dev` ends with EBADPLATFORM, too).
 */
export async function loadForeignPackages({reader}: Inputs, facts: FactStore): Promise<Fact<ForeignPackage[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  const found: ForeignPackage[] = []
  for (const install of commands) {
    const request = readRequest(install.words)
    const manager = request?.manager
    if (request?.kind !== 'install' || (manager !== 'npm' && manager !== 'yarn')) continue
    if (install.conditional || !install.decisive || install.by !== undefined) continue
    if (install.words.some((word) => word === undefined || passesOver.test(word))) continue
    const isForced = [...install.moment.variables.keys()].some((name) => /^npm_config_(?:force|os|cpu)$/i.test(name))
    const folder = posix.resolve(install.folder, request.folder ?? '.')
    const manifest = unchangedAt(install, posix.join(folder, 'package.json'), paths)
    if (isForced || manifest === undefined) continue
    const origin = posix.dirname(manifest).replace(/^\.$/, '')
    const settings = await Promise.all(
      ['.npmrc', posix.join(origin, '.npmrc'), posix.join(origin, '.yarnrc')].map((path) => reader.text(path)),
    )
    if (settings.some((file) => file && settingsPassOver.test(file.text))) continue
    const [first, ...others] = await foreignOf(manager, install, {folder, origin, reader, paths})
    if (!first || found.some(({at}) => at.file === first.at.file && at.line === first.at.line)) continue
    found.push({...first, others: others.length, manager, install})
  }
  return known(found)
}

interface Place {
  folder: string
  origin: string
  reader: ProjectReader
  paths: Files
}
type Foreign = Pick<ForeignPackage, 'name' | 'system' | 'at' | 'isDeclared'>

async function foreignOf(
  manager: ForeignPackage['manager'],
  install: BuildCommand,
  {folder, origin, reader, paths}: Place,
): Promise<Foreign[]> {
  const name = manager === 'npm' ? 'package-lock.json' : 'yarn.lock'
  const source = unchangedAt(install, posix.join(folder, name), paths)
  const lock = source === undefined ? undefined : await reader.text(source)
  const packages = manager === 'npm' && lock ? npmLockPackages(lock) : undefined
  // `npm install` takes away what nobody needs.
  const isFrozen = /^(?:ci|clean-install)$/.test(install.words[1] ?? '')
  if (packages && lock) return lockedForeign(packages, isFrozen, lock, origin, reader)
  // Later Yarns leave them out; a lock that something before may have made says what it says.
  const isClassic = lock && /^# yarn lockfile v1/m.test(lock.text.slice(0, 300))
  if (manager === 'yarn' ? !isClassic : lock !== undefined || !lacks(install, posix.join(folder, name))) return []
  return declaredForeign(await reader.text(posix.join(origin, 'package.json')))
}

/** The packages of the lock file that are for another system, and that it does not call optional. */
async function lockedForeign(
  packages: Readonly<Record<string, unknown>>,
  isFrozen: boolean,
  lock: TextFile,
  origin: string,
  reader: ProjectReader,
): Promise<Foreign[]> {
  const found: Foreign[] = []
  const named = new Set(
    Object.values(packages).flatMap((entry) =>
      isTable(entry) && entry.extraneous === true && isTable(entry.optionalDependencies)
        ? Object.keys(entry.optionalDependencies)
        : [],
    ),
  )
  for (const [path, entry] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || !isTable(entry)) continue
    const {os, cpu, optional, devOptional, extraneous, inBundle, link} = entry
    if ([optional, devOptional, inBundle, link].some(Boolean)) continue
    // What nobody needs npm takes away before it looks, but for the parts of that (tried with `npm ci` of 8.19, 9.9 and 10.8).
    if (extraneous && !(isFrozen && named.has(path.split('node_modules/').at(-1) as string))) continue
    const system = [refused(os, 'linux'), refused(cpu, 'x64')].filter((each) => each !== undefined).join(' and ')
    if (system === '') continue
    const name = path.split('node_modules/').at(-1) as string
    const declared = await declarationOf(name, packages, origin, reader)
    const start = Math.max(0, lock.text.indexOf(`"${path}"`))
    found.push({name, system, at: declared ?? lock.span(start, start + path.length + 2), isDeclared: !!declared})
  }
  // What package.json names brings the others.
  return found.toSorted((a, b) => Number(b.isDeclared) - Number(a.isDeclared))
}

/** A list of systems without this one, as npm-install-checks reads it: `["win32"]`, `["!linux"]`. */
function refused(list: unknown, own: string): string | undefined {
  const names = (Array.isArray(list) ? list : [list]).filter((each) => typeof each === 'string')
  if (names.length === 0 || names.includes('any') || names.includes(own)) return undefined
  const refuses = names.filter((each) => each.startsWith('!'))
  return refuses.includes(`!${own}`) || refuses.length < names.length ? names.join(', ') : undefined
}

/** Where the package.json of the project, or of a member of its workspace, names a package. */
async function declarationOf(
  name: string,
  packages: Readonly<Record<string, unknown>>,
  origin: string,
  reader: ProjectReader,
): Promise<FileLocation | undefined> {
  for (const [path, entry] of Object.entries(packages)) {
    if (path.includes('node_modules/') || !isTable(entry)) continue
    for (const table of ['dependencies', 'devDependencies']) {
      if (!isTable(entry[table]) || !Object.hasOwn(entry[table], name)) continue
      const file = await reader.text(posix.join(origin, path, 'package.json'))
      const document = file && parseJson(file)
      return document && 'value' in document ? document.at([table, name]) : undefined
    }
  }
  return undefined
}

/** What tools call their parts for other systems. */
const foreignNames =
  /^(?:fsevents|turbo-(?:darwin|windows)-[\w-]+|(?:@(?:esbuild|rollup|next|swc|tailwindcss|img|biomejs|parcel|rspack|rolldown|unrs|node-rs|oxc-[\w-]{1,30})\/(?:[\w-]{1,40}-)?|lightningcss-)(?:darwin|win32)-[\w-]+)$/

function declaredForeign(file: TextFile | undefined): Foreign[] {
  const document = file && parseJson(file)
  if (!document || !('value' in document)) return []
  const {dependencies, optionalDependencies} = document.value
  const optional = isTable(optionalDependencies) ? optionalDependencies : {}
  return Object.keys(isTable(dependencies) ? dependencies : {})
    .filter((name) => foreignNames.test(name) && !Object.hasOwn(optional, name))
    .map((name) => ({name, system: undefined, at: document.at(['dependencies', name]), isDeclared: true}))
}
