/**
 * Members of a workspace, and packages in folders of the project, that a started program imports: node_modules has links
 * to them, which lead nowhere in the image.
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {isTable} from '../../documents/document.ts'
import {noFiles} from '../../files/files.ts'
import type {Build} from '../../image/build.ts'
import {placedCopies} from '../../image/files/context-path.ts'
import {overlaps, withAbove} from '../../image/files/image-path.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {packageName} from '../imports/import-specifiers.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {homeOf, type Project} from '../installs/install-place.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {behindSettings, foundScript} from '../scripts/started-script.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

export interface LostMember {
  /** The COPY that brings the links. */
  at: FileLocation
  by: string
  command: FileLocation
  /** `@shop/prices`, and its import. */
  name: string
  imported: FileLocation
  /** The node_modules with the link in the stage `from`, and where it leads in the image. */
  source: string
  from: string
  place: string
  /** Where the member is in that stage. */
  member: string
}

/** What lays folders in the place of the links. */
const unlinks = /\bpnpm\b[^\n]{0,200}\bdeploy\b|\bcp\s+-\w*L|--copy-links|\bnode_modules\b[^\n;&|]{0,200}\brm\b/
/** What makes the members anew, or installs once more. */
const makes =
  /\b(?:npm|pnpm|yarn|bun)\s+(?:i|install|ci|add|link)\b(?!\s+(?:-g|--global))|\byarn\s*(?:$|[;&\n])|\b(?:ln|cp|mv|tar|git|unzip|rsync)\b/

export async function loadLostMembers({reader}: Inputs, facts: FactStore): Promise<Fact<LostMember[]>> {
  const [build, files] = await Promise.all([facts.need('build'), facts.value('files')])
  return known(await lostMembers(build, facts, {reader, paths: files ?? noFiles}))
}

async function lostMembers(build: Build, facts: FactStore, project: Project): Promise<LostMember[]> {
  const {reader, paths} = project
  const {final, stages} = build
  const root = await readManifest(reader, '')
  const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root?.workspaces ?? []
  const instructions = allInstructions(final.stage)
  const settings = await Promise.all(
    ['.npmrc', 'pnpm-workspace.yaml', 'package.json', '.yarnrc.yml'].map((name) => reader.text(name)),
  )
  const runs = stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
  // pnpm copies what is injected.
  if (settings.some((each) => /inject/i.test(each?.text ?? '')) || runs.some(({text}) => unlinks.test(text))) return []
  if (instructions.some(({keyword, text}) => keyword === 'RUN' && makes.test(text))) return []
  const copies = [...placedCopies(instructions)]
  const mounts = ((await facts.value('flyConfig'))?.config.mounts ?? []).flatMap(({destination}) => destination ?? [])
  const members = memberFolders(globs, '', paths)
  const found: LostMember[] = []
  for (const each of (await startedCommands(facts)).started) {
    const words = [...behindSettings(each.command.words)]
    if (!each.certain || each.folder === undefined || programOf({words}) !== 'node') continue
    const script = await foundScript(each, each.folder, {files: final.files, reader})
    const path = script && posix.resolve(each.folder, script)
    const home = path === undefined ? undefined : homeOf(path, build, paths)
    const manifest = home && (await readManifest(reader, home.origin))
    if (!path || !home || !manifest) continue
    const links = copies.filter(({target}) =>
      withAbove(home.folder).some((folder) => target === posix.join(folder, 'node_modules')),
    )
    const first = await importedMember(path, home, manifest)
    const lost = first && (await lostOf(first.folder, links))
    if (lost) {
      const {name, imported} = first
      found.push({by: each.by, command: each.command.at, name, imported, ...lost})
    }
  }
  return found

  /** The first member that the program imports as soon as it starts, of those that it declares. */
  async function importedMember(
    path: string,
    home: {folder: string; origin: string},
    {dependencies}: Manifest,
  ): Promise<{name: string; folder: string; imported: FileLocation} | undefined> {
    for (const {file, imports, isOneFile} of await loadedSources(path, home, build, project)) {
      for (const each of isOneFile ? [] : imports) {
        const name = packageName(each.text)
        const linked = await linkedFolder(name, dependencies[name] ?? '', home.origin)
        if (linked !== undefined) return {name, folder: linked, imported: file.span(each.start, each.end)}
        if (!/^(?:workspace:|\*$)/.test(dependencies[name] ?? '')) continue
        for (const folder of members) {
          if ((await readManifest(reader, folder))?.name !== name) continue
          return {name, folder, imported: file.span(each.start, each.end)}
        }
      }
    }
    return undefined
  }

  /** `file:../prices`, to which npm makes a link: the lock file says so, as `install-links` would copy it. */
  async function linkedFolder(name: string, spec: string, origin: string): Promise<string | undefined> {
    const [, path] = /^(?:file|link):(?:\.\/)?([\w.@/-]+)$/.exec(spec) ?? []
    const lock = path === undefined ? undefined : await reader.text(posix.join(origin, 'package-lock.json'))
    const entry = lock && npmLockPackages(lock)?.[`node_modules/${name}`]
    const folder = posix.join(origin, path ?? '')
    return isTable(entry) && entry.link === true && paths.has(posix.join(folder, 'package.json')) ? folder : undefined
  }

  /** Where the links to a member lead in the image, if nothing is there. */
  async function lostOf(
    folder: string,
    links: typeof copies,
  ): Promise<Pick<LostMember, 'at' | 'source' | 'from' | 'place' | 'member'> | undefined> {
    const all = links.map(({instruction, sources, target}) => {
      const from = flagOf(instruction, 'from')
      const source = posix.resolve('/', sources[0] ?? '')
      const other = from === undefined ? undefined : stages.find((each) => isNamed(each.stage, from))
      const member =
        other && sources.length === 1 && posix.basename(source) === 'node_modules'
          ? withAbove(posix.dirname(source))
              .map((above) => posix.join(above, folder))
              .find((each) => other.files.ownSource(posix.join(each, 'package.json'), paths)?.startsWith(`${folder}/`))
          : undefined
      if (from === undefined || member === undefined) return undefined
      return {at: instruction.at, source, from, member, place: posix.resolve(target, posix.relative(source, member))}
    })
    // The nearest has the links of a member, where it has a node_modules of its own.
    const [nearest] = all.toSorted((a, b) => (b?.source.length ?? 0) - (a?.source.length ?? 0))
    const isThere = (place: string) =>
      final.files.get(place) !== undefined ||
      final.unknown.some(({by, path}) => by === 'copy' && overlaps(place, path)) ||
      mounts.some((each) => overlaps(place, each))
    return all.every((each) => each && !isThere(each.place)) ? nearest : undefined
  }
}
