import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {nativeLack} from '../../elixir/native-lacks.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
import {npmLockPackages} from '../../node/locks/npm-lock.ts'
import {readManifest} from '../../node/workspace/workspace.ts'
import {phpLack, wayfinderLack} from '../../php/absent-php.ts'
import {composerLack} from '../../php/unpackers.ts'
import {bundlingLack, runtimeLack} from '../../ruby/build-lacks.ts'
import {basePrograms, lookedFor} from '../base/base-programs.ts'
import {oftenBroughtAlong} from '../base/brought-programs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {unpackerLack} from '../packages/fetched-unpackers.ts'
import {programOf} from '../shell/command.ts'
import {withoutAptKey} from './apt-keys.ts'
import {buildScriptLack} from './build-script-calls.ts'
import {type Lack, programsAside, uncertifiedFetches, unfedPipes} from './fetched-programs.ts'
import {ofPackages} from './of-packages.ts'
import {mountsOnPath, programsAt} from './programs-at.ts'
import {unstartedScripts} from './run-scripts.ts'
import {scriptCalls} from './script-calls.ts'
import {runsWithoutShell} from './without-shell.ts'

/** A program that a RUN calls and that its stage does not have by then. */
export interface AbsentProgram {
  program: string
  /** `npm run build`, `mix assets.deploy`: what calls it; undefined for the RUN itself. */
  by: string | undefined
  at: FileLocation
  /** Where it is written, if that is not the RUN. */
  written: FileLocation | undefined
  /** The name of the base image, and its FROM. */
  base: string
  from: FileLocation
  distribution: 'debian' | 'alpine' | 'none'
  /** It is in node_modules/.bin, which is not on PATH. */
  isOfPackage: boolean
  /** What a script that is fetched says then; undefined where the shell says that it is not found. */
  says: string | undefined
  /** What gets nothing of it in a pipe, and ends well all the same: a shell. */
  starves?: string
  /** What it is called for may be there already. */
  likely?: boolean
  /** It is a script of the project, whose first line ends with a carriage return: that line. */
  carriage?: FileLocation
  /** It is there, and has no certificates to verify others with. */
  noCertificates?: boolean
  /** The folder where a fetched script lays it, which is not on PATH, and where that script comes from. */
  aside?: {folder: string; host: string; exported: boolean}
}

export async function loadRunPrograms({reader}: Inputs, facts: FactStore): Promise<Fact<AbsentProgram[]>> {
  const [[{commands}, image, dockerfile], files] = await Promise.all([
    facts.needAll('buildCommands', 'image', 'dockerfile'),
    facts.value('files'),
  ])
  const found: AbsentProgram[] = []
  const told = new Set<Stage>()
  tell(runsWithoutShell(commands))
  for (const command of commands) {
    const {moment, by, at, written} = command
    const {stage} = moment
    // It stands before the program that it starts.
    const isSudo = by === undefined && /^\s*sudo\s/.test(moment.instruction.text.slice(command.before.length))
    const name = isSudo ? 'sudo' : programOf(command)
    // The first that is not there ends the build.
    if (told.has(stage) || !name || command.conditional || !command.decisive) continue
    if (name !== command.words[0] && !isSudo) continue
    // Most programs are the system's own, or none that anybody looks for.
    // `npx prisma` is followed by what npx starts.
    const isWritten = isSudo || moment.commands.some(({words}) => words[0] === name)
    const isOfPackage = ofPackages.has(name) && isWritten
    if (by === undefined && !isWritten) continue
    if (!(isOfPackage || lookedFor.has(name)) || basePrograms(rootImage(stage) ?? '')?.has.has(name)) continue
    if (!(looksOnPath(command, name) || asksManager(command, name)) || mountsOnPath(command)) continue
    const programs = programsAt(command, image)
    if (!programs?.base || programs.has(name, true) !== 'no') continue
    if (!looksOnPath(command, name) && (await bringsManager(reader, files ?? noFiles))) continue
    told.add(stage)
    const from = (lineage(stage)[0] ?? stage).at
    const {distribution} = programs.base
    const elsewhere = by === undefined ? undefined : written
    const base = rootImage(stage) ?? ''
    found.push({program: name, by, at, written: elsewhere, base, from, distribution, isOfPackage, says: undefined})
  }
  const project = {reader, tracked: files ?? noFiles}
  for (const command of commands) {
    if (told.has(command.moment.stage) || command.conditional || !command.decisive) continue
    const lack =
      (await bundlingLack(command, image, project)) ??
      (await runtimeLack(command, image, project)) ??
      phpLack(command, image) ??
      (await wayfinderLack(command, image, project)) ??
      (await nativeLack(command, image, project)) ??
      (await buildScriptLack(command, image, project))
    if (lack) tell([lack])
  }
  tell(unfedPipes(commands, image, dockerfile))
  for (const command of commands) {
    const {moment, at} = command
    const {stage} = moment
    const lack = told.has(stage)
      ? undefined
      : (unpackerLack(command, image) ?? (await composerLack(command, image, {reader, tracked: files ?? noFiles})))
    if (!lack) continue
    told.add(stage)
    const from = (lineage(stage)[0] ?? stage).at
    const base = rootImage(stage) ?? ''
    found.push({...lack, at, written: undefined, base, from, distribution: 'debian', isOfPackage: false})
  }
  tell(await unstartedScripts(commands, image, {reader, project: files ?? noFiles}))
  tell(await scriptCalls(commands, image, {reader, project: files ?? noFiles}))
  tell(withoutAptKey(commands, image))
  tell(uncertifiedFetches(commands, image))
  tell(programsAside(commands, image))
  return known(found)

  /** The first of each stage, where nothing is told yet. */
  function tell(lacks: Iterable<Lack>): void {
    for (const {command, ...lack} of lacks) {
      const {stage} = command.moment
      if (told.has(stage)) continue
      told.add(stage)
      const base = rootImage(stage) ?? ''
      const from = (lineage(stage)[0] ?? stage).at
      const distribution = basePrograms(base)?.distribution ?? 'none'
      found.push({
        by: undefined,
        written: undefined,
        ...lack,
        at: command.at,
        base,
        from,
        distribution,
        isOfPackage: false,
      })
    }
  }
}

/** Scripts of package.json find the programs of packages first: what is none of theirs is only what the system has. */
const looksOnPath = ({by}: BuildCommand, name: string): boolean =>
  by === undefined || by.startsWith('mix ') || oftenBroughtAlong.has(name)

/** A script that hands on to another package manager. Bun runs scripts itself where they name the others. */
const asksManager = ({by = ''}: BuildCommand, name: string): boolean =>
  /^(?:pnpm|yarn|bun)$/.test(name) && /^(?:npm|pnpm|yarn) /.test(by)

/** Packages that lay a package manager into node_modules/.bin, where scripts find it. */
const managerPackages = ['pnpm', '@pnpm/exe', 'yarn', 'bun', 'corepack']

async function bringsManager(reader: ProjectReader, files: Files): Promise<boolean> {
  for (const path of files.named('package.json')) {
    const manifest = await readManifest(reader, posix.dirname(path).replace(/^\.$/, ''))
    const tables = [manifest?.dependencies, manifest?.devDependencies]
    if (managerPackages.some((name) => tables.some((table) => table && Object.hasOwn(table, name)))) return true
  }
  for (const path of files.named('package-lock.json')) {
    const lock = await reader.text(path)
    const locked = lock ? npmLockPackages(lock) : undefined
    const names = Object.keys(locked ?? {})
    if (names.some((each) => managerPackages.some((name) => each.endsWith(`node_modules/${name}`)))) return true
  }
  return false
}
