import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {onlyOthersImage} from '../deploys/others-image.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {settingsModule} from '../python/django/settings-module.ts'
import {importedBy} from '../python/imports/modules.ts'
import {startedModules} from '../python/imports/started-modules.ts'
import {type Elsewhere, elsewhere, iniUrl, isEnv} from './elsewhere.ts'
import {type Documented, documentedScheme, type Evidence, evidenceOf} from './evidence.ts'
import {neonUrl, type SetBy, urls, variableOf} from './fly-urls.ts'
import {installedOf} from './installed.ts'
import {type Installed, type Problem, problemsOf, speaksPostgres} from './outcome.ts'
import {Program, type Sink} from './program.ts'
import {runAll} from './run-all.ts'
import {connectorOf} from './sinks.ts'
import {type Trace, text, unknown} from './value.ts'

/** What becomes of DATABASE_URL, as Fly sets it, on its way to each engine and connection. */
export interface DatabaseUrl {
  connections: Connection[]
  /** Code that raises when it meets such a URL. */
  refused: {setBy: SetBy; url: string; at: FileLocation; from: FileLocation}[]
  /** Engines that get another URL than DATABASE_URL, although that is set. */
  elsewhere: Elsewhere[]
  /** Engines that work on with a default where DATABASE_URL is not set. */
  fallbacks: Elsewhere[]
  /** Where env.py surely raises although DATABASE_URL is set, and the variables that it asks for. */
  unmet: {at: FileLocation; names: string[]; asked: FileLocation}[]
  /** The files that name DATABASE_URL. */
  mentions: string[]
  /** Where env.py gives alembic the URL without doubling its %, which are there in a password with special characters. */
  percents: FileLocation[]
  /** Whose database it is, as far as the files say. */
  evidence: Evidence
  /** How the project writes the URL itself, in an example or as a default. */
  documented: Documented | undefined
  installed: Installed
}

/** One URL that reaches one call. */
export interface Connection {
  setBy: SetBy
  /** `create_async_engine` */
  callee: string
  at: FileLocation
  /** What it is then, without user, password and host. */
  url: string
  /** Where it was read, then where it was handed on or changed. */
  steps: FileLocation[]
  problems: Problem[]
}

const connects =
  /create_(async_)?engine|engine_from_config|SQLAlchemyJobStore|asyncpg\s*\.|aiopg|psycopg\w{0,20}\s*\.|ConnectionPool|from_conn_string|\bDatabase\(|[Tt]ortoise|db_url|flask_sqlalchemy|SQLALCHEMY_DATABASE_URI|\binit_app\(|dj_database_url|\bDATABASES\b/
const reads = /DATABASE_URL|database_url/
const matters = new RegExp(`${connects.source}|${reads.source}`)
/** Put back in another form: whatever reads it later gets that one. A text of its own is for want of it. */
const rewrites = /\benviron\[["']DATABASE_URL["']\]\s{0,20}=(?!=)\s{0,20}(?!["'\s])/
/** In a comment, or in the name of its hosts. */
const namesNeon = /\bneon\.tech\b|\bNeon\b/
const notShipped = /(^|\/)(scripts?|tools?|versions)\/|(^|\/)setup\.py$/

export async function loadDatabaseUrl({reader}: Inputs, facts: FactStore): Promise<Fact<DatabaseUrl>> {
  const [files, image, flyConfig, processes, own] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('flyConfig'),
    facts.value('processes'),
    facts.value('settings'),
  ])
  const {env = {}} = flyConfig?.config ?? {}
  if (env.DATABASE_URL !== undefined) return absent('[env] sets DATABASE_URL')
  // A script may rewrite it for what it starts.
  if (processes?.mayAssign('DATABASE_URL')) return absent('a command of the deploy may set DATABASE_URL')
  const paths = (files ?? noFiles).only((path) => path.endsWith('.py') && (!image || image.copies(path)))
  const read = new Map<string, TextFile>()
  let connecting = false
  for (const path of paths.ending('.py')) {
    const file = isApart(path) || notShipped.test(path) ? undefined : await reader.text(path)
    if (!file || !matters.test(file.text)) continue
    connecting ||= connects.test(file.text)
    read.set(path, file)
  }
  if (!connecting) return absent('no Python code connects to a database')
  const others = await onlyOthersImage(reader, facts)
  if (others) return absent(others)
  if ([...read.values()].some(({text: code}) => rewrites.test(code)))
    return absent('the code sets DATABASE_URL anew before others read it')

  const settings = await settingsModule(paths, reader, (name) => env[name] ?? image?.final.env.get(name)?.value)
  if (settings) read.set(settings.path, settings)
  const roots = [...read.keys()]
  const {pythonTree} = await import('../python/source/tree.ts')
  const parse = (file: TextFile) => pythonTree(file.text).topNode
  const documented = await documentedScheme(reader, files ?? noFiles, read.values(), own?.envFile?.name)
  const packages = installedOf(image, await facts.value('python'))
  // With a driver beside it, that may be for the build alone.
  const inImage = image?.final.env.get('DATABASE_URL')?.value ?? ''
  if (inImage.startsWith('sqlite') && !speaksPostgres(packages)) return absent('the image sets DATABASE_URL to SQLite')
  // The old name of the dialect, given back.
  const named = [...read.values()].some(({text: code}) => /\bregistry\.register\(\s*["']postgres["']/.test(code))
  const installed = named ? {...packages, oldDialect: true} : packages
  const ini = await iniUrl(reader, files ?? noFiles, roots.filter(isEnv))
  const byHand: [SetBy, string][] =
    documented && (documented.isReal || documented.scheme.includes('+'))
      ? [['hand', `${documented.scheme}://user:pass@db.example.com:5432/shop`]]
      : []
  // Who takes sslmode from the URL has it as Neon writes it.
  const ofNeon: [SetBy, string][] = [...read.values()].some(({text: code}) => namesNeon.test(code))
    ? [['Neon', neonUrl]]
    : []
  const evidence: Evidence = {fly: undefined, other: undefined}
  const result: DatabaseUrl = {
    connections: [],
    refused: [],
    elsewhere: [],
    unmet: [],
    percents: [],
    fallbacks: [],
    mentions: roots.filter((path) => reads.test(read.get(path)?.text ?? '')),
    evidence,
    documented,
    installed,
  }
  const without = await followed((name) => (name === 'DATABASE_URL' ? 'unset' : variableOf(name, '', env)))
  result.fallbacks = without.sinks
    .flatMap((sink) => elsewhere(sink))
    .filter(({variable}) => variable === 'DATABASE_URL')
  for (const [setBy, url] of [...urls, ...byHand, ...ofNeon]) {
    const program = await followed((name) => variableOf(name, url, env))
    const {sinks, refusals} = program
    // The second form suits most code: what still goes another way then, goes it always.
    if (setBy === 'flyctl mpg attach') {
      result.elsewhere = sinks.flatMap((sink) => elsewhere(sink, ini))
      result.percents = program.percents.filter(
        ({file}, index, all) => all.findIndex((each) => each.file === file) === index,
      )
      result.unmet = program.raised.flatMap((at) => {
        const names = program.missed.get(at.file) ?? new Map<string, FileLocation>()
        const [asked] = names.values()
        return isEnv(at.file) && asked ? {at, names: [...names.keys()], asked} : []
      })
    }
    if (setBy === 'hand' && !documented?.isReal && needsBoth(sinks)) continue
    const all = sinks.flatMap((sink) => connection(sink, setBy) ?? [])
    const found = setBy === 'Neon' ? all.filter(({url: left}) => left.includes('?') && !left.includes('sslmode')) : all
    result.connections.push(...found.filter((each, index) => found.findIndex((other) => same(each, other)) === index))
    for (const {trace, at} of setBy === 'Neon' ? [] : refusals) {
      result.refused.push({setBy, url: withoutCredentials(url), at, from: trace.steps[0] as FileLocation})
    }
  }
  const {refused, connections, unmet} = result
  const quiet =
    refused.length + unmet.length + result.elsewhere.length + result.fallbacks.length + result.percents.length === 0
  if (quiet && !connections.some(({problems}) => problems.length > 0)) return known(result)
  const certain = processes?.commands.filter((command) => command.certain).map(({text}) => text) ?? []
  const started = await startedModules(certain, paths, reader)
  // A script that nothing imports is not what the machines run; env.py is run by whoever migrates.
  const entries = started.size > 0 ? roots.filter(isEnv) : roots.filter(isNoScript)
  // Django imports its settings by their name.
  if (settings) entries.push(settings.path)
  const used = await importedBy([...started, ...entries], paths, reader)
  result.connections = result.connections.filter(({at}) => used.has(at.file))
  result.refused = result.refused.filter(({at}) => used.has(at.file))
  result.elsewhere = result.elsewhere.filter(({at}) => used.has(at.file))
  result.fallbacks = result.fallbacks.filter(({at}) => used.has(at.file))
  result.evidence = await evidenceOf(reader, files ?? noFiles)
  return known(result)

  function isNoScript(path: string): boolean {
    // By its name, a tool for whoever looks into something.
    if (/(^|\/)(debug|check|verify|diagnose|seed|fix)_[^/]*$/.test(path)) return false
    const guarded = /__name__\s*==\s*["']__main__/.test(read.get(path)?.text ?? '')
    return !guarded || /(^|\/)(__main__|main|app|server|manage|wsgi|asgi|bot|worker|run)\.py$/.test(path)
  }

  /** One URL for engines that are async and for some that are not: with psycopg there, it names that, whatever the example. */
  function needsBoth(sinks: readonly Sink[]): boolean {
    const kinds = new Map<string, Set<unknown>>()
    for (const {callee, url} of sinks) {
      if (url.kind !== 'string' || !url.trace || url.trace.fallback) continue
      kinds.set(url.value, (kinds.get(url.value) ?? new Set()).add(connectorOf(callee)))
    }
    const both = [...kinds.values()].some((each) => each.has('engine') && each.has('async engine'))
    return both && installed.has('psycopg') === true
  }

  /** Runs the program, and reads the files that it turns out to need. */
  async function followed(variable: Program['sources']['variable']): Promise<Program> {
    const unreadable = new Set<string>()
    for (let round = 0; ; round++) {
      const readable = paths.only((path) => !unreadable.has(path))
      const program = new Program({files: read, paths: readable, parse, variable}, ini ? text(ini.url) : unknown)
      runAll(program, roots, matters, settings?.path)
      if (program.wanted.size === 0 || round === 10) return program
      for (const path of program.wanted) {
        const file = await reader.text(path)
        if (file) read.set(path, file)
        else unreadable.add(path)
      }
    }
  }

  function connection({callee, url, ssl, options, at}: Sink, setBy: SetBy): Connection | undefined {
    if (url.kind !== 'string' || !url.trace || url.trace.fallback) return undefined
    return {
      setBy,
      callee: callee.split('.').at(-1) as string,
      at,
      url: withoutCredentials(url.value),
      steps: (url.trace satisfies Trace).steps,
      problems: problemsOf(callee, url.value, ssl, installed, options),
    }
  }
}

const same = (a: Connection, b: Connection): boolean =>
  a.at.file === b.at.file && a.at.line === b.at.line && a.url === b.url && a.problems.length === b.problems.length

const withoutCredentials = (url: string): string => url.replace(/:\/\/[^?]*/, '://…')
