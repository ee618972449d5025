import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Code, closing} from '../code/code.ts'
import {codeContext} from '../code/code-context.ts'
import {startedCode} from '../code/started-code.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'

/** A run of golang-migrate that takes "no change" for a failure. */
export interface UnchangedRun {
  by: string
  /** `m.Up()` */
  call: string
  at: FileLocation
  /** The program ends there; else the error is handed on. */
  ends: boolean
}

const runs = /\b(\w+)\.(?:Up|Migrate)\(/g
const makes = /\bmigrate\.New(?:WithDatabaseInstance|WithSourceInstance|WithInstance)?\(/
/** `err != nil`, and what is done then. */
const failed = /^[^\n{]{0,200}\berr\w{0,20}\s{0,5}!=\s{0,5}nil\s{0,5}\{/
const ends = /\b(?:log\.(?:Fatal|Panic)\w{0,10}|panic|os\.Exit|\w{0,30}\.Fatal\w{0,10})\(/
const handsOn = /\breturn\b[^\n]{0,200}\berr/

/**
 * Up of a database that has all migrations returns ErrNoChange, "no change" (golang-migrate, migrate.go): what ends at every
 * error works at the first deploy, and at the next one without a new migration it does not.
 */
export async function loadUnchangedRuns(inputs: Inputs, facts: FactStore): Promise<Fact<UnchangedRun[]>> {
  const context = await codeContext(inputs, facts)
  if (context.paths.named('go.mod').length === 0) return known([])
  const {started} = await startedCommands(facts)
  const found: UnchangedRun[] = []
  for (const {by, command, certain} of started) {
    if (!certain || command.conditional) continue
    const {files: codes} = await startedCode(command.words, context)
    const own = codes.filter(({text}) => /"github\.com\/golang-migrate\/migrate\/v\d+"/.test(text) && makes.test(text))
    if (own.length === 0 || codes.some(({text}) => /ErrNoChange|no change/.test(text))) continue
    const run = own.flatMap((code) => [...code.bare.matchAll(runs)].flatMap((match) => failing(code, match)))[0]
    if (run && !found.some(({at}) => at.file === run.at.file && at.line === run.at.line)) found.push({by, ...run})
  }
  return known(found)
}

/** `if err := m.Up(); err != nil { log.Fatal(err) }`, and the same on two lines. */
function failing(code: Code, {0: begin, 1: name, index}: RegExpExecArray): Omit<UnchangedRun, 'by'>[] {
  const isRunner = new RegExp(`\\b${name}\\s{0,20}(?:,\\s{0,20}\\w+)?\\s{0,20}:?=\\s{0,20}migrate\\.New`).test(
    code.bare,
  )
  const end = closing(code, index + begin.length - 1) + 1
  const behind = code.bare.slice(end, end + 600)
  const match = failed.exec(behind.replace(/^\s{0,20}\n/, ''))
  if (!isRunner || !match) return []
  const open = code.bare.indexOf('{', end)
  const block = code.bare.slice(open, closing(code, open))
  const isEnd = ends.test(block)
  // A block with a condition of its own may tell errors apart.
  if (/\bif\b|\bswitch\b/.test(block) || !(isEnd || handsOn.test(block))) return []
  const text = code.text.slice(index, end)
  return [{call: text, at: code.file.span(index, end), ends: isEnd}]
}
