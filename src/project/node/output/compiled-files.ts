import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Files} from '../../files.ts'
import type {Build} from '../../image/build.ts'
import type {Inputs} from '../../inputs.ts'
import {type StartedCommand, startedCommands, textOf} from '../../processes/processes.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {memberOf, optionIn, tscOutput, tscProject} from './tsc-output.ts'
import type {TscProgram} from './tsc-programs.ts'
import {compilerOption} from './tsconfig.ts'

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
  /** tsc checks the sources, and writes nothing. */
  writesNothing?: boolean
  /** Where tsc writes it, as it compiles `beside`, which is not in the folder of the others. */
  moved?: {to: string; beside: string}
}

const writes = /\b(?:build|tsc|swc|esbuild|tsup|webpack|rollup|vite|cp|mv|babel|bun)\b/

/** The files that node starts where package.json compiles with tsc alone, against the folder that tsc writes to. */
export async function loadCompiledFiles({reader}: Inputs, facts: FactStore): Promise<Fact<UncompiledFile[]>> {
  const [build, files, {started}] = await Promise.all([
    facts.need('build'),
    facts.value('files'),
    startedCommands(facts),
  ])
  const {final} = build
  const {workingDir} = final.config
  const found: UncompiledFile[] = []
  for (const each of started) {
    const {by, certain, folder: cwd} = each
    const command = {by, certain, folder: cwd, text: textOf(each.command), at: each.command.at}
    const path = /^node (?:--\S+ )*([\w./-]+\.[cm]?js)(?:\s|$)/.exec(command.text)?.[1]
    if (!certain || cwd === undefined || !path || !workingDir || found.some((other) => other.path === path)) continue
    // `prestart` may write it.
    if (started.some((other) => other.by === by && other !== each && writes.test(textOf(other.command)))) continue
    const relative = posix.relative(workingDir, posix.resolve(cwd, path))
    // What a COPY brings, or lays elsewhere, is not what tsc writes here.
    if (relative.startsWith('..') || !relative.includes('/') || build.has(posix.join(workingDir, relative)) === 'yes')
      continue
    const member = memberOf(relative, build)
    const output = files && (await tscOutput(build, reader, member, files))
    if (!output) {
      const silent = files && (await unwritten(relative, member, files))
      if (silent) found.push({command, path, ...silent})
      continue
    }
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
    if (root === undefined) {
      const inside = relative.slice(folder.length + 1)
      const moved = await movedTo(inside, output, await facts.value('tscPrograms'), {reader, paths: files})
      if (moved) found.push({command, path, folder, config: config.path, at, source: undefined, moved})
      continue
    }
    const source = posix.join(root, relative.slice(folder.length + 1)).replace(/\.([cm]?)js$/, '.$1ts')
    const forms = [source, source.replace(/ts$/, 'tsx'), source.replace(/ts$/, 'js')]
    if (!forms.some((each) => files.has(each))) found.push({command, path, folder, config: config.path, at, source})
  }
  return known(found)

  /** A file of the sources that tsc alone would make it of, and does not, as `noEmit` says. */
  async function unwritten(
    relative: string,
    member: string,
    files: Files,
  ): Promise<Pick<UncompiledFile, 'folder' | 'config' | 'at' | 'source' | 'writesNothing'> | undefined> {
    const project = await tscProject(build, reader, member, files)
    const option = project && compilerOption(project.chain, 'noEmit')
    const [folder = '', ...rest] = posix.relative(member, relative).split('/')
    const name = rest.join('/').replace(/\.([cm]?)js$/, '.$1ts')
    const isSource = [name, `src/${name}`].some((each) => files.has(posix.join(member, each)))
    if (!project || option?.value !== true || project.copies || files.has(relative) || !isSource) return undefined
    if (!keepsNames(build, folder, relative)) return undefined
    const at = optionIn(option.from, 'noEmit')
    return {folder, config: option.from.path, at, source: undefined, writesNothing: true}
  }
}

/**
 * Where tsc writes a file instead when rootDir is not set: it keeps the folders below the one that all sources have in
 * common (typescriptlang.org/tsconfig/#rootDir). What is not seen of them makes that folder a higher one, never a lower.
 */
async function movedTo(
  inside: string,
  {config, folder}: {config: TextFile; folder: string},
  programs: readonly TscProgram[] | undefined,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<UncompiledFile['moved']> {
  const program = programs?.find(({configs: [nearest]}) => nearest?.path === config.path)
  const home = posix.dirname(config.path)
  const source = inside.replace(/\.([cm]?)js$/, '.$1ts')
  const [at, written] = ['', 'src/'].map((place) => [source, `${source}x`].map((name) => posix.join(home, place, name)))
  if (!program || at?.some((each) => paths.has(each)) || !written?.some((each) => paths.has(each))) return undefined
  const sources = program.sources.filter((path) => !/\.d\.[cm]?ts$/.test(path))
  const isBeside = (path: string) => !posix.relative(home, path).startsWith('src/')
  const beside = sources.find(isBeside) ?? (await importedJson())
  return beside === undefined ? undefined : {to: posix.join(folder, 'src', inside), beside}

  /** `import manifest from '../package.json'`: what is imported so is written, too. */
  async function importedJson(): Promise<string | undefined> {
    if (program && compilerOption(program.configs, 'resolveJsonModule')?.value !== true) return undefined
    for (const file of await reader.texts(sources)) {
      for (const {text, isDynamic} of importSpecifiers(file.text)) {
        const path = posix.join(posix.dirname(file.path), text)
        const isOwn = /^\.{1,2}\/.*\.json$/.test(text) && paths.has(path) && !isDynamic
        if (isOwn && isBeside(path)) return path
      }
    }
    return undefined
  }
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
