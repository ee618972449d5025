import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {codeOf} from '../code/code.ts'
import {mixEnv} from '../elixir/mix-env.ts'
import {importedConfigs, requiredVariables} from '../elixir/required-variables.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {pageReads} from '../node/pages/page-reads.ts'
import {type Dotenv, settingsReads} from '../python/settings/settings-reads.ts'
import {railsReads} from '../ruby/rails-build.ts'
import type {BuildCommand} from './build-commands.ts'
import {type Moment, sourceAt} from './moment.ts'
import type {Project} from './programs/missing-tasks.ts'
import {compileReads, queryReads, rustSources} from './rust-variables.ts'
import {programOf} from './shell/command.ts'
import {dummies, isArgument, mentions, them, type VariableReads} from './variable-reads.ts'

/** A variable that a command of the build stops without, and that nothing sets there. */
export interface MissingVariable {
  name: string
  /** `collectstatic`, and the place of its command. */
  command: string
  at: FileLocation
  /** Where it is read. */
  read: FileLocation
  /** The cure, for it and others that the same command lacks. */
  hint: (names: readonly string[]) => string
  /** What is read, where it is not the variable itself. */
  what: string | undefined
  /** What reads it is surely run then. */
  isCertain: boolean
}

/** Secrets of the app are not there during the build: what reads one then, and has no default, stops. */
export async function loadBuildVariables({reader}: Inputs, facts: FactStore): Promise<Fact<MissingVariable[]>> {
  const [{commands}, image, files, deploys] = await Promise.all([
    facts.need('buildCommands'),
    facts.value('image'),
    facts.value('files'),
    facts.value('deployCommands'),
  ])
  const project = {reader, tracked: files ?? noFiles}
  const dotenv = deploys?.makes('.env') ? 'made' : (image?.copies('.env') ?? true) ? 'maybe' : 'no'
  // A checkout of the repository has none.
  const isCheckout = deploys?.commands.some(({at}) => at.file.includes('.github/workflows/')) ?? false
  const found: MissingVariable[] = []
  for (const command of commands) {
    if (command.conditional || !command.decisive) continue
    const {moment, at} = command
    for (const {command: text, names, what, hint = dummy, likely = false} of await readsOf(command, project, {
      dotenv,
      mayLay: dotenv === 'maybe' && !isCheckout,
    })) {
      for (const {name, read, isCertain = true} of names) {
        // Set by ENV or ARG, in the RUN itself, or from a secret that it mounts.
        if (moment.variables.has(name) || mentions(command, name) || ofImages.test(name)) continue
        // An ARG that the project's own deploy passes; where none is seen, whoever deploys may.
        const isArg = isArgument(moment, name)
        if (isArg && deploys?.passing(name)) continue
        const isOpen = isArg && (deploys?.commands.length ?? 0) === 0
        found.push({name, command: text, at, read, hint, what, isCertain: isCertain && !likely && !isOpen})
      }
    }
  }
  for (const moment of new Set(commands.map((each) => each.moment))) {
    const {at} = moment.instruction
    for (const name of emptyArguments(moment)) {
      if (deploys?.passing(name)) continue
      // Whoever deploys by hand may hand it over.
      found.push({name, command: 'this RUN', at, read: at, hint: handedOver, what: undefined, isCertain: false})
    }
  }
  return known(found)
}

/** What every container has, and the official images of languages. */
const ofImages =
  /^(?:PATH|HOME|HOSTNAME|PWD|SHLVL|LANG|GPG_KEY|(?:PYTHON|NODE|YARN|RUBY|GOLANG|JAVA|PHP|RUST|DOTNET|ASPNET)_\w+|(?:GEM|CARGO|RUSTUP|MAVEN|GRADLE)_HOME|GOPATH)$/

const dummy = (names: readonly string[]): string =>
  `Give ${them(names)} a value that is good for the build alone: RUN ${dummies(names)} … (the real one is there when the app starts), or a default in the code.`

async function readsOf(
  command: BuildCommand,
  project: Project,
  {dotenv, mayLay}: {dotenv: Dotenv; mayLay: boolean},
): Promise<VariableReads[]> {
  const found = await Promise.all([
    settingsReads(command, project, dotenv),
    prisma(command, project, mayLay),
    mix(command, project),
    pageReads(command, project),
  ])
  return [
    ...found.filter((each) => each !== undefined),
    ...(await railsReads(command, project, mayLay)),
    ...(await rust(command, project)),
  ]
}

/** `${X:?}`, and a question whose answer ends the RUN: `test -n "$X" && …`, `if [ -z "$X" ]; then exit 1`. */
const demands = [
  /\$\{(\w+):?\?/g,
  /(?:^\s*|&&\s*)(?:test\s+-n\s+"?\$\{?(\w+)\}?"?|\[\s+-n\s+"?\$\{?(\w+)\}?"?\s+\])\s*(?:&&|$)/g,
  /\[\s+-z\s+"?\$\{?(\w+)\}?"?\s+\]\s*(?:;\s*then\s|&&)(?:[^;&|\n]|>&){0,200}(?:(?:;|&&)\s*)?exit\s+[1-9]/g,
]

/** The ARGs without a default at which a RUN itself stops. */
function emptyArguments(moment: Moment): string[] {
  const {text} = moment.instruction
  if (text.includes('||')) return []
  const plain = text.replace(/\\\r?\n/g, '  ').replace(/'[^'\n]{0,1000}'/g, '')
  const names = demands.flatMap((each) =>
    [...plain.matchAll(each)].flatMap(([, ...found]) => found.find(Boolean) ?? []),
  )
  const given = (name: string) => moment.variables.has(name) || new RegExp(`\\b${name}=|\\bread\\b`).test(plain)
  return names.filter((name) => isArgument(moment, name) && !given(name))
}

const handedOver = (names: readonly string[]): string =>
  `Hand ${them(names)} over: [build.args] of fly.toml, or flyctl deploy ${names.map((name) => `--build-arg ${name}=…`).join(' ')}; or give ${them(names)} a default: ARG ${names.map((name) => `${name}=…`).join(' ')}`

/** PrismaConfigEnvError: `env()` of prisma/config wants the variable for every command, generate among them. */
async function prisma(
  command: BuildCommand,
  {reader, tracked}: Project,
  mayLay: boolean,
): Promise<VariableReads | undefined> {
  const [program, verb] = command.words
  if (program !== 'prisma' || verb !== 'generate') return undefined
  const sources = ['prisma.config.ts', 'prisma.config.js', 'prisma.config.mjs', '.config/prisma.ts'].flatMap(
    (name) => sourceAt(command.moment, posix.join(command.folder, name), tracked) ?? [],
  )
  const file = await reader.text(sources[0])
  if (!file || !/\benv\b[^}]{0,300}\}\s*from\s*["']prisma\/config["']/.test(file.text)) return undefined
  const loads = /dotenv|loadEnvFile/.test(file.text)
  const dotenv = command.moment.files.get(posix.join(command.folder, '.env'))
  return loads && dotenv
    ? undefined
    : {
        command: 'prisma generate',
        likely: loads && mayLay,
        names: topLevel(file, /\benv(?:<[^>]{0,200}>)?\(\s*["'](\w+)["']\s*\)/g),
      }
}

/** What stops a file that mix reads before everything: config.exs, that of the environment, and what they import. */
async function mix(command: BuildCommand, {reader, tracked}: Project): Promise<VariableReads | undefined> {
  if (programOf(command) !== 'mix' || !/^(compile|release|deps\.compile|assets\.)/.test(command.words[1] ?? ''))
    return undefined
  const env = mixEnv(command) ?? 'dev'
  const names: VariableReads['names'] = []
  const read = ['config.exs', `${env}.exs`]
  for (const name of read) {
    const source = sourceAt(command.moment, posix.join(command.folder, 'config', name), tracked)
    const file = await reader.text(source)
    const code = file && codeOf(file)
    if (!code || /\bput_env\b|\bDotenv/.test(code.text)) continue
    read.push(...importedConfigs(code, env).filter((each) => !read.includes(each)))
    // Of several that would do, none is demanded.
    for (const {names: asked, at} of requiredVariables(code, env)) {
      if (asked.length === 1) names.push({name: asked[0] as string, read: at})
    }
  }
  return {command: `mix ${command.words[1]}`, names}
}

/** What the compiler reads, and what sqlx asks a database for while it runs. */
async function rust(command: BuildCommand, project: Project): Promise<VariableReads[]> {
  const files = await rustSources(command, project)
  if (!files) return []
  const text = `cargo ${command.words[1]}`
  return [
    {
      command: text,
      names: compileReads(files, command),
      hint: (names) =>
        `Hand ${them(names)} to the build: ARG ${names.join(' ')} before it, and [build.args] in fly.toml; or read ${them(names)} when the app starts: std::env::var("${names[0]}").`,
    },
    {
      command: text,
      names: queryReads(files, command),
      hint: () =>
        'Run cargo sqlx prepare (with --workspace where there is one), commit .sqlx, and let the COPY before the build bring it: the queries are then checked without a database.',
    },
  ]
}

function topLevel(file: TextFile, pattern: RegExp): VariableReads['names'] {
  return [...file.text.matchAll(pattern)].map((match) => {
    const name = match[1] as string
    const start = match.index + match[0].lastIndexOf(name)
    return {name, read: file.span(start, start + name.length)}
  })
}
