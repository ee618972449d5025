/** Members of a workspace that are built, and that came only behind the install. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {flagOf, instructionsBefore, lineage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {lacks, sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {installsBeforeRun} from '../locks/pnpm-version.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {broughtByName, packagesOf} from '../scripts/program-packages.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

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
  /** It is built by itself: `script` is then the program that needs the package. */
  isAlone?: true
}

interface Workspace {
  root: Manifest
  isPnpm: boolean
  members: string[]
}

const isInstall = ({words}: BuildCommand): boolean => readRequest(words)?.kind === 'install'

/** Whether the stage of a command has the node_modules of the stage of the install. */
const isHanded = (install: BuildCommand, {moment}: BuildCommand): boolean =>
  lineage(moment.stage)
    .flatMap((stage) => instructionsBefore(stage, moment.instruction))
    .some((each) => {
      const from = each.keyword === 'COPY' ? flagOf(each, 'from') : undefined
      return from !== undefined && isNamed(install.moment.stage, from) && each.text.includes('node_modules')
    })

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
    // An install runs scripts of members, too.
    if (!run && (command.by === undefined || command.by.startsWith('the '))) continue
    const before = commandsBefore(commands, index)
    const own = before.filter(isInstall)
    const installs = run || own.length > 0 ? own : commands.filter((each) => isInstall(each) && isHanded(each, command))
    const [install] = installs
    if (!install || installs.length > 1 || install.conditional) continue
    const late = run ? await lateOf(run, command, install, before) : await lateFor(command, install, before)
    found.push(...late.filter(({folder}) => !found.some((each) => each.folder === folder)))
  }
  return known(found)

  /** The workspace whose top an install runs in. */
  async function workspaceOf(install: BuildCommand, before: readonly BuildCommand[]): Promise<Workspace | undefined> {
    const source = sourceAt(install.moment, posix.join(install.folder, 'package.json'), tracked)
    const root =
      source === undefined ? undefined : await readManifest(reader, posix.dirname(source).replace(/^\.$/, ''))
    if (!root) return undefined
    const isPnpm = readRequest(install.words)?.manager === 'pnpm'
    const texts = before.map(({words}) => words.join(' '))
    if (isPnpm && installsBeforeRun(root.packageManager, texts)) return undefined
    const globs = isPnpm ? await pnpmGlobs(reader, posix.join(root.folder, 'pnpm-workspace.yaml')) : root.workspaces
    return globs && {root, isPnpm, members: memberFolders(globs, root.folder, tracked)}
  }

  /** The member in whose folder a script runs a program that the member asks for, and no package.json of the install does. */
  async function lateFor(
    command: BuildCommand,
    install: BuildCommand,
    before: readonly BuildCommand[],
  ): Promise<LateMember[]> {
    const {folder, by = '', at, written} = command
    const member = posix.relative(install.folder, folder)
    const needed = packagesOf(programOf(command) ?? '') ?? []
    const manifest = posix.join(folder, 'package.json')
    if (needed.length === 0 || member === '' || !lacks(install, manifest)) return []
    const {root, members = []} = (await workspaceOf(install, before)) ?? {}
    const source = sourceAt(command.moment, manifest, tracked)
    if (!root || !members.includes(member) || source !== posix.join(root.folder, member, 'package.json')) return []
    const names = async (each: string) => {
      const {dependencies, devDependencies} = (await readManifest(reader, posix.join(root.folder, each))) ?? root
      return Object.keys({...devDependencies, ...dependencies})
    }
    const isThere = (each: string) => !lacks(install, posix.join(install.folder, each, 'package.json'))
    const installed = (await Promise.all(['', ...members.filter(isThere)].map(names))).flat()
    const [lost] = (await names(member)).filter((name) => needed.includes(name))
    // What a RUN brings by its name stands in no package.json.
    const texts = before.map(({words}) => words.join(' '))
    if (lost === undefined || needed.some((name) => installed.includes(name) || broughtByName(name, texts, [])))
      return []
    const script = command.words.slice(0, 2).join(' ')
    return [
      {folder: member, script, scriptAt: written, runner: by, at, install: install.at, lacks: lost, isAlone: true},
    ]
  }

  async function lateOf(
    {script, paths}: {script: string; paths: string[]},
    command: BuildCommand,
    install: BuildCommand,
    before: readonly BuildCommand[],
  ): Promise<LateMember[]> {
    const workspace = await workspaceOf(install, before)
    if (!workspace) return []
    const {root, isPnpm, members} = workspace
    const {folder} = install
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
