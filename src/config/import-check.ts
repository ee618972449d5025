/** The one place where code of the checked project is executed: the files that preflight.toml names as its own checks. */

import * as nodeModule from 'node:module'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import type {AnyCheck, Finding} from '../check.ts'
import {deployMoments} from '../deploy-moments.ts'
import {severities} from '../severity.ts'
import {UsageError} from '../usage-error.ts'
import type {CustomFile} from './custom.ts'
import {inTime} from './in-time.ts'

const here = nodeModule.createRequire(import.meta.url)
const packageFolder = dirname(here.resolve('fly-preflight/package.json'))
const importModule: (url: string) => Promise<{default?: unknown}> = here(join(packageFolder, 'bin/import.cjs'))

const ofCustom = 'It is a file of [custom] in preflight.toml.'

/** Imports a check and makes sure that it is one. What is wrong with it is a usage error. */
export async function importCheck({id, file, absolute, docs}: CustomFile): Promise<AnyCheck> {
  provideApi()
  let exported: unknown
  try {
    exported = (await importModule(pathToFileURL(absolute).href)).default
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] as string) : String(error)
    const hint = error instanceof SyntaxError ? `See where: node --check ${file}` : ofCustom
    throw new UsageError(`${file} cannot be loaded: ${why}`, hint)
  }
  const problem = problemOf(exported, id)
  if (problem) throw new UsageError(`${file}: ${problem}`, ofCustom)
  const check = exported as AnyCheck
  return {
    ...check,
    docs,
    ...(check.appliesTo && {
      appliesTo(facts) {
        const answer: unknown = inTime(() => check.appliesTo?.(facts))
        if (answer === true || (typeof answer === 'string' && answer !== '')) return answer
        throw new Error('appliesTo must return true, or the reason why the check does not apply')
      },
    }),
    *run(facts) {
      const found = inTime(() => check.run(facts)) as Iterator<Finding, string | undefined> & Iterable<Finding>
      if (typeof found?.next !== 'function') throw new Error('run must be a generator: *run(facts) { … }')
      for (;;) {
        const next = inTime(() => found.next())
        if (next.done) return next.value
        assertFinding(next.value)
        yield next.value
      }
    },
  }
}

const isOneOf = (words: readonly unknown[], value: unknown): boolean => words.includes(value)

/** What is wrong with a default export that should be the check with this id. */
function problemOf(exported: unknown, id: string): string | undefined {
  if (typeof exported !== 'object' || exported === null) return 'its default export must be a check: defineCheck({…})'
  const check = exported as Record<string, unknown>
  const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''
  const isList = (value: unknown) => Array.isArray(value) && value.every(isText)
  const keys: readonly [key: string, fits: boolean, must: string][] = [
    ['id', check.id === id, `be "${id}", after the file`],
    ['title', isText(check.title), 'be a text: the claim that is true when the check passes'],
    ['why', isText(check.why), 'be a text: what breaks when it fails'],
    ['severity', isOneOf(severities, check.severity), `be ${severities.join(', ')}`],
    ['failsAt', isOneOf(deployMoments, check.failsAt), `be one of ${deployMoments.join(', ')}`],
    ['needs', isList(check.needs), 'be a list of facts: ["flyConfig"]'],
    ['uses', check.uses === undefined || isList(check.uses), 'be a list of facts'],
    ['examines', check.examines === undefined || isList(check.examines), 'be a list of facts'],
    [
      'appliesTo',
      check.appliesTo === undefined || typeof check.appliesTo === 'function',
      'be a function that returns true, or the reason why the check does not apply',
    ],
    ['run', typeof check.run === 'function', 'be a generator: *run(facts) { … }'],
  ]
  const [key, , must] = keys.find(([, fits]) => !fits) ?? []
  return (
    key && `${key} ${check[key] === undefined ? 'is missing; it' : `is ${JSON.stringify(check[key])}; it`} must ${must}`
  )
}

/** What a finding lacks to be told. The message ends up behind "the check broke: ". */
function assertFinding(finding: unknown): asserts finding is Finding {
  const {message, at, severity} = (finding ?? {}) as {
    message?: unknown
    at?: Record<string, unknown>
    severity?: string
  }
  if (typeof message !== 'string' || message === '') throw new Error('it yielded a finding without a message')
  if (typeof at?.file !== 'string' && typeof at?.live !== 'string')
    throw new Error('it yielded a finding without a place: at: {file: "fly.toml"}')
  if (severity !== undefined && !isOneOf(severities, severity))
    throw new Error(`it yielded a finding of severity ${severity}; there are ${severities.join(', ')}`)
}

let provided = false

/**
 * `fly-preflight/check` is the preflight that runs, wherever it is installed: a project without node_modules can have
 * checks of its own, and theirs is the version whose facts they get.
 */
function provideApi(): void {
  if (provided) return
  provided = true
  const name = 'fly-preflight/check'
  const url = pathToFileURL(here.resolve(name)).href
  type Resolve = (
    specifier: string,
    context: unknown,
    next: (specifier: string, context: unknown) => unknown,
  ) => unknown
  const {registerHooks} = nodeModule as unknown as {registerHooks?: (hooks: {resolve: Resolve}) => void}
  if (registerHooks) {
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === name ? {url, shortCircuit: true} : next(specifier, context),
    })
    return
  }
  // Node 20 has hooks in a thread of their own only, which are a module.
  const [own, address] = [JSON.stringify(name), JSON.stringify(url)]
  const source = `export const resolve = (specifier, context, next) =>
    specifier === ${own} ? {url: ${address}, shortCircuit: true} : next(specifier, context)`
  nodeModule.register(`data:text/javascript,${encodeURIComponent(source)}`)
}
