import {posix} from 'node:path'
import type {Files} from '../files.ts'
import type {Build} from '../image/build.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {mayBring} from '../image/may-hold.ts'
import type {ProjectReader} from '../reader.ts'
import {importSpecifiers} from './import-specifiers.ts'
import {memberEntry} from './member-entry.ts'
import type {ScriptFault} from './own-imports.ts'
import {hasModuleSyntax, isCalled, scriptImports} from './script-imports.ts'
import {tscAlone} from './tsc-output.ts'
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
}

/**
 * What a started script imports of the other members of its workspace, and node does not load: TypeScript, or a file
 * that a build makes and none made. Node follows the link of node_modules into the folder of the member.
 */
export async function memberImports(
  script: string,
  {build, commands, reader, paths, refuses}: Project,
): Promise<ScriptFault[]> {
  const {files} = build.final
  const sourceOf = (path: string) => {
    const entry = files.get(path)
    return entry?.kind === 'file' && paths.has(entry.source) ? entry.source : undefined
  }
  let home = posix.dirname(script)
  while (home !== '/' && sourceOf(posix.join(home, 'package.json')) === undefined) home = posix.dirname(home)
  const own = sourceOf(posix.join(home, 'package.json'))
  const root = await readManifest(reader, '')
  const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root?.workspaces
  if (own === undefined || !globs) return []
  const origin = posix.dirname(own).replace(/^\.$/, '')
  const manifest = await readManifest(reader, origin)
  const imports = await importsOf()
  const found: ScriptFault[] = []
  for (const folder of manifest && imports.length > 0 ? memberFolders(globs, '', paths) : []) {
    const place = posix.join(home, posix.relative(origin, folder))
    if (folder === origin || sourceOf(posix.join(place, 'package.json')) !== posix.join(folder, 'package.json'))
      continue
    const entry = await memberEntry(reader, folder)
    const from = imports.find(({text}) => text === entry?.name)
    const targets = entry?.targets.filter((each) => !/\.d\.[cm]?ts$/.test(each)) ?? []
    const [target] = targets
    if (!entry || !from || !target || !Object.hasOwn(manifest?.dependencies ?? {}, entry.name)) continue
    const at = from.file.span(from.start, from.end)
    const fault = {
      specifier: entry.name,
      at,
      file: target,
      place: posix.join(place, posix.relative(folder, target)),
      because: entry.at,
    }
    const isTyped = targets.every((each) => /\.[cm]?tsx?$/.test(each))
    if (isTyped && refuses && hasModuleSyntax((await reader.text(target))?.text ?? ''))
      found.push({...fault, kind: 'member'})
    const isLost = targets.every((each) => {
      const path = posix.join(place, posix.relative(folder, each))
      return !paths.has(each) && !files.get(posix.dirname(path)) && !mayBring(build.final, path)
    })
    const isBuilt =
      isMadeByInstall(entry) || commands.some((each) => mayBuild(each, {name: entry.name, member: folder, place}))
    if (isLost && !isBuilt) found.push({...fault, kind: 'unbuilt'})
  }
  return found

  /** Of the script itself, or of the sources that tsc alone makes it of: of these only what they call. */
  async function importsOf() {
    const source = sourceOf(script)
    if (source !== undefined) {
      const file = await reader.text(source)
      return file ? scriptImports(file.text).map((each) => ({...each, file})) : []
    }
    const text = (await reader.text(posix.join(origin, 'package.json')))?.text ?? ''
    if (!tscAlone(text)) return []
    const sources = paths
      .under(posix.join(origin, 'src'))
      .filter((path) => /(?<!\.d|\.test|\.spec)\.[cm]?ts$/.test(path))
    const all = await Promise.all(sources.slice(0, 400).map((path) => reader.text(path)))
    return all.flatMap((file) =>
      file ? importSpecifiers(file.text).flatMap((each) => (isCalled(file.text, each) ? {...each, file} : [])) : [],
    )
  }
}
