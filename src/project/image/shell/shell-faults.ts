import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {once} from '../../../once.ts'
import type {Instruction, Stage} from '../../dockerfile/parse.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import type {Started} from '../../processes/processes.ts'
import {programOf} from './command.ts'
import {runCommands, scriptFault, statementsOf, syntaxFault} from './shell.ts'
import {shellCommands} from './shell-commands.ts'
import {jsonWords, shellText} from './shell-text.ts'

/** A text for a shell that no shell can read to its end. */
export interface ShellFault {
  /** `RUN`, or what starts the script: `ENTRYPOINT`, `release_command`, `[processes] web`. */
  by: string
  /** The script; undefined where the text stands in the Dockerfile. */
  script: string | undefined
  /** What the parser says: `unexpected token 'then'`. */
  what: string
  at: FileLocation
  /** The shell surely gets there. */
  certain: boolean
}

export async function loadShellFaults(_: Inputs, facts: FactStore): Promise<Fact<ShellFault[]>> {
  const [{stages}, processes] = await facts.needAll('build', 'processes')
  const found: ShellFault[] = []
  const runs: Instruction[] = []
  const dockerfile = await facts.value('dockerfile')
  /** What a stage is built on hands its SHELL on. */
  const speaksAnother = once(
    ({parent, instructions}: Stage): boolean =>
      instructions.some(({keyword, text}) => keyword === 'SHELL' && !/\b(?:ba|da|a)?sh"/.test(text)) ||
      (parent !== undefined && speaksAnother(parent)),
  )
  for (const {stage} of stages) {
    const own = stage.instructions.filter(({keyword}) => keyword === 'RUN')
    runs.push(...own)
    if (speaksAnother(stage) || !dockerfile) continue
    found.push(...own.flatMap((run) => runFault(run, dockerfile.file) ?? []))
  }
  const {started, scripts} = processes.read
  for (const {by, file} of scripts) {
    const fault = isShell(file) && !isTemplate(file.text) ? scriptFault(file) : undefined
    if (!fault) continue
    const isReached = goesOn(file, fault.pos, by) && starts(started, by, file)
    const certain = isReached && !runs.some(({text}) => text.includes(nameOf(file)))
    found.push({by, script: file.path, what: fault.message, at: placeOf(file, 0, file.text, fault), certain})
  }
  return known(found)
}

function runFault(run: Instruction, file: TextFile): ShellFault | undefined {
  const {rest, heredocs} = run.line
  // Of several heredocs it is not told which one is the script, and one may name its own interpreter.
  const isScript = heredocs.length > 0 && /^<</.test(run.text)
  if (jsonWords(run.text) || (isScript && (heredocs.length > 1 || /^\s*#!/.test(heredocs[0]?.text ?? ''))))
    return undefined
  if (runCommands(file, run, () => undefined)) return undefined
  const text = shellText(run.text)
  const fault = firstFault(text)
  // Docker hands over one line: behind a # all of what it continues is a comment.
  if (!fault || (heredocs.length === 0 && !firstFault(rest))) return undefined
  const at = placeOf(file, run.offset, text, fault)
  return {by: 'RUN', script: undefined, what: fault.message, at, certain: true}
}

/** What a template or another shell than these would bring is no fault of the text. */
const isTemplate = (text: string): boolean => /\{\{|\{%|<%/.test(text)

const firstFault = (text: string): ReturnType<typeof syntaxFault> => (isTemplate(text) ? undefined : syntaxFault(text))

/** Programs that end by themselves: what stands behind them is reached. */
const short =
  /^(?:\[\[?|\.|:|cat|cd|chmod|chown|command|cp|date|echo|env|export|false|grep|hash|id|ls|ln|local|mkdir|mv|printf|pwd|read|readonly|rm|sed|set|shift|shopt|sleep|source|sysctl|test|touch|trap|true|type|ulimit|umask|unset|which)$/
const task = /\b(?:migrate|upgrade|collectstatic|db push|generate|seed|rollback|install)\b/

/** Whether the shell gets to a place of a script: it runs each command as soon as it has read its last line. */
export function goesOn({text}: TextFile, pos: number, by: string): boolean {
  if (/(?:^|[;&|{(]|\b(?:then|do|else))[ \t]*(?:exec|exit)\b/m.test(text.slice(0, pos))) return false
  if (by === 'release_command') return true
  const none = () => undefined
  const commands = shellCommands(readBefore(text.slice(0, pos)), none, () => ({file: ''})) ?? []
  return commands.every((command) => short.test(programOf(command) ?? '') || task.test(command.words.join(' ')))
}

/** What of the text before a fault has been read to its end: all, or the lines before the statement that has none. */
function readBefore(text: string): string {
  const begins = statementsOf(text).map((start) => text.lastIndexOf('\n', start - 1) + 1)
  const parts = [text.length, ...begins.reverse().slice(0, 5)].map((end) => text.slice(0, end))
  return parts.find((each) => !syntaxFault(each)) ?? ''
}

const isShell = ({path, text}: TextFile): boolean =>
  text.startsWith('#!') ? /^#![^\n]*\b(?:ba|da|a)?sh\b/.test(text) : /\.(?:ba)?sh$/.test(path)

/** Where it is seen; what is missing at the end is told of the last line that has text. */
function placeOf(file: TextFile, offset: number, text: string, {pos}: {pos: number}): FileLocation {
  const seen = pos < text.trimEnd().length ? pos : Math.max(0, text.trimEnd().length - 1)
  return file.lineSpan(file.position(offset + seen).line)
}

const nameOf = ({path}: TextFile): string => path.split('/').at(-1) as string

/** Whether a command that surely runs begins with the script, or hands it to a shell. */
const starts = (started: readonly Started[], by: string, file: TextFile): boolean =>
  started.some(
    ({by: starter, certain, command}) =>
      starter === by && certain && command.words.slice(0, 3).some((word) => word?.split('/').at(-1) === nameOf(file)),
  )
