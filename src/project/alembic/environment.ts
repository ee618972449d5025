import {join, posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import type {PackageVersion} from '../python/packages/package-version.ts'
import type {Upgrade} from './commands.ts'
import type {LostImport} from './env-imports.ts'
import {envFaults} from './env-script.ts'
import type {Fault} from './fault.ts'
import type {RevisionGraph} from './graph.ts'
import type {SeveralHeads} from './heads.ts'
import type {ImageGap} from './image-gap.ts'
import {type Places, placeOf, splitPaths} from './locations.ts'
import {everyCommandReads, here, readOptions} from './options.ts'
import type {Revision} from './revision.ts'
import {listingOf, readRevisions, versionFolders} from './versions.ts'

/** One alembic environment: a configuration, an env.py and the revisions. */
export interface AlembicEnvironment {
  /** alembic.ini, or pyproject.toml with [tool.alembic]. */
  config: string
  /** `alembic`, or what `-n` names. */
  section: string
  /** Where alembic runs, relative to the working directory. */
  cwd: string
  /** Flask-Migrate's: it sets the script_location itself. */
  flask: boolean
  /** `script_location` as it is written; undefined where it is not read. */
  location: string | undefined
  /** Where env.py stands, relative to the working directory; undefined where it is not found. */
  scriptFolder: string | undefined
  /** The folders of the revisions that exist, relative to the working directory. */
  versions: string[]
  /** What keeps alembic from doing what it should, in the order in which it meets it. */
  faults: Fault[]
  /** The revision files were found. */
  read: boolean
  revisions: Revision[]
  /** Files whose identifiers cannot be told without running them. */
  undetermined: string[]
  /** undefined where nothing was read, or an identifier cannot be told. */
  graph: RevisionGraph | undefined
  /** Of the graph, where there are several heads. */
  severalHeads: SeveralHeads | undefined
  /** prepend_sys_path: relative to the folder in which alembic runs, or to that of the configuration (%(here)s). */
  sysPath: string[]
  /** Files of it that git ignores. */
  ignored: string[]
  /** The first thing that alembic looks for in the image and does not find. */
  gap: ImageGap | undefined
  /** What env.py imports, and Python does not find there. */
  lost: LostImport | undefined
  /** The upgrade, certain only where it surely means this environment; undefined when nothing is seen to run it. */
  upgrade: Upgrade | undefined
}

export interface Reading {
  reader: ProjectReader
  alembic: PackageVersion
  sqlalchemy: PackageVersion
  /** Where alembic runs, relative to the working directory. */
  cwd: string
  /** All that is seen to call alembic is Flask-Migrate. */
  byFlask: boolean
  inImage: Places['inImage']
}

export async function readEnvironment(file: TextFile, section: string, reading: Reading): Promise<AlembicEnvironment> {
  const {reader, alembic: version} = reading
  const environment: AlembicEnvironment = {
    config: file.path,
    section,
    cwd: reading.cwd,
    flask: false,
    location: undefined,
    scriptFolder: undefined,
    versions: [],
    faults: [],
    read: false,
    revisions: [],
    undetermined: [],
    graph: undefined,
    severalHeads: undefined,
    sysPath: [],
    ignored: [],
    gap: undefined,
    lost: undefined,
    upgrade: undefined,
  }
  const fault = (message: string, at: FileLocation, hint: string, more: Partial<Fault> = {}): AlembicEnvironment => {
    environment.faults.push({topic: 'config', message, at, hint, ends: 'load', proven: true, ...more})
    return environment
  }
  const options = await readOptions(file, section, reading)
  if ('message' in options) {
    const hint = 'Correct it: alembic reads this file before anything else.'
    return fault(options.message, options.at, hint, {proven: options.proven})
  }
  const unreadable = options.unreadable.find(({key}) => everyCommandReads.has(key))
  if (unreadable) {
    const hint = 'Write a % as %%; what comes from the environment is set in env.py.'
    return fault(`${unreadable.key} cannot be read: ${unreadable.invalid}`, unreadable.at, hint)
  }
  const location = options.get('script_location')
  // Flask-Migrate sets script_location in code, whatever the file says: its own folder, where alembic.ini stands.
  const beside = posix.dirname(file.path)
  environment.flask =
    (location === undefined || reading.byFlask) && (await reader.kindOf(posix.join(beside, 'env.py'))) === 'file'
  if (!location && !environment.flask) {
    return fault(`[${section}] has no script_location`, options.at, 'Add script_location = %(here)s/alembic')
  }
  const listing = listingOf(options)
  if ('message' in listing) return fault(listing.message, listing.at, listing.hint)
  const paths = splitPaths('prepend_sys_path', options, version)
  if (paths && 'invalid' in paths) return fault(paths.invalid, paths.at, 'Correct it.', {ends: paths.ends})
  const cwd = reading.cwd
  environment.sysPath = paths?.paths ?? []
  const roots = environment.sysPath.map((path) => path.replace(here, beside)).map((path) => posix.join(cwd, path))
  const places: Places = {reader, folder: beside, cwd, roots, inImage: reading.inImage}

  const written = location && !('invalid' in location) ? String(location.value) : ''
  environment.location = environment.flask ? beside : written
  const folder = environment.flask ? reader.absolute(beside) : await placeOf(written, places)
  // A package that is installed, or a path of the image.
  if (folder === undefined) return environment
  if ((await reader.kindOf(folder)) !== 'folder') {
    return fault(
      `script_location = ${written.replace(here, '%(here)s')}: there is no folder ${reader.display(folder)}`,
      location?.at ?? file.whole,
      'A relative path is relative to the folder in which alembic runs; no quotes and no comment may follow it.',
      // A COPY may lay it out in another way; a comment or quotes in a path is wrong anywhere.
      {proven: /\s[#;]|^["']/.test(written), leadsNowhere: true},
    )
  }
  environment.scriptFolder = reader.display(folder)
  const env = await reader.text(join(folder, 'env.py'))
  if (!env && (await reader.kindOf(join(folder, 'env.py'))) === 'missing') {
    fault(
      `${environment.scriptFolder} has no env.py, without which upgrade cannot run`,
      location?.at ?? file.whole,
      'Restore it from git, or make a new one with: alembic init',
      {ends: 'upgrade'},
    )
  }
  const folders = await versionFolders(environment, folder, options, {...reading, places})
  if (folders) {
    environment.versions = folders.map((path) => reader.display(path))
    environment.read = true
    await readRevisions(environment, folders, listing, reading)
  }
  if (env) environment.faults.push(...envFaults(env, options, reading.sqlalchemy))
  return environment
}
