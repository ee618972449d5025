import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage} from '../../dockerfile/parse.ts'
import {type Files, noFiles} from '../../files/files.ts'
import {foldersAbove} from '../../files/folders-above.ts'
import type {Build} from '../../image/build.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {configOf} from '../../image/files/command-words.ts'
import {isBelow, overlaps} from '../../image/files/image-path.ts'
import {located, originOf} from '../../image/moment.ts'
import {builtPlaces} from '../../image/outputs/built-places.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {type StartedCommand, startedCommands, textOf} from '../../processes/processes.ts'
import {isPnpmDeploy} from '../installs/install-commands.ts'
import {nxProjects, strayOfNx} from '../output/nx-output.ts'
import {foundScript} from '../scripts/started-script.ts'
import {commonRoot} from './common-root.ts'
import {memberOf, optionIn, placeOf, type TscOutput, tscOutput, tscProject} from './tsc-output.ts'
import type {TscProgram} from './tsc-programs.ts'
import {isWhole, placed, tscConfig} from './tsc-projects.ts'
import {compilerOption, type Project, tsconfigs} from './tsconfig.ts'

/** A file that node starts, or a tool that it is told to, and that the project's TypeScript is not compiled to. */
export interface UncompiledFile {
  command: StartedCommand
  /** What is started, relative to where it runs. */
  path: string
  tool: TscOutput['tool'] | 'nx build'
  /** The folder that tsc writes to, and its configuration. */
  folder: string
  config: string
  at: FileLocation
  /** The source that the file would come from; undefined where the folder is another one. */
  source: string | undefined
  /** tsc checks the sources, and writes nothing. */
  writesNothing?: boolean
  /** Where tsc writes it, as it compiles `beside`, which is not in the folder of the others: one of those may import it. */
  moved?: {to: string; beside: string; importedBy: string | undefined} | undefined
}

const noVariables: ReadonlySet<string> = new Set()
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
  const runsNx = build.stages.some(({moments}) =>
    moments.some(({instruction: {text}}) => /\bnx\b|\b(?:npm|pnpm|yarn|bun)\b[^&|;\n]{0,200}\bbuild\b/.test(text)),
  )
  const nx = files && runsNx ? await nxProjects({reader, paths: files}) : undefined
  const found: UncompiledFile[] = []
  for (const each of started) {
    const {by, certain, folder: cwd} = each
    const command = {by, certain, folder: cwd, text: textOf(each.command), at: each.command.at}
    const path =
      /^node (?:--\S+ )*([\w./-]+\.[cm]?js)(?:\s|$)/.exec(command.text)?.[1] ??
      configOf(command.text.split(' '), noVariables) ??
      (cwd === undefined ? undefined : await foundScript(each, cwd, {files: final.files, reader}))
    if (
      !certain ||
      cwd === undefined ||
      !path ||
      !/\.[cm]?js$/.test(path) ||
      !workingDir ||
      found.some((other) => other.path === path)
    )
      continue
    // `prestart` may write it.
    if (started.some((other) => other.by === by && other !== each && writes.test(textOf(other.command)))) continue
    const place = posix.resolve(cwd, path)
    const taken = builtElsewhere(build, place, files ?? noFiles)
    const relative = taken?.path ?? posix.relative(workingDir, place)
    // What a COPY brings, or lays elsewhere, is not what tsc writes here.
    if (relative.startsWith('..') || !relative.includes('/') || build.has(place) === 'yes') continue
    const stray = nx && strayOfNx(relative, nx)
    if (stray && !files?.has(relative) && !isRenamed(build, posix.dirname(relative))) {
      const {folder, config, at} = stray
      found.push({command, path, tool: 'nx build', folder, config, at, source: undefined})
      continue
    }
    const member = taken?.member ?? memberOf(relative, build)
    const output = files && (await tscOutput(build, reader, member, files))
    if (!output) {
      const silent = files && ((await unwritten(relative, member, files)) ?? (await writtenElsewhere(place)))
      if (silent) found.push({command, path, ...silent})
      continue
    }
    const {folder, root, config, at} = output
    if (files.has(relative) || (taken === undefined && !keepsNames(build, folder, relative))) continue
    // A copy of a file that the project has.
    if (output.copies && files.named(posix.basename(relative)).length > 0) continue
    if (!relative.startsWith(`${folder}/`)) {
      // It may be another build's folder, unless the repository has its source below src.
      const name = behindFolder(relative, folder, files).replace(/js$/, 'ts')
      if (files.has(`src/${name}`) || files.has(name))
        found.push({command, path, tool: output.tool, folder, config: config.path, at, source: undefined})
      continue
    }
    if (root === undefined) {
      const inside = relative.slice(folder.length + 1)
      const fault = await rootlessFault(inside, output, await facts.value('tscPrograms'), {reader, paths: files})
      if (fault) found.push({command, path, tool: output.tool, folder, config: config.path, at, ...fault})
      continue
    }
    const source = posix.join(root, relative.slice(folder.length + 1)).replace(/\.([cm]?)js$/, '.$1ts')
    const forms = [source, source.replace(/ts$/, 'tsx'), source.replace(/ts$/, 'js')]
    if (!forms.some((each) => files.has(each)))
      found.push({command, path, tool: output.tool, folder, config: config.path, at, source})
  }
  return known(found)

  /** The folder that the one tsc of the build writes to, whatever the script is called that runs it, where nothing else writes. */
  async function writtenElsewhere(
    place: string,
  ): Promise<Pick<UncompiledFile, 'tool' | 'folder' | 'config' | 'at' | 'source'> | undefined> {
    const places = builtPlaces(build, place)
    const only = places.at(-1)
    const commands = (await facts.value('buildCommands'))?.commands ?? []
    const stage = only?.from?.stage ?? final.stage
    const own = [...lineage(stage), ...lineage(final.stage)]
    const isHandedOn = only?.from?.unknown.some(({by, path}) => by === 'copy' && overlaps(only.path, path))
    if (
      places.length > 2 ||
      !only ||
      isHandedOn ||
      !commands.every((each) => !own.includes(each.moment.stage) || writesNamed(each))
    )
      return undefined
    const compiles = commands.filter((each) => own.includes(each.moment.stage) && programOf(each) === 'tsc')
    const [tsc, another] = compiles.filter(({words}) => !words.includes('--noEmit'))
    const start = tsc && !tsc.conditional && !another ? tscConfig(tsc.words.slice(1)) : undefined
    if (!tsc || start === undefined || !files || tsc.words.some((word) => placed.test(word ?? ''))) return undefined
    const named = posix.resolve(tsc.folder, start)
    const settings = named.endsWith('.json') ? named : posix.join(named, 'tsconfig.json')
    const source = tsc.moment.files.ownSource(settings, files)
    const chain = source === undefined ? [] : await tsconfigs(source, {reader, paths: files})
    const outDir =
      compilerOption(chain, 'noEmit')?.value === true ? undefined : placeOf(compilerOption(chain, 'outDir'))
    const stem = posix.basename(place).replace(/\.[cm]?js$/, '')
    const isMade = files
      .under(source === undefined ? '' : posix.dirname(source))
      .some((path) => /\.[cm]?tsx?$/.test(path) && posix.basename(path).replace(/\.[cm]?tsx?$/, '') === stem)
    if (source === undefined || !outDir || !isMade) return undefined
    const target = posix.resolve(posix.dirname(settings), posix.relative(posix.dirname(source), outDir.path))
    if (isBelow(only.path, target)) return undefined
    const {path: folder, from} = outDir
    return {tool: 'tsc', folder, config: from.path, at: optionIn(from, 'outDir'), source: undefined}
  }

  /** A file of the sources that tsc alone would make it of, and does not, as `noEmit` says. */
  async function unwritten(
    relative: string,
    member: string,
    files: Files,
  ): Promise<Pick<UncompiledFile, 'tool' | 'folder' | 'config' | 'at' | 'source' | 'writesNothing'> | undefined> {
    const project = await tscProject(build, reader, member, files)
    const option = project && compilerOption(project.chain, 'noEmit')
    const [folder = '', ...rest] = posix.relative(member, relative).split('/')
    const name = rest.join('/').replace(/\.([cm]?)js$/, '.$1ts')
    const isSource = [name, `src/${name}`].some((each) => files.has(posix.join(member, each)))
    if (!project || option?.value !== true || project.copies || files.has(relative) || !isSource) return undefined
    if (!keepsNames(build, folder, relative)) return undefined
    const at = optionIn(option.from, 'noEmit')
    return {tool: project.tool, folder, config: option.from.path, at, source: undefined, writesNothing: true}
  }
}

/** What stands behind the folder of the output: also in `app/dist/main.js`, of which the project has no folder app. */
function behindFolder(path: string, folder: string, files: Files): string {
  const [first, ...rest] = path.split('/')
  const inner = rest.join('/')
  return first !== undefined && !files.hasFolder(first) && inner.startsWith(`${folder}/`)
    ? inner.slice(folder.length + 1)
    : inner
}

/**
 * Of a file that no source becomes when rootDir is not set: where tsc writes it instead, or what it would be made of. What is not
 * seen of the sources makes their common folder a higher one, so that it is asked for below each of those.
 */
async function rootlessFault(
  inside: string,
  {config, chain, folder}: TscOutput,
  programs: readonly TscProgram[] | undefined,
  project: Project,
): Promise<Pick<UncompiledFile, 'moved' | 'source'> | undefined> {
  const program = programs?.find(({configs: [nearest]}) => nearest?.path === config.path)
  if (!program || !isWhole(chain)) return undefined
  const root = await commonRoot(program, project)
  if (!root) return undefined
  const written = (from: string) => sourceNames(posix.join(from, inside))
  const above = [root.folder, ...foldersAbove(root.folder)]
  if (above.some((each) => written(each).some((path) => project.paths.has(path)))) return undefined
  const home = posix.join(posix.dirname(config.path), 'src')
  const own = written(home).find((path) => root.sources.includes(path))
  const beside = root.sources.find((path) => !path.startsWith(`${home}/`))
  if (own === undefined || beside === undefined) {
    return {source: posix.join(root.folder, inside).replace(/\.([cm]?)js$/, '.$1ts'), moved: undefined}
  }
  const to = posix.join(folder, posix.relative(root.folder, posix.dirname(own)), posix.basename(inside))
  return {source: undefined, moved: {to, beside, importedBy: root.importedBy.get(beside)}}
}

/**
 * The place of the file in another stage, which a COPY takes it from, as the project has it, and the package that it is of.
 * What `pnpm deploy` has made of a package has its files, and no more of what is built.
 */
function builtElsewhere(build: Build, place: string, paths: Files): {path: string; member: string} | undefined {
  const [, ...all] = builtPlaces(build, place)
  const [only, another] = all.length > 1 ? all.filter((each) => !isDeployed(each)) : all
  const last = only?.from?.moments.at(-1)
  if (!only || another || !last) return undefined
  for (let folder = posix.dirname(only.path); folder !== '/'; folder = posix.dirname(folder)) {
    if (last.files.get(posix.join(folder, 'package.json'))?.kind !== 'file') continue
    const member = originOf(last, folder, paths)
    return member === undefined ? undefined : {path: posix.join(member, posix.relative(folder, only.path)), member}
  }
  return undefined
}

/** Whether it would be in the folder that a `pnpm deploy` of its stage fills. */
const isDeployed = ({from, path}: ReturnType<typeof builtPlaces>[number]): boolean =>
  (from?.moments ?? [])
    .flatMap((moment) => located(moment.commands, moment.workingDir))
    .some(({command, folder}) => {
      const target = isPnpmDeploy(command) ? command.words.at(-1) : undefined
      return target !== undefined && isBelow(path, posix.resolve(folder, target))
    })

/** What a file of JavaScript is made of. */
const sourceNames = (path: string): string[] => {
  const source = path.replace(/\.([cm]?)js$/, '.$1ts')
  return [source, source.replace(/ts$/, 'tsx'), path, `${path}x`]
}

/** Whether a command of a build writes nothing but what its settings name: installs, clients of Prisma, tsc itself. */
const writesNamed = (command: BuildCommand): boolean =>
  /^(?:tsc|prisma|corepack|apt-get|apt|apk|rm|mkdir|echo|set|true|chown|chmod|adduser|addgroup|useradd|groupadd|update-ca-certificates)$/.test(
    programOf(command) ?? '',
  ) ||
  /^(?:npm|npx|pnpm|yarn|bun|bunx) (?:(?:--filter|-F)[ =]\S+ )?(?:i|ci|install|add|prune|cache|run|config|store|prisma|tsc|exec (?:tsc|prisma))\b(?!.*\b(?:deploy|pack)\b)/.test(
    textOf(command),
  )

/** Whether a COPY lays a folder of another name in the place of this one. */
const isRenamed = ({stages}: Build, folder: string): boolean =>
  stages.some(({stage}) =>
    stage.instructions.some(({keyword, words}) => {
      const [target = '', ...sources] = words.map((word) => posix.basename(word)).reverse()
      return keyword === 'COPY' && target === posix.basename(folder) && !sources.includes(target)
    }),
  )

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
