import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {Document} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {parseYaml} from '../documents/yaml.ts'
import {type Files, isNear, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Inputs} from '../inputs.ts'
import {lockedVersion, lockFiles} from './locks/locked-version.ts'
import {type PrismaSchema, readPrismaSchema} from './prisma/prisma-schema.ts'
import {scriptsOf} from './scripts/scripts-of.ts'
import {memberFolders, pnpmGlobs, readManifest} from './workspace/workspace.ts'

/** The package.json of the working directory, where there is one, and the packages of the project below it. */
export interface NodePackages {
  /** What it needs in production, by name. */
  dependencies: ReadonlyMap<string, Dependency>
  /** The packages of the project below it. */
  members: {
    folder: string
    name: string | undefined
    dependencies: ReadonlyMap<string, Dependency>
    /** An install at the root installs its packages, too. */
    isOfWorkspace: boolean
  }[]
  /** The text of its scripts, and their names. */
  scripts: readonly string[]
  scriptNames: ReadonlySet<string>
  /** The names of all packages of the project. */
  names: ReadonlySet<string>
  /** `pnpm@9.15.0` of packageManager, without its hash. */
  packageManager: string | undefined
  /** The dependencies that pnpm-workspace.yaml lets pnpm build, and where. */
  builds: {name: string; at: FileLocation}[]
  /** No install runs a script: so says a file of the package manager. */
  ignoresScripts: boolean
  /** pnpm 10's `deploy` works: it is told to inject the packages of the workspace, or to go the old way. */
  allowsPnpmDeploy: boolean
  /** The first Prisma schema that generates a client for JavaScript. */
  prisma: PrismaSchema | undefined
}

export interface Dependency {
  /** As the lock file has it, else the lowest that the range allows; undefined where neither tells. */
  version: string | undefined
  /** The version is the lock file's. */
  locked: boolean
  at: FileLocation
}

export async function loadNodePackages({reader}: Inputs, facts: FactStore): Promise<Fact<NodePackages>> {
  const file = await reader.text('package.json')
  const manifest = file && parseJson(file)
  const paths = ((await facts.value('files')) ?? noFiles).only(isNear)
  const locked = await lockedVersion(reader)
  const members = await readMembers(reader, paths, locked)
  const isRead = manifest && 'value' in manifest
  // `server/` and `client/` may have one each, and nothing stands above them.
  if (!isRead && (file || members.length === 0)) return absent('there is no package.json that can be read')
  const value = isRead ? manifest.value : {}
  const dependencies = isRead ? dependenciesOf(manifest, locked) : new Map<string, Dependency>()
  const ownName = value.name
  return known({
    dependencies,
    members,
    scripts: Object.values(scriptsOf(value)),
    scriptNames: new Set(Object.keys(scriptsOf(value))),
    packageManager: /^[^+]*/.exec(String(value.packageManager ?? ''))?.[0] || undefined,
    builds: 'pnpm' in value ? [] : await allowedBuilds(reader, dependencies),
    names: new Set([ownName, ...members.map(({name}) => name)].filter((name) => typeof name === 'string')),
    ignoresScripts: await ignoresScripts(reader),
    allowsPnpmDeploy: await allowsPnpmDeploy(reader),
    prisma: await readPrismaSchema(reader, paths),
  })
}

const tableOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** `^4.6.1`, `~4.6`, `4.x`: all of one major version. */
const lowest = (range: unknown): string | undefined =>
  typeof range === 'string' ? /^[\^~=]?\s*v?(\d+(?:\.\d+){0,2})(?:\.x)*$/.exec(range.trim())?.[1] : undefined

/** What may run its install scripts: pnpm 10 and later run those of no other package. */
async function allowedBuilds(
  reader: ProjectReader,
  dependencies: ReadonlyMap<string, Dependency>,
): Promise<NodePackages['builds']> {
  const file = await reader.text('pnpm-workspace.yaml')
  const document = file && parseYaml(file)
  if (!document || !('value' in document)) return []
  const listed = document.value.onlyBuiltDependencies
  const names = [
    ...(Array.isArray(listed) ? listed : []),
    ...Object.entries(tableOf(document.value.allowBuilds)).flatMap(([name, allowed]) => (allowed === true ? name : [])),
  ]
  return names.flatMap((name) => {
    const found = dependencies.get(String(name))
    return found ? [{name: String(name), at: found.at}] : []
  })
}

/** As settings of .npmrc, or of pnpm-workspace.yaml in its own spelling. */
async function allowsPnpmDeploy(reader: ProjectReader): Promise<boolean> {
  const files = await Promise.all(['.npmrc', 'pnpm-workspace.yaml'].map((path) => reader.text(path)))
  const setting = /^[ \t]*(inject-?workspace-?packages|force-?legacy-?deploy)\s*[:=]\s*true\b/im
  return files.some((file) => file && setting.test(file.text))
}

async function ignoresScripts(reader: ProjectReader): Promise<boolean> {
  const files = await Promise.all(
    ['.npmrc', '.yarnrc.yml', '.yarnrc', 'pnpm-workspace.yaml'].map((path) => reader.text(path)),
  )
  const setting =
    /^[ \t]{0,50}(?:(?:ignore-?scripts)["']?\s{0,20}[:= ]\s{0,20}["']?true|enableScripts\s{0,20}:\s{0,20}false)\b/im
  return files.some((file) => file && setting.test(file.text))
}

function dependenciesOf(manifest: Document, locked: (name: string) => string | undefined): Map<string, Dependency> {
  const found = new Map<string, Dependency>()
  for (const [name, range] of Object.entries(tableOf(manifest.value.dependencies))) {
    const version = locked(name)
    const at = manifest.at(['dependencies', name])
    found.set(name, {version: version ?? lowest(range), locked: version !== undefined, at})
  }
  return found
}

/** `locked`: the versions of the lock file at the root, which a member without one of its own has. */
async function readMembers(
  reader: ProjectReader,
  paths: Files,
  locked: (name: string) => string | undefined,
): Promise<NodePackages['members']> {
  const members: NodePackages['members'] = []
  const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? (await readManifest(reader, ''))?.workspaces ?? []
  const ofWorkspace = new Set(memberFolders(globs, '', paths))
  for (const path of paths.named('package.json').filter((candidate) => candidate.includes('/'))) {
    const file = await reader.text(path)
    const manifest = file && parseJson(file)
    if (!manifest || !('value' in manifest)) continue
    const {name} = manifest.value
    const folder = path.slice(0, -'/package.json'.length)
    const hasLock = lockFiles.some((each) => paths.has(`${folder}/${each}`))
    members.push({
      folder,
      name: typeof name === 'string' ? name : undefined,
      isOfWorkspace: ofWorkspace.has(folder),
      dependencies: dependenciesOf(manifest, hasLock ? await lockedVersion(reader, folder) : locked),
    })
  }
  return members
}
