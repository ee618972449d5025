import {dirname, isAbsolute, join, posix, relative} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import {isTable} from '../documents/document.ts'
import type {TextFile} from '../text.ts'
import {type Ini, parseIni} from './ini.ts'
import {headsOf, isRevisionFile, type Revision, readRevision} from './revisions.ts'

/** Every alembic environment of the project; most have one. */
export interface Alembic {
  environments: AlembicEnvironment[]
}

export interface AlembicEnvironment {
  /** alembic.ini, or pyproject.toml with [tool.alembic]. */
  config: string
  /** The image holds it, or it is the only one: what the deploy runs is this one. */
  deployed: boolean
  /** What makes every alembic command fail before it reads a revision. */
  problem: {message: string; at: FileLocation; hint?: string} | undefined
  /** Where env.py stands, relative to the working directory. */
  scriptFolder: string | undefined
  /** There is no versions folder: `upgrade head` then exits 0 and does nothing (alembic >= 1.10). */
  noVersions: boolean
  revisions: Revision[]
  /** Files whose identifiers cannot be told without running them. */
  undetermined: string[]
  /** Revisions that name a parent which no file defines. */
  orphans: {revision: Revision; parent: string}[]
  /** undefined when a file is undetermined, since it may join any two heads, and when a parent is missing. */
  heads: Revision[] | undefined
}

const notDeployed = /(^|\/)(tests?|docs?|examples?|node_modules|\.github)\//

export async function loadAlembic({reader}: Inputs, facts: FactStore): Promise<Fact<Alembic>> {
  const files = (await facts.value('files'))?.paths ?? []
  const near = files.filter((path) => path.split('/').length <= 4 && !notDeployed.test(path))
  const environments: AlembicEnvironment[] = []
  for (const path of near.filter((candidate) => candidate.split('/').at(-1) === 'alembic.ini')) {
    environments.push(await loadEnvironment(path, {reader, files}))
  }
  // alembic >= 1.16 reads pyproject.toml too; the ini wins where both name a script_location.
  for (const path of near.filter((candidate) => candidate.split('/').at(-1) === 'pyproject.toml')) {
    if (environments.some(({config}) => posix.dirname(config) === posix.dirname(path))) continue
    const file = await reader.text(path)
    if (file?.text.includes('[tool.alembic]')) environments.push(await loadEnvironment(path, {reader, files}))
  }
  if (environments.length === 0) return absent('the project has no alembic.ini')
  // In a repository of several services each has its own; the image tells which one this deploy is about.
  const image = await facts.value('image')
  for (const environment of environments)
    environment.deployed = image ? image.copies(environment.config) : environments.length === 1
  const deployed = environments.filter((environment) => environment.deployed)
  return known({environments: deployed.length > 0 ? deployed : environments})
}

interface Context {
  reader: Inputs['reader']
  files: readonly string[]
}

async function loadEnvironment(config: string, {reader, files}: Context): Promise<AlembicEnvironment> {
  const environment: AlembicEnvironment = {
    config,
    deployed: false,
    problem: undefined,
    scriptFolder: undefined,
    noVersions: false,
    revisions: [],
    undetermined: [],
    orphans: [],
    heads: undefined,
  }
  const file = await reader.text(config)
  if (!file) {
    const result = await reader.read(config)
    environment.problem = {message: `${config} ${result.ok ? '' : result.reason}`, at: {file: config}}
    return environment
  }
  const options = config.endsWith('.toml') ? await tomlOptions(file) : iniOptions(file)
  if ('message' in options) {
    environment.problem = options
    return environment
  }
  const location = options.get('script_location')
  // Flask-Migrate sets script_location in code: its own folder, where alembic.ini stands.
  const flask = location === undefined && files.includes(posix.join(posix.dirname(config), 'env.py'))
  if (!location && !flask) {
    environment.problem = {
      message: `[alembic] has no script_location`,
      at: options.at,
      hint: 'Add script_location = %(here)s/alembic',
    }
    return environment
  }
  if (location && 'invalid' in location) {
    environment.problem = {message: `script_location cannot be read: ${location.invalid}`, at: location.at}
    return environment
  }
  const folder = location ? scriptFolder(location.value, config, reader.root) : posix.dirname(config)
  // A package of some installed distribution: where it is, only Python knows.
  if (folder === undefined) return environment
  if ((await reader.kindOf(folder)) !== 'folder') {
    environment.problem = {
      message: `script_location = ${location?.value}: there is no folder ${reader.display(folder)}`,
      at: location?.at ?? {file: config},
      hint: 'A relative path is relative to the folder in which alembic runs; no quotes and no comment may follow it.',
    }
    return environment
  }
  environment.scriptFolder = reader.display(folder)
  if ((await reader.kindOf(join(folder, 'env.py'))) === 'missing') {
    environment.problem = {
      message: `${environment.scriptFolder} has no env.py, without which upgrade cannot run`,
      at: location?.at ?? {file: config},
      hint: 'Restore it from git, or make a new one with: alembic init',
    }
    return environment
  }
  const locations = options.get('version_locations')
  // Folders named one by one depend on the separator of the alembic version: they are not followed.
  if (locations) return environment
  await addRevisions(environment, folder, {reader, files}, options.get('recursive_version_locations'))
  return environment
}

async function addRevisions(
  environment: AlembicEnvironment,
  folder: string,
  {reader}: Context,
  recursive: Value | undefined,
): Promise<void> {
  const versions = join(folder, 'versions')
  if ((await reader.kindOf(versions)) !== 'folder') {
    environment.noVersions = true
    environment.heads = []
    return
  }
  const deep = recursive !== undefined && 'value' in recursive && recursive.value === 'true'
  const paths = await revisionFiles(reader, versions, deep)
  const read = await Promise.all(
    paths.map(async (path) => {
      const file = await reader.text(path)
      return {path, revision: file && readRevision(file)}
    }),
  )
  for (const {path, revision} of read) {
    if (revision) environment.revisions.push(revision)
    else environment.undetermined.push(reader.display(path))
  }
  if (environment.undetermined.length > 0) return
  const ids = new Set(environment.revisions.map(({id}) => id))
  environment.orphans = environment.revisions.flatMap((revision) =>
    revision.down.filter((parent) => !ids.has(parent)).map((parent) => ({revision, parent})),
  )
  if (environment.orphans.length === 0) environment.heads = headsOf(environment.revisions)
}

async function revisionFiles(reader: Inputs['reader'], folder: string, deep: boolean): Promise<string[]> {
  const found: string[] = []
  for (const name of await reader.list(folder)) {
    if (!name.endsWith('/')) {
      if (isRevisionFile(name)) found.push(join(folder, name))
    } else if (deep && name !== '__pycache__/') found.push(...(await revisionFiles(reader, join(folder, name), deep)))
  }
  return found
}

type Value = {value: string; at: FileLocation} | {invalid: string; at: FileLocation}
interface ConfigOptions {
  at: FileLocation
  get(key: string): Value | undefined
}

function iniOptions(file: TextFile): ConfigOptions | {message: string; at: FileLocation} {
  const ini: Ini | {invalid: string; at: FileLocation} = parseIni(file, {here: dirname(file.absolute)})
  if ('invalid' in ini) return {message: `alembic cannot read ${file.path}: ${ini.invalid}`, at: ini.at}
  const section = ini.section('alembic')
  return section ?? {message: `${file.path} has no [alembic] section`, at: {file: file.path}}
}

async function tomlOptions(file: TextFile): Promise<ConfigOptions | {message: string; at: FileLocation}> {
  const {parseToml} = await import('../documents/toml.ts')
  const document = parseToml(file)
  if ('message' in document) return {message: `${file.path} does not parse: ${document.message}`, at: document.at}
  const tool = document.value.tool
  const table = isTable(tool) && isTable(tool.alembic) ? tool.alembic : {}
  return {
    at: document.at(['tool', 'alembic']),
    get(key) {
      const value = table[key]
      if (value === undefined) return undefined
      const text = String(value).replaceAll('%(here)s', dirname(file.absolute)).replaceAll('%%', '%')
      return {value: text, at: document.at(['tool', 'alembic', key])}
    },
  }
}

/**
 * The folder that script_location means: an absolute path, `package:folder`, or a path relative to the folder in which
 * alembic runs, which is taken to be that of its configuration (in the image: WORKDIR, where both are copied).
 */
function scriptFolder(value: string, config: string, root: string): string | undefined {
  const from = join(root, posix.dirname(config))
  if (isAbsolute(value)) return relative(root, value).startsWith('..') ? undefined : value
  const [head, ...rest] = value.split(':')
  if (rest.length === 0) return join(from, value)
  return join(from, (head as string).replaceAll('.', '/'), ...rest)
}
