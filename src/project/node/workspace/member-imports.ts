import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {mayBring} from '../../image/may-hold.ts'
import {writtenByRun} from '../../image/moment.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import type {ScriptFault} from '../imports/own-imports.ts'
import {hasModuleSyntax} from '../imports/script-imports.ts'
import {memberEntry} from './member-entry.ts'
import {memberFolders, pnpmGlobs, readManifest} from './workspace.ts'
import {isMadeByInstall, mayBuild} from './workspace-builds.ts'

interface Project {
  build: Build
  /** Of all stages. */
  commands: readonly BuildCommand[]
  reader: ProjectReader
  paths: Files
  /** This node runs no TypeScript. */
  refuses: boolean
  /** What ends node where it does run TypeScript, in a file of the image and those that it imports. */
  inside(path: string): Promise<ScriptFault[]>
}

/**
 * What a started script imports of the other members of its workspace, and node does not load: TypeScript, or a file
 * that a build makes and none made. Node follows the link of node_modules into the folder of the member.
 */
export async function memberImports(
  script: string,
  {build, commands, reader, paths, refuses, inside}: Project,
): Promise<ScriptFault[]> {
  const {files} = build.final
  const sourceOf = (path: string) => files.ownSource(path, paths)
  let home = posix.dirname(script)
  while (home !== '/' && sourceOf(posix.join(home, 'package.json')) === undefined) home = posix.dirname(home)
  const own = sourceOf(posix.join(home, 'package.json'))
  const root = await readManifest(reader, '')
  const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root?.workspaces
  if (own === undefined || !globs) return []
  const origin = posix.dirname(own).replace(/^\.$/, '')
  const manifest = await readManifest(reader, origin)
  const sources = await loadedSources(script, {folder: home, origin}, build, {reader, paths})
  // A bundler may write the member into its output.
  const imports = sources.flatMap(({file, imports, isBundled}) =>
    isBundled ? [] : imports.map((each) => ({...each, file})),
  )
  const found: ScriptFault[] = []
  const isWritten = writtenByRun(build.stages, {inPlace: true})
  for (const folder of manifest && imports.length > 0 ? memberFolders(globs, '', paths) : []) {
    // Where the program is laid at the top, the links of the workspace's node_modules lead to the members below it.
    const place = [posix.join(home, posix.relative(origin, folder)), posix.join(home, folder)].find(
      (each) => sourceOf(posix.join(each, 'package.json')) === posix.join(folder, 'package.json'),
    )
    if (folder === origin || place === undefined) continue
    if (isWritten(posix.join(place, 'package.json'))) continue
    const name = (await readManifest(reader, folder))?.name
    const from = imports.find(({text}) => text === name || text.startsWith(`${name}/`))
    const entry = name && from ? await memberEntry(reader, folder, `.${from.text.slice(name.length)}`) : undefined
    const targets = entry?.targets.filter((each) => !/\.d\.[cm]?ts$/.test(each)) ?? []
    const [target] = targets
    if (!entry || !from || !target || !Object.hasOwn(manifest?.dependencies ?? {}, entry.name)) continue
    const at = from.file.span(from.start, from.end)
    const fault = {
      specifier: from.text,
      at,
      file: target,
      place: posix.join(place, posix.relative(folder, target)),
      because: entry.at,
    }
    const isTyped = targets.every((each) => /\.[cm]?tsx?$/.test(each))
    if (isTyped && refuses && hasModuleSyntax((await reader.text(target))?.text ?? ''))
      found.push({...fault, kind: 'member'})
    const [stop] = isTyped && !refuses ? await inside(fault.place) : []
    if (stop) found.push({...fault, kind: 'inside', place: `${stop.specifier} in ${stop.at.file}`})
    const isAbsent = targets.every((each) => {
      const path = posix.join(place, posix.relative(folder, each))
      return !files.get(path) && !mayBring(build.final, path)
    })
    const isLost = targets.every((each) => {
      const path = posix.join(place, posix.relative(folder, each))
      return !paths.has(each) && !files.get(posix.dirname(path)) && !mayBring(build.final, path)
    })
    const isBuilt =
      isMadeByInstall(entry) || commands.some((each) => mayBuild(each, {name: entry.name, member: folder, place}))
    if (isLost && !isBuilt) found.push({...fault, kind: 'unbuilt'})
    // No build makes TypeScript anew: what it writes lies elsewhere, and the package.json does not lead there.
    else if (isAbsent && (isTyped || !isBuilt) && targets.every((each) => paths.has(each)))
      found.push({...fault, kind: 'left-out'})
  }
  return found
}
