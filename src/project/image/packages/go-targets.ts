import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {madeBefore} from '../../deploys/made-before.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {goTargets} from '../files/go-words.ts'
import {builtPackages, type GoProgram, goProgram, isOfModule, isStandard} from '../files/named/go-packages.ts'
import {holds, lacks, momentOf, originOf} from '../moment.ts'
import {flagValue} from '../outputs/output.ts'
import {writesNamed} from '../shell/quiet-run.ts'
import {leftOutName} from './go-siblings.ts'

/** A package that `go build` is given, and that is none, or none of which a program is made. */
export interface GoTargetFault {
  /** `go build`. */
  command: string
  at: FileLocation
  /** As it is written; `.` where nothing is. */
  target: string
  /**
   * `unmarked`: a folder without `./`, which Go looks for in its own library. `empty`: a folder without Go files.
   * `library`: its package is not main, of which `-o FILE` gets an archive. `several`: `-o` names one file for several
   * packages. `partial`: a file of a package, which takes something from another one. `absent`: a file that is not there.
   */
  fault: 'unmarked' | 'empty' | 'library' | 'several' | 'partial' | 'absent'
  /**
   * `empty`: the folder in the image; `absent`: the file there. `library`: the package's name. `several`: the file.
   * `partial`: what it takes.
   */
  name: string
  /** `partial`: the file that has it, and where it is used. */
  declaredIn?: string
  usedAt?: FileLocation
  /** `empty` and `library`: a folder with a program, as it would be written. */
  program?: string | undefined
}

/** Modules of packages are found another way. */
const elsewhere = ['GOFLAGS', 'GOWORK', 'GO111MODULE', 'GOENV']

/** Go's own programs: `go build cmd/compile`. */
const ownPrograms =
  /^cmd\/(?:addr2line|api|asm|buildid|cgo|compile|covdata|cover|dist|distpack|doc|fix|go|gofmt|internal|link|nm|objdump|pack|pprof|preprofile|relnotes|test2json|tools|trace|vet)(?:\/|$)/

/**
 * "package cmd/server is not in std", "package main.go is not in std" (load.PackagesAndErrors of cmd/go), "no Go files in /src", "cannot write multiple packages to non-directory" (go help
 * build; cmd/go/internal/work/build.go, cmd/go/internal/modload/import.go). Of a package that is not main `-o` gets an
 * archive, with which no machine starts.
 */
export async function loadGoTargetFaults(inputs: Inputs, facts: FactStore): Promise<Fact<GoTargetFault[]>> {
  const {reader} = inputs
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const project = files ?? noFiles
  const found: GoTargetFault[] = []
  if (project.named('go.work', '.gitmodules').length > 0) return known(found)
  for (const command of commands) {
    const {words, conditional, decisive, at, moment} = command
    const [tool, verb = '', ...rest] = words
    if (tool !== 'go' || !/^(?:build|install|run)$/.test(verb) || conditional || !decisive) continue
    if (rest.some((word) => word === undefined || /[@$]|^--?(?:mod|modfile|overlay|C|buildmode)\b/.test(word))) continue
    const isElsewhere = elsewhere.some((name) => moment.variables.has(name) || moment.instruction.text.includes(name))
    const program = isElsewhere ? undefined : await goProgram(command, reader, project)
    const fault =
      program &&
      (faultOf(command, program, project) ??
        severalFor(command, program) ??
        (await partialFor(command, program, {reader, project})))
    if (!fault || !program) continue
    // What generates sources before the deploy may write it.
    const own = posix.join(program.origin, posix.relative(program.root, fault.name))
    const isMade = async () =>
      (await facts.value('deployCommands'))?.generates || (await madeBefore(own, inputs, facts))
    if (fault.fault === 'absent' && !project.has(own) && (await isMade())) continue
    found.push({command: `go ${verb}`, at, ...fault})
  }
  return known(found)
}

type Fault = Omit<GoTargetFault, 'command' | 'at'>

function faultOf(command: BuildCommand, program: GoProgram, project: Files): Fault | undefined {
  const {folder, moment, words} = command
  const [verb, ...rest] = words.slice(1).map((word) => word ?? '')
  const targets = goTargets(verb, rest)
  const unmarked = targets.find((each) => isUnmarked(each, command, program, project))
  if (unmarked !== undefined) return {target: unmarked, fault: 'unmarked', name: unmarked}
  const absent = targets.find((each) => isAbsent(each, command, program, project))
  if (absent !== undefined) return {target: absent, fault: 'absent', name: posix.resolve(folder, absent)}
  const [target = '.', another] = targets
  if (another !== undefined || !/^\.{1,2}(?:\/[\w./-]*)?$/.test(target) || /\.\.\.|\.go$/.test(target)) return undefined
  const place = posix.resolve(folder, target)
  const entry = moment.files.get(place)
  const origin = originOf(moment, place, project)
  if (entry?.kind !== 'folder' || origin === undefined) return undefined
  // A generator may write the package, and a RUN bring it.
  const mayGenerate = momentOf(command).unknown.some(({by, text}) => by === 'run' && !writesNamed(text ?? ''))
  const goFiles = [...entry.entries.keys()].filter((name) => /\.go$/.test(name) && !/_test\.go$/.test(name))
  const own = project.in(origin || '.').filter((path) => path.endsWith('.go'))
  if (goFiles.length === 0) {
    if (mayGenerate || own.length > 0 || holds(momentOf(command), posix.join(place, 'main.go')) !== 'no')
      return undefined
    return {target, fault: 'empty', name: place, program: programIn(place, program, project)}
  }
  const sources = program.sources.filter((each) => posix.dirname(each.place) === place)
  const name = program.packages.get(posix.join(program.module, posix.relative(program.root, place)))
  const isLibrary = name !== undefined && sources.length === goFiles.length
  if (!isLibrary || !sources.every(({file}) => new RegExp(`^package[ \\t]+${name}\\b`, 'm').test(file.text)))
    return undefined
  const output = flagValue(words, '-o')
  if (name === 'main' || !output || isFolder(command, output)) return undefined
  return {target, fault: 'library', name, program: programIn(place, program, project)}
}

/** A file that no COPY brings: Go then takes its name for that of a package, which is nowhere either. */
function isAbsent(target: string, command: BuildCommand, {root, origin}: GoProgram, project: Files): boolean {
  if (!/^[\w./-]+\.go$/.test(target)) return false
  const place = posix.resolve(command.folder, target)
  if (project.has(posix.join(origin, posix.relative(root, place)))) return lacks(command, place)
  const mayGenerate = momentOf(command).unknown.some(({by, text}) => by === 'run' && !writesNamed(text ?? ''))
  return !mayGenerate && holds(momentOf(command), place) === 'no'
}

/** A folder of the project that Go takes for a package of its library, as nothing of the module is called so. */
function isUnmarked(target: string, {folder, moment}: BuildCommand, program: GoProgram, project: Files): boolean {
  const {module, requires, root} = program
  if (!/^[A-Za-z_][\w-]*(?:\/[\w.-]+)*$/.test(target) || target.endsWith('.go') || ownPrograms.test(target))
    return false
  if (isStandard(target) || /^(?:all|std|cmd|main|tool|work)$/.test(target)) return false
  if ([module, ...requires].some((each) => isOfModule(target, each) || isOfModule(each, target))) return false
  const origin = originOf(moment, folder, project)
  const isOurs = origin !== undefined && project.in(posix.join(origin, target)).some((path) => path.endsWith('.go'))
  return isOurs && !moment.files.get(posix.join(root, 'vendor', target))
}

/** Several packages, and one file to write them to. */
function severalFor(command: BuildCommand, {module, root, sources}: GoProgram): Fault | undefined {
  const output = flagValue(command.words, '-o')
  if (!output || isFolder(command, output)) return undefined
  const there = new Set(sources.map(({place}) => posix.dirname(place)))
  const built = builtPackages(command, module, root).filter(({place, names}) => !names && there.has(place))
  const target = goTargets(
    'build',
    command.words.slice(2).map((word) => word ?? ''),
  ).join(' ')
  return new Set(built.map(({place}) => place)).size > 1 ? {target, fault: 'several', name: output} : undefined
}

/** `go build cmd/server/main.go`, where the program is in several files. */
async function partialFor(
  command: BuildCommand,
  program: GoProgram,
  context: {reader: ProjectReader; project: Files},
): Promise<Fault | undefined> {
  const left = await leftOutName(command, program, context)
  const [first = ''] = goTargets(
    'build',
    command.words.slice(2).map((word) => word ?? ''),
  )
  const folder = posix.dirname(first)
  const fits = folder === '.' || folder.startsWith('.') || folder.startsWith('/') ? folder : `./${folder}`
  return left && {target: first, fault: 'partial', program: fits, ...left}
}

/** Whether a path is a folder by then, or may be one. */
const isFolder = (command: BuildCommand, output: string): boolean =>
  output.endsWith('/') || holds(momentOf(command), posix.resolve(command.folder, output)) !== 'no'

/** The one folder below that has a main.go, as `go build` would be given it. */
function programIn(place: string, {root, origin}: GoProgram, project: Files): string | undefined {
  const folder = posix.join(origin, posix.relative(root, place))
  const below = project
    .named('main.go')
    .filter((path) => folder === '' || folder === '.' || path.startsWith(`${folder}/`))
  const [only, another] = below
  return only === undefined || another !== undefined ? undefined : `./${posix.dirname(posix.relative(folder, only))}`
}
