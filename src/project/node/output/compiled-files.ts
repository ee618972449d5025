import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Build} from '../../image/build.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {memberOf, tscOutput} from './tsc-output.ts'

/** A file that node starts, and that the project's TypeScript is not compiled to. */
export interface UncompiledFile {
  command: StartedCommand
  /** What is started, relative to where it runs. */
  path: string
  /** The folder that tsc writes to, and its configuration. */
  folder: string
  config: string
  at: FileLocation
  /** The source that the file would come from; undefined where the folder is another one. */
  source: string | undefined
}

/** The files that node starts where package.json compiles with tsc alone, against the folder that tsc writes to. */
export async function loadCompiledFiles({reader}: Inputs, facts: FactStore): Promise<Fact<UncompiledFile[]>> {
  const [[build, processes], files] = await Promise.all([facts.needAll('build', 'processes'), facts.value('files')])
  const {final} = build
  const {workingDir} = final.config
  const found: UncompiledFile[] = []
  for (const command of processes.commands) {
    const path = /^node (?:--\S+ )*([\w./-]+\.[cm]?js)(?:\s|$)/.exec(command.text)?.[1]
    const {certain, folder: cwd} = command
    if (!certain || cwd === undefined || !path || !workingDir || found.some((each) => each.path === path)) continue
    const relative = posix.relative(workingDir, posix.resolve(cwd, path))
    // What a COPY brings, or lays elsewhere, is not what tsc writes here.
    if (relative.startsWith('..') || !relative.includes('/') || build.has(posix.join(workingDir, relative)) === 'yes')
      continue
    const output = files && (await tscOutput(build, reader, memberOf(relative, build), files))
    if (!output) continue
    const {folder, root, config, at} = output
    if (files.has(relative) || !keepsNames(build, folder, relative)) continue
    // A copy of a file that the project has.
    if (output.copies && files.named(posix.basename(relative)).length > 0) continue
    if (!relative.startsWith(`${folder}/`)) {
      // It may be another build's folder, unless the repository has its source below src.
      const name = relative.split('/').slice(1).join('/').replace(/js$/, 'ts')
      if (files.has(`src/${name}`) || files.has(name))
        found.push({command, path, folder, config: config.path, at, source: undefined})
      continue
    }
    if (root === undefined) continue
    const source = posix.join(root, relative.slice(folder.length + 1)).replace(/\.([cm]?)js$/, '.$1ts')
    const forms = [source, source.replace(/ts$/, 'tsx'), source.replace(/ts$/, 'js')]
    if (!forms.some((each) => files.has(each))) found.push({command, path, folder, config: config.path, at, source})
  }
  return known(found)
}

/** Whether no stage lays the folder that tsc writes under the name that is started. */
function keepsNames({stages}: Build, from: string, started: string): boolean {
  const [name = ''] = started.split('/')
  return stages.every(({stage}) =>
    stage.instructions.every(({keyword, flags, words: [source = '', target = '']}) => {
      const isCopy = keyword === 'COPY' && flags.some(([flag]) => flag === 'from')
      return !(isCopy && source.split('/').includes(from) && posix.basename(target) === name && name !== from)
    }),
  )
}
