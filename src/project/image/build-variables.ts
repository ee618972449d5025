import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {codeOf} from '../code/code.ts'
import {mixEnv} from '../elixir/mix-env.ts'
import {requiredVariables} from '../elixir/required-variables.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import {djangoSettings} from '../python/django-settings.ts'
import {credentialsUsed, demandedBy, fillsEnvironment} from '../ruby/rails-variables.ts'
import {rakeTaskRun} from '../ruby/rake-tasks.ts'
import type {TextFile} from '../text.ts'
import type {BuildCommand} from './build-commands.ts'
import type {Project} from './missing-tasks.ts'
import {sourceAt} from './moment.ts'
import {compileReads, queryReads, rustSources} from './rust-variables.ts'
import {programOf} from './shell.ts'

/** A variable that a command of the build stops without, and that nothing sets there. */
export interface MissingVariable {
  name: string
  /** `collectstatic`, and the place of its command. */
  command: string
  at: FileLocation
  /** Where it is read. */
  read: FileLocation
  hint: string
  /** What is read, where it is not the variable itself. */
  what: string | undefined
  /** What reads it is surely run then. */
  isCertain: boolean
}

interface Reads {
  command: string
  what?: string
  /** Something of the project that is not seen to run must read it. */
  likely?: boolean
  names: {name: string; read: FileLocation; isCertain?: boolean}[]
  hint?: (name: string) => string
}

/** Secrets of the app are not there during the build: what reads one then, and has no default, stops. */
export async function loadBuildVariables({reader}: Inputs, facts: FactStore): Promise<Fact<MissingVariable[]>> {
  const [build, files] = await Promise.all([facts.get('buildCommands'), facts.value('files')])
  if (build.state !== 'ok') return build
  const project = {reader, tracked: files ?? noFiles}
  const found: MissingVariable[] = []
  for (const command of build.value.commands) {
    if (command.conditional || !command.decisive) continue
    const {moment, at} = command
    for (const {command: text, names, what, hint = dummy, likely = false} of await readsOf(command, project)) {
      for (const {name, read, isCertain = true} of names) {
        // Set by ENV or ARG, in the RUN itself, or from a secret that it mounts.
        if (moment.variables.has(name) || mentions(command, name)) continue
        found.push({name, command: text, at, read, hint: hint(name), what, isCertain: isCertain && !likely})
      }
    }
  }
  return known(found)
}

const dummy = (name: string): string =>
  `Give it a value that is good for the build alone: RUN ${name}=dummy … (the real one is there when the app starts), or a default in the code.`

const mentions = ({moment, words}: BuildCommand, name: string): boolean =>
  moment.instruction.text.includes(name) ||
  words.some((word) => word?.includes(name)) ||
  /--env-file|\.env\b|dotenv|type=secret|\bsource\b|set -a/.test(
    `${moment.instruction.text} ${moment.instruction.flags.join(' ')}`,
  )

async function readsOf(command: BuildCommand, project: Project): Promise<Reads[]> {
  const found = await Promise.all([
    django(command, project),
    prisma(command, project),
    rails(command, project),
    railsCode(command, project),
    railsCredentials(command, project),
    mix(command, project),
  ])
  return [...found.filter((each) => each !== undefined), ...(await rust(command, project))]
}

/** KeyError, as the settings are imported: `X = os.environ["X"]` outside of every block, and no .env is loaded. */
async function django(command: BuildCommand, project: Project): Promise<Reads | undefined> {
  if (!command.words.some((word) => word?.endsWith('manage.py'))) return undefined
  const settings = await djangoSettings(command, project)
  if (!settings || /dotenv|environ\.(?:Env|update)|decouple|environs|setdefault\(|read_env/.test(settings.text))
    return undefined
  const names = settings.files.flatMap((file) => topLevel(file, /^\w+\s*=\s*(?:\w+\()?os\.environ\[["'](\w+)["']\]/gm))
  const task = command.words[command.words.findIndex((word) => word?.endsWith('manage.py')) + 1]
  return {command: `manage.py ${task ?? ''}`.trim(), names}
}

/** PrismaConfigEnvError: `env()` of prisma/config wants the variable for every command, generate among them. */
async function prisma(command: BuildCommand, {reader, tracked}: Project): Promise<Reads | undefined> {
  const [program, verb] = command.words
  if (program !== 'prisma' || verb !== 'generate') return undefined
  const sources = ['prisma.config.ts', 'prisma.config.js', 'prisma.config.mjs', '.config/prisma.ts'].flatMap(
    (name) => sourceAt(command.moment, posix.join(command.folder, name), tracked) ?? [],
  )
  const file = sources[0] === undefined ? undefined : await reader.text(sources[0])
  if (!file || !/\benv\b[^}]{0,300}\}\s*from\s*["']prisma\/config["']/.test(file.text)) return undefined
  const loads = /dotenv|loadEnvFile/.test(file.text)
  const dotenv = command.moment.files.get(posix.join(command.folder, '.env'))
  return loads && dotenv
    ? undefined
    : {command: 'prisma generate', names: topLevel(file, /\benv(?:<[^>]*>)?\(\s*["'](\w+)["']\s*\)/g)}
}

/** "Missing `secret_key_base` for 'production' environment": Rails is loaded to compile the assets. */
async function rails(command: BuildCommand, project: Project): Promise<Reads | undefined> {
  const {moment, folder} = command
  if (!(await compilesAssets(command, project))) return undefined
  const given = ['SECRET_KEY_BASE', 'SECRET_KEY_BASE_DUMMY', 'RAILS_MASTER_KEY']
  if (given.some((name) => moment.variables.has(name) || mentions(command, name))) return undefined
  const has = (path: string) => moment.files.get(posix.join(folder, path)) !== undefined
  if (has('config/master.key') || has('config/credentials/production.key') || has('config/secrets.yml') || has('.env'))
    return undefined
  const lock = await gemsOf(command, project)
  const [whole, major, minor] = /^ {4}railties \((\d+)\.(\d+)/m.exec(lock?.text ?? '') ?? []
  if (!lock || whole === undefined || fillsEnvironment.test(lock.text) || /^ {4}dotenv /m.test(lock.text))
    return undefined
  for (const path of [
    'config/application.rb',
    'config/environments/production.rb',
    'config/initializers/secret_key_base.rb',
  ]) {
    const source = sourceAt(moment, posix.join(folder, path), project.tracked)
    if (source !== undefined && /secret_key_base/.test((await project.reader.text(source))?.text ?? ''))
      return undefined
  }
  // Rails itself asks for it as Active Storage is loaded, which it is with rails/all.
  const application = sourceAt(moment, posix.join(folder, 'config/application.rb'), project.tracked)
  const loaded = application === undefined ? '' : ((await project.reader.text(application))?.text ?? '')
  const likely = !/^[ \t]*require\s*\(?["'](?:rails\/all|active_storage\/engine)["']/m.test(loaded)
  const version = Number(major) + Number(minor) / 100
  if (version < 5.02) return undefined
  const at = lock.text.indexOf(whole)
  const said = version >= 7.01 ? 'SECRET_KEY_BASE_DUMMY=1' : 'SECRET_KEY_BASE=dummy'
  return {
    command: 'assets:precompile',
    likely,
    names: [{name: 'SECRET_KEY_BASE', read: lock.span(at, at + whole.length)}],
    hint: () => `Give the build one of its own: RUN ${said} bin/rails assets:precompile`,
  }
}

/** Whether Rails is loaded in production to compile the assets: its application, the environment, every initializer. */
async function compilesAssets(command: BuildCommand, project: Project): Promise<boolean> {
  const {variables, instruction} = command.moment
  const env = variables.get('RAILS_ENV') ?? variables.get('RACK_ENV')
  if (env !== 'production' || /RAILS_ENV|RACK_ENV/.test(instruction.text)) return false
  return (await rakeTaskRun(command, 'assets:precompile', project)) !== undefined
}

/** KeyError: `ENV.fetch("X")` in what Rails loads. */
async function railsCode(command: BuildCommand, project: Project): Promise<Reads | undefined> {
  const files = (await compilesAssets(command, project)) ? await loadedByRails(command, project) : []
  const lock = await gemsOf(command, project)
  const {moment, folder} = command
  if (!lock || fillsEnvironment.test(lock.text) || moment.files.get(posix.join(folder, '.env'))) return undefined
  const names = files.flatMap(demandedBy).map(({at, ...read}) => ({...read, read: at}))
  return {command: 'assets:precompile', names}
}

/** NoMethodError: without the key all credentials are nil. */
async function railsCredentials(command: BuildCommand, project: Project): Promise<Reads | undefined> {
  const {moment, folder} = command
  if (!(await compilesAssets(command, project))) return undefined
  const keys = ['config/master.key', 'config/credentials/production.key']
  const isMade = moment.unknown.some(({text = ''}) => /\b(?:master|production)\.key\b|RAILS_MASTER_KEY/.test(text))
  if (isMade || keys.some((path) => moment.files.get(posix.join(folder, path)))) return undefined
  const names = (await loadedByRails(command, project))
    .flatMap(credentialsUsed)
    .map(({at, ...read}) => ({...read, read: at}))
  return {
    command: 'assets:precompile',
    what: 'the credentials of Rails',
    names,
    hint: (name) =>
      `Ask whether it is there (credentials.dig(…), &.), or lend the key to the build: RUN --mount=type=secret,id=${name},env=${name} bin/rails assets:precompile, and flyctl deploy --build-secret ${name}=…`,
  }
}

async function loadedByRails({moment, folder}: BuildCommand, {reader, tracked}: Project): Promise<TextFile[]> {
  const initializers = moment.files.get(posix.join(folder, 'config/initializers'))
  const names = initializers?.kind === 'folder' ? [...initializers.entries.keys()] : []
  const paths = ['application.rb', 'environments/production.rb', ...names.map((name) => `initializers/${name}`)]
  const sources = paths.flatMap((path) =>
    path.endsWith('.rb') ? (sourceAt(moment, posix.join(folder, 'config', path), tracked) ?? []) : [],
  )
  const files = await Promise.all(sources.map((source) => reader.text(source)))
  return files.filter((file) => file !== undefined)
}

/** The Gemfile.lock of the folder. */
async function gemsOf({moment, folder}: BuildCommand, {reader, tracked}: Project): Promise<TextFile | undefined> {
  const source = sourceAt(moment, posix.join(folder, 'Gemfile.lock'), tracked)
  return source === undefined ? undefined : reader.text(source)
}

/** What stops a file that mix reads before everything: config.exs and that of the environment. */
async function mix(command: BuildCommand, {reader, tracked}: Project): Promise<Reads | undefined> {
  if (programOf(command) !== 'mix' || !/^(compile|release|deps\.compile|assets\.)/.test(command.words[1] ?? ''))
    return undefined
  const env = mixEnv(command) ?? 'dev'
  const names: Reads['names'] = []
  for (const name of ['config.exs', `${env}.exs`]) {
    const source = sourceAt(command.moment, posix.join(command.folder, 'config', name), tracked)
    const file = source === undefined ? undefined : await reader.text(source)
    const code = file && codeOf(file)
    if (!code || /\bput_env\b|\bDotenv/.test(code.text)) continue
    // Of several that would do, none is demanded.
    for (const {names: asked, at} of requiredVariables(code, env)) {
      if (asked.length === 1) names.push({name: asked[0] as string, read: at})
    }
  }
  return {command: `mix ${command.words[1]}`, names}
}

/** What the compiler reads, and what sqlx asks a database for while it runs. */
async function rust(command: BuildCommand, project: Project): Promise<Reads[]> {
  const files = await rustSources(command, project)
  if (!files) return []
  const text = `cargo ${command.words[1]}`
  return [
    {
      command: text,
      names: compileReads(files, command),
      hint: (name) =>
        `Hand it to the build: ARG ${name} before it, and [build.args] in fly.toml; or read it when the app starts: std::env::var("${name}").`,
    },
    {
      command: text,
      names: queryReads(files, command),
      hint: () =>
        'Run cargo sqlx prepare (with --workspace where there is one), commit .sqlx, and let the COPY before the build bring it: the queries are then checked without a database.',
    },
  ]
}

function topLevel(file: TextFile, pattern: RegExp): Reads['names'] {
  return [...file.text.matchAll(pattern)].map((match) => {
    const name = match[1] as string
    const start = match.index + match[0].lastIndexOf(name)
    return {name, read: file.span(start, start + name.length)}
  })
}
