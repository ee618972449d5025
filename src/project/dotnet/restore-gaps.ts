import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {withoutMarkupComments} from '../code/comments.ts'
import {lineage, rootImage} from '../dockerfile/parse.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {plainName} from '../image/base/base-images.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {lacks, originOf, sourceAt} from '../image/moment.ts'
import {flagValue} from '../image/outputs/output.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {projectFiles} from '../toolchains/dotnet.ts'
import {type StepFile, StepProject} from '../toolchains/step-project.ts'

/** What `dotnet restore` does not have or is not told, and the build behind it needs. */
export interface RestoreGap {
  /**
   * `project`: a project that another one refers to, which is built without being restored. `properties`: the file that
   * says what all projects are built for. `versions`: the one with the versions of their packages. `runtime`: the system
   * that is built for. `case`: a project that is referred to by another spelling.
   */
  kind: 'project' | 'properties' | 'versions' | 'runtime' | 'case'
  /** The command that stops: `dotnet publish`, `dotnet restore`. */
  command: string
  at: FileLocation
  /** The restore, or where the project is referred to. */
  related: FileLocation[]
  /** The path in the project of what is missing, or the runtime that is built for. */
  name: string
  /** Where the image should have it; for `case` how it is written. */
  place: string
  /** The command surely stops. */
  sure: boolean
}

/** One of them restores, whatever stands behind it. */
const restores = /^dotnet (?:restore|build|publish|test|run|pack)\b(?!.*--no-restore)/
const buildsUnrestored = /^dotnet (?:build|publish)\b.*--no-restore/

/**
 * "Assets file … not found" (NETSDK1004), "doesn't have a target for" (NETSDK1047), "do not have a version specified"
 * (NU1015): a restore beside the project files alone, as Dockerfiles have it for the cache, and a build that trusts it.
 */
export async function loadRestoreGaps({reader}: Inputs, facts: FactStore): Promise<Fact<RestoreGap[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const project = files ?? noFiles
  const found: RestoreGap[] = []
  const dotnet = commands.filter((each) => programOf(each) === 'dotnet' && !each.words.includes(undefined))
  for (const [index, restore] of dotnet.entries()) {
    if (!/^dotnet restore\b/.test(textOf(restore)) || restore.conditional || !restore.decisive) continue
    const behind = dotnet.slice(index + 1).filter(({moment}) => lineage(moment.stage).includes(restore.moment.stage))
    const next = behind.find((each) => restores.test(textOf(each)) || buildsUnrestored.test(textOf(each)))
    const build = next && buildsUnrestored.test(textOf(next)) && !next.conditional && next.decisive ? next : undefined
    const gap =
      (await sharedGap(restore, build)) ??
      (build && ((await unrestored(restore, build)) ?? (await runtimeGap(restore, build))))
    if (gap) found.push(gap)
  }
  const spelled = await otherSpelling(dotnet, {reader, project})
  return known(spelled ? [...found, spelled] : found)

  /** A project that the one that is built refers to, by the time of the build and not by that of the restore. */
  async function unrestored(restore: BuildCommand, build: BuildCommand): Promise<RestoreGap | undefined> {
    const [root, another] = await projectFiles(stepOf(restore))
    const [built] = await projectFiles(stepOf(build))
    if (!root || another || built?.path !== root.path) return undefined
    for (const {place, reference} of await references(root, build)) {
      const source = sourceAt(build.moment, place, project)
      if (source === undefined || !lacks(restore, place)) continue
      const name = nameOf(build)
      const related = [restore.at, reference]
      return {kind: 'project', command: name, at: build.at, related, name: source, place, sure: true}
    }
    return undefined
  }

  /** Directory.Build.props and Directory.Packages.props above the projects, which restore reads. */
  async function sharedGap(restore: BuildCommand, build: BuildCommand | undefined): Promise<RestoreGap | undefined> {
    const major = Number(
      /^mcr\.microsoft\.com\/dotnet\/sdk:(\d+)/.exec(plainName(rootImage(restore.moment.stage) ?? ''))?.[1],
    )
    for (const root of await projectFiles(stepOf(restore))) {
      const text = withoutMarkupComments(root.text.text)
      const isUnversioned = /<PackageReference\s[^>]{0,300}Include="[^"]+"(?![^>]{0,300}Version)[^>]{0,200}\/>/.test(
        text,
      )
      const isUntargeted = /<Project\s[^>]{0,100}Sdk="/.test(text) && !/<TargetFramework|<Import\s/.test(text)
      for (const name of ['Directory.Build.props', 'Directory.Packages.props']) {
        const isBuild = name === 'Directory.Build.props'
        if (!(isBuild ? isUntargeted : isUnversioned)) continue
        const source = nearest(name, posix.dirname(root.text.path), project)
        const origin = originOf(restore.moment, posix.dirname(root.path), project)
        if (source === undefined || origin === undefined || (await nearestAt(name, root.path, restore))) continue
        const shared = await reader.text(source)
        const says = withoutMarkupComments(shared?.text ?? '')
        if (!(isBuild ? /<TargetFrameworks?>/ : /ManagePackageVersionsCentrally>\s*true/i).test(says)) continue
        const place = posix.resolve(posix.dirname(root.path), posix.relative(posix.dirname(root.text.path), source))
        if (!lacks(restore, place)) continue
        const stops = isBuild || major >= 10
        if (!stops && !build) continue
        const [command, at] = stops || !build ? ['dotnet restore', restore.at] : [nameOf(build), build.at]
        const related = shared ? [shared.whole] : []
        return {kind: isBuild ? 'properties' : 'versions', command, at, related, name: source, place, sure: stops}
      }
    }
    return undefined
  }

  /** The nearest of a name that the image has by then, above a project. */
  async function nearestAt(name: string, path: string, command: BuildCommand): Promise<boolean> {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      if (!lacks(command, posix.join(folder, name))) return true
      if (folder === '/') return false
    }
  }

  async function runtimeGap(restore: BuildCommand, build: BuildCommand): Promise<RestoreGap | undefined> {
    const wanted = flagValue(build.words, '-r', '--runtime')
    const asked = [restore, build].map(textOf).join(' ')
    if (!wanted || /\$|--(?:os|arch|ucr|use-current-runtime)\b|\s-a\s|RuntimeIdentifier/.test(asked)) return undefined
    if (flagValue(restore.words, '-r', '--runtime') === wanted) return undefined
    const [root, another] = await projectFiles(stepOf(build))
    const [restored] = await projectFiles(stepOf(restore))
    if (!root || another || restored?.path !== root.path) return undefined
    const shared = await stepOf(build).find('Directory.Build.props', posix.dirname(root.path))
    if (/RuntimeIdentifier|<Import\s/.test(`${root.text.text}${shared?.text.text ?? ''}`)) return undefined
    const name = nameOf(build)
    return {
      kind: 'runtime',
      command: name,
      at: build.at,
      related: [restore.at],
      name: wanted,
      place: root.path,
      sure: true,
    }
  }

  /** The projects that a project refers to, with those of these. */
  async function references(
    root: StepFile,
    command: BuildCommand,
  ): Promise<{place: string; reference: FileLocation}[]> {
    const all = new Map<string, FileLocation>()
    const next: {path: string; text: TextFile}[] = [root]
    for (let each = next.shift(); each && all.size < mostProjects; each = next.shift()) {
      for (const {path, at} of referencesOf(each.text)) {
        const place = posix.resolve(posix.dirname(each.path), path)
        if (all.has(place)) continue
        all.set(place, at)
        const text = await reader.text(sourceAt(command.moment, place, project))
        if (text) next.push({path: place, text})
      }
    }
    return [...all].map(([place, reference]) => ({place, reference}))
  }

  function stepOf(command: BuildCommand): StepProject {
    return new StepProject(command.moment, {command, folder: command.folder}, reader)
  }
}

const mostProjects = 100

const textOf = (command: BuildCommand): string => `dotnet ${command.words.slice(1).join(' ')}`
const nameOf = (command: BuildCommand): string => `dotnet ${command.words[1] ?? ''}`

/** Without those under a condition. */
function* referencesOf(file: TextFile): Generator<{path: string; at: FileLocation}> {
  const text = withoutMarkupComments(file.text)
  if (/<ItemGroup\s[^>]{0,300}Condition=/.test(text)) return
  for (const match of text.matchAll(/<ProjectReference\s+Include="([^"$*;]+)"(?![^>]{0,200}Condition)/g)) {
    const [whole, path = ''] = match
    const start = match.index + whole.lastIndexOf(path)
    yield {path: path.replaceAll('\\', '/'), at: file.span(start, start + path.length)}
  }
}

/** The nearest file of a name in a folder of the project or above it. */
function nearest(name: string, folder: string, project: Files): string | undefined {
  const path = posix.join(folder, name)
  if (project.has(path)) return path
  return folder === '.' || folder.startsWith('..') ? undefined : nearest(name, posix.dirname(folder), project)
}

/** A reference that fits a project only where capitals do not count, as on Windows and macOS. */
async function otherSpelling(
  commands: readonly BuildCommand[],
  {reader, project}: {reader: ProjectReader; project: Files},
): Promise<RestoreGap | undefined> {
  const names = project.ending('.csproj', '.fsproj', '.vbproj')
  const byLower = new Map(names.map((path) => [path.toLowerCase(), path]))
  for (const command of commands) {
    if (!/^dotnet (?:build|publish)\b/.test(textOf(command)) || command.conditional || !command.decisive) continue
    const step = new StepProject(command.moment, {command, folder: command.folder}, reader)
    for (const {path, text} of await projectFiles(step)) {
      for (const {path: written, at} of referencesOf(text)) {
        const wanted = posix.join(posix.dirname(text.path), written)
        const own = byLower.get(wanted.toLowerCase())
        if (own === undefined || own === wanted || project.has(wanted)) continue
        if (!lacks(command, posix.resolve(posix.dirname(path), written))) continue
        return {
          kind: 'case',
          command: nameOf(command),
          at,
          related: [command.at],
          name: own,
          place: written,
          sure: false,
        }
      }
    }
  }
  return undefined
}
