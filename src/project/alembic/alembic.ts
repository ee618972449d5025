import {dirname, isAbsolute, join, posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {isTable} from '../documents/document.ts'
import {isNear} from '../files.ts'
import {copyOf} from '../image/context-path.ts'
import type {Image} from '../image/image.ts'
import type {Inputs} from '../inputs.ts'
import {samePath} from '../same-path.ts'
import type {TextFile} from '../text.ts'
import {parseIni} from './ini.ts'
import {circleIn, headsOf, isRevisionFile, type Revision, readRevision} from './revisions.ts'

/** Every alembic environment of the project; most have one. */
export interface Alembic {
  environments: AlembicEnvironment[]
  /** What of the deploy is seen to run `alembic upgrade` or `flask db upgrade`. */
  upgrade: Upgrade | undefined
}

export interface Upgrade {
  /** `release_command`, `CMD` …, and where it stands. */
  by: string
  at: FileLocation
  command: string
  /** `head`, `heads`, a revision; undefined when it cannot be told. */
  target: string | undefined
  /** It runs, and its failure ends what started it. */
  certain: boolean
  /** Another command of the deploy may make or join revisions before. */
  afterEdits: boolean
  failsAt: 'release' | 'boot'
}

export interface AlembicEnvironment {
  /** alembic.ini, or pyproject.toml with [tool.alembic]. */
  config: string
  /** The upgrade, certain only where it surely means this environment; undefined when nothing is seen to run it. */
  upgrade: Upgrade | undefined
  /** Its revisions were read: its scripts were found, and are not in folders named one by one. */
  read: boolean
  /** What makes every alembic command fail before it reads a revision. */
  problem: {message: string; at: FileLocation; hint: string; proven: boolean} | undefined
  /** Where env.py stands, relative to the working directory. */
  scriptFolder: string | undefined
  /** There is no versions folder: `upgrade head` then exits 0 and does nothing (alembic >= 1.10). */
  noVersions: boolean
  revisions: Revision[]
  /** Files whose identifiers cannot be told without running them. */
  undetermined: string[]
  /** Revisions that name a parent which no file defines. */
  orphans: {revision: Revision; parent: string}[]
  /** Revisions that can be reached from no base: they follow each other in a circle. */
  circle: Revision[]
  /** undefined when they cannot be told: a file is undetermined, a parent is missing, or nothing was read. */
  heads: Revision[] | undefined
}

const notDeployed = /(^|\/)(tests?|docs?|examples?|node_modules|\.github)\//

export async function loadAlembic({reader}: Inputs, facts: FactStore): Promise<Fact<Alembic>> {
  const files = (await facts.value('files'))?.paths ?? []
  const near = files.filter((path) => isNear(path) && !notDeployed.test(path))
  const environments: AlembicEnvironment[] = []
  for (const path of near.filter((candidate) => posix.basename(candidate) === 'alembic.ini')) {
    environments.push(await readEnvironment(path, {reader, files}))
  }
  // alembic >= 1.16 reads pyproject.toml too; the ini wins where both name a script_location.
  for (const path of near.filter((candidate) => posix.basename(candidate) === 'pyproject.toml')) {
    if (environments.some(({config}) => posix.dirname(config) === posix.dirname(path))) continue
    const file = await reader.text(path)
    if (file?.text.includes('[tool.alembic]')) environments.push(await readEnvironment(path, {reader, files}))
  }
  const upgrade = await findUpgrade(facts)
  if (environments.length === 0)
    return upgrade ? known({environments, upgrade}) : absent('the project has no alembic.ini')
  // In a repository of several services each has its own; the image tells which one this deploy is about.
  const [image, flyConfig] = await Promise.all([facts.value('image'), facts.value('flyConfig')])
  const deployed = environments.filter(({config}) => image?.copies(config))
  const relevant = deployed.length > 0 ? deployed : environments
  const only = relevant.length === 1 && (!image || deployed.length === 1)
  const renamed = flyConfig?.config.env?.ALEMBIC_CONFIG !== undefined || image?.final.env.has('ALEMBIC_CONFIG')
  for (const environment of relevant) {
    const certain = only && !renamed && !upgrade?.afterEdits && (!image || isUnchanged(environment, image))
    environment.upgrade = upgrade && {
      ...upgrade,
      certain: upgrade.certain && certain && means(upgrade.command, environment.config),
    }
  }
  return known({environments: relevant, upgrade})
}

async function findUpgrade(facts: FactStore): Promise<Upgrade | undefined> {
  const processes = await facts.value('processes')
  const found = processes?.find(/\b(alembic|flask\s+db)\b.*\bupgrade\b|command\.upgrade\(/)
  if (!found) return undefined
  const {by, at, text, certain} = found
  const argument = /command\.upgrade\(/.test(text)
    ? /command\.upgrade\([^)]*["'](\w+)["']/.exec(text)?.[1]
    : (/\bupgrade\s+([\w@+-]+)/.exec(text)?.[1] ?? (/\bflask\b/.test(text) ? 'head' : undefined))
  const afterEdits = processes?.find(edits) !== undefined
  const failsAt = by === 'release_command' ? 'release' : 'boot'
  return {by, at, command: text, target: argument, certain, afterEdits, failsAt}
}

/** Commands that make or join revisions. */
const edits = /\b(alembic|flask\s+db)\b.*\b(merge|revision|init|edit|migrate)\b/

/**
 * Whether the image holds the environment as it is here: each file is copied, and no step is seen to change one or to
 * lay another in its place.
 */
function isUnchanged({config, scriptFolder, revisions, undetermined}: AlembicEnvironment, image: Image): boolean {
  const own = [config, ...(scriptFolder === undefined ? [] : [`${scriptFolder}/env.py`])]
  const all = [...own, ...revisions.map(({at}) => at.file), ...undetermined]
  if (!all.every((path) => image.copies(path) || path.endsWith('/env.py'))) return false
  return image.stages
    .flatMap(({stage}) => stage.instructions)
    .every((instruction) => {
      if (instruction.keyword === 'RUN') {
        const touches = /\b(rm|mv|cp|sed|find|tee)\b[^;&|]*(alembic|migrations|versions)|>\s*\S*(alembic|env\.py)/
        return !edits.test(instruction.text) && !touches.test(instruction.text)
      }
      const copy = copyOf(instruction)
      if (!copy) return true
      const {sources, target} = copy
      const isOwn = (word: string) => own.includes(posix.normalize(word).replace(/^\//, ''))
      const named = (word: string) => own.some((path) => posix.basename(path) === posix.basename(word))
      return sources.every((word) => !named(word) || isOwn(word)) && (!named(target) || sources.some(isOwn))
    })
}

/** Whether a command reads this configuration: not another section or folder, and no other file. */
function means(command: string, config: string): boolean {
  if (/(^|\s)(-n|--name|-d|--directory|cd)[\s=]/.test(command)) return false
  const named = /(?:^|\s)(?:-c|--config)[\s=]+(\S+)/.exec(command)?.[1]
  return named === undefined || samePath(named, config)
}

interface Context {
  reader: Inputs['reader']
  files: readonly string[]
}

async function readEnvironment(config: string, {reader, files}: Context): Promise<AlembicEnvironment> {
  const environment: AlembicEnvironment = {
    config,
    upgrade: undefined,
    read: false,
    circle: [],
    problem: undefined,
    scriptFolder: undefined,
    noVersions: false,
    revisions: [],
    undetermined: [],
    orphans: [],
    heads: undefined,
  }
  const file = await reader.text(config)
  if (!file) return environment
  const options = await readOptions(file, reader)
  if ('message' in options) {
    environment.problem = {hint: 'Correct it: alembic reads this file before anything else.', ...options, proven: true}
    return environment
  }
  const location = options.get('script_location')
  // Flask-Migrate sets script_location in code: its own folder, where alembic.ini stands.
  const flask = location === undefined && files.includes(posix.join(posix.dirname(config), 'env.py'))
  if (!location && !flask) {
    const hint = 'Add script_location = %(here)s/alembic'
    environment.problem = {message: '[alembic] has no script_location', at: options.at, hint, proven: true}
    return environment
  }
  if (location && 'invalid' in location) {
    const message = `script_location cannot be read: ${location.invalid}`
    const hint = 'Write a % as %%; what comes from the environment is set in env.py.'
    environment.problem = {message, at: location.at, hint, proven: true}
    return environment
  }
  const folder = location ? scriptFolder(location.value, config, reader.root) : posix.dirname(config)
  // A package: where it is, only Python knows.
  if (folder === undefined) return environment
  if ((await reader.kindOf(folder)) !== 'folder') {
    environment.problem = {
      message: `script_location = ${location?.value.replace(here, '%(here)s')}: there is no folder ${reader.display(folder)}`,
      at: location?.at ?? {file: config},
      hint: 'A relative path is relative to the folder in which alembic runs; no quotes and no comment may follow it.',
      // A COPY may lay it out in another way; a comment or quotes in a path is wrong anywhere.
      proven: /\s[#;]|^["']/.test(location?.value ?? ''),
    }
    return environment
  }
  environment.scriptFolder = reader.display(folder)
  if ((await reader.kindOf(join(folder, 'env.py'))) === 'missing') {
    environment.problem = {
      message: `${environment.scriptFolder} has no env.py, without which upgrade cannot run`,
      at: location?.at ?? {file: config},
      hint: 'Restore it from git, or make a new one with: alembic init',
      proven: true,
    }
    return environment
  }
  const locations = options.get('version_locations')
  // Folders named one by one depend on the separator of the alembic version: they are not followed.
  if (locations) return environment
  environment.read = true
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
  const listed = await revisionFiles(reader, versions, deep)
  // A file that two links lead to is loaded once.
  const real = new Map<string, string>()
  for (const path of listed) {
    const target = await reader.real(path)
    if (!real.has(target)) real.set(target, path)
  }
  const paths = [...real.values()]
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
  environment.circle = circleIn(environment.revisions)
  if (environment.orphans.length + environment.circle.length === 0) environment.heads = headsOf(environment.revisions)
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

/** Each option is looked up in the ini first, then in [tool.alembic] of the pyproject.toml beside it (alembic >= 1.16). */
async function readOptions(
  file: TextFile,
  reader: Inputs['reader'],
): Promise<ConfigOptions | {message: string; at: FileLocation}> {
  if (file.path.endsWith('.toml')) return tomlOptions(file)
  // A fixed folder: the real one may hold a %, and in the image it is another one anyway.
  const ini = parseIni(file, {here})
  if ('invalid' in ini) return {message: `alembic cannot read ${file.path}: ${ini.invalid}`, at: ini.at}
  const section = ini.section('alembic')
  const project = await reader.text(join(dirname(file.absolute), 'pyproject.toml'))
  const toml = project?.text.includes('[tool.alembic]') ? await tomlOptions(project) : undefined
  const second = toml && 'get' in toml ? toml : undefined
  if (!section) return second ?? {message: `${file.path} has no [alembic] section`, at: {file: file.path}}
  return {at: section.at, get: (key) => section.get(key) ?? second?.get(key)}
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
      const text = String(value).replaceAll('%(here)s', here).replaceAll('%%', '%')
      return {value: text, at: document.at(['tool', 'alembic', key])}
    },
  }
}

/** Stands for the folder of the configuration. */
const here = '/here'

/**
 * The folder that script_location means: a path relative to the folder in which alembic runs, which is taken to be that
 * of its configuration (in the image: WORKDIR, where both are copied). undefined for `package:folder` and absolute paths.
 */
function scriptFolder(value: string, config: string, root: string): string | undefined {
  const from = join(root, posix.dirname(config))
  if (value === here || value.startsWith(`${here}/`)) return join(from, value.slice(here.length))
  return isAbsolute(value) || value.includes(':') ? undefined : join(from, value)
}
