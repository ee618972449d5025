import {posix} from 'node:path'
import {onceOf} from '../../../once.ts'
import {flagOf, type Instruction, mountsOf, type Stage, unquote} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files/files.ts'
import {anyName, exactly, matcherOf} from '../../files/glob.ts'
import {jsonWords} from '../shell/shell-text.ts'
import {isBelow, longestPath, ofEverySystem, pathIn} from './image-path.ts'

/**
 * Which file of the build context an image path was copied from, by the instructions that ran before; undefined when
 * none of them brought it, or when one may have put another file in its place (a copy from a stage, a variable).
 * `paths` are the context's files. COPY's rules: a folder's contents are copied, a file goes into a folder.
 */
export function contextPath(
  imagePath: string,
  workdir: string,
  before: readonly Instruction[],
  paths: Files,
): string | undefined {
  const wanted = posix.resolve(workdir, imagePath)
  let directory = '/'
  let found: string | undefined
  for (const instruction of before) {
    directory = workdirAfter(directory, instruction)
    if (instruction.keyword === 'RUN' && instruction.text.includes(posix.basename(wanted))) {
      const others = instruction.text.replace(copied, (whole, source: string, target: string) =>
        isSame(source, target, instruction) ? '' : whole,
      )
      if (mayWrite(others, posix.basename(wanted))) found = undefined
    }
    const copy = copyOf(instruction)
    if (!copy) continue
    const {sources, target} = copy
    const elsewhere =
      flagOf(instruction, 'from') !== undefined || [...sources, target].some((word) => word.includes('$'))
    if (elsewhere) {
      const to = posix.resolve(directory, target)
      // What a variable adds to it is not known, but where that begins is.
      const [begin = ''] = target.split('$')
      const mayBe = target.includes('$') && (begin === '' || wanted.startsWith(inside(directory, begin)))
      if (mayBe || wanted === to || wanted.startsWith(to === '/' ? '/' : `${to}/`)) found = undefined
    } else for (const source of sources) found = brought(source, target, sources.length) ?? found
  }
  return found

  /** `cp .fly/entrypoint.sh /entrypoint`, of the file that a COPY laid there before: it is the same one again. */
  function isSame(source: string, target: string, run: Instruction): boolean {
    if (found === undefined || posix.resolve(directory, target) !== wanted || source === wanted) return false
    return contextPath(source, directory, before.slice(0, before.indexOf(run)), paths) === found
  }

  function brought(source: string, target: string, count: number): string | undefined {
    const from = contextSource(source)
    const to = posix.resolve(directory, target)
    const folder = from === '' ? '' : `${from}/`
    const relative = posix.relative(to, wanted)
    if (folder === '' || paths.hasFolder(from)) {
      return relative.startsWith('..') ? undefined : existing(folder + relative)
    }
    // A file: into the target when that is a folder, else as the target.
    const isFolder = to === directory || (ofEverySystem.test(to) && wanted !== to)
    const intoFolder = target.endsWith('/') || target === '.' || count > 1 || isFolder
    if ((intoFolder ? posix.dirname(wanted) : wanted) !== to) return undefined
    const matches = /[*?]/.test(from) ? fitting(from) : [from]
    return matches.find((match) => (intoFolder ? posix.join(to, posix.basename(match)) : to) === wanted)
  }

  function fitting(pattern: string): string[] {
    const folder = posix.dirname(pattern)
    const near = /[*?]/.test(folder) ? paths.under(/^[^*?]*(?=\/)/.exec(folder)?.[0] ?? '.') : paths.in(folder)
    return near.filter(glob(pattern))
  }

  function existing(path: string): string | undefined {
    return paths.has(path) ? path : undefined
  }
}

/** `/etc/php/` stays a folder: `/etc/php-fpm` is not in it. */
const inside = (directory: string, begin: string): string =>
  begin.endsWith('/') && !/^[./]*$/.test(begin)
    ? `${posix.resolve(directory, begin)}/`
    : posix.resolve(directory, begin)

/**
 * The file of the context that a program finds at one of these places of the image. Without a COPY that tells (a RUN may
 * have moved it), it is probably the only one of that name.
 */
export function sourceFile(
  places: readonly string[],
  workdir: string,
  before: readonly Instruction[],
  paths: Files,
): {path: string; certain: boolean} | undefined {
  for (const place of places) {
    const copied = contextPath(place, workdir, before, paths)
    if (copied !== undefined) return {path: copied, certain: true}
  }
  const [only, another] = paths.named(...new Set(places.map((place) => posix.basename(place))))
  return only !== undefined && another === undefined ? {path: only, certain: false} : undefined
}

/** `sed -i 's/\r$//'`: the ends of lines of Windows go, and the text stays. */
const onlyEnds = /\bsed[ \t]+(?:-i|--in-place)(?:[ \t]+-e)?[ \t]+\$?(["'])s\/\\r(?:\\?\$)?\/\/g?\1/g

/** One file to one place. */
const copied = /\bcp[ \t]+(?:-[a-zA-Z]+[ \t]+)?([\w./-]{1,300})[ \t]+([\w./-]{1,300})(?=[ \t]*(?:[;&|\n]|$))/g

/** Whether a shell text may write a file of this name: by a redirection, or with a program that edits or moves. */
function mayWrite(text: string, name: string): boolean {
  if (!text.includes(name)) return false
  const changes = text.replace(onlyEnds, '')
  const escaped = escapePattern(name)
  return new RegExp(
    `(>\\s*\\S{0,300}|\\b(sed|mv|cp|tee|export|compile|curl|wget|awk|perl)\\b[^\\n]{0,1000})${escaped}`,
  ).test(changes)
}

/** The sources and, last, the destination, without the quotes that BuildKit takes off a word. */
export const copyWords = (instruction: Instruction): string[] =>
  jsonWords(instruction.text) ?? instruction.words.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))

/** What a COPY or ADD names; undefined for other instructions, and for one without words. */
export function copyOf(instruction: Instruction): {sources: string[]; target: string} | undefined {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return undefined
  const sources = copyWords(instruction)
  const target = sources.pop()
  return target === undefined ? undefined : {sources, target}
}

/** A COPY or ADD with the place that it goes to. */
export interface PlacedCopy {
  instruction: Instruction
  sources: string[]
  target: string
}

export function* placedCopies(instructions: readonly Instruction[]): Generator<PlacedCopy> {
  let workdir = '/'
  for (const instruction of instructions) {
    workdir = workdirAfter(workdir, instruction)
    const copy = copyOf(instruction)
    if (copy) yield {instruction, sources: copy.sources, target: posix.resolve(workdir, copy.target)}
  }
}

/** A pattern of COPY as Go's filepath.Match reads it, as far as `*` and `?` go. */
const glob = (pattern: string): ((path: string) => boolean) =>
  matcherOf(
    pattern
      .split(/([*?])/)
      .flatMap((part) => (part === '*' ? [anyName] : part === '?' ? [{one: '[^/]'}] : exactly(part))),
  )

/** The working directory after these instructions. */
export const workdirOf = (instructions: readonly Instruction[]): string => instructions.reduce(workdirAfter, '/')

/** The same behind a stage: of a chain of stages, those before it were asked before. */
export const workdirBehind = onceOf((stage: Stage): string =>
  stage.instructions.reduce(workdirAfter, stage.parent ? workdirBehind(stage.parent) : '/'),
)

export function workdirAfter(directory: string, {keyword, words}: Instruction): string {
  if (keyword !== 'WORKDIR') return directory
  const folder = pathIn(directory, unquote(words.join(' ')))
  // The build ends at one that Linux does not take.
  return folder.length < longestPath ? folder : directory
}

/** Whether these instructions copy a file of the context, wherever to. */
export function copies(path: string, instructions: readonly Instruction[]): boolean {
  return instructions.some((instruction) => broughtBy(instruction).some((brings) => brings(path)))
}

/** What the sources of a COPY or ADD name in the context. */
const broughtBy = onceOf((instruction: Instruction): ((path: string) => boolean)[] => {
  if (flagOf(instruction, 'from') !== undefined) return []
  return (copyOf(instruction)?.sources ?? []).map((source) => {
    const from = contextSource(source)
    if (from === '') return () => true
    const folder = `${from}/`
    const matches = /[*?]/.test(from) ? glob(from) : undefined
    return (path) => path === from || path.startsWith(folder) || (matches?.(path) ?? false)
  })
})

/** Whether a RUN of these has a file of the context in a bind mount. */
export function mounts(path: string, instructions: readonly Instruction[]): boolean {
  return instructions.some((instruction) => mountedBy(instruction).some((from) => from === '' || isBelow(path, from)))
}

const mountedBy = onceOf((instruction: Instruction): string[] =>
  mountsOf(instruction)
    .filter((mount) => (mount.get('type') ?? 'bind') === 'bind' && !mount.has('from'))
    .map((mount) => contextSource(mount.get('source') ?? mount.get('src') ?? '.')),
)

/** A source as a path in the context: `/x`, `./x/` and `../x` all stay inside it; '' is the whole context. */
const contextSource = (source: string): string =>
  posix
    .normalize(source)
    .replace(/^(\.\.\/|\/)+/, '')
    .replace(/\/$/, '')
    .replace(/^\.{1,2}$/, '')
