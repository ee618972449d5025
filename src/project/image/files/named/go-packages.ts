import {posix} from 'node:path'
import type {FileLocation} from '../../../../check.ts'
import {blank, codeOf} from '../../../code/code.ts'
import type {Files} from '../../../files/files.ts'
import type {ProjectReader} from '../../../files/reader.ts'
import type {TextFile} from '../../../files/text.ts'
import type {BuildCommand} from '../../build-commands.ts'
import {holds, lacks, type Moment, momentOf, sourceAt} from '../../moment.ts'
import {writesNamed} from '../../shell/quiet-run.ts'
import {besideOf} from '../build-files.ts'
import type {FolderEntry} from '../file-tree.ts'
import {goTargets} from '../go-words.ts'
import {withAbove} from '../image-path.ts'
import type {MissingPart, Parts} from '../named-files.ts'
import {missingEmbeds} from './go-embeds.ts'

/** What `go build` compiles of the project itself: the packages that a command names, and those that these import. */
export interface GoProgram {
  /** The folder of go.mod, in the image and in the project ('' is the top); and the module's name. */
  root: string
  origin: string
  module: string
  /** The modules that go.mod requires: one may be called as a package of this one. */
  requires: string[]
  /** Without tests and files for other systems; `place` is where the image has it. */
  sources: {file: TextFile; place: string; imports: GoImport[]}[]
  /** What its own packages call themselves, by the path of their import. */
  packages: Map<string, string>
}

export interface GoImport {
  path: string
  /** The name that the file gives it: `_` and `.` too. */
  alias?: string
  start: number
  end: number
}

/** Whether a package is of the standard library, which comes first: in `module image`, image/png is none of the project's. */
export const isStandard = (path: string): boolean => standard.test(path)

const standard =
  /^(?:archive|bufio|bytes|cmp|compress|container|context|crypto|database|debug|embed|encoding|errors|expvar|flag|fmt|go|hash|html|image|index|io|iter|log|maps|math|mime|net|os|path|plugin|reflect|regexp|runtime|slices|sort|strconv|strings|sync|syscall|testing|text|time|unicode|unique|unsafe)(?:\/|$)/

/** undefined where the module is not the project's own. */
export async function goProgram(
  command: BuildCommand,
  reader: ProjectReader,
  project: Files,
): Promise<GoProgram | undefined> {
  const {moment, folder} = command
  const root = withAbove(folder).find((each) => sourceAt(moment, posix.join(each, 'go.mod'), project) !== undefined)
  const modSource = root && sourceAt(moment, posix.join(root, 'go.mod'), project)
  const mod = await reader.text(modSource)
  const [, module] = /^module\s+"?([^\s"]+)/m.exec(mod?.text ?? '') ?? []
  if (root === undefined || modSource === undefined || module === undefined || isStandard(module)) return undefined
  const origin = posix.dirname(modSource) === '.' ? '' : posix.dirname(modSource)
  const requires = [...(mod?.text ?? '').matchAll(/^(?:require\b)?[ \t]*"?([\w./~-]+)"?[ \t]+v\d/gm)].map(
    ([, path = '']) => path,
  )
  const program: GoProgram = {root, origin, module, requires, sources: [], packages: new Map()}
  const next = builtPackages(command, module, root)
  const seen = new Set<string>()
  for (let built = next.pop(); built !== undefined; built = next.pop()) {
    const {place} = built
    if (seen.has(place)) continue
    seen.add(place)
    for (const source of await sourcesIn(built)) {
      program.sources.push(source)
      const [, name] = /^package[ \t]+(\w+)/m.exec(codeOf(source.file)?.text ?? '') ?? []
      if (name) program.packages.set(posix.join(module, posix.relative(root, place)), name)
      for (const {path} of source.imports) {
        if (isOfModule(path, module)) next.push({place: posix.join(root, path.slice(module.length))})
      }
    }
  }
  return program

  async function sourcesIn({place, names}: BuiltPackage): Promise<GoProgram['sources']> {
    const entry = moment.files.get(place)
    const own = entry?.kind === 'folder' ? goFiles(entry).filter((name) => !ofOneSystem.test(name)) : []
    const read = (names ?? own).map(async (name) => {
      const path = posix.join(place, name)
      const source = sourceAt(moment, path, project)
      const file = await reader.text(source)
      return file && !/^\/\/(?:go:build| ?\+build) /m.test(file.text)
        ? [{file, place: path, imports: file.once(importsOf, () => [...importsOf(file)])}]
        : []
    })
    return (await Promise.all(read)).flat()
  }
}

/** Whether a package is one of a module. */
export const isOfModule = (path: string, module: string): boolean => path === module || path.startsWith(`${module}/`)

/**
 * The packages of its own module that a Go program imports, directly or through others, and the files that they embed:
 * those that the stage does not have. "no required module provides package", "no matching files found".
 */
export async function goPackages(command: BuildCommand, {reader, project, context}: Parts): Promise<MissingPart[]> {
  const {moment, at} = command
  const program = await goProgram(command, reader, project)
  if (!program) return []
  const {root, origin, module, requires} = program
  const found: MissingPart[] = []
  const told = new Set<string>()
  const mayGenerate = momentOf(command).unknown.some(({by, text}) => by === 'run' && !writesNamed(text ?? ''))
  /** The COPY of the source that is read. */
  let brought: FileLocation | undefined
  for (const {file, place, imports} of program.sources) {
    const own = moment.files.get(place)
    brought = own?.kind === 'file' ? own.at : undefined
    for (const {path: imported, start, end} of imports) {
      if (!isOfModule(imported, module)) continue
      const target = posix.join(root, imported.slice(module.length))
      const hidden = await hiddenPackage(target)
      if (hidden) await tell(hidden, target, file, start, end)
      const isOther = requires.some((each) => imported === each || imported.startsWith(`${each}/`))
      const absent = isOther ? undefined : absentPackage(target)
      if (absent) await tell(absent, target, file, start, end, true)
    }
    for (const {path, place: target, start, end, nowhere} of missingEmbeds(
      file,
      posix.dirname(place),
      command,
      project,
    ))
      if (!nowhere || !mayGenerate) await tell(path, target, file, start, end, nowhere, 'embeds')
  }
  return found

  async function tell(
    path: string,
    place: string,
    file: TextFile,
    start: number,
    end: number,
    nowhere = false,
    does = 'imports',
  ) {
    if (told.has(path)) return
    told.add(path)
    const rule = nowhere ? undefined : await context.ruleFor(`/${path}`)
    const beside = brought ?? besideOf(moment.files.get(root))
    const verb = nowhere ? does : 'names'
    const named = file.span(start, end)
    const entry = moment.files.get(place)
    const generator = entry?.kind === 'folder' && nowhere && does === 'imports' ? 'templ generate' : undefined
    found.push({
      path,
      place,
      command: 'go build',
      generator,
      at,
      file: file.path,
      named,
      verb,
      sure: !nowhere,
      nowhere,
      rule,
      beside,
    })
  }

  /** What the folder of a package would be in the project, which has none, and in which no RUN can have made one. */
  function absentPackage(place: string): string | undefined {
    const path = posix.join(origin, posix.relative(root, place))
    const isThere = project.in(path).some((each) => isGo(posix.basename(each)))
    // Another module of the repository may have it: of a workspace, or in vendor/.
    const isElsewhere = project.has('.gitmodules') || project.named('go.work', 'modules.txt').length > 0
    if (isThere || isElsewhere || mayGenerate) return undefined
    const entry = moment.files.get(place)
    if (entry?.kind === 'folder' && goFiles(entry).length > 0) return undefined
    // Of page.templ it is templ generate that makes page_templ.go.
    const [view] = entry?.kind === 'folder' ? [...entry.entries.keys()].filter((name) => name.endsWith('.templ')) : []
    const wanted = view === undefined ? place : posix.join(place, view.replace(/\.templ$/, '_templ.go'))
    return holds(momentOf(command), wanted) === 'no' ? path : undefined
  }

  /** The folder in the project of a package that is written by hand and is not in the stage. */
  async function hiddenPackage(place: string): Promise<string | undefined> {
    const path = posix.join(origin, posix.relative(root, place))
    const entry = moment.files.get(place)
    if (!project.hasFolder(path) || (entry?.kind === 'folder' && goFiles(entry).length > 0) || !lacks(command, place))
      return undefined
    for (const each of project.in(path)) {
      if (!isGo(posix.basename(each))) continue
      const text = (await reader.text(each))?.text ?? ''
      // What a generator writes, a RUN before may write too.
      if (!mayGenerate || !/^\/\/ Code generated .* DO NOT EDIT\.?$/m.test(text)) return path
    }
    return undefined
  }
}

const isGo = (name: string): boolean => /\.go$/.test(name) && !/_test\.go$|^[._]/.test(name)
/** One system's files are built there only; those of Linux on amd64 are those of the image. */
const otherSystems =
  /_(?:aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos|386|amd64p32|arm(?:64)?(?:be)?|loong64|mips(?:64)?(?:p32)?(?:le)?|ppc(?:64)?(?:le)?|riscv(?:64)?|s390x?|sparc(?:64)?|wasm)(?:_\w{1,60})?\.go$/
/** A build for another one than that of the image has none of these, either: GOOS=js, GOARCH=arm64. */
const ofOneSystem = /_(?:linux|amd64)\.go$/
export const goFiles = ({entries}: FolderEntry): string[] =>
  [...entries.keys()].filter((name) => isGo(name) && !otherSystems.test(name))

/** The folder of a package; where a command names some of its files, these alone are built. */
interface BuiltPackage {
  place: string
  names?: string[]
}

/** The packages that the command builds; what it does not say is left aside. */
export function builtPackages({words, folder, moment}: BuildCommand, module: string, root: string): BuiltPackage[] {
  const [, verb, ...rest] = words.map((word) => word ?? '$')
  const targets = goTargets(verb, rest)
  if (rest.some((word) => /^--?(C|overlay|modfile)/.test(word))) return []
  const [first] = targets
  if (first === undefined) return [{place: folder}]
  // All of them lie in one folder.
  if (first.endsWith('.go'))
    return [{place: posix.resolve(folder, posix.dirname(first)), names: targets.map((each) => posix.basename(each))}]
  return targets.flatMap((each) => {
    if (each.includes('$')) return []
    const [, above] = /^(\.{1,2}(?:\/[^.].{0,200})?)\/\.\.\.$/.exec(each) ?? []
    if (above !== undefined) return [...packagesBelow(posix.resolve(folder, above), moment)].map((place) => ({place}))
    if (each.includes('...')) return []
    if (/^\.{0,2}\//.test(each) || each === '.' || each === '..') return [{place: posix.resolve(folder, each)}]
    return isOfModule(each, module) ? [{place: posix.join(root, each.slice(module.length))}] : []
  })
}

/** What `./...` stands for: the folders with Go files, of this module alone. */
function* packagesBelow(folder: string, {files}: Moment): Generator<string> {
  const next = [folder]
  for (let place = next.pop(), seen = 0; place !== undefined && seen < mostFolders; place = next.pop(), seen++) {
    const entry = files.get(place)
    if (entry?.kind !== 'folder' || (place !== folder && entry.entries.has('go.mod'))) continue
    if (goFiles(entry).length > 0) yield place
    for (const [name, each] of entry.entries) {
      if (each.kind === 'folder' && !/^[._]|^(?:testdata|vendor|node_modules)$/.test(name))
        next.push(posix.join(place, name))
    }
  }
}

const mostFolders = 500

function* importsOf(file: TextFile): Generator<GoImport> {
  // A parenthesis of a comment ends no list; behind the first declaration are strings, and no imports.
  const plain = file.text.replace(/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, blank)
  const [text = ''] = plain.split(/^(?:const|func|type|var)\b/m, 1)
  for (const block of text.matchAll(/^import\s+(?:\(([^)]*)\)|(?:[\w.]+\s+)?"[^"\n]+")/gm)) {
    for (const match of block[0].matchAll(/^(?:import)?[ \t]*(?:([\w.]+)[ \t]+)?"([^"\n]+)"/gm)) {
      const [whole, alias, path = ''] = match
      const start = block.index + match.index + whole.indexOf('"')
      yield {path, ...(alias && {alias}), start, end: start + path.length + 2}
    }
  }
}
