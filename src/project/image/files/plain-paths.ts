/** Paths that the commands of a RUN are given, or that their tools read, and that are surely not there when they run. */

import {posix} from 'node:path'
import {makesFile} from '../../deploys/laid-files.ts'
import {declaredArguments} from '../../dockerfile/arguments.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {isApart} from '../../files/apart.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {BuildCommand} from '../build-commands.ts'
import {baseMayHave, mayBring} from '../may-hold.ts'
import {holds, type Moment, momentOf, originOf, sourcesBeside} from '../moment.ts'
import {programOf} from '../shell/command.ts'
import {isInstall, isQuiet, leavesStorage} from '../shell/quiet-run.ts'
import type {FileTree} from './file-tree.ts'
import {isBelow, isOfBuilds, overlaps, withAbove} from './image-path.ts'
import {plainCommands} from './plain-commands.ts'
import {toolReads} from './tool-files.ts'

/** A pattern, and what a brace makes several of, may be any path. */
const isPlainPath = (word: string): boolean => /^[\w./@-]+$/.test(word)

/** What a command stops at. */
export interface AbsentPath {
  /** `cp`, `node build.js`. */
  command: string
  /** As it would be called in the project, and in the image. */
  path: string
  place: string
  /** What the command would make in it: a folder is missing. */
  makes: string | undefined
  /** Where the image has a file of that name. */
  elsewhere: string | undefined
  /** An install before may run scripts of the project, or the tool be told of another file. */
  likely?: boolean
}

/** The first path that a command of a RUN surely does not find. */
export async function absentPath(
  command: BuildCommand,
  project: Files,
  reader: ProjectReader,
): Promise<AbsentPath | undefined> {
  const {moment, folder} = command
  const wanted = wantedBy(command)
  const found = plainGap(command, wanted) ?? railsGap(command, wanted, project) ?? readGap(command)
  if (!found || project.has('.gitmodules')) return undefined
  const {place} = found
  const name = posix.basename(place)
  // The name that an ARG has without another may be one that nobody deploys with.
  if (command.by === undefined && !moment.instruction.text.includes(name) && readsArgument(command)) return undefined
  const origin = originOf(moment, folder, project) ?? ''
  const path = posix.join(origin, posix.relative(folder, place))
  // What git ignores may be there when somebody deploys from a folder of his own; `data/` ignores a folder alone.
  const ignored = [path, ...sourcesBeside(moment.files, place)]
    .filter((each) => !each.startsWith('../'))
    .flatMap((each) => [each, posix.join(each, '.keep')])
  if ((await ignoredPaths(reader.root, ignored)).size > 0) return undefined
  // git has no empty folder, and flyctl sends one.
  const isOnDisk = !path.startsWith('../') && (await reader.kindOf(path)) !== 'missing'
  if (isOnDisk && !project.has(path) && !project.hasFolder(path)) return undefined
  // A task may make it before anybody deploys; of a script, many a line only starts it. What is there is kept away.
  const tasks = project.has(path) ? [] : await reader.texts(tasksOf(project, /\.\w+$/.test(name)))
  if (tasks.some(({text}) => (found.isScript ? makesFile(text, name) : text.includes(name)))) return undefined
  return {...found, path, elsewhere: found.makes === undefined ? placeOf(moment.files, name) : undefined}
}

type Gap = Omit<AbsentPath, 'path' | 'elsewhere'> & {isScript?: boolean}

/** A path that must be there, or the folder of one that is made. */
interface Wanted {
  command: string
  place: string
  makes: string | undefined
}

/** What `cp`, `chmod` or `cd` is given. */
function plainGap(command: BuildCommand, wanted: readonly Wanted[]): Gap | undefined {
  // `mkdir a a/b` makes what it needs.
  return wanted.find(({place}) => !wanted.some(({makes}) => makes === place) && isAbsent(command, place))
}

/** `storage` of Rails: git has it by a .keep alone, and what builds the app makes it no more than the base does. */
function railsGap(command: BuildCommand, wanted: readonly Wanted[], project: Files): Gap | undefined {
  const found = wanted.find(({place}) => posix.basename(place) === 'storage')
  if (!found || !project.has('config/application.rb')) return undefined
  const {place} = found
  const {stage, files, unknown} = momentOf(command)
  const isMade =
    holds(command.moment, place) === 'yes' || leadsElsewhere(files, place) || mayBring({stage, unknown}, place)
  const isFollowed = unknown.every(({by, text = ''}) => by === 'base' || leavesStorage(text))
  return isMade || !isFollowed ? undefined : {...found, likely: true}
}

function wantedBy(command: BuildCommand): Wanted[] {
  const program = programOf(command) ?? ''
  const words = command.words.slice(1)
  if (!Object.hasOwn(plainCommands, program) || words.includes(undefined)) return []
  const {takes = [], makes = []} = plainCommands[program]?.(words as string[]) ?? {}
  const {folder} = command
  return [
    ...takes
      .filter(isPlainPath)
      .map((each) => ({command: program, place: posix.resolve(folder, each), makes: undefined})),
    ...makes.filter(isPlainPath).map((each) => {
      const target = posix.resolve(folder, each)
      return {command: program, place: posix.dirname(target), makes: target}
    }),
  ]
}

/** The script of an interpreter, or the manifest of a tool: none of the files that would do is there. */
function readGap(command: BuildCommand): Gap | undefined {
  const {folder} = command
  const {name = '', reads = []} = toolReads(command) ?? {}
  // Those are read above; and where the schema is, package.json may say.
  const program = programOf(command) ?? ''
  if (Object.hasOwn(plainCommands, program) || program === 'prisma') return undefined
  for (const {files, above, without, unless} of reads) {
    const [first = ''] = files
    if (without || unless || !/\.\w+$/.test(first) || !files.every(isPlainPath)) continue
    const places = (above ? withAbove(folder) : [folder]).flatMap((each) =>
      files.map((file) => posix.resolve(each, file)),
    )
    if (places.every((each) => isAbsent(command, each, isInstall))) {
      // What the command does not name, settings of the tool may: .mvn/maven.config, MAVEN_ARGS.
      const likely = !command.words.includes(first) || !places.every((each) => isAbsent(command, each))
      return {command: name, place: posix.resolve(folder, first), makes: undefined, likely, isScript: true}
    }
  }
  return undefined
}

export const taskFiles = [
  'Makefile',
  'justfile',
  'Justfile',
  'Taskfile.yml',
  'Taskfile.yaml',
  'mise.toml',
  'package.json',
]

/** What may be run before a deploy, by its name or by where it is; a file with an ending is named in any YAML. */
function tasksOf(project: Files, hasEnding: boolean): string[] {
  const scripts = project.ending('.sh', '.ps1', '.bat', '.cmd', ...(hasEnding ? ['.yml', '.yaml'] : []))
  const folders = ['bin', 'script', 'scripts', 'tools', 'ci', 'deploy', '.github'].flatMap((each) =>
    project.under(each),
  )
  const atTop = project.in('').filter((each) => !each.includes('.') || each.endsWith('-ci.yml'))
  const found = [
    ...scripts.filter((each) => !isApart(each)),
    ...folders,
    ...atTop.filter((each) => each !== 'Dockerfile'),
  ]
  return [...new Set([...project.named(...taskFiles, 'Rakefile', 'tasks.py', 'fabfile.py'), ...found])].slice(0, 1000)
}

/** Whether an ARG is among the variables of the words of a RUN. */
const readsArgument = ({moment: {stage, instruction}}: BuildCommand): boolean =>
  [...declaredArguments(allInstructions(stage))].some((name) => new RegExp(`\\$\\{?${name}\\b`).test(instruction.text))

/** Folders below the top that some base has, and what a home has of its own or gets of a package manager. */
const ofBases = /^\/(?:go|home|srv|cargo)(?:\/[^/]*)?$|\/\.(?:bash|profile|npm|cache|config|local)/

/**
 * Whether a path is surely not there: the instructions lay nothing there, and all RUNs before are known to make nothing
 * that they do not name.
 */
function isAbsent(command: BuildCommand, place: string, makesNothing = isQuiet): boolean {
  const {stage, files, workingDir} = command.moment
  const name = posix.basename(place)
  if (place === '/' || isOfBuilds(place) || ofBases.test(place)) return false
  if (!isBelow(place, workingDir) || workingDir === '/' || workingDir === '/usr/src') {
    // Beside the app: a file at the top, where bases have folders only, or what a COPY has filled.
    const isSeen = laidAbove(files, place) || (!baseMayHave(stage, place) && isMeantBelow(files, place, workingDir))
    if (posix.dirname(place) === '/' ? !/\.\w+$/.test(name) : !isSeen) return false
  }
  if (leadsElsewhere(files, place) || isBelowVariable(place, command.moment)) return false
  if (allInstructions(stage).some(({keyword, text}) => keyword === 'VOLUME' && text.includes(name))) return false
  const then = momentOf(command)
  if (holds(then, place) !== 'no') return false
  // `pip install -e git+…` clones into src.
  const clones = (text: string) => /\bpip/.test(text) && `${place}/`.includes('/src/')
  return then.unknown.every(({by, path, text = ''}) => {
    if (by === 'copy') return !overlaps(path, place)
    if (by !== 'run') return true
    return (
      makesNothing(text) &&
      !text.includes(name) &&
      !makesUnnamed.test(text) &&
      !fillsUnnamed.test(text) &&
      !clones(text)
    )
  })
}

/** A folder or a home of which a variable or a brace says the name. */
const makesUnnamed = /\b(?:mkdir|adduser|useradd)\b[^&|;]{0,500}[$`{*]/

/**
 * A project that pip builds may write files of its own, a package from elsewhere than the system's may have any, and
 * package managers can be told to fill another folder.
 */
const fillsUnnamed = new RegExp(
  [
    String.raw`\bpip3?\s+install\s(?:[^&|;\n]{0,300}\s)?(?:-e\s|\.)`,
    String.raw`\.(?:deb|rpm|apk)\b`,
    String.raw`\s--(?:root|installroot|prefix|instdir)\b`,
    String.raw`\bnpm\s+config\s+set\s+prefix\b`,
    String.raw`\bapk\s(?:[^&|;\n]{0,100}\s)?(?:-p|fetch)\s`,
    String.raw`\bcorepack\s+pack\b`,
  ].join('|'),
)

/** Whether a COPY laid a file into a folder that a path would be below. */
function laidAbove(files: FileTree, place: string): boolean {
  for (let above = posix.dirname(place); above !== '/' && above !== '/usr/src'; above = posix.dirname(above)) {
    const folder = files.get(above)
    if (folder?.kind === 'folder' && [...folder.entries.values()].some(({kind}) => kind === 'file')) return true
  }
  return false
}

/** `/Shop.Web/Shop.Web.csproj`, where /src/Shop.Web/Shop.Web.csproj is: the path was meant from the working directory. */
const isMeantBelow = (files: FileTree, place: string, workingDir: string): boolean =>
  /\.\w+$/.test(place) && files.get(posix.join(workingDir, place))?.kind === 'file'

/** What a variable names, beside the app, may be a folder that some program fills: COREPACK_HOME, NPM_CONFIG_PREFIX. */
const isBelowVariable = (place: string, {variables, workingDir}: Moment): boolean =>
  [...variables.values()].some((value) => {
    const folder = posix.normalize(value)
    return /^\/./.test(folder) && isBelow(place, folder) && !isBelow(workingDir, folder)
  })

/** Whether a link is on the way. */
function leadsElsewhere(files: FileTree, place: string): boolean {
  for (let each = place; each !== '/'; each = posix.dirname(each)) {
    if (files.get(each, {followLast: false})?.kind === 'link') return true
  }
  return false
}

function placeOf(files: FileTree, name: string): string | undefined {
  let looked = 0
  for (const [place] of files.files()) {
    if (posix.basename(place) === name) return place
    if (++looked > 5000) return undefined
  }
  return undefined
}
