/** Members of a workspace that a build of all members builds, and that came only behind the install. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {lacks, sourceAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {installsBeforeRun} from '../locks/pnpm-version.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

export interface LateMember {
  /** `apps/worker`. */
  folder: string
  /** The script that is run, and where the member has it. */
  script: string
  scriptAt: FileLocation
  /** `pnpm -r run build`, and its line. */
  runner: string
  at: FileLocation
  install: FileLocation
  /** A package that is not installed for it. */
  lacks: string
}

/** The script that words run in all members, and the paths that they keep to; undefined where it is not plain. */
function everywhere(words: readonly string[]): {script: string; paths: string[]} | undefined {
  const [program, ...rest] = words
  const text = rest.join(' ')
  const values = [...text.matchAll(/(?:--filter|-F)[ =](\S+)/g)].map(([, value = '']) => value)
  // A name, and all that it needs, is less than everything.
  if (values.some((value) => !/^\.\/[\w./-]+\/\*{1,2}$/.test(value))) return undefined
  const paths = values.map((value) => value.slice(2).replace(/\/\*+$/, ''))
  const plain = rest.filter((word, index) => !word.startsWith('-') && !/^(?:--filter|-F)$/.test(rest[index - 1] ?? ''))
  const [first = '', second = ''] = plain
  const name = first === 'run' || first === 'run-script' ? second : first
  const isPlain = plain.length === (name === first ? 1 : 2) && /^build(?::\w+)?$/.test(name)
  const isEvery =
    program === 'pnpm'
      ? rest.some((word) => word === '-r' || word === '--recursive') || paths.length > 0
      : program === 'npm'
        ? rest.some((word) => word === '--workspaces' || word === '-ws')
        : program === 'turbo'
  return isPlain && isEvery ? {script: name, paths} : undefined
}

export async function loadLateMembers({reader}: Inputs, facts: FactStore): Promise<Fact<LateMember[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: LateMember[] = []
  for (const [index, command] of commands.entries()) {
    if (command.conditional || !command.decisive || command.words.includes(undefined)) continue
    const run = everywhere(command.words as string[])
    if (!run) continue
    const before = commandsBefore(commands, index)
    const installs = before.filter(({words}) => readRequest(words)?.kind === 'install')
    const [install] = installs
    if (!install || installs.length > 1 || install.conditional) continue
    found.push(...(await lateOf(run, command, install, before)))
  }
  return known(found)

  async function lateOf(
    {script, paths}: {script: string; paths: string[]},
    command: BuildCommand,
    install: BuildCommand,
    before: readonly BuildCommand[],
  ): Promise<LateMember[]> {
    const {folder} = install
    const rootSource = sourceAt(install.moment, posix.join(folder, 'package.json'), tracked)
    const root =
      rootSource === undefined ? undefined : await readManifest(reader, posix.dirname(rootSource).replace(/^\.$/, ''))
    if (!root) return []
    const isPnpm = readRequest(install.words)?.manager === 'pnpm'
    const texts = before.map(({words}) => words.join(' '))
    if (isPnpm && installsBeforeRun(root.packageManager, texts)) return []
    const globs = isPnpm ? await pnpmGlobs(reader, posix.join(root.folder, 'pnpm-workspace.yaml')) : root.workspaces
    if (!globs) return []
    const members = memberFolders(globs, root.folder, tracked)
    const isThere = (member: string, at: BuildCommand) =>
      sourceAt(at.moment, posix.join(folder, member, 'package.json'), tracked) !== undefined
    const early = members.filter((member) => isThere(member, install))
    // With none of them there, a step of its own makes the tree that is installed.
    if (early.length === 0) return []
    // npm lays the packages of all members into one folder.
    const shared = new Set(Object.keys({...root.dependencies, ...root.devDependencies}))
    for (const member of isPnpm ? [] : early) {
      const manifest = await readManifest(reader, posix.join(root.folder, member))
      for (const name of Object.keys({...manifest?.dependencies, ...manifest?.devDependencies})) shared.add(name)
    }
    const found: LateMember[] = []
    for (const member of members) {
      if (!isThere(member, command) || !lacks(install, posix.join(folder, member, 'package.json'))) continue
      if (paths.length > 0 && !paths.some((path) => `${member}/`.startsWith(`${path}/`))) continue
      const file = await reader.text(posix.join(root.folder, member, 'package.json'))
      const document = file && parseJson(file)
      if (!document || !('value' in document)) continue
      const {scripts, dependencies, devDependencies} = document.value
      if (!isTable(scripts) || !Object.hasOwn(scripts, script)) continue
      const wanted = {...(isTable(devDependencies) && devDependencies), ...(isTable(dependencies) && dependencies)}
      const missing = Object.entries(wanted).find(
        ([name, spec]) => typeof spec === 'string' && /^[\^~>=<\d*]|^catalog:/.test(spec) && !shared.has(name),
      )
      if (!missing) continue
      found.push({
        folder: member,
        script,
        scriptAt: document.at(['scripts', script]),
        runner: command.words.join(' '),
        at: command.at,
        install: install.at,
        lacks: missing[0],
      })
    }
    return found
  }
}
