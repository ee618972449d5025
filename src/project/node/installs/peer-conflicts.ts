import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import {isOutside} from '../locks/lock-entries.ts'
import {type NpmPackages, npmLockPackages} from '../locks/npm-lock.ts'
import {readRequest} from '../scripts/package-runner.ts'

/** A package that wants another one beside it, in a version that the project does not have: npm stops there. */
export interface PeerConflict {
  command: string
  install: FileLocation
  /** Who wants what. */
  name: string
  version: string
  peer: string
  wanted: string
  /** The version that there is; undefined for none. */
  found: string | undefined
  at: FileLocation
  manifest: string
  /** The line of an .npmrc that the install does not find, and that lets npm do without. */
  settings: FileLocation | undefined
  others: number
}

/** What makes npm overlook it. */
export const overlooksPeerPackages = /legacy[-_]peer[-_]deps|--force\b|\s-f\b|npm_config_force|\bnpm@[1-6]\b/i
const setting = /^[ \t]*(?:legacy-peer-deps|force)\s*=\s*"?true/m

export async function loadPeerConflicts({reader}: Inputs, facts: FactStore): Promise<Fact<PeerConflict[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: PeerConflict[] = []
  const texts = commands.map(({words}) => words.join(' '))
  for (const command of commands) {
    const request = readRequest(command.words)
    if (request?.kind !== 'install' || request.manager !== 'npm' || command.conditional || !command.decisive) continue
    if (texts.some((text) => overlooksPeerPackages.test(text)) || isOldNpm(command)) continue
    if ([...command.moment.variables.keys()].some((name) => overlooksPeerPackages.test(name))) continue
    const folder = posix.resolve(command.folder, request.folder ?? '.')
    const sourceOf = (name: string) => unchangedAt(command, posix.join(folder, name), tracked)
    const read = async (name: string) => {
      const source = sourceOf(name)
      return reader.text(source)
    }
    const [lock, manifest, rc] = await Promise.all([read('package-lock.json'), read('package.json'), read('.npmrc')])
    const packages = lock && npmLockPackages(lock)
    const document = manifest && parseJson(manifest)
    if (!packages || !document || !('value' in document) || 'overrides' in document.value) continue
    if (rc && setting.test(rc.text)) continue
    const isCi = /^(?:ci|clean-install)$/.test(command.words[1] ?? '')
    const conflicts = conflictsOf(packages, document.value).filter((each) => isCi || each.found !== undefined)
    const [first] = conflicts
    if (!first || found.some(({manifest: other}) => other === manifest.path)) continue
    const beside = posix.join(posix.dirname(manifest.path), '.npmrc')
    const own = tracked.has(beside) ? await reader.text(beside) : undefined
    const line = own && setting.exec(own.text)
    found.push({
      ...first,
      command: command.words.slice(0, 3).join(' '),
      install: command.at,
      at: document.at([first.table, first.name]),
      manifest: manifest.path,
      settings: own && line ? own.lineSpan(own.position(line.index + line[0].search(/\S/)).line) : undefined,
      others: conflicts.length - 1,
    })
  }
  return known(found)
}

/**
 * npm 6, of Node 14 and earlier, leaves such packages to the project; npm 8 up to 8.5, of Node 16.15 and 17, takes what the lock
 * file has (tried with 8.1.2, 8.3.1 and 8.5.5; 8.11.0 and 8.19.4 stop). Node 18.0 to 18.2 came with those in between.
 */
export function isOldNpm({moment}: BuildCommand): boolean {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(imageVersion(rootImage(moment.stage) ?? '', 'Node') ?? '') ?? []
  if (major === undefined) return false
  const last = {16: 15, 18: 2}[Number(major)]
  return Number(major) < 16 || major === '17' || (last !== undefined && minor !== undefined && Number(minor) <= last)
}

type Conflict = Pick<PeerConflict, 'name' | 'version' | 'peer' | 'wanted' | 'found'> & {table: string}

/**
 * Of what package.json names itself: npm makes the best of what is further down. So it does of a package that only others
 * want, unless two that package.json names want it beside them, and no version suits both.
 */
function conflictsOf(packages: NpmPackages, manifest: Record<string, unknown>): Conflict[] {
  const declared = new Map<string, string>()
  for (const table of ['devDependencies', 'dependencies']) {
    for (const name of isTable(manifest[table]) ? Object.keys(manifest[table]) : []) declared.set(name, table)
  }
  const conflicts: Conflict[] = []
  for (const [name, table] of declared) {
    const entry = packages[`node_modules/${name}`]
    if (!isTable(entry) || !isTable(entry.peerDependencies) || typeof entry.version !== 'string' || entry.optional)
      continue
    const meta = isTable(entry.peerDependenciesMeta) ? entry.peerDependenciesMeta : {}
    for (const [peer, wanted] of Object.entries(entry.peerDependencies)) {
      if (typeof wanted !== 'string' || Object.hasOwn(meta, peer)) continue
      const there = packages[`node_modules/${peer}`]
      const base = {name, version: entry.version, peer, wanted, table}
      if (!isTable(there)) {
        if (!isTable(packages[`node_modules/${name}/node_modules/${peer}`])) conflicts.push({...base, found: undefined})
      } else if (
        typeof there.version === 'string' &&
        isOutside(there.version, wanted) &&
        (declared.has(peer) || isHeld(peer, there.version, wanted))
      )
        conflicts.push({...base, found: there.version})
    }
  }
  return conflicts

  /** Whether another one wants the very version, or one of a line in which nothing suits. */
  function isHeld(peer: string, version: string, wanted: string): boolean {
    return [...declared.keys()].some((name) => {
      const entry = packages[`node_modules/${name}`]
      if (!isTable(entry) || !isTable(entry.peerDependencies) || entry.optional) return false
      const others = entry.peerDependencies[peer]
      if (typeof others !== 'string' || isOutside(version, others)) return false
      if (isTable(entry.peerDependenciesMeta) && Object.hasOwn(entry.peerDependenciesMeta, peer)) return false
      return others === version || (isLine(others) && isLine(wanted) && majorOf(others) !== majorOf(wanted))
    })
  }
}

/** `^3.2.0`, `~3.2.0`: versions with one first number. */
const isLine = (range: string): boolean => /^[~^]?[1-9]\d{0,3}\.\d+\.\d+$/.test(range)
const majorOf = (range: string): string => /\d+/.exec(range)?.[0] ?? ''
