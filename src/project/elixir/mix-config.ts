import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {type Code, codeOf, parts, type Span, textOf, trim} from '../code/code.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {sourceAt, unchangedAt} from '../image/moment.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {isReached, statementEnd} from './blocks.ts'
import {mixEnv} from './mix-env.ts'

/** The configuration of a mix project in the environment that the image is built for. */
export interface MixConfig {
  /** The folder of mix.exs. */
  folder: string
  /** MIX_ENV of the build. */
  env: string
  /** In the order in which they count: config.exs, that of the environment, runtime.exs. */
  files: ConfigFile[]
  /** It says nothing beside: no file that these import, and none that another library reads. */
  complete: boolean
  /** The image is surely built of it, with `mix release` or `mix compile`, in this environment. */
  isBuilt: boolean
  /** With `mix release`, which takes the file that is read when it starts. */
  isReleased: boolean
}

export interface ConfigFile {
  code: Code
  /** Read when the release starts, before everything; the others are read while it is built. */
  atRuntime: boolean
}

/** `config :shop, ShopWeb.Endpoint, …`, reached for sure or perhaps. */
export interface ConfigStatement {
  file: ConfigFile
  /** `shop` */
  app: string
  /** `ShopWeb.Endpoint` */
  module: string
  isCertain: boolean
  /** The keys that it gives, with their values; undefined where they stand in a variable. */
  options: Map<string, Span> | undefined
  span: Span
}

export async function loadMixConfig({reader}: Inputs, facts: FactStore): Promise<Fact<MixConfig>> {
  const paths = (await facts.value('files')) ?? noFiles
  const projects = paths.named('config/runtime.exs', 'config/releases.exs')
  const folders = new Set(projects.map((path) => posix.dirname(posix.dirname(path))))
  if (folders.size === 0) return absent('there is no mix project with a config/runtime.exs')
  const commands = (await facts.value('buildCommands'))?.commands
  const builds = (commands ?? []).filter(
    (command) => programOf(command) === 'mix' && /^(?:release|compile)$/.test(command.words[1] ?? ''),
  )
  const mixed = [...folders].filter((each) => paths.has(posix.join(each, 'mix.exs')))
  const build = builds.find(({words}) => words[1] === 'release') ?? builds[0]
  const sourceOf = (name: string) => build && sourceAt(build.moment, posix.join(build.folder, name), paths)
  // Of several projects the one that the image is built of.
  const source = sourceOf('mix.exs')
  const folder = mixed.length > 1 ? mixed.find((each) => posix.join(each, 'mix.exs') === source) : mixed[0]
  if (folder === undefined) return absent('there is no mix project with a config/runtime.exs')
  if (folder !== '.' && commands && commands.length > 0 && !commands.some(callsMix))
    return absent('nothing in the build of the image calls mix')
  const env = build && mixEnv(build)
  const runtime = paths.has(posix.join(folder, 'config/runtime.exs')) ? 'runtime' : 'releases'
  const isCopied = (name: string): boolean =>
    !paths.has(posix.join(folder, name)) ||
    (build !== undefined && unchangedAt(build, posix.join(build.folder, name), paths) === posix.join(folder, name))
  const isBuilt = env !== undefined && ['mix.exs', 'config/config.exs', `config/${env}.exs`].every(isCopied)
  const isReleased = isBuilt && build?.words[1] === 'release' && isCopied(`config/${runtime}.exs`)
  const files: ConfigFile[] = []
  for (const name of ['config', env ?? 'prod', runtime]) {
    const path = posix.join(folder, 'config', `${name}.exs`)
    const file = paths.has(path) ? await reader.text(path) : undefined
    const code = file && codeOf(file)
    if (code) files.push({code, atRuntime: name === runtime})
  }
  const others = files.some(({code}) =>
    /\b(?:Code\.(?:eval|require)_file|import_config|put_env|Dotenv\w*|Vapor|Confex|Config\.Reader)\b/.test(
      code.text.replace(/import_config\s*(?:\(\s*)?"#\{(?:config_env\(\)|Mix\.env\(?\)?)\}\.exs"/, ''),
    ),
  )
  return known({folder, env: env ?? 'prod', files, complete: !others, isBuilt, isReleased})
}

/** Or a tool or a script that may call it. */
const callsMix = ({words}: BuildCommand): boolean =>
  /^(?:mix|make|just|task|elixir|sh|bash)$|(?:^|\/)[^/]*\.sh$|^\.{0,2}\//.test(words[0] ?? '/')

/** The scripts that a release reads before it starts. */
export const envScripts = (files: Files): string[] =>
  files.ending('.sh', '.eex').filter((path) => /(?:^|\/)rel\/.{0,300}env\.sh(\.eex)?$/s.test(path))

/** The statements that configure a module whose name ends so: `Endpoint`, `Repo`. */
export function statementsOf({files, env}: MixConfig, name: string): ConfigStatement[] {
  const pattern = new RegExp(`\\bconfig[\\s(]+:(\\w+)\\s*,\\s*((?:[A-Z]\\w*\\.)*${name})\\s*(,|$)`, 'gm')
  return files.flatMap((file) =>
    [...file.code.bare.matchAll(pattern)].flatMap((match) => {
      const reached = isReached(file.code, match.index, env)
      if (reached === 'no') return []
      const span = {start: match.index, end: statementEnd(file.code, match.index)}
      const options =
        match[3] === ',' ? keywordsOf(file.code, {start: match.index + match[0].length, end: span.end}) : undefined
      return {file, app: match[1] as string, module: match[2] as string, isCertain: reached === 'yes', options, span}
    }),
  )
}

/** `key: value, …`; undefined where something else stands there. */
export function keywordsOf(code: Code, span: Span): Map<string, Span> | undefined {
  const found = new Map<string, Span>()
  for (const part of parts(code, span)) {
    const [key, name] = /^(\w+):\s/.exec(`${textOf(code, part)} `) ?? []
    if (key === undefined || name === undefined) return undefined
    found.set(name, {start: part.start + key.length, end: part.end})
  }
  return found
}

/** What a value stands for: itself, or what the one assignment of its file gives to a variable. */
export function resolved(code: Code, span: Span): Span | undefined {
  const name = textOf(code, span).trim()
  if (!/^[a-z_]\w*\??$/.test(name) || name === 'true' || name === 'false' || name === 'nil') return span
  const assigned = [...code.bare.matchAll(new RegExp(`(?<![\\w.:@])${name.replace('?', '\\?')}\\s*=(?![=~>])`, 'g'))]
  const [only, another] = assigned
  if (!only || another) return undefined
  const start = only.index + only[0].length
  const value = start + (/^\s*/.exec(code.bare.slice(start))?.[0].length ?? 0)
  return trim(code, {start: value, end: statementEnd(code, value)})
}
