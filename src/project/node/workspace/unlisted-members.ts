/** Members of a workspace that pnpm installs nothing for, as the list of the members is not there. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {lacks, sourceAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {installsBeforeRun} from '../locks/pnpm-version.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {packagesOf} from '../scripts/program-packages.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

export interface UnlistedMember {
  /** `apps/web`. */
  folder: string
  /** A package that is not installed for it. */
  lacks: string
  install: FileLocation
  /** What runs in the folder of the member then: a command of the build, or of the machines. */
  by: string | undefined
  at: FileLocation
}

const list = 'pnpm-workspace.yaml'
const tasks = /\b(?:make|just|task|bash|sh)\s|\.sh\b/
/** What of a package.json is of the registry. */
const fromRegistry = /^[\^~>=<\d*]|^catalog:/

/**
 * Without pnpm-workspace.yaml `pnpm install` takes the package.json of its folder alone, with a lock file of the whole
 * workspace as well, and ends well (tried with pnpm 10.34). Only the last install of the Dockerfile is looked at: a later
 * one may make up for it.
 */
export async function loadUnlistedMembers({reader}: Inputs, facts: FactStore): Promise<Fact<UnlistedMember[]>> {
  const [[{commands}, build], files, {started}] = await Promise.all([
    facts.needAll('buildCommands', 'build'),
    facts.value('files'),
    startedCommands(facts),
  ])
  const paths = files ?? noFiles
  const last = commands.findLastIndex(({words}) => readRequest(words)?.kind === 'install')
  const install = commands[last]
  const request = install && readRequest(install.words)
  if (!install || install.conditional || !install.decisive || request?.manager !== 'pnpm') return known([])
  if (request.member !== undefined || request.folder !== undefined || install.words.includes('--ignore-workspace'))
    return known([])
  const {moment, folder} = install
  const source = sourceAt(moment, posix.join(folder, 'package.json'), paths)
  const root = source === undefined ? undefined : await readManifest(reader, posix.dirname(source).replace(/^\.$/, ''))
  const globs = root && (await pnpmGlobs(reader, posix.join(root.folder, list)))
  if (!root || !globs || !lacks(install, posix.join(folder, list))) return known([])
  const settings = await reader.texts([list, '.npmrc'].map((name) => posix.join(root.folder, name)))
  if (settings.some(({text}) => /verify-?deps-?before-?run/i.test(text))) return known([])
  // A script or a task may install again.
  const later = moment.stage.instructions.slice(moment.stage.instructions.indexOf(moment.instruction) + 1)
  if (later.some(({keyword, text}) => keyword === 'RUN' && tasks.test(text))) return known([])
  const texts = commands.slice(0, last).map(({words}) => words.join(' '))
  if (installsBeforeRun(root.packageManager, texts)) return known([])
  const isProduction = install.words.some((word) => /^(?:-P|--prod(?:uction)?)$/.test(word ?? ''))
  const stage = build.stages.find((each) => each.stage === moment.stage)
  const found: UnlistedMember[] = []
  for (const member of memberFolders(globs, root.folder, paths)) {
    const place = posix.join(folder, member)
    if (sourceAt(moment, posix.join(place, 'package.json'), paths) === undefined) continue
    // What another stage has installed for it.
    const modules = posix.join(place, 'node_modules')
    if (
      !stage ||
      stage.files.get(modules) ||
      stage.unknown.some((each) => each.by === 'copy' && isBelow(modules, each.path))
    )
      continue
    const manifest = await readManifest(reader, posix.join(root.folder, member))
    const own = manifest && missingOf(manifest, root, isProduction)
    const user = own === undefined ? undefined : userOf(place, manifest as Manifest, member)
    if (own !== undefined && user) found.push({folder: member, lacks: own, install: install.at, ...user})
  }
  return known(found)

  /** What runs for the member behind the install: in its folder, or as its name says. */
  function userOf(
    place: string,
    {name, dependencies, devDependencies}: Manifest,
    member: string,
  ): Pick<UnlistedMember, 'by' | 'at'> | undefined {
    const isFor = ({words, folder: cwd}: {words: BuildCommand['words']; folder: string | undefined}): boolean => {
      const asked = readRequest(words)
      const filter = asked?.member?.replace(/\.\.\.$/, '')
      if (filter !== undefined) return filter === name || filter.replace(/^\.\//, '') === member
      // `npx serve` fetches what it runs, if need be; `pnpm exec remix-serve` does not.
      const [program = ''] = asked?.kind === 'program' ? asked.args : []
      const names = [program, ...((asked?.manager === 'pnpm' && packagesOf(program)) || [])]
      const isOwn =
        asked?.kind === 'script' || names.some((each) => Object.hasOwn({...devDependencies, ...dependencies}, each))
      return isOwn && cwd !== undefined && isBelow(cwd, place)
    }
    const built = commands
      .slice(last + 1)
      .find((each) => each.moment.stage === moment.stage && !each.conditional && each.by === undefined && isFor(each))
    if (built) return {by: undefined, at: built.at}
    const run = started.find(({command: {words}, certain, folder: cwd}) => certain && isFor({words, folder: cwd}))
    return run && moment.stage === build.final.stage ? {by: run.by, at: run.command.at} : undefined
  }
}

/** A package that the member alone asks for: those of the root are found from its folder, too. */
function missingOf(member: Manifest, root: Manifest, isProduction: boolean): string | undefined {
  const wanted = Object.entries({...(isProduction ? {} : member.devDependencies), ...member.dependencies})
  const shared = {...root.devDependencies, ...root.dependencies}
  return wanted.find(([name, spec]) => fromRegistry.test(spec) && !Object.hasOwn(shared, name))?.[0]
}
