import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import {madeBefore} from '../../deploys/made-before.ts'
import {mountsOf} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import {type BuildCommand, commandsBefore, mayRemove, mayRewrite} from '../build-commands.ts'
import {isBelow} from '../files/image-path.ts'
import {type GoImport, type GoProgram, goProgram, isOfModule, isStandard} from '../files/named/go-packages.ts'
import {holds, type Moment, unchangedAt} from '../moment.ts'
import {isQuiet} from '../shell/quiet-run.ts'

/** An import of a Go program at which `go build` stops. */
export interface GoImportFault {
  /** `github.com/gin-gonic/gin`, as the source has it. */
  path: string
  importedAt: FileLocation
  /** `go build`. */
  at: FileLocation
  /**
   * `unrequired`: no module of go.mod has it. `unsummed`: go.sum has no line for `module`, or there is no go.sum in the
   * image, whether the project has one (`uncopied`) or not (`no sums`); it is followed by its version where go.sum has
   * another one. `unused`: the file never uses it, as `name`.
   */
  fault: 'unrequired' | 'unsummed' | 'no sums' | 'uncopied' | 'unused'
  module?: string
  name?: string
  goMod: string
  /** A go mod tidy before that had no code to go by: it leaves an empty go.sum. */
  emptyTidy?: FileLocation
  /** A step before the deploy may write go.sum anew, as where git ignores it. */
  likely?: true
}

/** Modules of packages are found another way, or a file beside go.mod says so. */
const elsewhere = ['GOFLAGS', 'GOWORK', 'GO111MODULE', 'GOENV']

/**
 * Since Go 1.16 `go build` changes neither go.mod nor go.sum: what a package needs must stand in both
 * (go.dev/ref/mod#build-commands), else "no required module provides package", "missing go.sum entry for module
 * providing package". `go mod download` without names of modules adds no line to go.sum (modcmd/download.go).
 */
export async function loadGoImportFaults(inputs: Inputs, facts: FactStore): Promise<Fact<GoImportFault[]>> {
  const {reader} = inputs
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const project = files ?? noFiles
  const found: GoImportFault[] = []
  for (const [index, command] of commands.entries()) {
    const {words, conditional, decisive, at} = command
    if (words[0] !== 'go' || !/^(?:build|install|run)$/.test(words[1] ?? '') || conditional || !decisive) continue
    if (words.some((word) => word === undefined || /@|^--?(?:mod|modfile|overlay|C)\b/.test(word))) continue
    const program = await goProgram(command, reader, project)
    const mod = program && (await textAt(command, posix.join(program.root, 'go.mod')))
    if (!program || !mod) continue
    const tell = (
      file: TextFile,
      {path, start, end}: GoImport,
      rest: Omit<GoImportFault, 'path' | 'importedAt' | 'at' | 'goMod'>,
    ) => found.push({path, importedAt: file.span(start, end), at, goMod: mod.path, ...rest})
    const before = commandsBefore(commands, index)
    const mayDiffer = mayRewrite(before)
    const emptyTidy = before.find((each) => tidiesNothing(each, program, command))
    const isKept = await isAsWritten(program, command, before)
    const fault = isKept ? await moduleFaults(program, command, mod, emptyTidy?.at) : undefined
    for (const {file, place, imports} of program.sources) {
      if (mayRemove(before, place)) continue
      const isOther = mayDiffer || unchangedAt(command, place, project) === undefined
      // Without cgo the file is none of the program.
      if (imports.some(({path}) => path === 'C')) continue
      for (const each of imports) {
        if (found.some(({importedAt, path}) => importedAt.file === file.path && path === each.path)) continue
        const module = fault?.(each)
        const name = isOther ? undefined : unusedName(file, each, program)
        if (module) tell(file, each, module)
        else if (name) tell(file, each, {fault: 'unused', name})
      }
    }
  }
  return known(found)

  async function textAt(command: BuildCommand, place: string): Promise<TextFile | undefined> {
    const source = unchangedAt(command, place, project)
    return reader.text(source)
  }

  /** Whether go.mod and go.sum are those of the project, and no folder of copies or workspace stands for them. */
  async function isAsWritten(program: GoProgram, command: BuildCommand, earlier: BuildCommand[]): Promise<boolean> {
    const {moment, before} = command
    const texts = [moment.instruction.text, before, ...moment.unknown.map(({text = ''}) => text)]
    if (elsewhere.some((name) => moment.variables.has(name) || texts.some((text) => text.includes(name)))) return false
    if (project.named('go.work', 'modules.txt', '.gitmodules').length > 0) return false
    if (!earlier.every((each) => leavesModules(each) || tidiesNothing(each, program, command))) return false
    return ['go.work', 'vendor/modules.txt'].every(
      (name) => holds(withoutRuns(moment), posix.join(program.root, name)) === 'no',
    )
  }

  /** What is wrong with the module of an import of another module. */
  async function moduleFaults(
    {root, origin, module, requires}: GoProgram,
    command: BuildCommand,
    mod: TextFile,
    emptyTidy: FileLocation | undefined,
  ) {
    // Before, a module that another one requires did as well.
    const [, minor = 0] = /^go[ \t]+1\.(\d+)/m.exec(mod.text) ?? []
    if (Number(minor) < 17) return undefined
    const place = posix.join(root, 'go.sum')
    const sums = await textAt(command, place)
    if (!sums && holds(withoutRuns(command.moment), place) !== 'no') return undefined
    const summed = new Set(sums?.text.split('\n').map((line) => /^(\S+ v[^\s/]+) h1:/.exec(line)?.[1]))
    const versions = requiredVersions(mod)
    const isSummed = (module: string) => summed.has(`${module} ${versions.get(module)}`)
    const replaced = [...mod.text.matchAll(/^[ \t]*(?:replace[ \t]+)?([^\s()]+)(?:[ \t]+v\S+)?[ \t]+=>/gm)].map(
      ([, path]) => path,
    )
    const ownSums = posix.join(origin, 'go.sum')
    const absent = project.has(ownSums) ? 'uncopied' : 'no sums'
    const isIgnored = !sums && (await ignoredPaths(reader.root, [ownSums])).size > 0
    const likely = (isIgnored || (await madeBefore(ownSums, inputs, facts))) && {likely: true as const}
    return ({path}: GoImport): Omit<GoImportFault, 'path' | 'importedAt' | 'at' | 'goMod' | 'name'> | undefined => {
      if (!/^[^/]*\./.test(path) || isOfModule(path, module) || /[^\w./~-]/.test(path)) return undefined
      const modules = requires.filter((each) => isOfModule(path, each))
      if (replaced.some((each) => each !== undefined && isOfModule(path, each))) return undefined
      if (modules.length === 0) return {fault: 'unrequired', ...likely}
      if (modules.some(isSummed)) return undefined
      const longest = modules.reduce((a, b) => (b.length > a.length ? b : a))
      const isOther = [...summed].some((each) => each?.startsWith(`${longest} `))
      const wanted = isOther ? `${longest} ${versions.get(longest)}` : longest
      return {fault: sums ? 'unsummed' : absent, module: wanted, ...(!sums && emptyTidy && {emptyTidy}), ...likely}
    }
  }
}

/**
 * Whether a command is a go mod tidy in a folder without code: "all" matched no packages. What it then writes, an empty
 * go.sum and a go.mod that requires nothing, is lost where the go.mod that is built with is copied after it.
 */
function tidiesNothing({words, folder, moment}: BuildCommand, {root}: GoProgram, build: BuildCommand): boolean {
  if (words[0] !== 'go' || words[1] !== 'mod' || words[2] !== 'tidy' || folder !== root) return false
  if (words.slice(3).some((word) => !/^-[vxe]$/.test(word ?? ''))) return false
  if (mountsOf(moment.instruction).some((mount) => (mount.get('type') ?? 'bind') === 'bind')) return false
  if (moment.unknown.some(({by, path}) => by === 'copy' && (isBelow(path, root) || isBelow(root, path)))) return false
  const there = moment.files.get(root)
  if (there?.kind !== 'folder') return false
  for (const [path] of moment.files.filesOf(there)) if (path.endsWith('.go')) return false
  const mod = build.moment.files.get(posix.join(root, 'go.mod'))
  return mod?.kind === 'file' && (mod.at.line ?? 0) > (moment.instruction.at.line ?? 0)
}

/** What the RUNs do is known from their commands. */
const withoutRuns = (moment: Moment): Moment => ({...moment, unknown: moment.unknown.filter(({by}) => by !== 'run')})

/** Whether a command surely changes neither go.mod nor go.sum. */
function leavesModules({words}: BuildCommand): boolean {
  const text = words.map((word) => word ?? '$').join(' ')
  if (words[0] !== 'go') return isQuiet(text)
  if (/\s--?mod\b/.test(text)) return false
  return /^go (?:build|vet|version|install|test|list|run|clean|mod (?:verify|download(?: -x)?$))(?: |$)/.test(text)
}

/**
 * The versions that go.mod requires. A newer one that another module wants does not take their place in a build: go says
 * "updates to go.mod needed" or "missing go.sum entry".
 */
function requiredVersions({text}: TextFile): ReadonlyMap<string, string> {
  const required = text.replace(/^(?:exclude|retract|replace|tool)[ \t]*\([^)]*\)/gm, '')
  const lines = required.matchAll(/^(?:require\b)?[ \t]*"?([\w./~-]+)"?[ \t]+(v\d[^\s"/]*)/gm)
  return new Map([...lines].map(([, path = '', version = '']) => [path, version]))
}

/**
 * "imported and not used": the name of an import that the rest of its file never says. Of another module's package
 * only its own sources tell the name.
 */
function unusedName(file: TextFile, {path, alias, end}: GoImport, {packages}: GoProgram): string | undefined {
  if (alias === '_' || alias === '.' || path === 'C') return undefined
  const name = alias ?? packages.get(path) ?? (isStandard(path) ? standardName(path) : undefined)
  if (name === undefined) return undefined
  const bare = codeOf(file)?.bare ?? file.text
  return new RegExp(`(?<!\\w|(?<!\\.\\.)\\.)${name}(?!\\w)`).test(bare.slice(end)) ? undefined : name
}

/** math/rand/v2 is `rand`. */
const standardName = (path: string): string => posix.basename(path.replace(/\/v\d+$/, ''))
