import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Instruction, lineage} from '../dockerfile/parse.ts'
import type {Inputs} from '../inputs.ts'
import {type Started, startedBy} from '../processes.ts'
import type {TextFile} from '../text.ts'
import {jsonWords, shellText, syntaxFault} from './shell.ts'

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

export async function loadShellFaults(inputs: Inputs, facts: FactStore): Promise<Fact<ShellFault[]>> {
  const build = await facts.get('build')
  if (build.state !== 'ok') return build
  const found: ShellFault[] = []
  const runs: Instruction[] = []
  const {stages} = build.value
  const dockerfile = await facts.value('dockerfile')
  for (const {stage} of stages) {
    const all = lineage(stage).flatMap(({instructions}) => instructions)
    const isOther = all.some(({keyword, text}) => keyword === 'SHELL' && !/\b(?:ba|da|a)?sh"/.test(text))
    const own = stage.instructions.filter(({keyword}) => keyword === 'RUN')
    runs.push(...own)
    if (isOther || !dockerfile) continue
    found.push(...own.flatMap((run) => runFault(run, dockerfile.file) ?? []))
  }
  const unknown = () => undefined
  const {started, scripts} = await startedBy(inputs, facts, {inShell: unknown, outside: unknown})
  for (const {by, file} of scripts) {
    const fault = isShell(file) ? firstFault(file.text.replaceAll('\r', ' ')) : undefined
    if (!fault) continue
    const before = file.text.slice(0, fault.pos)
    const isReached = !/^[ \t]*(?:exec|exit)\b/m.test(before) && starts(started, by, file)
    const certain = isReached && !runs.some(({text}) => text.includes(nameOf(file)))
    found.push({by, script: file.path, what: fault.message, at: placeOf(file, 0, file.text, fault), certain})
  }
  return known(found)
}

function runFault(run: Instruction, file: TextFile): ShellFault | undefined {
  // Of several heredocs it is not told which one is the script, and one may name its own interpreter.
  const heredocs = /^<</.test(run.text) ? (run.text.match(/<<-?\s*["']?\w/g) ?? []).length : 0
  if (jsonWords(run.text) || heredocs > 1 || /^<<[^\n]*\n\s*#!/.test(run.text)) return undefined
  const text = shellText(run.text)
  const fault = firstFault(text)
  if (!fault) return undefined
  const at = placeOf(file, run.offset, text, fault)
  return {by: 'RUN', script: undefined, what: fault.message, at, certain: true}
}

/** What a template or another shell than these would bring is no fault of the text. */
const firstFault = (text: string): ReturnType<typeof syntaxFault> =>
  /\{\{|\{%|<%/.test(text) ? undefined : syntaxFault(text)

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
