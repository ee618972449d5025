/** A program that npx is asked for at the top of a workspace, and that pnpm lays into one of its members alone. */

import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {allInstructions, flagOf, lineage, type Stage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {placedCopies} from '../../image/files/context-path.ts'
import {stageIndex} from '../../image/files/copy-sources.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {sourceAt} from '../../image/moment.ts'
import {isolatedInstall} from './isolated-installs.ts'
import {replaces} from './linked-modules.ts'

export interface FetchedProgram {
  package: string
  /** The folder of the member that has it, and where its package.json says so. */
  member: string
  at: FileLocation
  install: FileLocation
}

interface Place {
  stages: ReadonlySet<Stage>
  /** The folder of node_modules there. */
  folder: string
}

/**
 * pnpm lays into node_modules/.bin of a folder the programs of what its own package.json names; npx looks there and in the folders
 * above, and fetches the rest (pnpm.io, "Symlinked node_modules structure"; docs.npmjs.com, npm exec).
 */
export async function fetchedProgram(
  packages: readonly string[],
  folder: string,
  {final, stages, commands}: {final: Stage; stages: readonly Stage[]; commands: readonly BuildCommand[]},
  project: {reader: ProjectReader; tracked: Files},
): Promise<FetchedProgram | undefined> {
  const {reader, tracked} = project
  for (const {stages: through, folder: root} of placesOf(final, folder, stages)) {
    // What is moved about, or installed besides, may have it.
    if (
      [...through].some(({instructions}) =>
        instructions.some(({keyword, text}) => keyword === 'RUN' && replaces.test(text)),
      )
    )
      return undefined
    const install = await isolatedInstall(commands, through, project, (command) => command.folder === root)
    if (install?.manager !== 'pnpm') continue
    const [command] = commands.filter(({at}) => at === install.at)
    const at = (name: string) => command && sourceAt(command.moment, posix.join(root, name), tracked)
    const [manifest, ...settings] = await Promise.all(
      ['package.json', 'pnpm-workspace.yaml', '.npmrc'].map((name) => reader.text(at(name))),
    )
    if (!manifest || [manifest, ...settings].some((file) => /hoist/i.test(file?.text ?? ''))) return undefined
    if (packages.some((name) => manifest.text.includes(JSON.stringify(name)))) return undefined
    const top = posix.dirname(manifest.path)
    for (const path of tracked.named('package.json')) {
      if (path === manifest.path || (top !== '.' && !path.startsWith(`${top}/`))) continue
      const found = await declaredBy(path, packages, reader)
      if (found) return {...found, member: posix.relative(top, posix.dirname(path)), install: install.at}
    }
    return undefined
  }
  return undefined
}

/** In the last stage itself, or where the one COPY takes it from that brings it. */
function placesOf(stage: Stage, folder: string, stages: readonly Stage[], depth = 0): Place[] {
  const instructions = allInstructions(stage)
  const modules = posix.join(folder, 'node_modules')
  const brings = [...placedCopies(instructions)].filter(
    ({instruction, target}) =>
      flagOf(instruction, 'from') !== undefined && (isBelow(modules, target) || isBelow(target, modules)),
  )
  const [only, another] = brings
  const own = {stages: new Set(lineage(stage)), folder}
  if (!only) return [own]
  const [source = '', more] = only.sources
  const index = stageIndex(flagOf(only.instruction, 'from') as string, stages, stage)
  const from = index === undefined ? undefined : stages[index]
  if (another || more !== undefined || !from || depth > 4 || /[*?$[]/.test(source) || !isBelow(modules, only.target))
    return []
  const path = posix.resolve('/', source, posix.relative(only.target, modules))
  return posix.basename(path) === 'node_modules' ? placesOf(from, posix.dirname(path), stages, depth + 1) : []
}

async function declaredBy(
  path: string,
  packages: readonly string[],
  reader: ProjectReader,
): Promise<Pick<FetchedProgram, 'package' | 'at'> | undefined> {
  const file = await reader.text(path)
  const document = file && parseJson(file)
  if (!document || !('value' in document) || !isTable(document.value)) return undefined
  for (const table of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    const written = document.value[table]
    const name = packages.find((each) => isTable(written) && Object.hasOwn(written, each))
    if (name !== undefined) return {package: name, at: document.at([table, name])}
  }
  return undefined
}
