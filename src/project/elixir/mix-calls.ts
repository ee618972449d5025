import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Code, codeOf} from '../code/code.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {functionAt, headsAt, isReached, statementStart} from './blocks.ts'
import {takesRelease} from './release-starts.ts'

/** A function of the app that calls Mix, which a release does not have. */
export interface MixCall {
  /** `Mix.env`. */
  call: string
  /** `def start(_type, _args)`. */
  head: string
  at: FileLocation
  /** Every start meets it: it is in the function that starts the app, or in the configuration that is read before. */
  starts: boolean
  /** Nothing keeps a start from it. */
  isSure: boolean
}

/**
 * A release has the applications that the app names, and Mix is a tool for building (hexdocs.pm/mix, "Mix.env/0": "This
 * function should not be used at runtime in application code"): UndefinedFunctionError, module Mix is not available.
 */
export async function loadMixCalls({reader}: Inputs, facts: FactStore): Promise<Fact<MixCall[]>> {
  const [{final, stages}, files] = await Promise.all([facts.need('image'), facts.value('files')])
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const isRelease = takesRelease({final, stages})
  const manifests = isRelease ? await reader.texts(paths.named('mix.exs')) : []
  if (manifests.length === 0 || manifests.some(({text}) => brings.test(text))) return known([])
  const sources = paths.ending('.ex').filter((path) => /(?:^|\/)lib\/(?!mix\/)/.test(path))
  // Who has tasks of his own writes by Mix.shell in what they call, which the app itself hardly starts.
  const hasTasks = paths.ending('.ex').some((path) => /(?:^|\/)lib\/(?:mix|[\w/]{1,200}\/mix)\/tasks\//.test(path))
  const found: MixCall[] = await inConfiguration()
  for (const file of await reader.texts(sources)) {
    if (!file.text.includes('Mix.') || asks.test(file.text)) continue
    const code = codeOf(file)
    for (const {0: call, index} of code?.bare.matchAll(calls) ?? []) {
      if (!code || (hasTasks && !/env|target/.test(call))) continue
      const heads = headsAt(code, index)
      const own = functionAt(code, index)
      // A macro runs, and what is quoted is laid elsewhere, as the code is compiled.
      if (own === undefined || heads.some((head) => /^(?:defmacrop?|quote|defimpl)\b/.test(head))) continue
      const rest = code.bare.slice(index)
      const end = rest.search(/\n[ \t]{0,100}(?:@doc|@spec|defp?)\b/)
      // What it raises is caught.
      if (/\b(?:rescue|catch)\b/.test(end < 0 ? rest : rest.slice(0, end))) continue
      const starts = /^def start\s*\(/.test(own) && /\buse Application\b/.test(code.bare)
      found.push({
        call,
        head: own.replace(/\s+/g, ' '),
        at: file.span(index, index + call.length),
        starts,
        isSure: false,
      })
    }
  }
  return known(found)

  /** A release evaluates runtime.exs, which config.exs and its like are not: those are read while it is built. */
  async function inConfiguration(): Promise<MixCall[]> {
    const mix = await facts.value('mixConfig')
    return (mix?.files ?? []).flatMap(({code, atRuntime}) => {
      if (!mix || !atRuntime || asks.test(code.text) || /\b(?:rescue|catch)\b/.test(code.bare)) return []
      const [first] = [...code.bare.matchAll(calls)].filter(({index}) => isEvaluated(code, index, mix.env))
      const [call = ''] = first ?? []
      return first
        ? [
            {
              call,
              head: code.file.path,
              at: code.file.span(first.index, first.index + call.length),
              starts: true,
              isSure: mix.isReleased,
            },
          ]
        : []
    })
  }
}

/** In a block that is reached, or as the condition of one: `if Mix.env() == :prod do`. */
const isEvaluated = (code: Code, index: number, env: string): boolean => {
  const start = statementStart(code, index)
  const isCondition = /^\s*(?:if|unless|case)\s[^&|]{0,300}$/.test(code.bare.slice(start, index))
  return isReached(code, isCondition ? start : index, env) === 'yes'
}

const calls = /(?<![\w.@])Mix\.(?:env|target|Project\.\w+|shell)\b/g
/** The release has Mix all the same. */
const brings = /(?:extra|included)_applications:[^\n]{0,300}:mix\b|\bmix:\s*:permanent|\bmix:\s*:load/
/** Whether Mix is there is asked first. */
const asks = /ensure_loaded\??\(?\s*Mix\b|function_exported\?\(\s*Mix\b|\buse Mix\.Task\b|Process\.whereis\(\s*Mix/
