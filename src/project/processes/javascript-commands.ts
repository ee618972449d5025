import {argumentsAt, type Code, closing, codeOf, openBraces, type Span, textOf} from '../code/code.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {TextFile} from '../files/text.ts'
import type {Command} from '../image/shell/command.ts'
import {wordsCommands} from '../image/shell/shell.ts'
import {shellCommands} from '../image/shell/shell-commands.ts'
import type {Reading} from './processes.ts'

/**
 * What a program of JavaScript starts as it is loaded, in the way of an entrypoint: `await exec('npx prisma migrate
 * deploy')`, `execSync('node migrate.js')`. What stands in functions that are not called at the top is left out.
 * `given`: the words that the machines hand it, each ending in a way that `process.argv.slice(-3)` can ask for.
 */
export function javascriptCommands(file: TextFile, reading: Reading, given: readonly (readonly string[])[]): Command[] {
  // What a bundler has written is a server, and long.
  if (file.text.length > longest || !/\bchild_process\b|["']execa["']/.test(file.text)) return []
  const code = codeOf(file)
  if (!code) return []
  const own = ownRunners(code)
  const found: Command[] = []
  for (const call of [...code.text.matchAll(calls)].slice(0, 100)) {
    const [whole, awaited, name = ''] = call
    const open = call.index + whole.length - 1
    const runner = own.get(name) ?? libraryRunner(code, name)
    const flow = runner && !isString(code, call.index) ? flowTo(code, call.index, given) : undefined
    if (!runner || !flow || /\bcwd\b/.test(textOf(code, {start: open, end: closing(code, open)}))) continue
    // `await exec('…').catch(…)`
    const end = closing(code, open) + 1
    const isLetGo = /^\s*\.\s*(?:catch|then|finally)\b/.test(code.text.slice(end, end + 60))
    const fails = !isLetGo && (runner.fails === 'throws' || (runner.fails === 'rejects' && awaited !== undefined))
    for (const each of started(code, open, runner, reading)) {
      const isLast = each.decisive || runner.shell === false
      found.push({
        ...each,
        conditional: each.conditional || flow.conditional,
        decisive: isLast && fails && flow.decisive,
      })
    }
  }
  return found
}

/** Whether a program that is started by its own name is JavaScript: `/app/docker-entrypoint.js`. */
export const isJavaScriptProgram = (word: string): boolean => word.includes('/') && /\.[cm]?js$/.test(word)

/** Whether the first line of a program hands it to node, as it is. */
export const runsOnNode = (text: string): boolean =>
  /^#!\s{0,10}\/usr\/(?:local\/)?bin\/(?:env\s{1,10})?node[ \t]{0,10}(?:\n|$)/.test(text)

/** `await exec(process.argv.slice(2).join(' '))`: the program goes on to the command that stands behind it. */
export const goesOnTo = ({text}: TextFile): boolean =>
  /\b(?!log|info|warn|error|debug)\w{1,60}\(\s{0,20}process\.argv\.slice\(\s{0,5}2\s{0,5}\)\.join\(\s{0,5}["'`] ["'`]\s{0,5}\)/.test(
    text.slice(0, longest),
  )

const longest = 50_000

const calls =
  /(?<![\w$.])(await\s{1,20})?(?:(?:child_?[pP]rocess|cp)\s{0,20}\.\s{0,20})?([A-Za-z_$][\w$]{0,60})\s{0,20}\((?=\s{0,200}["'`])/g

const isString = ({bare, text}: Code, at: number): boolean => bare[at] !== text[at]

interface Runner {
  /** A shell reads the first argument; false where it is a program, and the next one its words. */
  shell: boolean | 'asked'
  /** What becomes of a failure of what it starts. */
  fails: 'throws' | 'rejects' | 'lost'
}

function libraryRunner({text}: Code, name: string): Runner | undefined {
  switch (name) {
    case 'execSync':
      return {shell: true, fails: 'throws'}
    case 'execFileSync':
      return {shell: false, fails: 'throws'}
    case 'spawnSync':
    case 'spawn':
      return {shell: 'asked', fails: 'lost'}
    case 'execa':
      return {shell: false, fails: 'rejects'}
    case 'execaCommand':
      return {shell: true, fails: 'rejects'}
    default:
      return new RegExp(`\\b${escapePattern(name)}\\s*=\\s*(?:util\\.)?promisify\\(\\s*(?:\\w+\\.)?exec\\s*\\)`).test(
        text,
      )
        ? {shell: true, fails: 'rejects'}
        : undefined
  }
}

/** `function exec(command) { const child = spawn(command, {shell: true}) … reject(…) }` of the file itself. */
function ownRunners(code: Code): Map<string, Runner> {
  const {bare} = code
  const found = new Map<string, Runner>()
  const declared =
    /\bfunction\s{1,20}(\w{1,60})\s{0,20}\(\s{0,20}(\w{1,60})[^(){}]{0,200}\)\s{0,20}\{|\b(?:const|let)\s{1,20}(\w{1,60})\s{0,20}=\s{0,20}(?:async\s{0,20})?\(?\s{0,20}(\w{1,60})\s{0,20}\)?\s{0,20}=>\s{0,20}\{/g
  for (const match of bare.matchAll(declared)) {
    const name = (match[1] ?? match[3]) as string
    const parameter = (match[2] ?? match[4]) as string
    const open = match.index + match[0].length - 1
    const body = textOf(code, {start: open, end: closing(code, open)})
    const [, starter] = new RegExp(`\\b(spawn|exec|execSync|spawnSync)\\s*\\(\\s*${parameter}\\s*[,)]`).exec(body) ?? []
    if (!starter || /\bcwd\b/.test(body)) continue
    if (starter.startsWith('spawn') && !/\bshell\s*:\s*true\b/.test(body)) continue
    const isCaught = /\bcatch\b/.test(body)
    const fails = starter === 'execSync' ? 'throws' : /\breject\b/.test(body) ? 'rejects' : 'lost'
    found.set(name, {shell: true, fails: isCaught ? 'lost' : fails})
  }
  return found
}

/** The commands of a call whose opening bracket stands there. */
function started(code: Code, open: number, runner: Runner, reading: Reading): Command[] {
  const {file} = code
  const [first, second, third] = argumentsAt(code, open)
  const text = first && literalOf(code, first)
  if (!first || text === undefined) return []
  const asksShell = [second, third].some((each) => each && /\bshell\s*:\s*true\b/.test(textOf(code, each)))
  if (runner.shell === true || (runner.shell === 'asked' && asksShell)) {
    // What JavaScript fills in is no variable of the shell.
    const holes = text.replace(/\$\{[^{}]*\}/g, (hole) => `$${'_'.repeat(hole.length - 1)}`)
    const start = first.start + 1
    const place = (from: number, to: number) => file.span(start + from, start + to)
    return shellCommands(holes, (name) => (/^_+$/.test(name) ? undefined : reading.inShell(name)), place) ?? []
  }
  const isList = second !== undefined && code.bare[second.start] === '['
  const rest = isList ? argumentsAt(code, second.start).map((each) => literalOf(code, each)) : []
  const words = [text, ...rest]
  if (words.some((word) => word === undefined || word.includes('${'))) return []
  return wordsCommands(words as string[], reading.outside, file.span(first.start, (isList ? second : first).end))
}

/** The text of a string without escapes. */
function literalOf(code: Code, span: Span): string | undefined {
  const text = textOf(code, span)
  return /^(["'])[^\\\n"']*\1$|^`[^\\`]*`$/.test(text) ? text.slice(1, -1) : undefined
}

interface Flow {
  conditional: boolean
  decisive: boolean
}

/** Whether the load of the file comes to an offset, and whether a failure there ends it; undefined where it does not. */
function flowTo(code: Code, offset: number, given: readonly (readonly string[])[]): Flow | undefined {
  const {bare, text} = code
  const ahead = bare.slice(0, offset).trimEnd()
  // `() => execSync('…')` says what is run later.
  if (ahead.endsWith('=>')) return undefined
  const flow: Flow = {conditional: isPart(code, ahead), decisive: true}
  let from = 0
  for (const open of openBraces(code, offset)) {
    const before = bare.slice(0, open).trimEnd()
    const behind = (at: number) => text.slice(at + 1, at + 600)
    const close = closing(code, open)
    if (/\b(?:try|finally)$/.test(before)) {
      const handler = /^\s{0,50}catch\s{0,20}(?:\([^()]{0,100}\))?\s{0,20}\{/.exec(behind(close))
      if (!handler) continue
      const start = close + handler[0].length
      const caught = textOf(code, {start, end: closing(code, start)})
      if (!endsIt.test(caught) || /\bif\b/.test(caught)) flow.decisive = false
    } else if (before.endsWith(')') || before.endsWith('=>')) {
      const head = headOf(code, before)
      if (head === undefined) return undefined
      if (head.kind === 'if') {
        if (!isGiven(textOf(code, head.condition), given)) flow.conditional = true
      } else if (head.kind === 'function') {
        const called = head.name === undefined ? calledAt(code, close) : callOf(code, head.name)
        if (called === undefined) return undefined
        from = open
        if (/^\s*\.\s*catch\s*\(/.test(called) && !endsIt.test(called)) flow.decisive = false
      } else flow.conditional = true
    } else if (/\b(?:else|do)$/.test(before)) flow.conditional = true
    // An object, or what is not told from one.
    else if (!/(?:^|[;{}])$/.test(before)) return undefined
  }
  const passed = bare.slice(from, offset)
  if ((from > 0 && /\breturn\b/.test(passed)) || /\bprocess\.exit\(\s{0,20}0?\s{0,20}\)/.test(passed))
    flow.conditional = true
  return flow
}

/** Whether a call behind this is only a part of its statement: `if (x) exec('…')`, `x && exec('…')`. */
const isPart = (code: Code, ahead: string): boolean =>
  /(?:&&|\|\||[?:(,!]|\b(?:else|do))$/.test(ahead) || (ahead.endsWith(')') && headOf(code, ahead) !== undefined)

/** A handler that lets the failure go on. */
const endsIt = /\bexit(?:Code)?\s*(?:\(|=)\s*(?:[1-9]|\w+\b(?<!\b0))|\bthrow\b/

type Head = {kind: 'if'; condition: Span} | {kind: 'function'; name: string | undefined} | {kind: 'other'}

/** What opens a block: `if (…)`, `async () =>`, `function main()`. */
function headOf({bare}: Code, before: string): Head | undefined {
  const isArrow = before.endsWith('=>')
  const end = isArrow ? before.slice(0, -2).trimEnd().length : before.length
  let at = end
  let depth = 0
  while (at-- > 0) {
    if (bare[at] === ')') depth++
    else if (bare[at] === '(' && --depth === 0) break
    else if (depth === 0) return undefined
  }
  const head = bare.slice(Math.max(0, at - 200), at).trimEnd()
  if (isArrow) {
    const [, name] = /\b(?:const|let)\s+(\w+)\s*=\s*(?:async)?$/.exec(head) ?? []
    return {kind: 'function', name}
  }
  if (/\bif$/.test(head))
    return /\belse\s+if$/.test(head) ? {kind: 'other'} : {kind: 'if', condition: {start: at + 1, end: end - 1}}
  const declared = /\bfunction\s*(\w*)$/.exec(head)
  if (declared) return {kind: 'function', name: declared[1] || undefined}
  return /\b(?:for|while|switch|catch|with)$/.test(head) ? {kind: 'other'} : undefined
}

/** What stands behind the call of a function without a name, `(async () => { … })()`; undefined where none is there. */
function calledAt({text}: Code, close: number): string | undefined {
  const behind = text.slice(close + 1, close + 600)
  const [call] = /^\s*\)\s*\(\s*\)|^\s*\(\s*\)\s*\)/.exec(behind) ?? []
  return call === undefined ? undefined : behind.slice(call.length)
}

/** The same of `main()` at the top of the file. */
function callOf(code: Code, name: string): string | undefined {
  const pattern = new RegExp(`^(?:;|await |void )?${name}\\(\\s*\\)`, 'gm')
  const [call] = [...code.bare.matchAll(pattern)].filter(({index}) => openBraces(code, index).length === 0)
  return call && code.text.slice(call.index + call[0].length, call.index + call[0].length + 600)
}

/** `process.argv.slice(-3).join(' ') === 'npm run start'`, where the machines hand over these words. */
function isGiven(condition: string, given: readonly (readonly string[])[]): boolean {
  const [, from = '', text = ''] =
    /^\s*process\.argv\.slice\(\s*(-?\d)\s*\)\.join\(\s*["'] ["']\s*\)\s*===?\s*["']([^"'\n]{1,200})["']\s*$/.exec(
      condition,
    ) ?? []
  if (from !== '2' && !from.startsWith('-')) return false
  return given.some((words) => (from === '2' ? words : words.slice(Number(from))).join(' ') === text)
}
