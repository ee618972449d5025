/** What `serve(…)` of the runtimes and packages does when it is not told where to listen, by their own sources. */
import type {Surroundings} from '../../image/servers/servers.ts'
import {portOf, type Socket} from '../../image/servers/sockets.ts'
import {type Code, type Span, textOf} from '../code.ts'
import type {Modules} from '../javascript.ts'
import type {CodeWord} from '../word.ts'

export interface ServeCall {
  port: number
  /** The first that is set counts, before the default. */
  variables: readonly string[]
  /** It may be called with what answers, and without options. */
  takesHandler?: boolean
}
/** The functions called `serve`, by what they come from. */
export const servers = {
  Bun: {port: 3000, variables: ['BUN_PORT', 'PORT', 'NODE_PORT']},
  Deno: {port: 8000, variables: [], takesHandler: true},
  Hono: {port: 3000, variables: [], takesHandler: true},
  srvx: {port: 3000, variables: ['PORT'], takesHandler: true},
  Apollo: {port: 4000, variables: []},
} as const satisfies Record<string, ServeCall>
export type ServerName = keyof typeof servers
/** The modules that have a `serve`. */
const modulesOfServe: readonly (readonly [RegExp, keyof typeof servers])[] = [
  [/["']@hono\/node-server["']/, 'Hono'],
  [/["']bun["']/, 'Bun'],
  [/["'](?:srvx(?:\/node)?|h3)["']/, 'srvx'],
  [/\bstd(?:@[^"'\n/]{1,40})?\/http/, 'Deno'],
]
export const servedBy = ({text}: Code): ServerName | undefined => modulesOfServe.find(([name]) => name.test(text))?.[1]

/** Where it listens when the call does not say. */
export function usualPort({port, variables}: ServeCall, {variable}: Surroundings): Socket['port'] {
  const name = variables.find((each) => variable(each))
  if (name !== undefined) return portOf({text: variable(name)?.value, fixed: false, variable: name})
  // A secret may set a variable; PORT is the one that people set.
  return {value: port, fixed: variables.length === 0, ...(variables.includes('PORT') && {variable: 'PORT'})}
}

/** `serve({port: process.env.PORT})`: without the variable it is as if nothing were written. */
export const portOrUsual = (word: CodeWord, {port}: ServeCall): Socket['port'] =>
  word.unset ? {value: port, fixed: false, variable: word.variable} : portOf(word)

/** Whether an expression is an app: made by `new Hono()` here or in a file of the project that it is brought from. */
export function isApp(code: Code, span: Span, {imported}: Modules): boolean {
  const name = textOf(code, span)
  if (!isName.test(name)) return false
  const escaped = name.replaceAll('$', '\\$')
  const made = new RegExp(`\\b(?:const|let|var)\\s+${escaped}\\s*(?::[^=\\n]{0,200})?=\\s*new\\s+(?:${apps})\\b`)
  const brought = new RegExp(
    `\\bimport\\s+\\{?[^;"'{}]{0,300}\\b${escaped}\\b[^;"'{}]{0,300}\\}?\\s{0,20}from\\s{0,20}["']([^"'\\n]{1,300})["']`,
  )
  const from = imported(code, brought.exec(code.text)?.[1] ?? '')
  return made.test(code.bare) || new RegExp(`\\bnew\\s+(?:${apps})\\b`).test(from?.bare ?? '')
}

/** Whether an expression is what answers requests: an app, its `fetch`, or a function of this file. */
export function isHandler(code: Code, span: Span, modules: Modules): boolean {
  const text = textOf(code, span)
  if (/^[\w$]+\.(?:fetch|handle|routes\(\))$/.test(text) || isApp(code, span, modules)) return true
  const escaped = text.replaceAll('$', '\\$')
  return (
    isName.test(text) &&
    new RegExp(`\\bfunction\\s+${escaped}\\s*\\(|\\bconst\\s+${escaped}\\s*=\\s*(?:async\\b|function\\b|\\()`).test(
      code.bare,
    )
  )
}

const apps = 'Hono|OpenAPIHono|H3|Elysia'
const isName = /^[A-Za-z_$][\w$]*$/
