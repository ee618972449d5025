import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import {packageCommands, packageScript} from '../image/programs/package-scripts.ts'
import {type Command, programOf, type Variables} from '../image/shell/command.ts'
import {shellCommands} from '../image/shell/shell-commands.ts'
import {recipesOf} from './makefile.ts'

/** A part of a text that a shell runs in one go, and where it stands. */
export interface ShellPart {
  text: string
  commands: readonly Command[]
  /** Where a command stands in the text; undefined where that is not known. */
  rangeOf(command: Command): readonly [start: number, end: number] | undefined
  /** A failure in the middle of a pipe counts. */
  pipefail: boolean
  /** From the top of the repository; undefined where it cannot be told. */
  folder: string | undefined
}

/** A text of the project that a command starts: a script, a recipe of a Makefile, a script of package.json. */
export interface StartedScript {
  file: TextFile
  parts: ShellPart[]
}

/** Reads a file by its path from the top of the repository; undefined for one that has nothing to do with flyctl. */
export type ReadScript = (path: string) => Promise<TextFile | undefined>

export async function startedScript(
  command: Command,
  folder: string | undefined,
  variables: Variables,
  read: ReadScript,
): Promise<StartedScript | undefined> {
  if (folder === undefined) return undefined
  const named = packageScript(command.words)
  if (named !== undefined) {
    const file = await read(posix.join(folder, 'package.json'))
    const commands = file && packageCommands(file, named, variables)
    const part = {text: '', rangeOf: () => undefined, pipefail: false, folder}
    return file && commands && {file, parts: commands.map((each) => ({...part, commands: each}))}
  }
  if (programOf(command) === 'make') return makeTargets(command, folder, variables, read)
  return shellScript(command, folder, variables, read)
}

async function makeTargets(
  {words}: Command,
  folder: string,
  variables: Variables,
  read: ReadScript,
): Promise<StartedScript | undefined> {
  const targets = words.slice(1)
  // Another folder or another file.
  if (!targets.every((word) => word !== undefined && /^[\w.-]+$|^\w+=/.test(word) && !word.startsWith('-')))
    return undefined
  const file = await read(posix.join(folder, 'Makefile'))
  if (!file) return undefined
  // `make deploy ENV=production` overrides what the Makefile says.
  const given = new Map(
    targets.flatMap((word) => (word?.includes('=') ? [word.split(/=(.*)/s) as [string, string]] : [])),
  )
  const named = targets.filter((word) => !word?.includes('=')) as string[]
  const parts = recipesOf(file, named).map(({text, start, own, fallback}) =>
    readPart(
      text,
      (name) => given.get(name) ?? own(name) ?? variables(name) ?? fallback(name),
      (from, to) => file.span(start + from, start + to),
      folder,
    ),
  )
  return {file, parts}
}

async function shellScript(
  {words}: Command,
  folder: string,
  variables: Variables,
  read: ReadScript,
): Promise<StartedScript | undefined> {
  const isShell = /^(ba|da|z)?sh$|^source$|^\.$/.test(programOf({words}) ?? '')
  const index = isShell ? words.findIndex((word, at) => at > 0 && !word?.startsWith('-')) : 0
  const path = words[index]
  if (path === undefined || !(isShell || path.includes('/')) || !/^[\w./-]+$/.test(path) || path.startsWith('/'))
    return undefined
  const place = posix.join(folder, path)
  if (place.startsWith('../')) return undefined
  const file = await read(place)
  if (!file || !/^#!.*\b(ba|da|z|k)?sh\b|^(?!#!)/.test(file.text)) return undefined
  const own = (name: string) => (/^[1-9]$/.test(name) ? words[index + Number(name)] : variables(name))
  const known = withOwnFolder(file.text, posix.dirname(place), own)
  return {file, parts: [readPart(known.text, known.variables, (start, end) => file.span(start, end), folder)]}
}

/** What stands for the folder of a script itself, below the top of the repository. */
const ownFolder = '/\u0001/'

/** Where `cd` leads to. */
export function cdTo(folder: string | undefined, target: string | undefined): string | undefined {
  if (target?.startsWith(ownFolder)) return posix.join('.', target.slice(ownFolder.length))
  return folder === undefined || target === undefined ? undefined : posix.join(folder, target)
}

/** `$(dirname "$0")` and what scripts put around it; variables that are set once, and always, to a plain value or to that. */
function withOwnFolder(text: string, folder: string, variables: Variables): {text: string; variables: Variables} {
  // Of the same length, so that places stay true.
  const named = (letter: string) => (found: string) => `$${letter.repeat(found.length - 1)}`
  const filled = text
    .replace(/\$\(dirname (?:-- )?"?\$(?:0|\{0\}|BASH_SOURCE|\{BASH_SOURCE(?:\[0\])?\})"?\)/g, named('D'))
    .replace(/\$\(cd (?:-- )?"?\$D{8,}"? *&& *pwd(?: -P)?\)/g, named('D'))
    .replace(/\$\(cd (?:-- )?"?\$D{8,}\/\.\."? *&& *pwd(?: -P)?\)/g, named('E'))
  const once = new Map<string, string | undefined>()
  for (const [, name = '', quoted, plain] of filled.matchAll(
    /^(?:export |readonly )?(\w+)=(?:"([^"`\n]*)"|'[^'\n]*'|([^\s"'`;&|()]*))[ \t]*$/gm,
  )) {
    once.set(name, once.has(name) ? undefined : (quoted ?? plain))
  }
  const timesSet = new Map<string, number>()
  for (const [, name = ''] of filled.matchAll(/\b(\w+)=/g)) timesSet.set(name, (timesSet.get(name) ?? 0) + 1)
  const isSetAgain = (name: string) => (timesSet.get(name) ?? 0) > 1
  const resolve = (name: string): string | undefined => {
    if (/^D{8,}$/.test(name)) return ownFolder + folder
    if (/^E{8,}$/.test(name)) return ownFolder + posix.join(folder, '..')
    return variables(name)
  }
  return {
    text: filled,
    variables: (name) => {
      const value = once.get(name)
      if (value === undefined || isSetAgain(name)) return resolve(name)
      const [, inner, rest = ''] = /^\$\{?(\w+)\}?((?:\/[\w.-]+)*)$/.exec(value) ?? []
      if (inner !== undefined && inner !== name) {
        const found = resolve(inner)
        return found === undefined ? undefined : found + rest
      }
      return /^[\w./:@-]+$/.test(value) ? value : resolve(name)
    },
  }
}

/** `place` turns offsets of the text into a location. */
export function readPart(
  text: string,
  variables: Variables,
  place: (start: number, end: number) => FileLocation,
  folder: string | undefined,
): ShellPart {
  const ranges = new Map<FileLocation, readonly [start: number, end: number]>()
  const commands = shellCommands(text, variables, (start, end) => {
    const at = place(start, end)
    ranges.set(at, [start, end])
    return at
  })
  return {
    text,
    commands: commands ?? [],
    rangeOf: ({at}) => ranges.get(at),
    pipefail: /\bpipefail\b/.test(text),
    folder,
  }
}
