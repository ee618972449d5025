import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {machineVariable} from '../../environment/set-variables.ts'
import type {Surroundings} from '../../image/servers/servers.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {codeContext} from '../code-context.ts'
import {goBarePorts} from '../go.ts'
import {startedCode} from '../started-code.ts'

/** A port that a program of Go is to listen at without the colon before it. */
export interface BarePort {
  by: string
  port: string
  /** The variable that has it. */
  variable: string | undefined
  at: FileLocation
  /** Nothing from outside can make it another one. */
  fixed: boolean
  /** Where [env] or ENV sets the variable. */
  setAt: FileLocation | undefined
}

/** "listen tcp: address 8080: missing port in address": an address of Go is HOST:PORT, and the host may be left out (net.Dial). */
export async function loadBarePorts(inputs: Inputs, facts: FactStore): Promise<Fact<BarePort[]>> {
  const [context, flyConfig] = await Promise.all([codeContext(inputs, facts), facts.value('flyConfig')])
  if (context.paths.named('go.mod').length === 0) return known([])
  const setting = machineVariable(flyConfig, context.image)
  const around: Surroundings = {
    variable: setting,
    hasFile: () => false,
    hasFileBeginning: () => false,
    mentions: () => false,
  }
  const {started} = await startedCommands(facts)
  const found: BarePort[] = []
  for (const {by, command, certain} of started) {
    if (!certain || command.conditional) continue
    const {entry, files: codes} = await startedCode(command.words, context)
    for (const {at, word} of entry?.kind === 'go' ? goBarePorts(codes, around) : []) {
      if (found.some((each) => each.at.file === at.file && each.at.line === at.line)) continue
      const {variable} = word
      const setAt = variable === undefined ? undefined : setting(variable)?.at
      found.push({by, port: word.text ?? '', variable, at, fixed: word.fixed, setAt})
    }
  }
  return known(found)
}
