import {type CommandArgument, type For, type ParsedScript, parse, type SyntaxNode} from 'unbash'
import type {FileLocation} from '../../../check.ts'
import {onceOf} from '../../../once.ts'
import type {Instruction} from '../../dockerfile/parse.ts'
import type {TextFile} from '../../text.ts'
import {valuesOf} from './shell-words.ts'

/** One program with its arguments, as a shell text starts it. */
export interface Command {
  /** The program first; undefined where a word cannot be known. */
  words: (string | undefined)[]
  at: FileLocation
  /** It may not run, or its failure is caught: in an `if`, a loop, a function, or a list with `||`. */
  conditional: boolean
  /**
   * When it fails, the whole text fails: it is in the last statement, or under `set -e`, which a failure before the end
   * of an `&&` list does not meet, and one in the background never.
   */
  decisive: boolean
  /** A supervisor starts it, and goes on without it when it fails. */
  supervised?: boolean
  /** The files that its output goes to, `> log`, `>> log`, where there are such. */
  writes?: string[]
}

/** It runs, and when it fails, what started it fails. */
export const isCertain = ({conditional, decisive}: Command): boolean => !conditional && decisive

export type Variables = (name: string) => string | undefined
type Place = (start: number, end: number) => FileLocation

/** The commands of a RUN instruction, in order; undefined when the shell text cannot be parsed. */
export const runCommands = (file: TextFile, run: Instruction, variables: Variables): Command[] | undefined =>
  run.text.includes('$') ? instructionCommands(run, variables, placesIn(file, run)) : plainCommands(file)(run)

/** A text without variables comes to the same commands whoever asks, and many do. */
const plainCommands = onceOf((file: TextFile) =>
  onceOf((run: Instruction) => instructionCommands(run, () => undefined, placesIn(file, run))),
)

const placesIn =
  (file: TextFile, {offset}: Instruction): Place =>
  (start, end) =>
    file.span(offset + start, offset + end)

/** The same for any instruction that takes a command (RUN, CMD, ENTRYPOINT), in exec or shell form. */
export function instructionCommands(
  instruction: Instruction,
  variables: Variables,
  place: Place,
): Command[] | undefined {
  const words = jsonWords(instruction.text)
  if (!words) return shellCommands(shellText(instruction.text), variables, place)
  return wordsCommands(words, variables, instruction.at)
}

/** What words start that no shell has read: those of the exec form, and of fly.toml. */
export const wordsCommands = (words: string[], variables: Variables, at: FileLocation): Command[] =>
  unwrap({words, at, conditional: false, decisive: true}, variables)

/** The first thing in a shell text that no shell can read, and the offset at which that is seen. */
export const syntaxFault = (text: string): {message: string; pos: number} | undefined => parse(text).errors?.[0]
/** Where the statements of a text begin, one that does not end too. */
export const statementsOf = (text: string): number[] => parse(text).commands.map(({pos}) => pos)
export const scriptFault = (file: TextFile): {message: string; pos: number} | undefined =>
  file.text.includes('\r') ? syntaxFault(file.text.replaceAll('\r', ' ')) : parsed(file).errors?.[0]

const branches = new Set(['If', 'While', 'Select', 'Case', 'Function'])

/** Parses shell text into its commands. `place` turns offsets in the text into a location. */
export const shellCommands = (text: string, variables: Variables, place: Place): Command[] | undefined =>
  commandsOf(parse(text), text, variables, place)

/** Those of a script, which is parsed once for all who read it with variables of their own. */
export const scriptCommands = (file: TextFile, variables: Variables): Command[] | undefined =>
  commandsOf(parsed(file), file.text, variables, (start, end) => file.span(start, end))

const parsed = (file: TextFile): ParsedScript => file.once(parse, () => parse(file.text))

function commandsOf(script: ParsedScript, text: string, outside: Variables, place: Place): Command[] | undefined {
  if (script.errors && script.errors.length > 0) return undefined
  const found: Command[] = []
  let stopsAtFailure = /^#!.*\s-\w*e/.test(text)
  script.commands.forEach((statement, index) => {
    const last = index === script.commands.length - 1
    const before = found.length
    visit(statement, {conditional: false, decisive: last || stopsAtFailure})
    const added = found.slice(before)
    // `a && b`: a's failure ends the list, and with it the text only where nothing follows.
    if (!last && statement.command.type === 'AndOr') {
      for (const command of added.slice(0, -1)) command.decisive = false
    }
    if (inBackground(text, statement.end)) for (const command of added) command.decisive = false
    for (const {words} of added) {
      if (words[0] !== 'set') continue
      if (words.some((word) => /^-\w*e/.test(word ?? ''))) stopsAtFailure = true
      if (words.some((word) => /^\+\w*e/.test(word ?? ''))) stopsAtFailure = false
    }
  })
  return found

  function visit(node: unknown, how: How): void {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, how)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const typed = node as SyntaxNode
    const {conditional, decisive, inLoop} = how
    const variables: Variables = (name) => (inLoop?.has(name) ? inLoop.get(name) : outside(name))
    if (typed.type === 'Command') {
      const name = typed.name ? valuesOf(typed.name, variables) : []
      const args = typed.args.flatMap((word) => (word.type === 'Word' ? valuesOf(word, variables) : [word.text]))
      const words = [...name, ...args]
      const fetched = /^(ba|da)?sh$/.test(programOf({words}) ?? '') ? putOut(typed.args) : undefined
      if (fetched) {
        // The shell then goes on with what is behind it: `sh -c "$(curl …)" -- -y`.
        visit(fetched.script.commands, {...how, decisive: false})
        const rest = words.slice(name.length + fetched.index + 1)
        found.push({words: [words[0], '-s', ...rest], at: place(typed.pos, typed.end), conditional, decisive})
        return
      }
      if (words.length === 0) return
      const command: Command = {words, at: place(typed.pos, typed.end), conditional, decisive}
      const writes = typed.redirects.flatMap((each) =>
        each.type === 'Redirect' && /^>[>|]?$/.test(each.operator) && each.target?.value ? [each.target.value] : [],
      )
      if (writes.length > 0) command.writes = writes
      found.push(...unwrap(command, variables))
      return
    }
    if (typed.type === 'For') {
      visitLoop(typed, how, variables)
      return
    }
    const caught = typed.type === 'AndOr' && typed.operators.includes('||')
    const inside = branches.has(typed.type) || caught ? {...how, conditional: true, decisive: false} : how
    if (typed.type === 'Pipeline') {
      // Only the last program's failure counts, and with `!` none does.
      const negated = typed.prefixes.length > 0
      typed.commands.forEach((command, index) => {
        const isLast = index === typed.commands.length - 1
        const isDecisive = inside.decisive && !negated && isLast
        visit(command, {...inside, conditional: inside.conditional || negated, decisive: isDecisive})
      })
      return
    }
    const before = found.length
    for (const child of Object.values(node)) if (typeof child === 'object') visit(child, inside)
    // `(cd web && build)`: what stands behind it runs in the folder before, so where cd leads holds for a part only.
    if (typed.type === 'Subshell') {
      for (const command of found.slice(before)) if (command.words[0] === 'cd') command.conditional = true
    }
    if (typed.type !== 'AndOr') return
    const inList = found.slice(before)
    const question = inList.findIndex(asks)
    if (question >= 0) for (const command of inList.slice(question + 1)) command.conditional = true
  }

  /**
   * `for each in scripts/*.sh; do sh "$each" || break; done`: the files that are there are run, which the pattern stands for.
   * Of other commands, and of other loops, it is not known how often they run, and with what.
   */
  function visitLoop({name, wordlist = [], body}: For, how: How, variables: Variables): void {
    const [only] = wordlist.length === 1 ? wordlist.flatMap((word) => valuesOf(word, variables)) : []
    const pattern = only?.includes('*') ? only : undefined
    const inLoop = new Map(how.inLoop).set(name.value ?? name.text, pattern)
    const never = {conditional: true, decisive: false, inLoop}
    visit(wordlist, never)
    let isRun = pattern !== undefined
    for (const statement of body.commands) {
      const before = found.length
      const {command: list} = statement
      visit(statement, isRun ? {...never, conditional: how.conditional} : never)
      const own = found.slice(before)
      const isPlain = list.type === 'AndOr' && list.commands[0]?.type === 'Command'
      if (own[0] && isRun && isPlain) own[0].conditional = how.conditional
      for (const command of own) {
        if (pattern === undefined || !isRun || runsEach(command, pattern)) continue
        command.conditional = true
        command.words = command.words.map((word) => (word?.includes(pattern) ? undefined : word))
      }
      if (found.slice(before).some(({words}) => /^(?:break|continue)$/.test(words[0] ?? ''))) isRun = false
    }
  }
}

/** `sh scripts/*.sh`, `. scripts/*.sh` and `scripts/*.sh` itself: whether it runs the files of the loop. */
const runsEach = ({words}: Command, pattern: string): boolean =>
  words[0] === pattern || (/^(?:(?:ba|da|a)?sh|source|\.)$/.test(programOf({words}) ?? '') && words.includes(pattern))

/** How what is in a part of a text runs, and the variables of the loops around it. */
interface How extends Pick<Command, 'conditional' | 'decisive'> {
  inLoop?: ReadonlyMap<string, string | undefined>
}

/** The argument that is nothing but what other commands put out, `"$(curl …)"` or `<(curl …)`: a script, as in `curl … | sh`. */
function putOut(args: readonly CommandArgument[]): {index: number; script: ParsedScript} | undefined {
  for (const [index, word] of args.entries()) {
    const parts = word.type === 'Word' ? (word.parts ?? []) : []
    const [part, another] = parts[0]?.type === 'DoubleQuoted' && parts.length === 1 ? parts[0].parts : parts
    if (part && !another && (part.type === 'CommandExpansion' || part.type === 'ProcessSubstitution') && part.script)
      return {index, script: part.script}
    if (!/^-\w+$/.test(word.text)) return undefined
  }
  return undefined
}

/** `[ -n "$SEED" ] && seed`: what follows a question runs only when its answer is yes. */
const asks = (command: Command): boolean =>
  /^(\[|\[\[|test|grep|which|type|hash|false)$/.test(programOf(command) ?? '') ||
  (command.words[0] === 'command' && /^-[vV]$/.test(command.words[1] ?? ''))

/** `a &`: what follows the statement, or ends it, is a single &. */
function inBackground(text: string, end: number): boolean {
  let last = end
  while (/\s/.test(text[last - 1] ?? '')) last--
  const next = /\s*&(?!&)/y
  next.lastIndex = end
  return next.test(text) || /[^&>]&/.test(text.slice(Math.max(0, last - 2), last))
}

/** The program's name without its folder; undefined where it cannot be known. */
export const programOf = ({words: [program]}: Pick<Command, 'words'>): string | undefined =>
  program?.slice(program.lastIndexOf('/') + 1)

/** What a command really starts: `sh -c "…"` runs a text of its own; `env A=1`, `sudo` and `exec` run what follows. */
function unwrap(command: Command, variables: Variables): Command[] {
  const rest = command.words.slice(1)
  const name = programOf(command)
  const [flag, inner] = rest
  if (/^(ba|da)?sh$/.test(name ?? '') && /^-\w*c$/.test(flag ?? '') && inner !== undefined) {
    const nested = shellCommands(inner, variables, () => command.at)
    return (
      nested?.map((each) => ({
        ...each,
        conditional: each.conditional || command.conditional,
        decisive: each.decisive && command.decisive,
      })) ?? [command]
    )
  }
  if (/^(env|sudo|exec|nice|nohup|time|command|tini|dumb-init)$/.test(name ?? '')) {
    const start = rest.findIndex((word) => word === undefined || !/^-|^\w+=/.test(word))
    const asks = name === 'command' && /^-[vV]$/.test(flag ?? '')
    if (start >= 0 && !asks) return unwrap({...command, words: rest.slice(start)}, variables)
  }
  // RubyGems takes `bundle _2.4.1_ install` for that version of the program.
  if (/^(bundle|gem|rake|rails)$/.test(name ?? '') && /^_[\w.]+_$/.test(flag ?? ''))
    return [{...command, words: [command.words[0], ...rest.slice(1)]}]
  return [command]
}

/**
 * The text that the shell gets of a RUN: BuildKit drops comment and blank lines inside a continuation, and a heredoc's
 * body is the script, where nothing but a shell stands behind its name. Everything dropped becomes blanks, so that offsets stay true.
 */
export function shellText(text: string): string {
  const heredoc =
    /^<<-?\s{0,20}["']?(\w+)["']?(?:[ \t]{1,20}(?:\S{0,100}\/)?(?:ba|da|a)?sh\b[^\n<>|;&]{0,200})?[ \t]{0,50}\n/.exec(
      text,
    )
  if (heredoc) {
    const end = text.lastIndexOf(`\n${heredoc[1]}`)
    const body = text.slice(heredoc[0].length, end < heredoc[0].length ? undefined : end)
    return ' '.repeat(heredoc[0].length) + body
  }
  let continued = false
  let result = ''
  for (const line of text.split('\n')) {
    if (continued && /^\s*(#|$)/.test(line)) {
      result += ' '.repeat(line.length + 1)
      continue
    }
    continued = /\\\s*$/.test(line)
    // Blanks or a carriage return behind the backslash: Docker still continues the line, a shell would not.
    result += `${continued ? line.replace(/\\(\s*)$/, '$1\\') : line}\n`
  }
  return result.slice(0, text.length)
}

/** The words of the exec form; undefined for the shell form. */
export function jsonWords(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  try {
    // A list may go over several lines, with comments between them.
    const line = text.replace(/\\[ \t]*\n(?:[ \t]*(?:#.*)?\n)*/g, ' ')
    const value = JSON.parse(line) as unknown
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
