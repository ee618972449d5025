/** What the questions of a RUN about files come to, by what its stage holds: `if [ -f yarn.lock ]; then …`. */
import {posix} from 'node:path'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {type Instruction, mountsOf, mountTarget} from '../../dockerfile/parse.ts'
import type {Unknown} from '../build-stage.ts'
import {mayHold} from '../may-hold.ts'
import {located} from '../moment.ts'
import type {Command} from '../shell/command.ts'
import type {Answer} from '../shell/file-questions.ts'
import {isQuiet, mayMake} from '../shell/quiet-run.ts'
import {asks} from '../shell/shell-commands.ts'
import type {StageWork} from '../stage-work.ts'
import type {FileTree} from './file-tree.ts'
import {isBelow, isOfBuilds, overlaps} from './image-path.ts'

/**
 * Answers only what is sure: nothing where a RUN before may have made or removed it, or a mount may bring it. What is not
 * there is added to `without`.
 */
export function fileAnswers(
  instruction: Instruction,
  {result, madeLater}: StageWork,
  files: () => FileTree,
  without: string[],
): Answer {
  const workingDir = posix.resolve('/', result.config.workingDir)
  return ({about, path}, earlier) => {
    if (earlier.length > longestRun) return undefined
    const here = {words: ['['], conditional: false}
    const last = located([...earlier, here], workingDir).at(-1)
    if (last?.command !== here) return undefined
    const place = posix.resolve(last.folder, path)
    if (isOfOthers.test(place)) return undefined
    const isMounted = mountsOf(instruction).some((mount) => {
      const target = mountTarget(mount)
      return target && (target.includes('$') || overlaps(place, posix.resolve(workingDir, target)))
    })
    if (isMounted) return undefined
    const own: Unknown = {
      by: 'run',
      path: '/',
      why: '',
      at: instruction.at,
      text: textOf(earlier),
      folder: workingDir,
    }
    const unknown = [...result.unknown, own]
    const entry = files().get(place)
    if (entry) {
      if (entry.kind === 'link' || unknown.some(({text = ''}) => mayRemove(text, place))) return undefined
      return about === 'e' || (about === 'd') === (entry.kind === 'folder')
    }
    if (isOfBuilds(`/${about === 'd' ? path : posix.dirname(path)}`)) return undefined
    const then = {...result, unknown}
    if (madeLater.has(posix.basename(path)) || mayHold(then, place) || mayMake(then, place)) return undefined
    if (about !== 'f' && unknown.some(({text = ''}) => makesUnnamed.test(text))) return undefined
    if (!without.includes(path)) without.push(path)
    return false
  }
}

/** Nobody writes so many commands into one RUN, and each question looks at all before it. */
const longestRun = 500

/** A home, the folder of git, and what who builds lays at the top: `/.dockerenv`. */
const isOfOthers = /\/~|\/\.git(?:\/|$)|^\/\.[^/]*$/

/** A folder of which a variable says the name. */
const makesUnnamed = /\bmkdir\b[^&|;\n]{0,500}[$`{]/

/** What has run before a question, where that is no question itself. */
const textOf = (commands: readonly Command[]): string =>
  commands
    .filter((command) => !asks(command))
    .map(({words, writes = []}) =>
      [...words.map((word) => word ?? '$'), ...writes.map((path) => `> ${path}`)].join(' '),
    )
    .join('\n')

/** The paths that RUNs ask for, as they are written. */
export function askedPaths({stages}: Dockerfile): string[] {
  const found = new Set<string>()
  for (const {instructions} of stages) {
    for (const {keyword, text} of instructions) {
      if (keyword !== 'RUN' || !/\[|\btest\b/.test(text)) continue
      for (const [, path = ''] of text.matchAll(asked)) found.add(path)
    }
  }
  return [...found]
}

const asked = /(?:\[|\btest)\s+(?:!\s+)?-[efdsrwx]\s+["']?([^\s"';\]]{1,200})/g

/** Whether a text may take away a path: by its name, a pattern, or a folder above it. */
function mayRemove(text: string, path: string): boolean {
  if (isQuiet(text) && !/\brm/.test(text)) return false
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/&&|\|\||[;\n|]/)
    .some((part) => {
      const words = part.trim().split(/\s+/)
      const index = words.findIndex((word) => /^(?:\S*\/)?(?:rm|rmdir|mv|unlink|shred)$/.test(word))
      if (words.includes('xargs')) return true
      if (index >= 0) return words.slice(index + 1).some((word) => !word.startsWith('-') && mayCover(word, path))
      return /\b(?:find|rimraf|del|clean|git)\b/.test(part)
    })
}

function mayCover(word: string, path: string): boolean {
  const plain = posix.normalize(word.replace(/["']/g, ''))
  const [start = ''] = plain.split(/[*?[$`{(]/)
  if (plain.startsWith('/')) return start === plain ? isBelow(path, plain) : path.startsWith(start)
  return start !== plain || /^\.{1,2}(?:\/|$)/.test(plain) || `${path}/`.includes(`/${plain}/`)
}
