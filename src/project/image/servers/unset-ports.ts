/** A port that a command takes of a variable which nothing sets: the server gets no number, and stops. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {setVariables} from '../../environment/set-variables.ts'
import type {Inputs} from '../../inputs.ts'
import {type Started, startedBy} from '../../processes/processes.ts'
import {notKnown} from '../shell/shell-words.ts'
import {nameOf, peel} from './server-name.ts'

export interface UnsetPort {
  /** `CMD`, `[processes] web`. */
  by: string
  /** `uvicorn`, `rails server`. */
  server: string
  variable: string
  /** What the server is given in place of the port: `--port` alone, `-b 0.0.0.0:`. */
  given: string
  at: FileLocation
}

/**
 * Those that stop without a number: click says so for uvicorn, Flask, Granian, FastAPI and Streamlit, argparse for Daphne,
 * `int('')` for gunicorn, Hypercorn and waitress, Thor for Rails, OptionParser for Puma, commander for Next.js.
 */
const stops =
  /^(?:uvicorn|gunicorn|hypercorn|daphne|granian|waitress-serve|flask run|fastapi run|streamlit run|rails server|puma|next start)$/
/** The end of a flag whose value is the port, or an address before its port. */
const asksForPort = /^(?:--(?:server\.)?port|-p)$/
const withoutPort = /^(?:--(?:server\.)?port|-p)=$|^(?:-b|--(?:bind|listen)=)?[\w.[\]/:]*:$/
const mark = '\u0001'
const marked = new RegExp(`${mark}(\\w{1,100})${mark}`, 'g')
const atEnd = new RegExp(`${mark}(\\w{1,100})${mark}$`)

export async function loadUnsetPorts(inputs: Inputs, facts: FactStore): Promise<Fact<UnsetPort[]>> {
  const [processes, buildsElse, deploys] = await Promise.all([
    facts.need('processes'),
    facts.value('buildsElse'),
    facts.value('deployCommands'),
  ])
  // Most commands have their port in them.
  if (buildsElse || !processes.read.texts.some(({text}) => /\$\{?\w*PORT\b/.test(text))) return known([])
  // What a deploy brings on its command line is not read.
  if (deploys?.hasFlag('--env') || deploys?.hasFlag('-e')) return known([])
  const variables = await setVariables(facts)
  if (!variables.complete) return known([])
  const {started} = processes.read
  const again = await startedBy(inputs, facts, {
    inShell: (name) => (variables.mayBeSet(name) ? notKnown : `${mark}${name}${mark}`),
    outside: () => notKnown,
  })
  if (started.length !== again.started.length) return known([])
  return known(
    started.flatMap((each, index) => {
      const found = each.certain || each.command.supervised ? portOf(each, again.started[index] as Started) : undefined
      return found ? [{by: each.by, at: each.command.at, ...found}] : []
    }),
  )
}

/** @param other the same command, with what nothing sets marked: without a default that word is not known */
function portOf({command}: Started, other: Started): Omit<UnsetPort, 'by' | 'at'> | undefined {
  const words = other.command.words.map((word) => word ?? notKnown)
  const bare = words.map((word) => word.replace(marked, ''))
  const [server] = nameOf(peel(bare.filter(Boolean).map((text) => ({text, fixed: true})))) ?? []
  if (server === undefined || !stops.test(server) || words.length !== command.words.length) return undefined
  for (const [index, word] of words.entries()) {
    const [, variable] = atEnd.exec(word) ?? []
    if (variable === undefined || command.words[index] !== undefined) continue
    const before = bare[index - 1] ?? ''
    const rest = bare[index] as string
    if (rest === '' ? asksForPort.test(before) : withoutPort.test(rest))
      return {server, variable, given: rest.startsWith('-') ? rest : `${before} ${rest}`.trim()}
  }
  return undefined
}
