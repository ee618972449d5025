/** The files of the project that a program loads as soon as it is started, as the image has them. */
import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import {writtenByRun} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {homeOf} from '../installs/install-place.ts'
import {mayWriteSources} from '../output/build-sources.ts'
import {behindRunner, behindSettings, foundScript} from '../scripts/started-script.ts'
import type {SourceReader} from './source-readers.ts'

/** What may translate a file before node reads it. */
const translates = /babel|sucrase|swc|flow|^esm$/

export async function startedModules({reader}: Inputs, facts: FactStore): Promise<SourceReader[]> {
  const [build, files, buildCommands, flyConfig] = await Promise.all([
    facts.value('build'),
    facts.value('files'),
    facts.value('buildCommands'),
    facts.value('flyConfig'),
  ])
  const paths = files ?? noFiles
  if (!build) return []
  const isWritten = writtenByRun(build.stages)
  const mayBeWritten = mayWriteSources(buildCommands?.commands ?? [])
  // By NODE_OPTIONS other modules are loaded before.
  if (build.final.config.env.has('NODE_OPTIONS') || flyConfig?.config.env?.NODE_OPTIONS) return []
  const found: SourceReader[] = []
  for (const each of (await startedCommands(facts)).started) {
    const words = behindRunner(behindSettings(each.command.words))
    const {folder, by} = each
    if (!each.certain || folder === undefined || words.some((word) => translates.test(word ?? 'babel'))) continue
    const tool = programOf({words: [...words]}) ?? ''
    if (!/^(?:node|bun|tsx)$/.test(tool)) continue
    const script = await foundScript(each, folder, {files: build.final.files, reader})
    const path = script === undefined ? undefined : posix.resolve(folder, script)
    // What a build writes was read by the build.
    if (path === undefined || build.final.files.get(path)?.kind !== 'file') continue
    const home = homeOf(path, build, paths) ?? {folder, origin: ''}
    const loaded = (await loadedSources(path, home, build, {reader, paths})).map(({file}) => file)
    const when = by === 'release_command' ? ('release' as const) : ('boot' as const)
    const sources = loaded.filter((file) => !isWritten(file.path))
    const program = {kind: 'program' as const, tool, by, command: each.command.at, when, isLenient: true}
    found.push({...program, sources, origin: home.origin, leadsElsewhere: false, mayBeWritten})
  }
  return found
}
