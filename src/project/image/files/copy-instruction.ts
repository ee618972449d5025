/** What COPY and ADD bring into a stage (dispatchCopy in frontend/dockerfile/dockerfile2llb/convert.go). */
import {posix} from 'node:path'
import {jsonArray} from '../../dockerfile/logical-line.ts'
import type {Instruction} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {baseMayHave} from '../may-hold.ts'
import {cargoPrograms} from '../outputs/cargo.ts'
import {isPrune} from '../shell/quiet-run.ts'
import {raise, type StageWork, strings} from '../stage-work.ts'
import {argumentsIn} from '../variable-reads.ts'
import {CopyError, type CopyRequest, copyFiles} from './copy-files.ts'
import {contextSource, stageSource} from './copy-sources.ts'
import {FileTree} from './file-tree.ts'
import {isBelow, ofEverySystem, overlaps} from './image-path.ts'
import {isNoSource, isNoTop, ownSource, type SourceStage} from './missing-sources.ts'

/** One instruction, as its parts need it. */
interface Copy extends Omit<CopyRequest, 'sources'> {
  work: StageWork
  instruction: Instruction
  /** What --from names. */
  from: string | undefined
  /** The destination as an absolute path. */
  target: string
}

/** `2>/dev/null || true`, a comment behind the files. */
const ofShell = /^(?:\|\|?|&&?|;|#|\d?>{1,2}(?:&\d|\/dev\/null)?)$/
const shellHint =
  'Leave it out. Where a file may be missing, name it with a star beside one that is there: COPY package.json yarn.loc[k] ./'

export async function copy(instruction: Instruction, work: StageWork): Promise<void> {
  const {keyword, line, at} = instruction
  const {files, config, unknown} = work.result
  const listed = strings(jsonArray(line.rest))
  const written = listed ?? line.rest.split(/\s+/).filter(Boolean)
  // What stands before it is what was meant: nothing more is told of that.
  const shell = listed ? -1 : written.slice(0, -1).findIndex((word) => ofShell.test(word))
  if (shell > 1) {
    const [word] = written.splice(shell)
    const message = `${keyword} takes ${word} for a file to copy, which is not there: only a RUN has a shell`
    work.result.problems.push({kind: 'copy', message, at, hint: shellHint})
  }
  const isHeredoc = (text: string) => line.heredocs.length > 0 && /^\d*<<-?./.test(text)
  const words = written.map((each) => (isHeredoc(each) ? each : work.word(each)))
  const place = words.pop() ?? ''
  const from = line.flags.find(([name]) => name === 'from')?.[1]
  const source = from === undefined ? contextSource(work.context) : stageSource(from, work)
  const addresses = words.filter(isAddress)
  if (keyword === 'COPY' && addresses.length > 0) raise(`${addresses[0]} is an address, which only ADD can fetch`)
  const workdir = posix.resolve('/', config.workingDir)
  const isFolder = unknown.some(({by}) => by === 'base') && ofEverySystem.test(posix.resolve(workdir, place))
  const destination = isFolder ? `${place}/` : place
  const parents = line.flags.some(([name, value]) => name === 'parents' && value !== 'false')
  const exclude = line.flags.flatMap(([name, value]) => (name === 'exclude' ? [work.word(value)] : []))
  const target = posix.resolve(workdir, destination)
  const each: Copy = {work, instruction, from, target, destination, workdir, parents, exclude, at}

  // An argument without a value here, which a deploy hands over.
  const isOpen = (text: string) => argumentsIn(text, work).some((name) => !work.variables.has(name))
  const open = words.findIndex((word, index) => {
    const text = written[index] ?? ''
    return (word === '' && text.includes('$')) || isOpen(text)
  })
  if (open >= 0)
    unknown.push({by: 'copy', path: target, why: `${written[open]} is copied there, which is not known`, at})
  const paths = words.filter((word) => word !== '' && !isHeredoc(word) && !isAddress(word))
  if (source) await copyPaths(paths, source, each)
  else unknown.push({by: 'copy', path: target, why: `it is copied from the image ${from}`, at})

  const placeOf = (name: string) => placeIn(each, name)
  for (const address of addresses) {
    if (/\.git(#|$)|^git@|^git:/.test(address)) {
      unknown.push({by: 'copy', path: target, why: `${address} is cloned there`, at})
    } else {
      const name = posix.basename(new URL(address).pathname)
      files.put(placeOf(name), {kind: 'file', source: address, at})
    }
  }
  const heredocs = words.filter(isHeredoc)
  for (const {name} of line.heredocs.slice(0, heredocs.length)) {
    files.put(placeOf(name), {kind: 'file', source: `heredoc ${name}`, at})
  }
}

async function copyPaths(paths: readonly string[], source: SourceStage, request: Copy): Promise<void> {
  const {instruction, work, target, at} = request
  const {keyword, line} = instruction
  const isArchive = (path: string) => keyword === 'ADD' && /\.(tar|tgz|tbz2?|txz|tzst)$|\.tar\.\w+$/.test(path)
  const {unpack} = Object.fromEntries(line.flags)
  const archives = unpack === 'false' ? [] : paths.filter(isArchive)
  // An archive must be there, and is then unpacked.
  if (archives.length > 0) await copyFiles(new FileTree(), source.files, {...request, sources: archives})
  for (const archive of archives) {
    work.result.unknown.push({by: 'copy', path: target, why: `${archive} is unpacked there`, at})
  }
  const plain = paths.filter((path) => !archives.includes(path))
  if (plain.length > 0) await copyPlain(plain, source, request)
  await lookForSources(plain, source, request)
  takeMadeLater(plain, source, request)
  takeUnknown(plain, source, request)
}

/** A source that is not there is told of itself: nothing more is said of the place where it would be laid. */
async function copyPlain(
  sources: readonly string[],
  {files}: Pick<SourceStage, 'files'>,
  request: Copy,
): Promise<void> {
  const {work, destination, target, at} = request
  try {
    await copyFiles(work.result.files, files, {...request, sources})
  } catch (error) {
    if (error instanceof CopyError && error.missing !== undefined) {
      const name = posix.basename(error.missing)
      const isFile = /\.\w+$/.test(name) || (sources.length === 1 && !/(^|\/)\.?$/.test(destination))
      const path = isFile ? placeIn(request, name) : target
      work.result.unknown.push({by: 'copy', path, why: `${error.missing} is copied there, which is missing`, at})
      if (await mayBeElsewhere(error.missing, request)) {
        const missing = {path: error.missing, from: undefined, leftOut: false, elsewhere: true}
        work.result.problems.push({kind: 'copy', message: error.message, at, missing})
        const others = sources.filter((each) => posix.resolve('/', each) !== error.missing)
        if (others.length > 0 && others.length < sources.length) await copyPlain(others, {files}, request)
        return
      }
    }
    throw error
  }
}

/** A source that git ignores may be where the project is deployed from; what .dockerignore leaves out is nowhere. */
const mayBeElsewhere = async (path: string, {work, from}: Copy): Promise<boolean> =>
  from === undefined && !work.context.leftOut(path) && (await work.mayHaveElsewhere(path))

/** The place of one file of this name: in the destination, or as it. */
const placeIn = ({work, destination, target}: Copy, name: string): string =>
  /(^|\/)\.?$/.test(destination) || work.result.files.get(target)?.kind === 'folder' ? posix.join(target, name) : target

/** What a stage is likely not to have of what is copied from it. */
async function lookForSources(paths: readonly string[], source: SourceStage, {work, from, at}: Copy): Promise<void> {
  if (from === undefined || source.files.complete) return
  for (const path of paths.map((each) => posix.resolve('/', each))) {
    if (source.files.entry(path)) continue
    const own = await ownSource(path, source, work.context)
    if (own === undefined && !isNoTop(path, source) && !(await isNoSource(path, source))) continue
    const missing = {path, from, leftOut: false, likely: true, own}
    work.result.problems.push({kind: 'copy', message: `${path} is not there`, at, missing})
  }
}

/**
 * A pattern in a folder that is not here is for what a step before the deploy makes: it stops at nothing. And a submodule
 * is fetched before it.
 */
function takeMadeLater(paths: readonly string[], {files}: SourceStage, {work, from, target, at}: Copy): void {
  if (from !== undefined) return
  for (const path of paths.map((each) => posix.resolve('/', each))) {
    if (work.context.isUnfetched(path))
      work.result.unknown.push({by: 'copy', path: target, why: `${path} is copied there, a submodule`, at})
    const [folder] = /^.*(?=\/[^/]*[*?[])/.exec(path.slice(0, path.search(/[*?[]/) + 1)) ?? []
    if (!folder || files.entry(folder) || work.context.ruleAgainst(folder)) continue
    work.result.unknown.push({by: 'copy', path: target, why: `${path} is copied there, which is not made yet`, at})
  }
}

/** What cannot be known of the other stage cannot be known of the copy either. */
function takeUnknown(paths: readonly string[], source: SourceStage, request: Copy): void {
  const {work, from, target} = request
  // A file that is seen brings itself alone, whatever else its stage may hold, and so does a program that is compiled.
  const maybeMore = new Map<string, string[]>()
  for (const path of paths.map((each) => posix.resolve('/', each))) {
    if (source.files.entry(path)?.kind === 'file') continue
    const place = isFileName(path) || isProgram(path, source) ? placeIn(request, posix.basename(path)) : target
    maybeMore.set(place, [...(maybeMore.get(place) ?? []), path])
  }
  let textless = 0
  for (const each of source.unknown) {
    const prunes = each.by === 'run' && isPrune(each.text ?? '')
    const places = [...maybeMore].filter(([, own]) =>
      own.some((path) => {
        if (prunes && source.pruned?.some((folder) => isBelow(path, folder))) return false
        const isSystem = each.by !== 'base' || !source.stage || baseMayHave(source.stage, path)
        return isSystem && overlaps(path, each.path)
      }),
    )
    if (places.length === 0) continue
    // Without a text they say no more than one of them does: of a long chain of stages a few tell why.
    if (each.text === undefined && ++textless > 20) continue
    for (const [path, taken] of places)
      work.result.unknown.push({...each, by: 'copy', path, taken, why: `${each.why} in ${from}`})
  }
}

/** Manifests, locks and settings: a file by its name, in whatever folder; a package may be called `chart.js`. */
const isFileName = (path: string): boolean =>
  /\.(?:json|jsonc|ya?ml|toml|lock|lockb|py|rb|sh|ini|exs|gemspec|jar|war|dll|txt)$|\/(?:[\w.-]+\.config\.[cm]?[jt]s|Gemfile|Procfile|Rakefile|artisan)$/.test(
    path,
  ) && !/[*?[]|\/(?:node_modules|site-packages|vendor)\//.test(path)

/** Whether a path is one at which the stage compiles a program: it is no folder then. */
function isProgram(path: string, {unknown, stage, files}: SourceStage): boolean {
  if (!stage || files.entry(path)) return false
  if (cargoPrograms.test(path)) return unknown.some(({text}) => text && /\bcargo\b/.test(text))
  const name = escapePattern(posix.basename(path))
  const makes = new RegExp(
    `\\bgo build\\b[^&|;\\n]{0,500}\\s-o[= ]\\s{0,20}["']?(?:[^\\s"']{0,200}/)?${name}["']?(?=[\\s;&|]|$)`,
  )
  const texts = unknown.flatMap(({text}) => text?.replace(/\\\r?\n/g, ' ') ?? [])
  // Into a folder that is there it lays a program of another name, or several.
  const mayBeFolder = new RegExp(`\\bmkdir\\b[^&|;]{0,500}\\b${name}(?=[\\s/;&|]|$)|\\.\\.\\.`)
  return texts.some((text) => makes.test(text)) && !texts.some((text) => mayBeFolder.test(text))
}

const isAddress = (text: string): boolean => /^(https?:\/\/|git:\/\/|git@)/.test(text)
