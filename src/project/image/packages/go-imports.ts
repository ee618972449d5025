import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import {madeBefore} from '../../deploys/made-before.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {type BuildCommand, commandsBefore, mayRemove, mayRewrite} from '../build-commands.ts'
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
   * image, whether the project has one (`uncopied`) or not (`no sums`). `unused`: the file never uses it, as `name`.
   */
  fault: 'unrequired' | 'unsummed' | 'no sums' | 'uncopied' | 'unused'
  module?: string
  name?: string
  goMod: string
  /** A step before the deploy may write go.mod and go.sum anew. */
  madeBefore?: boolean
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
      rest: Pick<GoImportFault, 'fault' | 'module' | 'name' | 'madeBefore'>,
    ) => found.push({path, importedAt: file.span(start, end), at, goMod: mod.path, ...rest})
    const mayDiffer = mayRewrite(commands, index)
    const fault = (await isAsWritten(program, command, index)) ? await moduleFaults(program, command, mod) : undefined
    for (const {file, place, imports} of program.sources) {
      if (mayRemove(commands, index, place)) continue
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
    return source === undefined ? undefined : reader.text(source)
  }

  /** Whether go.mod and go.sum are those of the project, and no folder of copies or workspace stands for them. */
  async function isAsWritten({root}: GoProgram, command: BuildCommand, index: number): Promise<boolean> {
    const {moment, before} = command
    const texts = [moment.instruction.text, before, ...moment.unknown.map(({text = ''}) => text)]
    if (elsewhere.some((name) => moment.variables.has(name) || texts.some((text) => text.includes(name)))) return false
    if (project.named('go.work', 'modules.txt', '.gitmodules').length > 0) return false
    if (!commandsBefore(commands, index).every(leavesModules)) return false
    return ['go.work', 'vendor/modules.txt'].every(
      (name) => holds(withoutRuns(moment), posix.join(root, name)) === 'no',
    )
  }

  /** What is wrong with the module of an import of another module. */
  async function moduleFaults({root, origin, module, requires}: GoProgram, command: BuildCommand, mod: TextFile) {
    // Before, a module that another one requires did as well.
    const [, minor = 0] = /^go[ \t]+1\.(\d+)/m.exec(mod.text) ?? []
    if (Number(minor) < 17) return undefined
    const place = posix.join(root, 'go.sum')
    const sums = await textAt(command, place)
    if (!sums && holds(withoutRuns(command.moment), place) !== 'no') return undefined
    const summed = new Set(sums?.text.split('\n').map((line) => /^(\S+) v[^\s/]+ h1:/.exec(line)?.[1]))
    const replaced = [...mod.text.matchAll(/^[ \t]*(?:replace[ \t]+)?([^\s()]+)(?:[ \t]+v\S+)?[ \t]+=>/gm)].map(
      ([, path]) => path,
    )
    const absent = project.has(posix.join(origin, 'go.sum')) ? 'uncopied' : 'no sums'
    const made = (await madeBefore(posix.join(origin, 'go.sum'), inputs, facts)) && {madeBefore: true}
    return ({path}: GoImport): Pick<GoImportFault, 'fault' | 'module' | 'madeBefore'> | undefined => {
      if (!/^[^/]*\./.test(path) || isOfModule(path, module) || /[^\w./~-]/.test(path)) return undefined
      const modules = requires.filter((each) => isOfModule(path, each))
      if (replaced.some((each) => each !== undefined && isOfModule(path, each))) return undefined
      if (modules.length === 0) return {fault: 'unrequired', ...made}
      if (modules.some((each) => summed.has(each))) return undefined
      const longest = modules.reduce((a, b) => (b.length > a.length ? b : a))
      return {fault: sums ? 'unsummed' : absent, module: longest, ...made}
    }
  }
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
