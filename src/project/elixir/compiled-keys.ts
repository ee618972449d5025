/** Keys of the app's own configuration that the code takes as it is compiled, or as the app starts. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Code, codeOf} from '../code/code.ts'
import {noFiles} from '../files/files.ts'
import {programOf} from '../image/shell/command.ts'
import {isArgument} from '../image/variable-reads.ts'
import type {Inputs} from '../inputs.ts'
import {headsAt, isReached, statementEnd, statementStart} from './blocks.ts'
import {keywordsOf, type MixConfig} from './mix-config.ts'
import {startsWithMix} from './release-starts.ts'

export interface KeyFault {
  /**
   * `differs`: the code is compiled without the key, and runtime.exs gives it. `uncompiled`: compile_env! asks for one that
   * nothing sets before. `unset`: fetch_env! asks for one as the app starts that nothing sets. `variable`: the key is a variable
   * that is read while the image is built, and that only the machines have.
   */
  kind: 'differs' | 'uncompiled' | 'unset' | 'variable'
  app: string
  key: string
  env: string
  /** Of `differs` what sets it, else what asks for it. */
  at: FileLocation
  /** The other one of the two; of the others, the environment that has the key: config/dev.exs. */
  related: FileLocation[]
}

/** `Application.compile_env(:shop, :size, 10)`, `fetch_env!(:shop, Shop.Mailer)`; of a list its first part decides nothing. */
const reads = /\bApplication\.(compile_env!?|fetch_env!)\(\s*:(\w+),\s*(?::(\w+)|((?:[A-Z]\w*\.)*[A-Z]\w*))\s*([,)])/g

export async function loadKeyFaults({reader}: Inputs, facts: FactStore): Promise<Fact<KeyFault[]>> {
  const mix = await facts.need('mixConfig')
  const paths = (await facts.value('files')) ?? noFiles
  const manifest = (await reader.text(posix.join(mix.folder, 'mix.exs')))?.text ?? ''
  const [, app] = /^\s{0,20}app:\s{0,20}:(\w{1,100})/m.exec(manifest) ?? []
  // An umbrella, keys that mix.exs itself gives, and configuration of other places.
  if (app === undefined || !mix.complete || !mix.isBuilt || /\bapps_path:|^\s{0,50}env:\s{0,20}\[/m.test(manifest))
    return known([])
  const own = `${mix.folder === '.' ? '' : `${mix.folder}/`}lib/`
  const sources = await reader.texts(paths.ending('.ex').filter((path) => path.startsWith(own)))
  const variables = (await lateVariables(mix, app, isAsked, facts)).filter(
    // The code asks for the variable itself, too.
    ({key}) => !sources.some(({text}) => text.includes(`"${key}"`)),
  )
  const asking = sources.filter(({text}) => /\bApplication\.(?:compile_env|fetch_env!)/.test(text))
  if (asking.length === 0) return known(variables)
  const puts = sources.map(({text}) => text).filter((text) => /\bput_(?:all_)?env\b/.test(text))
  const before = keysOf(mix, app, false)
  const late = keysOf(mix, app, true)
  const compares =
    mix.isReleased &&
    !/\b(?:validate_compile_env|runtime_config_path)\b/.test(manifest) &&
    !(await startsWithMix(facts))
  const found = new Map<string, KeyFault>()
  for (const file of asking) {
    const code = codeOf(file)
    if (!code) continue
    for (const match of code.text.matchAll(reads)) {
      const [whole, call = '', of, atom, module] = match
      const key = atom ?? module ?? ''
      if (of !== app || !code.bare.startsWith('Application', match.index) || puts.some((text) => text.includes(key)))
        continue
      const at = file.span(match.index, match.index + whole.length - 1)
      const fault = (kind: KeyFault['kind'], place: FileLocation, related: FileLocation[]) => {
        const what = `${kind} ${key}`
        if (!found.has(what)) found.set(what, {kind, app, key, env: mix.env, at: place, related})
      }
      const isSet = before.some((each) => isKey(each.key, key))
      const set = late.find((each) => isKey(each.key, key))
      if (call === 'fetch_env!') {
        if (!isSet && !set && isAtStart(code, match.index)) fault('unset', at, await elsewhere(key))
      } else if (!isSet && isExpanded(code, match.index)) {
        if (set?.isCertain && atom !== undefined && compares && call === 'compile_env') fault('differs', set.at, [at])
        else if (call === 'compile_env!') fault('uncompiled', at, await elsewhere(key))
      }
    }
  }
  return known([...found.values(), ...variables])

  /** The code takes it while the app runs. */
  function isAsked(key: string): boolean {
    const call = new RegExp(String.raw`\bApplication\.(?:get_env|fetch_env!?)\(\s*:${app},\s*:${key}\b`)
    return sources.some(({text}) => text.includes(key) && call.test(text))
  }

  /** The files of the other environments that have the key: on a laptop it is there. */
  async function elsewhere(key: string): Promise<FileLocation[]> {
    const others = await reader.texts(
      ['dev', 'test'].map((env) => posix.join(mix.folder, `config/${env}.exs`)).filter((path) => paths.has(path)),
    )
    return others.flatMap((file) => {
      const line = file.text.split('\n').findIndex((each) => new RegExp(`^[^#]*\\b${key}\\b`).test(each))
      return line < 0 ? [] : [file.lineSpan(line + 1)]
    })
  }
}

/** Libraries that look into their configuration when they are called, and nowhere else. */
const readers = /^(?:ueberauth|stripity_stripe|ex_twilio|ex_aws)$/

/**
 * `config :shop, key: System.get_env("KEY")` of config.exs or prod.exs, with no other value: what [env] and the secrets say
 * comes too late for it.
 */
async function lateVariables(
  {files, env}: MixConfig,
  app: string,
  asks: (key: string) => boolean,
  facts: FactStore,
): Promise<KeyFault[]> {
  const [flyConfig, build, secrets] = await Promise.all([
    facts.value('flyConfig'),
    facts.value('buildCommands'),
    facts.value('secretNames'),
  ])
  const commands = (build?.commands ?? []).filter((command) => programOf(command) === 'mix')
  const runtime = files.filter(({atRuntime}) => atRuntime).map(({code}) => code)
  const found: KeyFault[] = []
  const early = files.filter(({atRuntime}) => !atRuntime)
  for (const [number, {code}] of early.entries()) {
    // What is read later may give the key another value.
    const later = [...early.slice(number + 1).map((each) => each.code), ...runtime]
    for (const {0: whole, 1: name = '', index} of code.text.matchAll(
      /\bSystem\.get_env\(\s{0,20}"(\w{1,100})"\s{0,20}\)/g,
    )) {
      const start = statementStart(code, index)
      const rest = code.bare.slice(index + whole.length, statementEnd(code, index))
      if (!code.bare.startsWith('System', index) || isReached(code, index, env) !== 'yes') continue
      const [, of, module] = /^\s*config[\s(]+:(\w+)\s*,\s*([A-Z][\w.]*)?/.exec(code.bare.slice(start, index)) ?? []
      const isLibrary = of !== undefined && of !== app && readers.test(of)
      if ((of !== app && !isLibrary) || !/^\s*(?:[,\]})]|$)/.test(rest)) continue
      // Another value that runtime.exs gives the key.
      const [, key = name] = /(\w{1,100})(?::|,)\s{0,100}$/.exec(code.text.slice(start, index)) ?? []
      const isOfMachines =
        flyConfig?.config.env?.[name] !== undefined || secrets?.some((each) => each.name === name) || false
      // Such a value is a secret of the machines, and the code or a library takes it while the app runs.
      const isSecret =
        (/(?:^|_)(?:KEY|SECRET|TOKEN|PASSWORD|CLIENT_ID)$/.test(name) && (isLibrary || module !== undefined)) ||
        (/(?:^|_)(?:KEY|SECRET|TOKEN|PASSWORD|DSN|URL)$/.test(name) && asks(key))
      const mayBeThere = commands.some(
        ({moment}) => moment.variables.has(name) || isArgument(moment, name) || moment.instruction.text.includes(name),
      )
      if (
        !(isOfMachines || isSecret) ||
        mayBeThere ||
        commands.length === 0 ||
        later.some(({text, bare}) => text.includes(name) || new RegExp(`\\b${key}\\b`).test(bare))
      )
        continue
      const at = code.file.span(index, index + whole.length)
      const related = flyConfig?.config.env?.[name] === undefined ? [] : [flyConfig.at('env', name)]
      found.push({kind: 'variable', app: of as string, key: name, env, at, related})
    }
  }
  return found
}

/** A module may be written by a shorter name. */
const isKey = (given: string, asked: string): boolean =>
  given === asked || (/^[A-Z]/.test(asked) && given.split('.').at(-1) === asked.split('.').at(-1))

interface GivenKey {
  key: string
  isCertain: boolean
  at: FileLocation
}

/** `config :shop, size: 10`, `config :shop, :size, 10`, `config :shop, Shop.Mailer, …`. */
function keysOf({files, env}: MixConfig, app: string, atRuntime: boolean): GivenKey[] {
  const statement = new RegExp(String.raw`\bconfig[\s(]+:${app}\s*,\s*(?:(:\w+|(?:[A-Z]\w*\.)*[A-Z]\w*)\s*,)?`, 'g')
  return files
    .filter((file) => file.atRuntime === atRuntime)
    .flatMap(({code}) =>
      [...code.bare.matchAll(statement)].flatMap((match): GivenKey[] => {
        const reached = isReached(code, match.index, env)
        if (reached === 'no') return []
        const end = statementEnd(code, match.index)
        const at = code.file.span(match.index, match.index + match[0].replace(/[\s,]{1,200}$/, '').length)
        const common = {isCertain: reached === 'yes', at}
        if (match[1]) return [{...common, key: match[1].replace(/^:/, '')}]
        const keywords = keywordsOf(code, {start: match.index + match[0].length, end})
        // What stands in a variable may have any.
        return [...(keywords?.keys() ?? code.bare.slice(match.index, end).match(/\w+/g) ?? [])].map((key) => ({
          ...common,
          isCertain: common.isCertain && keywords !== undefined,
          key,
        }))
      }),
    )
}

/** In `start/2` of the application itself, and nothing leads around it. */
function isAtStart(code: Code, index: number): boolean {
  if (!/\buse Application\b/.test(code.bare)) return false
  const heads = headsAt(code, index)
  const before = code.bare.slice(statementStart(code, index), index)
  return (
    heads.length === 2 &&
    /^defmodule\b/.test(heads[0] ?? '') &&
    /^def start\s*\(/.test(heads[1] ?? '') &&
    !/\b(?:if|unless|case|cond|and|fn)\b|->|&|\bdo:/.test(before)
  )
}

/** A macro is expanded wherever it stands, but for what is quoted, and in a branch that is about the build. */
const isExpanded = (code: Code, index: number): boolean =>
  headsAt(code, index).every((head) => /^(?:defmodule|defp?)\b/.test(head))
