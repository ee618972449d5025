import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {instructionsBefore, rootImage} from '../../dockerfile/parse.ts'
import {parseJson} from '../../documents/json.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {mayBeChanged, sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {broughtByName, packagesOf} from '../scripts/program-packages.ts'
import {type Manifest, readManifest} from './workspace.ts'

/** A program that pnpm starts, and that only another package of the workspace asks for. */
export interface MemberProgram {
  program: string
  package: string
  /** `pnpm run build`: what runs it; undefined for the RUN itself. */
  by: string | undefined
  at: FileLocation
  /** The package.json files that count where it runs. */
  manifests: readonly string[]
  /** The package that asks for it, as `--filter` takes it, and where it does. */
  member: string
  declared: FileLocation
  /** npx fetches what it does not find. */
  fetched: boolean
  /** No other program of this name can be there. */
  sure: boolean
}

/** Settings by which pnpm lays packages of packages where the project's own are. */
const hoists = /shamefully[-_]?hoist(?!["']?\s*[:=]\s*["']?false)|public[-_]?hoist|node[-_]?linker/i
/** pnpm before 10 lays these in the root of its own accord (public-hoist-pattern). */
const hoisted = /eslint|prettier/
/** It then works for another package than the one of the folder. */
const elsewhere = /^(?:-C|--dir|--prefix|-r|--recursive|-w|--workspace-root|--package|-p|--call|-c)(?:=|$)/

export async function loadMemberPrograms({reader}: Inputs, facts: FactStore): Promise<Fact<MemberProgram[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const workspace: Workspace = {reader, tracked: files ?? noFiles}
  const found: MemberProgram[] = []
  for (const [index, command] of commands.entries()) {
    const program = programOf(command)
    const names = program && !command.words[0]?.includes('/') ? packagesOf(program) : undefined
    if (!program || !names || names.some((name) => hoisted.test(name)) || command.conditional || !command.decisive)
      continue
    const starter = startedBy(command, commands[index - 1])
    if (!starter || !installsWithPnpm(command, names)) continue
    const lack = await lackOf(command, {program, names}, workspace)
    if (!lack || found.some((each) => each.package === lack.package)) continue
    const sure = lack.sure && basePrograms(rootImage(command.moment.stage) ?? '') !== undefined
    found.push({...lack, program, by: command.by, at: command.at, fetched: starter === 'npx', sure})
  }
  return known(found)
}

/** Whether pnpm looks for the program: `pnpm exec`, `pnpm NAME`, a script that it runs, or npx, which looks there, too. */
function startedBy(command: BuildCommand, before: BuildCommand | undefined): 'pnpm' | 'npx' | undefined {
  const starter = before && programOf(before)
  const isStarter = starter === 'pnpm' || starter === 'npx'
  if (!isStarter || before?.at !== command.at || !before.words.includes(command.words[0]))
    return command.by?.startsWith('pnpm run ') ? 'pnpm' : undefined
  return before.words.some((word) => word && elsewhere.test(word)) ? undefined : starter
}

/** Only what pnpm has installed in this stage lies where it lays it. */
function installsWithPnpm({moment: {stage, instruction}, before}: BuildCommand, names: readonly string[]): boolean {
  const earlier = instructionsBefore(stage, instruction)
  const texts = [...earlier.filter(({keyword}) => keyword !== 'COPY').map(({text}) => text), before]
  const copies = earlier.filter(({keyword}) => keyword === 'COPY').map(({text}) => text)
  return (
    texts.some((text) => /\bpnpm\b[^;&|\n]{0,200}\s(?:install|i)\b/.test(text)) &&
    !texts.some(
      (text) =>
        hoists.test(text) ||
        /\bPATH\b[^\n]{0,500}node_modules\/\.bin/.test(text) ||
        /\b(?:(?<!p)npm (?:ci|install|i)(?! -g| --global)|yarn install|bun install)\b/.test(text),
    ) &&
    !copies.some((text) => text.includes('node_modules')) &&
    !names.some((name) => broughtByName(name, texts, copies))
  )
}

interface Workspace {
  reader: ProjectReader
  tracked: Files
}

/** By its name, or by another one that stands for it: `"ts": "npm:typescript@5.9.2"`. */
const asksFor = ({dependencies, devDependencies, peerDependencies}: Manifest, name: string): boolean =>
  [dependencies, devDependencies, peerDependencies].some(
    (each) => Object.hasOwn(each, name) || Object.values(each).some((spec) => spec.startsWith(`npm:${name}@`)),
  )

/**
 * Whether pnpm may lay a package into a folder as the peer of one that is asked for there (auto-install-peers; pnpm 10 does,
 * 9 does not): the lock has it behind the version, `10.9.2(typescript@5.9.2)`.
 */
function isPeer(lock: string, importer: string, names: readonly string[]): boolean {
  const start = lock.indexOf(`\n  ${importer}:\n`)
  const quoted = start < 0 ? lock.indexOf(`\n  '${importer}':\n`) : start
  if (quoted < 0) return true
  const section = lock.slice(quoted + 1).split(/\n(?= {0,2}\S)/, 1)[0] ?? ''
  return names.some((name) => section.includes(`(${name}@`) || section.includes(`_${name.replace('/', '+')}@`))
}

/** What neither the package of the folder nor the root of the workspace asks for, but another package does. */
async function lackOf(
  command: BuildCommand,
  {program, names}: {program: string; names: readonly string[]},
  {reader, tracked}: Workspace,
): Promise<Pick<MemberProgram, 'package' | 'manifests' | 'member' | 'declared' | 'sure'> | undefined> {
  const {moment, folder} = command
  const folders = withAbove(folder)
  const at = (each: string, name: string) => sourceAt(moment, posix.join(each, name), tracked)
  const top = folders.find((each) => at(each, 'pnpm-workspace.yaml') !== undefined)
  const near = folders.find((each) => at(each, 'package.json') !== undefined)
  if (top === undefined || near === undefined || !near.startsWith(top)) return undefined
  const own = [...new Set([near, top])]
  // Its hooks may add to what each package asks for.
  if (at(top, '.pnpmfile.cjs') !== undefined || at(top, '.pnpmfile.mjs') !== undefined) return undefined
  const lockfile = at(top, 'pnpm-lock.yaml')
  const lock = lockfile === undefined ? undefined : (await reader.text(lockfile))?.text
  let sure = true
  const manifests: string[] = []
  for (const each of own) {
    const source = at(each, 'package.json')
    const manifest = source === undefined ? undefined : await readManifest(reader, posix.dirname(source))
    if (!source || !manifest || mayBeChanged(command, posix.join(each, 'package.json'))) return undefined
    if (names.some((name) => asksFor(manifest, name))) return undefined
    const asks = [manifest.dependencies, manifest.devDependencies].some((each) => Object.keys(each).length > 0)
    if (asks && lock !== undefined && isPeer(lock, posix.relative(top, each) || '.', names)) return undefined
    if (asks && lock === undefined) sure = false
    manifests.push(source)
  }
  const settings = own.flatMap((each) =>
    ['package.json', '.npmrc', 'pnpm-workspace.yaml'].map((name) => at(each, name)),
  )
  for (const source of settings) {
    if (source !== undefined && hoists.test((await reader.text(source))?.text ?? '')) return undefined
  }
  const root = posix.dirname(at(top, 'package.json') ?? '')
  let found: Omit<MemberProgram, 'program' | 'by' | 'at' | 'fetched'> | undefined
  for (const path of tracked.named('package.json')) {
    if (manifests.includes(path) || (root !== '.' && !path.startsWith(`${root}/`))) continue
    if (at(posix.join(top, posix.relative(root, posix.dirname(path))), 'package.json') !== path) continue
    const manifest = await readManifest(reader, posix.dirname(path))
    const file = await reader.text(path)
    // A package of the workspace may bring a program of this name itself.
    const [, bin = ''] = /"bin"\s{0,20}:\s{0,20}(\{[^}]{0,5000}\}|")/.exec(file?.text ?? '') ?? []
    if (bin.includes(`"${program}"`) || (bin === '"' && manifest?.name?.split('/').at(-1) === program)) return undefined
    const name =
      manifest && names.find((each) => Object.hasOwn({...manifest.dependencies, ...manifest.devDependencies}, each))
    if (found) continue
    if (!manifest || name === undefined || !file) continue
    const key = Object.hasOwn(manifest.devDependencies, name) ? 'devDependencies' : 'dependencies'
    const member = manifest.name ?? `./${posix.relative(root, posix.dirname(path))}`
    const document = parseJson(file)
    const declared = 'value' in document ? document.at([key, name]) : file.whole
    found = {package: name, manifests, member, declared, sure}
  }
  return found
}
