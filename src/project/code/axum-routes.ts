/** Paths that the axum of Cargo.lock does not read as they are meant. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'
import {blocksAround, type Code} from './code.ts'
import {codeContext} from './code-context.ts'
import {startedCode} from './started-code.ts'

export interface AxumRoute {
  by: string
  /** `route`, `nest`. */
  call: string
  path: string
  at: FileLocation
  version: string
  /** It panics as it is registered, or stands for the very text with its braces. */
  fault: 'panics' | 'literal'
  /** It is registered in main itself. */
  isAtOnce: boolean
}

const calls = /\.(route|nest|route_service|nest_service)\s{0,50}\(\s{0,50}"(\/[^"\n]{0,300})"/g

/**
 * axum 0.8 takes `/{id}` and `/{*rest}`, and panics at a segment that begins with : or * ("Path segments must not start
 * with `:`"), but for without_v07_checks; 0.7 takes `/:id` and `/*rest`, and braces as text (axum's announcement of 0.8.0).
 */
export async function loadAxumRoutes(inputs: Inputs, facts: FactStore): Promise<Fact<AxumRoute[]>> {
  const [, paths] = await facts.needAll('build', 'files')
  const [lock, another] = await inputs.reader.texts(paths.named('Cargo.lock'))
  const versions = [...(lock?.text ?? '').matchAll(/^name = "axum"\r?\nversion = "(0\.\d{1,3}\.\d{1,5})"/gm)]
  const [, version = ''] = versions[0] ?? []
  const fault = version.startsWith('0.8.') ? 'panics' : version.startsWith('0.7.') ? 'literal' : undefined
  if (!fault || another || versions.length > 1) return known([])
  const code = await codeContext(inputs, facts)
  const found = new Map<string, AxumRoute>()
  for (const {by, command, certain} of (await startedCommands(facts)).started) {
    if (!certain) continue
    const {entry, files: sources} = await startedCode(command.words, code)
    if (entry?.kind !== 'rust') continue
    if (!sources.some(({text}) => /\baxum::/.test(text)) || sources.some(({text}) => otherRouters.test(text))) continue
    for (const each of sources) {
      for (const {call, path, start, end} of misread(each, fault)) {
        const at = each.file.span(start, end)
        const key = `${at.file} ${start}`
        const isAtOnce = blocksAround(each, start).every((block) => /\bfn main\(\)|^$/.test(block))
        if (!found.has(key)) found.set(key, {by, call, path, at, version, fault, isAtOnce})
      }
    }
  }
  return known([...found.values()])
}

/** Their paths are others, or they take all of them. */
const otherRouters = /\bwithout_v07_checks\b|\b(?:actix_web|rocket|poem|salvo|utoipa_axum|aide)::/

function* misread(code: Code, fault: AxumRoute['fault']) {
  if (!/\baxum\b|\bRouter\b/.test(code.text)) return
  const tests = code.bare.search(/#!?\[cfg/)
  const segment = fault === 'panics' ? /\/[:*]/ : /\/\{\*?\w{1,60}\}(?:\/|$)/
  for (const match of code.text.matchAll(calls)) {
    if (tests >= 0 && match.index > tests) return
    const [whole, call = '', path = ''] = match
    // What the layer of the program's own names has at this place is in no string.
    const isCall = code.bare[match.index] === '.'
    if (isCall && segment.test(path)) yield {call, path, start: match.index, end: match.index + whole.length}
  }
}
