/** What Rails stops without when it is loaded during the build, to compile the assets. */
import {posix} from 'node:path'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {sourceAt} from '../image/moment.ts'
import type {Project} from '../image/programs/missing-tasks.ts'
import {mentions, type VariableReads} from '../image/variable-reads.ts'
import {credentialsUsed, demandedBy, fillsEnvironment} from './rails-variables.ts'
import {rakeTaskRun} from './rake-tasks.ts'

/** @param mayLay whoever deploys may lay a .env there, which nothing leaves out of the image */
export async function railsReads(command: BuildCommand, project: Project, mayLay: boolean): Promise<VariableReads[]> {
  if (!(await compilesAssets(command, project))) return []
  const found = await Promise.all([
    secretKeyBase(command, project),
    code(command, project),
    credentials(command, project),
  ])
  const reads = found.filter((each) => each !== undefined)
  if (!mayLay || !(await loadsDotenv(command, project))) return reads
  return reads.map((each) => (each.what === undefined ? {...each, likely: true} : each))
}

/** Whether dotenv is of every group, so that it loads a .env in production, too. */
async function loadsDotenv({moment, folder}: BuildCommand, {reader, tracked}: Project): Promise<boolean> {
  const file = await reader.text(sourceAt(moment, posix.join(folder, 'Gemfile'), tracked))
  return file !== undefined && /^gem\s*\(?["']dotenv(?:-rails)?["'](?![^\n]*\bgroups?\b)/m.test(file.text)
}

/** "Missing `secret_key_base` for 'production' environment": Rails is loaded to compile the assets. */
async function secretKeyBase(command: BuildCommand, project: Project): Promise<VariableReads | undefined> {
  const {moment, folder} = command
  const given = ['SECRET_KEY_BASE', 'SECRET_KEY_BASE_DUMMY', 'RAILS_MASTER_KEY']
  if (given.some((name) => moment.variables.has(name) || mentions(command, name))) return undefined
  const has = (path: string) => moment.files.get(posix.join(folder, path)) !== undefined
  if (
    makesKey(command) ||
    has('config/master.key') ||
    has('config/credentials/production.key') ||
    has('config/secrets.yml') ||
    hasSettings(command)
  )
    return undefined
  const lock = await gemsOf(command, project)
  const [whole, major, minor] = /^ {4}railties \((\d+)\.(\d+)/m.exec(lock?.text ?? '') ?? []
  if (!lock || whole === undefined || fillsEnvironment.test(lock.text)) return undefined
  for (const path of [
    'config/application.rb',
    'config/environments/production.rb',
    'config/initializers/secret_key_base.rb',
  ]) {
    const source = sourceAt(moment, posix.join(folder, path), project.tracked)
    if (source !== undefined && /secret_key_base|\bDotenv\b/.test((await project.reader.text(source))?.text ?? ''))
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

/** A file that dotenv may load: `.env`, `.env.production`. Without one the gem changes nothing, and other gems bring it along. */
function hasSettings({moment, folder}: BuildCommand): boolean {
  const entry = moment.files.get(folder)
  return (
    entry?.kind === 'folder' &&
    [...entry.entries.keys()].some((name) => /^\.env(?:\.production)?(?:\.local)?$/.test(name))
  )
}

/** Whether Rails is loaded in production to compile the assets: its application, the environment, every initializer. */
async function compilesAssets(command: BuildCommand, project: Project): Promise<boolean> {
  const {variables, instruction} = command.moment
  const named = [...instruction.text.matchAll(/\b(?:RAILS_ENV|RACK_ENV)\b(?:=["']?(\w+))?/g)].map(([, value]) => value)
  const set = variables.get('RAILS_ENV') ?? variables.get('RACK_ENV')
  if ((named.length > 0 ? named : [set]).some((env) => env !== 'production')) return false
  return (await rakeTaskRun(command, 'assets:precompile', project)) !== undefined
}

/** KeyError: `ENV.fetch("X")` in what Rails loads. */
async function code(command: BuildCommand, project: Project): Promise<VariableReads | undefined> {
  const lock = await gemsOf(command, project)
  if (!lock || fillsEnvironment.test(lock.text) || hasSettings(command)) return undefined
  const names = (await loadedByRails(command, project))
    .flatMap(demandedBy)
    .map(({at, ...read}) => ({...read, read: at}))
  return {command: 'assets:precompile', names}
}

/** NoMethodError: without the key all credentials are nil. */
async function credentials(command: BuildCommand, project: Project): Promise<VariableReads | undefined> {
  const {moment, folder} = command
  const keys = ['config/master.key', 'config/credentials/production.key']
  if (makesKey(command) || keys.some((path) => moment.files.get(posix.join(folder, path)))) return undefined
  const names = (await loadedByRails(command, project))
    .flatMap(credentialsUsed)
    .map(({at, ...read}) => ({...read, read: at}))
  return {
    command: 'assets:precompile',
    what: 'the credentials of Rails',
    names,
    hint: ([name = '']) =>
      `Ask whether it is there (credentials.dig(…), &.), or lend the key to the build: RUN --mount=type=secret,id=${name},env=${name} bin/rails assets:precompile, and flyctl deploy --build-secret ${name}=…`,
  }
}

/** A RUN before, or the same one, puts a key in its place. */
const makesKey = ({moment, before}: BuildCommand): boolean =>
  [before, ...moment.unknown.map(({text = ''}) => text)].some((text) =>
    /\b(?:master|production)\.key\b|RAILS_MASTER_KEY/.test(text),
  )

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
  return reader.text(source)
}
