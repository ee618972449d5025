import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type Code, placeOf, type Span, textOf} from '../code/code.ts'
import {withoutHashLines} from '../code/comments.ts'
import {evidenceOf} from '../database/evidence.ts'
import {type SetVariables, setVariables} from '../environment/set-variables.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {type ConfigStatement, envScripts, keywordsOf, type MixConfig, resolved, statementsOf} from './mix-config.ts'
import {startsWithMix} from './release-starts.ts'
import {certainRaises} from './required-variables.ts'

/** What the configuration of a release comes to on Fly.io. */
export interface Phoenix {
  /** Raises that runtime.exs reaches in any case. */
  raises: FileLocation[]
  /** The host of the endpoint's URL, where it is a placeholder: websockets from every other name are refused. */
  placeholderHost: {host: string; variable: string | undefined; at: FileLocation} | undefined
  /** `PHX_SERVER`: the variable without which no server starts, and that nothing sets. */
  serverSwitch: {variable: string; at: FileLocation} | undefined
  /** Why the connections of a Repo look for IPv4 addresses alone. */
  onlyIpv4:
    | {variable: string | undefined; value: string | undefined; at: FileLocation; set: FileLocation | undefined}
    | undefined
  /** An option that the endpoint is compiled with, and that the release is given when it starts. */
  compiledOption: {name: string; at: FileLocation} | undefined
}

export async function loadPhoenix({reader}: Inputs, facts: FactStore): Promise<Fact<Phoenix>> {
  const [config, files, image] = await Promise.all([
    facts.need('mixConfig'),
    facts.value('files'),
    facts.value('image'),
  ])
  const nothing: Phoenix = {
    raises: [],
    placeholderHost: undefined,
    serverSwitch: undefined,
    onlyIpv4: undefined,
    compiledOption: undefined,
  }
  const runtime = config.files.find(({atRuntime}) => atRuntime)
  if (!runtime) return known(nothing)
  const raises = certainRaises(runtime.code, config.env)
  if (!config.complete) return known({...nothing, raises})
  const paths = files ?? noFiles
  const variables = await withEnvScript()
  const endpoint = await sourcesOf('endpoint.ex')
  return known({
    raises,
    placeholderHost:
      variables.complete && /\bsocket\b/.test(endpoint) ? placeholderHost(config, endpoint, variables) : undefined,
    serverSwitch: variables.complete ? serverSwitch(config, endpoint, variables) : undefined,
    onlyIpv4: variables.complete ? await onlyIpv4() : undefined,
    compiledOption: await compiledOption(),
  })

  /** The script that a release reads before it starts sets variables too. */
  async function withEnvScript(): Promise<SetVariables> {
    const set = await setVariables(facts)
    const scripts = envScripts(paths)
    const texts = await Promise.all(scripts.map(async (path) => (await reader.text(path))?.text ?? ''))
    const mayBeSet = (name: string) => set.mayBeSet(name) || texts.some((text) => text.includes(`${name}=`))
    return {...set, mayBeSet}
  }

  /** The sources of this name, as one text without comments. */
  async function sourcesOf(name: string): Promise<string> {
    const own = paths.ending('.ex', '.exs').filter((path) => path.endsWith(name) && !/(^|\/)(deps|test)\//.test(path))
    const texts = await Promise.all(own.map(async (path) => (await reader.text(path))?.text ?? ''))
    return withoutHashLines(texts.join('\n'))
  }

  /** Since 1.8 an endpoint asks for them with compile_env, and a release makes sure of that when it starts. */
  async function compiledOption(): Promise<Phoenix['compiledOption']> {
    const [lock = '', manifest = ''] = await Promise.all(
      ['mix.lock', 'mix.exs'].map(async (name) => (await reader.text(posix.join(config.folder, name)))?.text),
    )
    const [, major, minor] = /"phoenix": \{:hex, :phoenix, "(\d+)\.(\d+)/.exec(lock) ?? []
    if (major === undefined || Number(major) * 100 + Number(minor) < 108 || !config.isReleased) return undefined
    // It need not compare, nor read this file; of an umbrella it need not have every app.
    if (/\b(?:validate_compile_env|runtime_config_path|apps_path)\b/.test(manifest)) return undefined
    return (await startsWithMix(facts)) ? undefined : lateOption(config, endpoint)
  }

  async function onlyIpv4(): Promise<Phoenix['onlyIpv4']> {
    const manifest = await reader.text(posix.join(config.folder, 'mix.exs'))
    if (!/^[^#\n]*:postgrex\b/m.test(manifest?.text ?? '')) return undefined
    const found = repoWithoutIpv6(config, await sourcesOf('repo.ex'), variables)
    if (!found) return undefined
    const {fly, other} = await evidenceOf(reader, paths)
    const isSet = image?.final.env.get('ECTO_IPV6')
    if (other && !fly && !isSet) return undefined
    return {...found, set: found.variable ? undefined : isSet?.at}
  }
}

/** What generators write until somebody sets it. */
const placeholder = /^(?:example\.(?:com|org|net)|localhost)$/

function placeholderHost(config: MixConfig, endpoint: string, set: SetVariables): Phoenix['placeholderHost'] {
  // The sockets have a rule of their own, or the endpoint is configured by code.
  if (/\bcheck_origin\b|\bdef\s+init\s*\(/.test(endpoint)) return undefined
  let found: Phoenix['placeholderHost']
  for (const {file, options, isCertain} of statementsOf(config, 'Endpoint')) {
    const {code} = file
    if (!options || options.has('check_origin')) return undefined
    const url = options.get('url')
    if (!url) continue
    const list = resolved(code, url)
    const text = list ? textOf(code, list).trim() : ''
    const inside =
      list && text.startsWith('[')
        ? keywordsOf(code, {start: code.text.indexOf('[', list.start) + 1, end: list.end - 1})
        : undefined
    if (!isCertain || !inside) return undefined
    const host = inside.get('host')
    if (!host) continue
    const value = resolved(code, host)
    if (!value) return undefined
    found = hostOf(textOf(code, value).trim(), placeOf(code, value), set)
  }
  return found
}

function hostOf(text: string, at: FileLocation, set: SetVariables): Phoenix['placeholderHost'] {
  const [, variable, fallback = text] =
    /^System\.get_env\(\s*"(\w+)"\s*(?:\)\s*\|\||,)\s*("[^"]*")\s*\)?$/.exec(text) ?? []
  const host = /^"([^"#]*)"$/.exec(fallback)?.[1]
  if (host === undefined || (variable !== undefined && set.mayBeSet(variable))) return undefined
  return placeholder.test(host) ? {host, variable, at} : undefined
}

/** `if System.get_env("PHX_SERVER") do config …, server: true end`, and no other statement that starts it. */
function serverSwitch(config: MixConfig, endpoint: string, set: SetVariables): Phoenix['serverSwitch'] {
  if (/\bdef\s+init\s*\(|\bserver:/.test(endpoint)) return undefined
  let found: Phoenix['serverSwitch']
  for (const {file, options, span} of statementsOf(config, 'Endpoint')) {
    const {code} = file
    if (!options) return undefined
    if (!options.has('server')) continue
    const before = code.text.slice(0, span.start)
    const [match, variable] = /\bif\s+System\.get_env\(\s*"(\w+)"\s*\)(?:\s*==\s*"true")?\s+do\s*$/.exec(before) ?? []
    if (match === undefined || variable === undefined || set.mayBeSet(variable)) return undefined
    const start = before.length - match.length
    found = {variable, at: code.file.span(start, start + match.trimEnd().length)}
  }
  return config.files.some(({code}) => /\bserve_endpoints\b/.test(code.text)) ? undefined : found
}

/** An option of the endpoint that runtime.exs sets in any case, and that nothing sets before it is compiled. */
function lateOption(config: MixConfig, source: string): Phoenix['compiledOption'] {
  const endpoints = statementsOf(config, 'Endpoint')
  if (endpoints.some(({options}) => !options)) return undefined
  for (const {file, app, module, options, isCertain} of endpoints) {
    const uses = String.raw`\bdefmodule\s+${module}\s+do\b[\s\S]{0,3000}?\buse\s+Phoenix\.Endpoint,\s+otp_app:\s+:${app}\b`
    if (!file.atRuntime || !isCertain || !new RegExp(uses).test(source)) continue
    for (const name of ['force_ssl', 'debug_errors', 'code_reloader']) {
      const value = options?.get(name)
      const isGiven = value && /^\s*(?:\[[\s\S]*\]|true)\s*$/.test(textOf(file.code, value))
      const before = config.files.some(({code, atRuntime}) => !atRuntime && code.bare.includes(name))
      if (isGiven && !before) return {name, at: keyOf(file.code, value, name)}
    }
  }
  return undefined
}

function keyOf(code: Code, value: Span, name: string): FileLocation {
  const start = code.text.lastIndexOf(`${name}:`, value.start)
  return code.file.span(start, start + name.length)
}

/** A Repo that is given its address when the release starts, and no `socket_options` with `:inet6`. */
function repoWithoutIpv6(
  config: MixConfig,
  source: string,
  set: SetVariables,
): Omit<NonNullable<Phoenix['onlyIpv4']>, 'set'> | undefined {
  if (/\bdef\s+init\s*\(|inet6/.test(source)) return undefined
  const repos = statementsOf(config, 'Repo').filter(({options}) => options?.has('adapter') !== true)
  const options = repos.find((repo) => repo.options?.has('socket_options'))
  if (repos.some((repo) => !repo.options || !repo.isCertain)) return undefined
  if (!options) {
    const addressed = repos.find(
      (repo) => repo.file.atRuntime && (repo.options?.has('url') || repo.options?.has('hostname')),
    )
    const elsewhere = config.files.some(({code}) => code.text.includes('inet6'))
    return !addressed || elsewhere ? undefined : {variable: undefined, value: undefined, at: firstLine(addressed)}
  }
  const {code} = options.file
  const value = resolved(code, options.options?.get('socket_options') as {start: number; end: number})
  const text = value ? textOf(code, value) : ''
  if (!value || !/:inet6/.test(text)) return undefined
  let asked = text
  let at = placeOf(code, value)
  const named = /\bif\s*(?:\(\s*)?([a-z_]\w*\??)\s*[,)]/.exec(asked)
  if (named) {
    const from = value.start + text.indexOf(named[1] as string, text.search(/\bif\b/) + 2)
    const condition = resolved(code, {start: from, end: from + (named[1] as string).length})
    if (!condition) return undefined
    asked = textOf(code, condition).trim()
    at = placeOf(code, condition)
  }
  const [, variable, wanted] =
    /\bSystem\.get_env\(\s*"(\w+)"\s*\)\s*(?:(?:in\s*~w\(([^)]*)\)|==\s*"(?:[^"]*)")[)\s]*(?:,|$))?/.exec(asked) ?? []
  if (variable === undefined || /\bnot\b|!|unless/.test(asked)) return undefined
  const given = set.given(variable)
  if (given === undefined) return set.mayBeSet(variable) ? undefined : {variable, value: undefined, at}
  const equal = /==\s*"([^"]*)"/.exec(asked)?.[1]
  const fits = wanted ? wanted.split(/\s+/) : equal !== undefined ? [equal] : undefined
  return fits && !fits.includes(given) ? {variable, value: given, at} : undefined
}

const firstLine = ({file, span}: ConfigStatement): FileLocation =>
  file.code.file.lineSpan(file.code.file.position(span.start).line)
