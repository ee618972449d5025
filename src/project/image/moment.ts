/** A stage as it is when one of its RUNs runs: what its commands find. */

import {posix} from 'node:path'
import {onceOf} from '../../once.ts'
import {type Instruction, mountsOf, mountTarget, type Stage} from '../dockerfile/parse.ts'
import type {Tracked} from '../files/files.ts'
import type {Unknown} from './build-stage.ts'
import type {FileTree} from './files/file-tree.ts'
import {isBelow} from './files/image-path.ts'
import type {Past} from './history.ts'
import {mayBring, mayHold} from './may-hold.ts'
import type {Command} from './shell/command.ts'
import {foldersOf, isMove} from './shell/folders.ts'

export interface Moment {
  stage: Stage
  instruction: Instruction
  commands: readonly Command[]
  workingDir: string
  env: Past
  /** ENV and ARG together. */
  variables: Past
  files: FileTree
  unknown: readonly Unknown[]
  /** What its questions look for, as they name it, and surely do not find. */
  without: readonly string[]
}

/** What each RUN runs, with the answers that its stage gives to its questions about files. */
export const commandsByRun = onceOf(
  ({stages}: {stages: readonly {moments: readonly Moment[]}[]}): ReadonlyMap<Instruction, readonly Command[]> =>
    new Map(stages.flatMap(({moments}) => moments.map(({instruction, commands}) => [instruction, commands] as const))),
)

/** The commands with the folders that they run in; none behind one that goes somewhere unknown: `cd -`, `cd app*`. */
export function located<C extends Pick<Command, 'words' | 'conditional'>>(
  commands: readonly C[],
  workingDir: string,
): {command: C; folder: string}[] {
  const folders = foldersOf(commands, workingDir)
  return commands.flatMap((command, index) => {
    const folder = folders[index]
    return folder === undefined || isMove(command) ? [] : [{command, folder}]
  })
}

/** Whether a path is there by then: `maybe` where something that is not followed may have brought it. */
export function holds(moment: Moment, path: string): 'yes' | 'maybe' | 'no' {
  if (bindMounts(moment).some((mount) => isBelow(path, targetOf(moment, mount))) || moment.files.get(path)) return 'yes'
  // The file of a secret; a cache, which has what earlier builds left there.
  const isMounted = mountsOf(moment.instruction).some(
    (mount) => mountTarget(mount) && isBelow(path, targetOf(moment, mount)),
  )
  return isMounted || mountsAnywhere(moment) || mayHold(moment, path) ? 'maybe' : 'no'
}

/** A command of a RUN: what has run in it before, as text. */
export interface Within {
  moment: Moment
  before: string
}

/** The moment of a command: what has run in its RUN before it may have made something, too. */
export const momentOf = ({moment, before}: Within): Moment => {
  const {stage, instruction, commands, workingDir, env, variables, files, without} = moment
  const own = {by: 'run' as const, path: '/', why: '', at: instruction.at, text: before, folder: workingDir}
  return {
    ...{stage, instruction, commands, workingDir, env, variables, files, without},
    // All RUNs before, of which most commands are asked nothing.
    get unknown() {
      return [...moment.unknown, own]
    },
  }
}

/** Whether a file or folder that the project has is surely not there when the command runs. */
export function lacks({moment, before}: Within, path: string): boolean {
  if (bindMounts(moment).some((mount) => isBelow(path, targetOf(moment, mount))) || moment.files.get(path)) return false
  return !mountsAnywhere(moment) && !mayBring(momentOf({moment, before}), path)
}

/** Programs that change a file in its place, or write another one over it. */
const writers =
  /\b(?:sed|jq|yq|perl|awk|tee|mv|cp|patch|dasel|npm pkg|poetry version|writeFile(?:Sync)?|write_text|Bun\.write)\b|>/
/** It does not say what it changes. */
const packageWriters = /\b(?:(?:npm|pnpm|bun) pkg (?:set|delete|fix)|npm set-script)\b/

/** `> packages/web/package.json`: a path with a folder. */
const redirected = />{1,2}\s*["']?(\.{0,2}\/?[\w@-][\w@.-]*\/[\w@./-]*)["']?(?=[\s;&|)]|$)/g
/** Whether the file that a command names is this one: from a folder above it. */
const mayBe = (target: string, path: string): boolean => {
  const named = posix.normalize(target).replace(/^(?:\.\.\/)+/, '')
  return named.startsWith('/') ? named === path : path.endsWith(`/${named}`)
}

/** Whether a file that was copied may be another by then: a RUN changed it, or a COPY of unseen files lies over it. */
export function mayBeChanged(
  {moment, before}: {moment: Pick<Moment, 'unknown'>; before: string},
  path: string,
): boolean {
  const name = posix.basename(path)
  if (moment.unknown.some(({by, path: folder}) => by === 'copy' && isBelow(path, folder))) return true
  const texts = [before, ...moment.unknown.map(({text = ''}) => text)]
  if (name === 'package.json' && texts.some((text) => packageWriters.test(text))) return true
  const isWritten = (part: string) => {
    const left = part.replace(redirected, (whole, target: string) => (mayBe(target, path) ? whole : ''))
    return left.includes(name) && writers.test(left)
  }
  return texts.some((text) => text.includes(name) && text.split(/&&|;|\n(?<!\\\n)/).some(isWritten))
}

/** What goes to another folder, or looks for files in others: `cd web`, `npm -w web`, `find . -name package.json`. */
const goesAround =
  /\b(?:cd|pushd|find|xargs|for)\s|\s(?:-w|--workspaces?|-ws|--prefix|-C|--dir|--cwd|-r|--recursive)\b|[*}$]/

/** Whether a RUN means the file of its own folder alone, and that is one above: `npm pkg delete scripts.prepare`. */
export function isOfAbove({folder, text = ''}: Unknown, path: string): boolean {
  const own = posix.dirname(path)
  const plain = text.replace(/(?<![\w.])\.\//g, '')
  return (
    folder !== undefined &&
    own !== folder &&
    isBelow(own, folder) &&
    !goesAround.test(plain) &&
    !plain.includes(`/${posix.basename(path)}`)
  )
}

/**
 * Tells of a path whether a RUN of any stage may write another file there: one before may change what is copied from it.
 * `inPlace`: where the stages have the same folders, a RUN that names a file by its name alone means none below its own.
 */
export function writtenByRun(
  stages: readonly Pick<Moment, 'unknown'>[],
  {inPlace = false} = {},
): (path: string) => boolean {
  const all = stages.flatMap((stage) => stage.unknown.filter(({by}) => by === 'run'))
  return (path) => {
    const unknown = inPlace ? all.filter((each) => !isOfAbove(each, path)) : all
    return mayBeChanged({moment: {unknown}, before: ''}, path)
  }
}

/**
 * The folder of the context that a folder of the image is a copy of, without a / at its end; undefined where nothing in
 * it tells, or its files come from several. The files of the folder itself tell, else those below it.
 */
export function originOf({files}: Pick<Moment, 'files'>, folder: string, tracked: Tracked): string | undefined {
  const entry = files.get(folder)
  if (entry?.kind !== 'folder') return undefined
  const own = new Set<string>()
  const below = new Set<string>()
  let looked = 0
  for (const [path, each] of files.filesOf(entry)) {
    if (++looked > 500) break
    if (each.kind !== 'file' || !tracked.has(each.source) || !`/${each.source}`.endsWith(path)) continue
    ;(path.lastIndexOf('/') === 0 ? own : below).add(each.source.slice(0, -path.length))
  }
  const [only, ...others] = own.size > 0 ? own : below
  return others.length > 0 ? undefined : only
}

/** Where a path of the image would come from, as the files that stand in its folder do. */
export function sourcesBeside(files: FileTree, path: string): string[] {
  const folder = files.get(posix.dirname(path))
  const found = new Set<string>()
  for (const [name, entry] of folder?.kind === 'folder' ? folder.entries : []) {
    if (entry.kind === 'file' && posix.basename(entry.source) === name)
      found.add(posix.join(posix.dirname(entry.source), posix.basename(path)))
  }
  return [...found]
}

/** The file of the context that stands at a path; undefined where none is seen to. */
export function sourceAt(moment: Moment, path: string, tracked: Tracked): string | undefined {
  for (const mount of bindMounts(moment)) {
    const target = targetOf(moment, mount)
    if (mount.get('from') !== undefined || !isBelow(path, target)) continue
    return posix.join((mount.get('source') ?? mount.get('src') ?? '.').replace(/^\/+/, ''), path.slice(target.length))
  }
  return moment.files.ownSource(path, tracked)
}

/** The same for a command, where what it finds is what the context has: nothing before it may have changed the file. */
export const unchangedAt = (command: Within, path: string, tracked: Tracked): string | undefined =>
  mayBeChanged(command, path) ? undefined : sourceAt(command.moment, path, tracked)

const bindMounts = ({instruction}: Moment) =>
  mountsOf(instruction).filter((mount) => (mount.get('type') ?? 'bind') === 'bind')

/** BuildKit puts variables into the target of a mount. */
const mountsAnywhere = ({instruction}: Moment): boolean =>
  mountsOf(instruction).some((mount) => mountTarget(mount)?.includes('$'))

const targetOf = ({workingDir}: Moment, mount: ReadonlyMap<string, string>): string =>
  posix.resolve(workingDir, mountTarget(mount) ?? '/')
