import {join} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {isAtLeast} from '../python/packages/package-version.ts'
import type {AlembicEnvironment, Reading} from './environment.ts'
import type {Fault} from './fault.ts'
import {revisionGraph} from './graph.ts'
import {graphFaults} from './graph-faults.ts'
import {type Places, placeOf, splitPaths} from './locations.ts'
import {type ConfigOptions, here, type OptionValue} from './options.ts'
import {readRevision} from './revision.ts'
import {type Listing, revisionFiles} from './revision-files.ts'

/** The folders that hold the revisions; undefined where they cannot be told. */
export async function versionFolders(
  environment: AlembicEnvironment,
  folder: string,
  options: ConfigOptions,
  {reader, alembic: version, places}: Reading & {places: Places},
): Promise<string[] | undefined> {
  const locations = splitPaths('version_locations', options, version)
  const add = (fault: Omit<Fault, 'topic'>) => environment.faults.push({topic: 'config', ...fault})
  if (!locations) {
    const versions = join(folder, 'versions')
    if ((await reader.kindOf(versions)) === 'folder') return [versions]
    // From 1.10 on it is no error.
    const isOld = isAtLeast(version, '1.10') === false
    const then = isOld ? 'alembic stops with FileNotFoundError' : 'alembic upgrade exits 0 and does nothing'
    add({
      message: `${environment.scriptFolder}/versions does not exist: ${then}`,
      at: {file: environment.config},
      hint: 'Commit the revisions; git keeps no empty folder.',
      ends: isOld ? 'load' : 'silent',
      proven: isOld,
    })
    return []
  }
  if ('invalid' in locations) {
    add({message: locations.invalid, at: locations.at, hint: 'Correct it.', ends: locations.ends, proven: true})
    return locations.ends === 'silent' ? [] : undefined
  }
  const found: string[] = []
  for (const path of locations.paths) {
    const place = await placeOf(path, places)
    if (place !== undefined && (await reader.kindOf(place)) === 'folder') {
      found.push(place)
      continue
    }
    const shown = path.replace(here, '%(here)s')
    const at = locations.at
    if (place !== undefined) {
      const message = `version_locations names ${shown}, which is no folder: alembic leaves it out and says nothing`
      add({message, at, hint: 'Correct the path.', ends: 'silent', proven: false})
      continue
    }
    // Of an absolute path, and of a package that is installed, nothing is known.
    if (!(await areFolders(path.split(':')))) return undefined
    add({
      message: `version_locations has one entry, ${shown}: without a separator alembic takes it for a folder in a package`,
      at,
      hint: 'Put blanks between the paths, or add path_separator = os (version_path_separator before alembic 1.16).',
      ends: 'load',
      proven: false,
    })
  }
  return found

  async function areFolders(paths: readonly string[]): Promise<boolean> {
    const kinds = await Promise.all(paths.map(async (path) => reader.kindOf((await placeOf(path, places)) ?? '')))
    return paths.length > 1 && kinds.every((kind) => kind === 'folder')
  }
}

/** What files alembic loads; a boolean of the ini is the word `true`, in TOML a real one. */
export function listingOf(options: ConfigOptions): Listing | {message: string; at: FileLocation; hint: string} {
  const recursive = options.get('recursive_version_locations')
  const sourceless = options.get('sourceless')
  for (const option of [recursive, sourceless]) {
    if (option && 'source' in option && option.source === 'toml' && typeof option.value !== 'boolean') {
      const key = option === recursive ? 'recursive_version_locations' : 'sourceless'
      return {
        message: `${key} = "${option.value}" must be true or false, without quotes`,
        at: option.at,
        hint: `Write ${key} = true`,
      }
    }
  }
  const isTrue = (option: OptionValue | undefined) =>
    option !== undefined && 'value' in option && (option.value === 'true' || option.value === true)
  return {recursive: isTrue(recursive), sourceless: isTrue(sourceless)}
}

/** Reads the revision files, and links them. */
export async function readRevisions(
  environment: AlembicEnvironment,
  folders: readonly string[],
  listing: Listing,
  {reader, alembic: version}: Reading,
): Promise<void> {
  const deep = listing.recursive && isAtLeast(version, '1.10') !== false
  const paths = await revisionFiles(folders, {...listing, recursive: deep}, reader)
  const read = await Promise.all(paths.map(async (path) => ({path, result: await reader.read(path)})))
  for (const {path, result} of read) {
    if (!result.ok) {
      const shown = reader.display(path)
      // What is compiled, or in another encoding, has its identifiers all the same.
      if (result.kind === 'binary' && path.endsWith('.py')) environment.faults.push(notText(shown))
      else environment.undetermined.push(shown)
      continue
    }
    const {revision, fault, undetermined} = readRevision(result.file, version)
    if (fault) environment.faults.push(fault)
    if (revision) environment.revisions.push(revision)
    else if (undetermined) environment.undetermined.push(result.file.path)
  }
  if (environment.undetermined.length > 0) return
  environment.graph = revisionGraph(environment.revisions)
  environment.faults.push(...graphFaults(environment.graph, environment.revisions))
}

const notText = (path: string): Fault => ({
  topic: 'syntax',
  message: `${path.split('/').at(-1)} is no text, and alembic loads every .py file of the folder: each command stops`,
  at: {file: path},
  hint: path.includes('/._')
    ? `Delete it: macOS made it beside the real file: rm ${path}`
    : 'Take it out of the folder.',
  ends: 'load',
  proven: true,
})
