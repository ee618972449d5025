/** Folders and files that code makes as soon as it is loaded, wherever it may. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {FactStore} from '../../../facts.ts'
import type {Build} from '../../image/build.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {blocksAround, type Code, closing, headersAround, type Language, placeOf, type Span, textOf} from '../code.ts'
import {codeContext} from '../code-context.ts'
import {inPlace, startedCode} from '../started-code.ts'
import {argumentOf, type PathExpression, pathExpression} from './path-expression.ts'

export interface MadeAtStart {
  /** `CMD`, `release_command`. */
  by: string
  /** In the image. */
  place: string
  isFile: boolean
  at: FileLocation
}

interface Maker {
  language: Language
  /** Up to the opening bracket, of which the path is an argument; `receiver`: the path stands before the dot. */
  call: RegExp
  argument: number | string | 'receiver'
  isFile?: true
  /** The file must have that. */
  needs?: RegExp
  /** Of the arguments: then nothing is made yet. */
  unless?: RegExp
}

const makers: readonly Maker[] = [
  {language: 'javascript', call: /\b(?:mkdirSync|ensureDirSync)\s*\(/g, argument: 0},
  {
    language: 'javascript',
    call: /\bawait\s+(?:\w*fs\w*|promises)(?:\.promises)?\.(?:mkdir|ensureDir)\s*\(/gi,
    argument: 0,
  },
  {
    language: 'javascript',
    call: /\b(?:writeFileSync|appendFileSync|createWriteStream)\s*\(/g,
    argument: 0,
    isFile: true,
  },
  // It makes the folder where that is a text, and lets a function do so itself (multer, storage/disk.js).
  {language: 'javascript', call: /\bmulter\s*\(\s*(?=\{)/g, argument: 'dest', needs: /["']multer["']/},
  {language: 'javascript', call: /\bdiskStorage\s*\(\s*(?=\{)/g, argument: 'destination', needs: /["']multer["']/},
  {language: 'python', call: /\b(?:os\.)?makedirs\s*\(/g, argument: 0},
  {language: 'python', call: /\bos\.mkdir\s*\(/g, argument: 0},
  {language: 'python', call: /(?<=[\w)])\.mkdir\s*\(/g, argument: 'receiver'},
  {language: 'python', call: /\b\w*FileHandler\s*\(/g, argument: 0, isFile: true, unless: /\bdelay\s*=\s*True\b/},
  {language: 'python', call: /\bbasicConfig\s*\(/g, argument: 'filename', isFile: true},
  {language: 'python', call: /\bsqlite3\.connect\s*\(/g, argument: 0, isFile: true, unless: /\buri\s*=/},
]

/** Asked before: where it is not there, it is made. */
const asksFirst =
  /^if\s*\(\s*!\s*(?:\w+\.)?existsSync\s*\([^;{}&|]{1,200}\)\s*\)$|^if not (?:os\.path\.(?:exists|isdir)\([^;]{1,200}\)|[\w.]{1,100}\.(?:exists|is_dir)\(\)):/

/** Of what the machines surely start, from the folder that the image works in. */
export async function madeAtStart(inputs: Inputs, facts: FactStore, build: Build): Promise<MadeAtStart[]> {
  await facts.need('files')
  const {started} = await startedCommands(facts)
  const context = await codeContext(inputs, facts)
  const found: MadeAtStart[] = []
  const seen = new Set<string>()
  for (const {by, command} of inPlace(started)) {
    const {entry, files} = await startedCode(command.words, context)
    for (const code of files) {
      if (seen.has(code.file.path)) continue
      seen.add(code.file.path)
      for (const {path, isFile, at} of madeIn(code, entry?.path)) {
        const place = placeIn(path, code, build)
        if (place !== undefined) found.push({by, place, isFile, at})
      }
    }
  }
  return found
}

/** What a file makes where it is loaded: in no function, no `try`, and no branch but one that asks whether it is there. */
function* madeIn(
  code: Code,
  entry: string | undefined,
): Generator<{path: PathExpression; isFile: boolean; at: FileLocation}> {
  for (const {call, argument, isFile = false, needs, unless} of makers.filter(
    ({language}) => language === code.language,
  )) {
    if (needs && !needs.test(code.text)) continue
    for (const match of code.bare.matchAll(call)) {
      const last = match.index + match[0].length
      const open = code.bare[last] === '{' ? last : last - 1
      const end = closing(code, open) + 1
      const given = argument === 'receiver' ? receiverOf(code, match.index) : argumentOf(code, open, argument)
      if (!given || unless?.test(code.text.slice(open, end)) || !isAtStart(code, given.start, match.index, entry))
        continue
      const path = pathExpression(code, given) ?? configured(code, textOf(code, given))
      if (path) yield {path, isFile, at: placeOf(code, {start: Math.min(given.start, match.index), end})}
    }
  }
}

/** `UPLOADS` of `UPLOADS.mkdir()`, `Path("logs")` of `Path("logs").mkdir()`. */
function receiverOf(code: Code, dot: number): Span | undefined {
  const line = code.text.slice(code.text.lastIndexOf('\n', dot) + 1, dot)
  const [receiver] =
    /(?:(?<!\w)\w{1,200}|\b(?:pathlib\.)?Path\([^()\n]{1,200}\)|\([\w\s/"'.-]{1,200}\))$/.exec(line) ?? []
  return receiver === undefined ? undefined : {start: dot - receiver.length, end: dot}
}

/** `app.config["UPLOAD_FOLDER"]`, which the file sets once. */
function configured(code: Code, text: string): PathExpression | undefined {
  const [, name] = /^app\.config\[["'](\w{1,100})["']\]$/.exec(text.trim()) ?? []
  if (name === undefined) return undefined
  const [only, another] = code.text.matchAll(
    new RegExp(`^app\\.config\\[["']${name}["']\\][ \\t]*=[ \\t]*([^\\n]+)`, 'gm'),
  )
  if (!only || another) return undefined
  const start = only.index + only[0].length - (only[1] as string).length
  return pathExpression(code, {start, end: only.index + only[0].length})
}

function isAtStart(code: Code, start: number, call: number, entry: string | undefined): boolean {
  const before = code.bare.slice(code.bare.lastIndexOf('\n', Math.min(start, call)) + 1, Math.min(start, call))
  if (code.language === 'python')
    return (
      !/\b(?:if|lambda|for|else|and|or)\b/.test(before) &&
      headersAround(code, call).every(
        (header) =>
          asksFirst.test(header) ||
          /^class\s/.test(header) ||
          (code.file.path === entry && /^if __name__\s*==/.test(header)),
      )
    )
  const written = code.text.slice(code.text.lastIndexOf('\n', call) + 1, call)
  const [condition = ''] = /^[ \t]*if\b.{0,300}\)[ \t]*(?=(?:\w+\.)?$)/.exec(written) ?? []
  const rest = written.slice(condition.length)
  return (
    (condition === '' || asksFirst.test(condition.trim())) &&
    !/\b(?:if|else|function|for|while)\b|=>|&&|\|\||\?/.test(rest) &&
    blocksAround(code, call).every((header) => asksFirst.test(header))
  )
}

/** Where the image has it; undefined where the file itself is compiled, and its folder is another one then. */
function placeIn({from, path}: PathExpression, {file}: Code, {final}: Build): string | undefined {
  if (from === 'cwd') return posix.resolve(final.config.workingDir || '/', path)
  if (from !== 'file') return undefined
  for (const [place, {source}] of final.files.files())
    if (source === file.path) return posix.resolve(posix.dirname(place), path)
  return undefined
}
