import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {lineage, type Stage, textBefore} from '../../dockerfile/parse.ts'
import {isApart} from '../../files/apart.ts'
import type {Files} from '../../files/files.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import {type AliasUse, aliasUse} from '../../node/imports/alias-settings.ts'
import {isRunnerFlag} from '../../node/scripts/package-runner.ts'
import type {Build} from '../build.ts'
import type {BuildCommand} from '../build-commands.ts'
import {holds, lacks, momentOf, originOf} from '../moment.ts'
import {isCertain, programOf} from '../shell/command.ts'
import {isQuiet, writesNamed} from '../shell/quiet-run.ts'
import {flag, type Read} from '../shell/tool-words.ts'
import type {FileTree} from './file-tree.ts'
import {withAbove} from './image-path.ts'
import {absentPath, taskFiles} from './plain-paths.ts'
import {toolReads} from './tool-files.ts'

/** A file of the project that a command of the build reads, and that is not in the stage by then. */
export interface MissingFile {
  /** The path in the project, and in the image. */
  path: string
  place: string
  /** `vite build`, and `npm run build` where that runs it. */
  command: string
  by: string | undefined
  at: FileLocation
  /** Where it is named: the line of a script or an alias, or of the manifest that names the file. */
  named: FileLocation | undefined
  /** What becomes of the command; undefined: it stops, and the build with it. */
  without: string | undefined
  /** The line of .dockerignore that leaves it out; undefined where no COPY brings it. */
  rule: FileLocation | undefined
  /** Where the files beside it are brought. */
  beside: FileLocation | undefined
  /** Where a COPY laid it, or the content of it, in the place of that. */
  laid: Laid | undefined
  /** The project has no file of that name at all; `likely`: a RUN before may have made it, without a word of it. */
  nowhere?: 'sure' | 'likely'
  /** What it would make: then `place` is the folder that is missing. */
  makes?: string | undefined
  /** Where the image has a file of that name. */
  elsewhere?: string | undefined
  /** The source, and its import, that is found by it. */
  aliased?: Pick<AliasUse, 'importedBy' | 'specifier'> | undefined
}

/** COPY lays the content of a folder down, and not the folder. */
export interface Laid {
  keyword: string
  /** The folder of the image. */
  folder: string
  at: FileLocation
}

export async function loadBuildFiles(inputs: Inputs, facts: FactStore): Promise<Fact<MissingFile[]>> {
  const [build, {commands}, context, project, dockerfile] = await facts.needAll(
    'build',
    'buildCommands',
    'buildContext',
    'files',
    'dockerfile',
  )
  const found: MissingFile[] = []
  for (const command of commands.map(withoutVersion)) {
    if (command.conditional) continue
    const reader = toolReads(command)
    const reads = programOf(command) === 'prisma' ? await ofPrisma(command, project, inputs) : reader?.reads
    let told = false
    for (const read of reads ?? []) {
      const gap =
        gapOf(read, command, project) ??
        broughtLater(read, command, build, project) ??
        (await nowhere(read, command, project, inputs))
      told ||= gap !== undefined
      if (!gap || (gap.without === undefined && !command.decisive)) continue
      const rule = (await context.leftOut(`/${gap.path}`)) ? await context.ruleFor(`/${gap.path}`) : undefined
      const {at, by, written, moment, folder} = command
      const beside = ('later' in gap && gap.later) || besideOf(moment.files.get(folder))
      const laid = laidElsewhere(moment.files, gap.path, command.moment.stage)
      found.push({...gap, command: reader?.name ?? '', by, at, named: by ? written : undefined, rule, beside, laid})
    }
    if (!told) found.push(...(await absent(command)), ...(await otherSchema(command, reads ?? [])))
    if (!told) found.push(...(await ofAliases(command)))
  }
  for (const command of changesOfFolder(build, dockerfile)) found.push(...(await absent(command)))
  return known(found)

  async function ofAliases(command: BuildCommand): Promise<MissingFile[]> {
    const use = command.decisive ? await aliasUse(command, {reader: inputs.reader, paths: project}) : undefined
    const gap = use && gapOf(use.read, command, project)
    if (!gap) return []
    const {at, by, written, moment, folder, words} = command
    const rule = (await context.leftOut(`/${gap.path}`)) ? await context.ruleFor(`/${gap.path}`) : undefined
    const name = words.slice(0, 2).join(' ')
    const beside = besideOf(moment.files.get(folder))
    const laid = laidElsewhere(moment.files, gap.path, moment.stage)
    return [{...gap, command: name, by, at, named: by ? written : undefined, rule, beside, laid, aliased: use}]
  }

  /** Prisma looks in its folder only: not in the other members of a workspace, but for Yarn's. */
  async function otherSchema(command: BuildCommand, reads: readonly Read[]): Promise<MissingFile[]> {
    const {moment, folder, at, by, written, words} = command
    const [schema, ...others] = project.named('schema.prisma').filter((path) => !isApart(path))
    if (programOf(command) !== 'prisma' || !isCertain(command) || schema === undefined || others.length > 0) return []
    // Nothing is read where a flag, package.json or a configuration names another schema.
    if (reads.length === 0 || /\byarn\b/.test(`${moment.instruction.text}${by}`)) return []
    // The package manager that starts it may go to a member first.
    if (by === undefined && goesElsewhere.test(moment.instruction.text)) return []
    if (words.some((word) => word === undefined || /^--config/.test(word))) return []
    const stated = flag(words as readonly string[], '--schema')
    const names = stated === undefined ? ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema'] : [stated]
    const places = names.map((each) => posix.resolve(folder, each))
    if (!places.every((each) => lacks(command, each))) return []
    const elsewhere = [...moment.files.files((names) => names.named('schema.prisma'))].find(
      ([, {source}]) => source === schema,
    )?.[0]
    if (elsewhere === undefined) return []
    const rest = {without: undefined, rule: undefined, beside: undefined, laid: undefined, nowhere: 'sure' as const}
    const named = by ? written : undefined
    return [
      {...rest, path: schema, place: places[0] ?? '', command: `prisma ${words[1] ?? ''}`, by, at, named, elsewhere},
    ]
  }

  async function absent(command: BuildCommand): Promise<MissingFile[]> {
    const gap =
      isCertain(command) && found.length < most ? await absentPath(command, project, inputs.reader) : undefined
    if (!gap) return []
    const {at, by, written} = command
    const isThere = !gap.makes && !gap.elsewhere && (project.has(gap.path) || project.hasFolder(gap.path))
    const isLeftOut = isThere && (await context.leftOut(`/${gap.path}`))
    return [
      {
        ...gap,
        without: undefined,
        by,
        at,
        named: by ? written : undefined,
        rule: isLeftOut ? await context.ruleFor(`/${gap.path}`) : undefined,
        beside: undefined,
        laid: isThere ? laidElsewhere(command.moment.files, gap.path, command.moment.stage) : undefined,
        // What nobody is seen to make may come from somebody who deploys in a way of his own.
        ...(!isThere && {nowhere: gap.elsewhere && !gap.likely ? ('sure' as const) : ('likely' as const)}),
      },
    ]
  }
}

/** `npx prisma@6 generate` reads what `prisma generate` does, wherever it comes from. */
function withoutVersion(command: BuildCommand): BuildCommand {
  const {words} = command
  const start = /^(?:npx|bunx)$/.test(words[0] ?? '')
    ? words.findIndex((word, index) => index > 0 && !isRunnerFlag(word ?? ''))
    : -1
  const [, name] = /^([a-z][\w-]*)@[\w.^~-]+$/.exec(words[start] ?? '') ?? []
  return name === undefined ? command : {...command, words: [name, ...words.slice(start + 1)]}
}

/** A build ends with the first; git is asked for each. */
const most = 10

const goesElsewhere = /\s(?:-w|--workspaces?|--filter|-F|-C|--dir|--prefix|--cwd|-r|--recursive)\b/

/** Each `cd` of a RUN, which is no command that the build is made of. */
const changesOfFolder = ({stages}: Build, {file}: Dockerfile): BuildCommand[] =>
  stages.flatMap(({moments}) =>
    moments.flatMap((moment) => {
      let folder = moment.workingDir
      const found: BuildCommand[] = []
      for (const command of moment.commands) {
        const [program, target] = command.words
        if (program !== 'cd' && program !== 'pushd') continue
        if (program === 'pushd' || target === undefined || /^[-~]|[*?]/.test(target) || command.conditional) break
        const before = textBefore(file, moment.instruction, command.at)
        found.push({...command, moment, folder, written: command.at, by: undefined, before})
        folder = posix.resolve(folder, target)
      }
      return found
    }),
  )

/** package.json may name another schema, and a configuration of Prisma any. */
async function ofPrisma(command: BuildCommand, project: Files, {reader}: Inputs): Promise<readonly Read[]> {
  const reads = toolReads(command)?.reads ?? []
  if (
    flag(
      command.words.map((word) => word ?? ''),
      '--schema',
    )
  )
    return reads
  const {moment, folder} = command
  const origin = originOf(moment, folder, project) ?? manifestOrigin(moment, folder, project) ?? ''
  const at = (name: string) => posix.normalize(posix.join(origin, name))
  if (prismaConfigs.some((name) => project.has(at(name)))) return []
  const names = withAbove(`/${at('.')}`).map((each) => posix.join(each, 'package.json').slice(1))
  const [nearest] = names.filter((each) => project.has(each))
  const text = nearest === undefined ? '' : ((await reader.text(nearest))?.text ?? '')
  return /"prisma"\s{0,20}:\s{0,20}\{[^}]{0,2000}"schema"/.test(text) ? [] : reads
}

const prismaConfigs = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts'].flatMap((ending) => [
  `prisma.config.${ending}`,
  `.config/prisma.${ending}`,
])

/** Where a file of the context, or the first one of a folder, stands in the image under another path. */
export function laidElsewhere(files: FileTree, path: string, stage: Stage): Laid | undefined {
  for (const [place, {source, at}] of files.files()) {
    if (source !== path && !source.startsWith(`${path}/`)) continue
    const below = source === path ? posix.basename(path) : source.slice(path.length + 1)
    if (!place.endsWith(`/${below}`)) continue
    const keyword = lineage(stage)
      .flatMap(({instructions}) => instructions)
      .find((each) => each.at === at)?.keyword
    return {keyword: keyword ?? 'COPY', folder: place.slice(0, -below.length - 1) || '/', at}
  }
  return undefined
}

/** The instruction that brings the manifest of a folder, or another file of it. */
export function besideOf(folder: ReturnType<BuildCommand['moment']['files']['get']>): FileLocation | undefined {
  if (folder?.kind !== 'folder') return undefined
  const files = [...folder.entries].filter(([, entry]) => entry.kind === 'file')
  const [, entry] =
    files.find(([name]) =>
      /^(package|composer|angular)\.json$|\.toml$|^(mix\.exs|Gemfile|go\.mod|pom\.xml)$/.test(name),
    ) ??
    files[0] ??
    []
  return entry?.kind === 'file' ? entry.at : undefined
}

/** What a command reads and the project has, when none of the files that would do is there. */
function gapOf(
  {files, without, above, unless}: Read,
  command: BuildCommand,
  project: Files,
): (Pick<MissingFile, 'path' | 'place' | 'without'> & {later?: FileLocation}) | undefined {
  const {moment, folder} = command
  const origin = originOf(moment, folder, project) ?? manifestOrigin(moment, folder, project)
  if (origin === undefined) return undefined
  const path = files
    .map((file) => posix.normalize(posix.join(origin, file)))
    .find((each) => project.has(each) || project.hasFolder(each))
  if (path === undefined) return undefined
  const folders = above ? withAbove(folder) : [folder]
  if (folders.some((each) => files.some((file) => !lacks(command, posix.resolve(each, file))))) return undefined
  const place = posix.resolve(folder, posix.relative(origin, path))
  // What would do instead decides between a stop and a build of something else.
  const stops = unless?.every((file) => lacks(command, posix.resolve(folder, file))) ?? false
  return {path, place, without: stops ? undefined : without}
}

/** A file that a COPY further down in the same stage brings to its place: whatever is before finds none there. */
function broughtLater({files, without, unless}: Read, command: BuildCommand, {stages}: Build, project: Files) {
  const [file, another] = files
  if (file === undefined || another !== undefined || without || unless) return undefined
  const place = posix.resolve(command.folder, file)
  const entry = stages.find(({stage}) => stage === command.moment.stage)?.files.get(place)
  if (entry?.kind !== 'file' || !project.has(entry.source) || !lacks(command, place)) return undefined
  return {path: entry.source, place, without: undefined, later: entry.at}
}

/** A script that a plain command is given, or a package that Go builds, and that neither the project nor anything seen has. */
async function nowhere({files: [file = '']}: Read, command: BuildCommand, project: Files, {reader}: Inputs) {
  const {moment, folder} = command
  const place = posix.resolve(folder, file)
  const name = posix.basename(place)
  const program = programOf(command) ?? ''
  const isGo = program === 'go'
  const isScript = plainPrograms.has(program) && /\.(?:ba)?sh$/.test(place) && !builtFolders.test(place)
  if (!(isGo || (isScript && project.named(name).length === 0)) || project.has('.gitmodules')) return undefined
  const then = momentOf(command)
  const origin = originOf(moment, folder, project)
  if (holds(then, place) !== 'no' || (isGo && origin === undefined)) return undefined
  const path = posix.join(origin ?? '', posix.relative(folder, place))
  if (path.startsWith('../') || (isGo && project.hasFolder(path))) return undefined
  // What git ignores may be there when somebody deploys from a folder of his own: `server` in .gitignore takes cmd/server, too.
  const isIgnored = (await ignoredPaths(reader.root, [path, `${path}/`])).size > 0
  if (isIgnored && !isGo) return undefined
  // A variable may have another value, and a task may write the file before anybody deploys.
  const tasks = isGo ? [] : await reader.texts(project.named(...taskFiles))
  const isSure =
    !isIgnored &&
    moment.instruction.text.includes(name) &&
    then.unknown.every(({by, text = ''}) => by !== 'run' || (isGo ? writesNamed(text) : isQuiet(text))) &&
    !tasks.some(({text}) => text.includes(name))
  return {path, place, without: undefined, nowhere: isSure ? ('sure' as const) : ('likely' as const)}
}

const plainPrograms: ReadonlySet<string> = new Set(['chmod', 'cp', 'mv', 'cat', 'ls'])
const builtFolders = /\/(?:node_modules|vendor|dist|build|out|target|_build|deps|\.venv|bin)\//

/** Of a folder into which others of the project were laid as well: where its package.json comes from. */
function manifestOrigin({files}: BuildCommand['moment'], folder: string, tracked: Files): string | undefined {
  const source = files.ownSource(posix.join(folder, 'package.json'), tracked) ?? ''
  return posix.basename(source) === 'package.json' ? source.slice(0, -'/package.json'.length) : undefined
}
