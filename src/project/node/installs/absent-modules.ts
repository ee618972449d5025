/** Packages that the started files import, where the image has no node_modules at all. */
import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {noFiles} from '../../files/files.ts'
import type {Build} from '../../image/build.ts'
import {placedCopies} from '../../image/files/context-path.ts'
import {isBelow, overlaps, withAbove} from '../../image/files/image-path.ts'
import {ofPackages} from '../../image/programs/of-packages.ts'
import {finalPrograms} from '../../image/programs/programs.ts'
import {isQuietStage} from '../../image/shell/quiet-run.ts'
import type {Inputs} from '../../inputs.ts'
import {type Started, startedCommands, textOf} from '../../processes/processes.ts'
import {packageName} from '../imports/import-specifiers.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {behindSettings, foundScript} from '../scripts/started-script.ts'
import {type Home, homeOf, type Project} from './install-place.ts'
import {modulesByHand, modulesOfWorkflows} from './local-modules.ts'

export interface AbsentModules {
  by: string
  command: FileLocation
  name: string
  /** The import; the command itself where it starts a program of the package. */
  at: FileLocation
  /** What would bring them, where a stage has them. */
  copy: string | undefined
  /** A deploy by hand brings the node_modules of that computer. */
  isByHand: boolean
}

export async function loadAbsentModules({reader}: Inputs, facts: FactStore): Promise<Fact<AbsentModules[]>> {
  const [[build, image], files, flyConfig] = await Promise.all([
    facts.needAll('build', 'image'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const project = {reader, paths: files ?? noFiles}
  const {final} = build
  const instructions = allInstructions(final.stage)
  const set = [...final.config.env.keys(), ...Object.keys(flyConfig?.config.env ?? {})]
  // Yarn may do without, and a RUN may install them.
  const isOther = project.paths.named('.pnp.cjs', '.yarnrc.yml').length > 0
  if (isOther || !isQuietStage(final.stage) || set.some((name) => /^NODE_(?:OPTIONS|PATH)$/.test(name)))
    return known([])
  const programs = finalPrograms(build, image)
  const mounts = (flyConfig?.config.mounts ?? []).flatMap(({destination}) => destination ?? [])
  const {started} = await startedCommands(facts)
  const bringsLocal = await modulesByHand(facts)
  const ofWorkflows = await modulesOfWorkflows(facts)
  for (const each of started) {
    const {command, certain, folder, by} = each
    if (!certain || folder === undefined) continue
    const needs = await needOf(each, folder)
    if (!needs) continue
    const {home, from} = needs
    if (withAbove(from).some((each) => mayHave(posix.join(each, 'node_modules'), isBelow(home.folder, each)))) continue
    const isByHand = withAbove(home.folder).some((above) => bringsLocal(above, instructions))
    // The job that deploys has installed them.
    if (isByHand && ofWorkflows === 'own') continue
    return known([{by, command: command.at, name: needs.name, at: needs.at, copy: copyFor(home), isByHand}])
  }
  return known([])

  /** What a compiler writes has none in it, but for what is copied there. */
  function mayHave(place: string, isAbove: boolean): boolean {
    return (
      final.files.get(place) !== undefined ||
      final.unknown.some(({by, path}) => by === 'copy' && (isAbove ? overlaps(place, path) : isBelow(path, place))) ||
      mounts.some((each) => overlaps(place, each))
    )
  }

  /** The first package that a command cannot do without; `from`: the folder where node begins to look. */
  async function needOf(
    each: Started,
    folder: string,
  ): Promise<{name: string; at: FileLocation; home: Home; from: string} | undefined> {
    const words = behindSettings(each.command.words)
    const [program = ''] = words
    const {at} = each.command
    // A script of package.json looks in node_modules/.bin.
    if (ofPackages.has(program) && posix.basename(at.file) === 'package.json' && programs.has(program, true) === 'no') {
      // `npm install -g prisma && prisma migrate deploy` brings it first.
      if (started.some((other) => other.by === each.by && installs.test(textOf(other.command)))) return undefined
      const home = homeOf(posix.join(folder, 'package.json'), build, project.paths)
      return home && {name: program, at, home, from: home.folder}
    }
    const script = program === 'node' ? await foundScript(each, folder, {files: final.files, reader}) : undefined
    if (script === undefined) return undefined
    const path = posix.resolve(folder, script)
    const home = homeOf(path, build, project.paths) ?? homeBehind(path, build, project)
    for (const {file, imports, isBundled} of home ? await loadedSources(path, home, build, project) : []) {
      const first = isBundled ? undefined : imports.find(({text}) => !/^[.#/]/.test(text) && !isBuiltin(text))
      if (!home || !first) continue
      return {name: packageName(first.text), at: file.span(first.start, first.end), home, from: posix.dirname(path)}
    }
    return undefined
  }

  /** The COPY that would bring those which a stage has that this one copies from. */
  function copyFor({folder}: Home): string | undefined {
    for (const {instruction, sources, target} of placedCopies(instructions)) {
      const from = flagOf(instruction, 'from')
      const [source] = sources
      if (from === undefined || source === undefined || !isBelow(target, folder)) continue
      const there = posix.resolve('/', source, posix.relative(target, folder))
      return `COPY --from=${from} ${posix.join(there, 'node_modules')} ${posix.join(folder, 'node_modules')}`
    }
    return undefined
  }
}

const installs = /^(?:npm|pnpm|yarn|bun) (?:global )?(?:ci|i|install|add)\b/

/** Where the package.json of a script lies that was copied from another stage without it. */
function homeBehind(path: string, build: Build, {paths}: Project): Home | undefined {
  for (const {instruction, sources, target} of placedCopies(allInstructions(build.final.stage))) {
    const from = flagOf(instruction, 'from')
    const stage = from === undefined ? undefined : build.stages.find((each) => isNamed(each.stage, from))
    const [source, another] = sources
    if (!stage || source === undefined || another || !isBelow(path, target)) continue
    const origin = posix.resolve('/', source)
    const home = homeOf(posix.join(origin, posix.relative(target, path)), {...build, final: stage}, paths)
    if (home && isBelow(origin, home.folder))
      return {...home, folder: posix.resolve(target, posix.relative(origin, home.folder))}
  }
  return undefined
}
