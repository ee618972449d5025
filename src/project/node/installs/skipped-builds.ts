import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {Inputs} from '../../inputs.ts'
import {installedPackages} from '../locks/installed-packages.ts'
import type {LockedPackage} from '../locks/locked-packages.ts'
import {type Request, readRequest} from '../scripts/package-runner.ts'
import {withoutScripts} from '../scripts/started-scripts.ts'
import {needsItsScript} from './native-packages.ts'
import {nodeModulesOf} from './node-modules.ts'

/** A package whose install script every install of the build leaves out. */
export interface SkippedBuild extends LockedPackage {
  manager: Request['manager']
  /** The install. */
  install: FileLocation
}

export const isAt = (a: FileLocation, b: FileLocation): boolean =>
  a.file === b.file && a.line === b.line && a.column === b.column

export async function loadSkippedBuilds({reader}: Inputs, facts: FactStore): Promise<Fact<SkippedBuild[]>> {
  const [[{commands}, build, dockerfile], files] = await Promise.all([
    facts.needAll('buildCommands', 'build', 'dockerfile'),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const project = {reader, tracked: paths}
  const installs: {command: BuildCommand; request: Request; skips: boolean}[] = []
  for (const command of commands) {
    const request = readRequest(command.words)
    if (request?.kind !== 'install') continue
    const folder = posix.resolve(command.folder, request.folder ?? '.')
    installs.push({command, request, skips: await withoutScripts(request, command.moment, folder, project)})
  }
  // Where it is not seen which of them fills the node_modules of the app, one that runs scripts may do so.
  const {stage, config} = build.final
  const modules = nodeModulesOf(stage, config.workingDir || '/', {dockerfile, build})
  const filling = 'at' in modules ? installs.filter(({command}) => isAt(command.at, modules.at)) : installs
  const [first] = filling
  if (!first || filling.some(({skips}) => !skips)) return known([])
  const {command, request} = first
  const copies = allInstructions(stage).filter(({keyword}) => keyword === 'COPY')
  const texts = [...commands.map(({words}) => words.join(' ')), ...copies.map(({text}) => text)]
  const native = await installedPackages(command, request, {reader, paths, texts}, needsItsScript)
  // Whatever else names the package may build it: npm rebuild, or its own script.
  const rebuilds = texts.some((text) =>
    /^(npm|pnpm|yarn) (rebuild|rb)( -\S+)*$|^npm (run|explore)\b.*\binstall$/.test(text),
  )
  return known(
    rebuilds
      ? []
      : native
          .filter(({name}) => !texts.some((text) => text.includes(name)))
          .map((each) => ({...each, manager: request.manager, install: command.at})),
  )
}
