/** Which commands a shell text runs, and how surely. */
import {
  type AndOr,
  type For,
  type If,
  type ParsedScript,
  parse,
  type Command as ShellCommand,
  type Statement,
  type SyntaxNode,
  type While,
  type Word,
} from 'unbash'
import {type Command, longestArgument, type Place, programOf, type Variables} from './command.ts'
import {type Answer, remainder, truthOf} from './file-questions.ts'
import {inBackground, isEndless, isSaying, mustSucceed, putOut, targetsOf} from './shell-nodes.ts'
import {notKnown, valuesOf} from './shell-words.ts'

const branches = new Set(['While', 'Select', 'Case', 'Function'])

/** Parses shell text into its commands. `place` turns offsets in the text into a location. */
export const shellCommands = (
  text: string,
  variables: Variables,
  place: Place,
  answer?: Answer,
): Command[] | undefined => commandsOf(parse(text), text, variables, place, answer)

/**
 * … of one that is parsed; undefined where it cannot be read. One that no shell is handed as an argument is none either:
 * so long a script is written by a program, as autoconf does, and thousands of commands would be asked for each thing.
 */
export function commandsOf(
  script: ParsedScript,
  text: string,
  outside: Variables,
  place: Place,
  answer?: Answer,
): Command[] | undefined {
  if ((script.errors && script.errors.length > 0) || text.length >= longestArgument) return undefined
  const found: Command[] = []
  /** Those that fill words in: what runs in `$( … )` is not looked at. */
  const filling: Command[] = []
  /** What the text sets itself; undefined where it is not known to what. */
  let own = new Map<string, string | undefined>()
  /** What takes back what was set. */
  const undo: (() => void)[] = []
  let stopsAtFailure = /^#!.*\s-\w*e/.test(text)
  /** What an `if` asks. */
  const ofClauses = new Set<Command>()
  /** The functions that may end the text well. */
  const endings = new Set<string>()
  /** What is behind runs no more, or may not: `exit` has ended the shell, in a branch it may have. */
  let ended: boolean | 'maybe' = false
  /** What `sh -c "cd web && build"` starts, and where that ends. */
  const shells: {started: Command[]; end: number}[] = []
  visitList(script.commands, {conditional: false, decisive: true, isEnd: true, exitDecides: true})
  for (const {started, end} of shells) if (end < found.length) staysWithin(started)
  return found

  function visitList(statements: readonly Statement[], how: How): void {
    statements.forEach((statement, index) => {
      const isEnd = how.isEnd && index === statements.length - 1
      const before = found.length
      const decisive = how.decisive && (isEnd || (stopsAtFailure && !how.isExempt))
      const isBeside = inBackground(text, statement.end)
      const visitIt = () => visit(statement.command, {...how, isEnd, decisive})
      if (isBeside) apart(visitIt)
      else visitIt()
      const added = found.slice(before)
      // `a && b`: a's failure ends the list, and with it the text only where nothing follows.
      if (!isEnd && statement.command.type === 'AndOr' && !mustSucceed(statement.command)) {
        for (const command of added.slice(0, -1)) command.decisive = false
      }
      for (const command of isBeside ? added : []) {
        command.decisive = false
        // What surely starts there may fail, and the text goes on: so does a supervisor.
        if (!command.conditional && added.length === 1) command.supervised = true
      }
    })
  }

  /** Notes what a command changes for those behind it. */
  function noteShell({args}: ShellCommand, words: Command['words'], how: How): void {
    const {conditional} = how
    const [program = '', argument] = words
    if (program === 'set') {
      if (!conditional && words.some((word) => /^-\w*e/.test(word ?? ''))) stopsAtFailure = true
      if (words.some((word) => /^\+\w*e/.test(word ?? ''))) stopsAtFailure = false
    }
    const isExit = program === 'exit' || (program === 'exec' && words.length > 1)
    // Where it fails, the text has failed, and nobody asks what else it would have run.
    const fails =
      program === 'exit' &&
      (/^[1-9]/.test(argument ?? '') || (how.isBehindFailure && /^(?:"?\$\?"?)?$/.test(args[0]?.text ?? '')))
    if (how.inFunction !== undefined) {
      if (isExit && !fails) endings.add(how.inFunction)
    } else if (isExit || program === 'return') {
      if (!conditional && !how.isBehind) ended = true
      else if (!fails) ended ||= 'maybe'
    } else if (endings.has(program)) ended ||= 'maybe'
  }

  /** What a shell of its own runs, as `( … )` is, changes nothing for those behind it. */
  function apart(visitIt: () => void): void {
    const kept = {stopsAtFailure, ended}
    const [{length}, before] = [undo, found.length]
    visitIt()
    while (undo.length > length) undo.pop()?.()
    ;({stopsAtFailure, ended} = kept)
    staysWithin(found.slice(before))
  }

  /** `(cd web && build)`: what stands behind it runs in the folder before, so where cd leads holds for a part only. */
  function staysWithin(commands: readonly Command[]): void {
    for (const command of commands) if (command.words[0] === 'cd') command.conditional = true
  }

  function visit(node: unknown, how: How): void {
    if (ended !== true) visitNode(node, ended ? {...how, ...mayRun} : how)
  }

  function visitNode(node: unknown, how: How): void {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, how)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const typed = node as SyntaxNode
    const {conditional, decisive} = how
    const variables = variablesIn(how)
    if (typed.type === 'CompoundList') {
      visitList(typed.commands, how)
      return
    }
    if (typed.type === 'Command') {
      const written = text.slice(typed.pos, typed.end)
      if (/\$\(|`/.test(written)) filling.push({words: [written], at: place(typed.pos, typed.end), ...mayRun})
      noteAssignments(typed, how)
      const name = typed.name ? valuesOf(typed.name, variables) : []
      const args = typed.args.flatMap((word) => (word.type === 'Word' ? valuesOf(word, variables) : [word.text]))
      const words = [...name, ...args]
      const fetched = /^(ba|da)?sh$/.test(programOf({words}) ?? '') ? putOut(typed.args) : undefined
      if (fetched) {
        // The shell then goes on with what is behind it: `sh -c "$(curl …)" -- -y`.
        apart(() => visit(fetched.script.commands, {...how, decisive: false}))
        const rest = words.slice(name.length + fetched.index + 1)
        found.push({words: [words[0], '-s', ...rest], at: place(typed.pos, typed.end), conditional, decisive})
        return
      }
      const writes = targetsOf(typed.redirects)
      // `> log` makes a file as `: > log` does.
      if (words.length === 0 && writes.length > 0) words.push(':')
      if (words.length === 0) return
      const command: Command = {words, at: place(typed.pos, typed.end), conditional, decisive}
      if (words[0] === 'exit') command.decisive = exitDecides(how)
      noteShell(typed, words, how)
      if (writes.length > 0) command.writes = writes
      const started = unwrap(command, variables)
      found.push(...started)
      if (started.some(({words: [first]}) => first === 'cd') && words[0] !== 'cd')
        shells.push({started, end: found.length})
      return
    }
    if (typed.type === 'For') {
      visitLoop(typed, how, variables)
      return
    }
    if (typed.type === 'If') {
      visitIf(typed, how)
      return
    }
    if (typed.type === 'While' && isEndless(typed, text)) {
      visitEndless(typed, how)
      return
    }
    if (typed.type === 'AndOr') {
      visitAndOr(typed, how)
      return
    }
    const inside = branches.has(typed.type) ? {...how, ...mayRun} : {...how}
    if (typed.type === 'Function') inside.inFunction = typed.name.text
    if (typed.type === 'Pipeline') {
      // Only the last program's failure counts, and with `!` none does.
      const negated = typed.prefixes.length > 0
      typed.commands.forEach((command, index) => {
        const isLast = index === typed.commands.length - 1
        const isDecisive = inside.decisive && !negated && isLast
        const part = {...inside, conditional: inside.conditional || negated, decisive: isDecisive}
        if (typed.commands.length === 1) visit(command, part)
        else apart(() => visit(command, inShell(part)))
      })
      return
    }
    if (typed.type !== 'Subshell') {
      for (const child of Object.values(typed)) if (typeof child === 'object') visit(child, inside)
      const last = found.at(-1)
      if (typed.type === 'Redirected' && last) last.writes = [...(last.writes ?? []), ...targetsOf(typed.redirects)]
      return
    }
    apart(() => visit(typed.body, inShell(how)))
  }

  function variablesIn({inLoop}: How): Variables {
    return (name) => {
      const set = inLoop?.has(name) ? inLoop : own.has(name) ? own : undefined
      return set ? (set.get(name) ?? notKnown) : outside(name)
    }
  }

  /** `NAME=value` for itself, or behind `export`; of what others set, it is not known to what. */
  function noteAssignments({name, prefix, args}: ShellCommand, how: How): void {
    const program = name?.value ?? ''
    if (/^(?:\.|source|eval)$/.test(program)) {
      const before = own
      undo.push(() => (own = before))
      own = new Map()
    }
    if (setsOthers.test(program)) for (const {text} of args) setOwn(text.replace(/=.*$/s, ''), undefined)
    // `: "${PORT:=8000}"`
    for (const [, variable = '', value = ''] of args.flatMap(({text}) => [...text.matchAll(givesDefault)])) {
      const is = variablesIn(how)(variable) ?? value
      setOwn(variable, how.conditional || is.includes(notKnown) ? undefined : is)
    }
    for (const each of name === undefined ? prefix : program === 'export' ? args : []) {
      if (each.type !== 'Assignment') continue
      const isKnown = !how.conditional && !each.append && !each.index && each.value.type === 'Word'
      const values = isKnown ? valuesOf(each.value as Word, variablesIn(how)) : [undefined]
      setOwn(each.name, values.includes(undefined) ? undefined : values.join(' '))
    }
  }

  function setOwn(name: string, value: string | undefined): void {
    const [had, before] = [own.has(name), own.get(name)]
    undo.push(() => (had ? own.set(name, before) : own.delete(name)))
    own.set(name, value)
  }

  /** Whether a condition holds, as far as questions about files tell. */
  function truth(node: SyntaxNode, how: How): boolean | undefined {
    return answer && truthOf(node, variablesIn(how), (question) => answer(question, [...filling, ...found]))
  }

  function visitIf({clause, then, elif, else: otherwise}: If, how: How): void {
    let open = how
    for (const branch of [{clause, then}, ...elif]) {
      const isTrue = truth(branch.clause, open)
      const before = found.length
      visit(branch.clause, {...open, ...mayRun})
      for (const command of found.slice(before)) ofClauses.add(command)
      if (isTrue === false) continue
      visit(branch.then, isTrue ? open : {...open, ...mayRun})
      if (isTrue) return
      open = {...open, ...mayRun}
    }
    visit(otherwise, open)
  }

  function visitAndOr(list: AndOr, how: How): void {
    const {conditional, decisive, isEnd} = how
    const left = remainder(list, (each) => truth(each, how))
    if (left.result !== undefined) {
      // The status of the question is that of the list: a RUN that ends with it fails where the answer is no.
      if (!left.result && isEnd) found.push({words: ['false'], at: place(list.pos, list.end), conditional, decisive})
      return
    }
    const {commands, operators} = left.list
    const mayEnd = {...how, ...mayRun}
    const isRequired = mustSucceed(left.list)
    let inside = isRequired ? {...how, decisive: exitDecides(how)} : operators.includes('||') ? mayEnd : how
    const start = found.length
    commands.forEach((each, index) => {
      const before = found.length
      const isExempt = how.isExempt || index < commands.length - 1
      if (isRequired && index === commands.length - 1) inside = {...mayEnd, isBehind: true}
      visit(each, {...inside, isExempt, isBehindFailure: operators[index - 1] === '||' && each.type === 'Command'})
      // An `if` that asks and does nothing has succeeded: what counts is how its branches end.
      const isQuestion =
        /^(?:Test|Arithmetic)Command$/.test(each.type) ||
        found.slice(before).some((command) => asks(command) && !(each.type === 'If' && ofClauses.has(command)))
      if (isQuestion) inside = {...inside, conditional: true}
      if (!isSaying(each)) inside = {...inside, isBehind: true}
    })
    // `npm ci || npm ci`: what keeps the first from its end keeps the other, too.
    const [first, again, third] = found.slice(start)
    const isAgain = operators.length === 1 && operators[0] === '||' && first && again && !third
    if (isAgain && !first.words.includes(undefined) && isSame(first.words, again.words))
      found.splice(start, 2, {...first, conditional, decisive})
  }

  /** It goes on with what fails in it, and starts that again: a supervisor of one line. */
  function visitEndless({body}: While, how: How): void {
    const before = found.length
    visitList(body.commands, {...how, isEnd: false})
    for (const command of found.slice(before)) {
      if (!command.conditional && !command.decisive) command.supervised = true
    }
  }

  /**
   * `for each in scripts/*.sh; do sh "$each" || break; done`: the files that are there are run, which the pattern stands for.
   * Of other commands, and of other loops, it is not known how often they run, and with what.
   */
  function visitLoop({name, wordlist = [], body}: For, how: How, variables: Variables): void {
    const [only] = wordlist.length === 1 ? wordlist.flatMap((word) => valuesOf(word, variables)) : []
    const pattern = only?.includes('*') ? only : undefined
    const inLoop = new Map(how.inLoop).set(name.value ?? name.text, pattern)
    const never = {...how, ...mayRun, inLoop}
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
    setOwn(name.value ?? name.text, undefined)
  }
}

/** `sh scripts/*.sh`, `. scripts/*.sh` and `scripts/*.sh` itself: whether it runs the files of the loop. */
const runsEach = ({words}: Command, pattern: string): boolean =>
  words[0] === pattern || (/^(?:(?:ba|da|a)?sh|source|\.)$/.test(programOf({words}) ?? '') && words.includes(pattern))

const isSame = (a: Command['words'], b: Command['words']): boolean =>
  a.length === b.length && a.every((word, index) => word === b[index])

/** How what is in a part of a text runs. */
interface How extends Pick<Command, 'conditional' | 'decisive'> {
  /** What is behind it does not run: the text ends with its status. */
  isEnd: boolean
  /** Where the shell that it runs in ends with a failure, the text fails. */
  exitDecides: boolean
  /** What stands before it in its list decides whether it runs. */
  isBehind?: boolean
  /** … by its failure: `cd web || exit`. */
  isBehindFailure?: boolean
  /** `set -e` does not stop at it: its status is asked for. */
  isExempt?: boolean
  inFunction?: string
  /** The variables of the loops around it. */
  inLoop?: ReadonlyMap<string, string | undefined>
}

/** `${PORT:=8000}` gives the variable a value where it has none. */
const givesDefault = /\$\{(\w{1,100}):?=([^{}$`"'\\\n]{0,300})\}/g

const setsOthers = /^(?:read|unset|local|declare|typeset|readonly|getopts|mapfile|readarray|printf)$/

/** Whether `exit 1` is what the text fails with: what ends a list before it is a failure, too, where nothing follows. */
const exitDecides = (how: How): boolean => how.exitDecides && (!how.isBehind || how.isEnd)

/** For what runs in a shell of its own, whose status is that of `( … )`. */
const inShell = (how: How): How => ({
  ...how,
  exitDecides: how.decisive && (!how.isBehind || how.isEnd),
  isBehind: false,
})

/** In a branch that may not be taken. */
const mayRun = {conditional: true, decisive: false} as const

/** `[ -n "$SEED" ] && seed`: what follows a question runs only when its answer is yes. */
export const asks = (command: Command): boolean =>
  /^(\[|\[\[|test|grep|which|type|hash|false)$/.test(programOf(command) ?? '') ||
  (command.words[0] === 'command' && /^-[vV]$/.test(command.words[1] ?? ''))

/** What a command really starts: `sh -c "…"` runs a text of its own; `env A=1`, `sudo` and `exec` run what follows. */
export function unwrap(command: Command, variables: Variables): Command[] {
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
    // `env -u NAME` takes that variable away.
    const isValue = (index: number) => name === 'env' && /^(?:-u|--unset)$/.test(rest[index - 1] ?? '')
    const start = rest.findIndex((word, index) => !isValue(index) && (word === undefined || !/^-|^\w+=/.test(word)))
    const asks = name === 'command' && /^-[vV]$/.test(flag ?? '')
    if (start >= 0 && !asks) return unwrap({...command, words: rest.slice(start)}, variables)
  }
  // RubyGems takes `bundle _2.4.1_ install` for that version of the program.
  if (/^(bundle|gem|rake|rails)$/.test(name ?? '') && /^_[\w.]+_$/.test(flag ?? ''))
    return [{...command, words: [command.words[0], ...rest.slice(1)]}]
  return [command]
}
