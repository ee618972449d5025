import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../apart.ts'
import {rootName} from '../../dockerfile/parse.ts'
import {type Files, noFiles} from '../../files.ts'
import type {Build} from '../../image/build.ts'
import type {Listener} from '../../image/servers/listeners.ts'
import type {Inputs} from '../../inputs.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
import {codeOf} from '../code.ts'
import {goPackage} from '../go.ts'
import {javascriptModules} from '../javascript.ts'
import {type Framework, frameworks} from './frameworks.ts'

/** The routes of the app that a process group serves: only where every one of them could be read. */
export interface AppRoutes {
  framework: string
  slash: Framework['slash']
  head: boolean
  routes: readonly Route[]
  /** Whether this path stands anywhere in the code, in a text of its own. */
  names(path: string): boolean
}

export interface Route {
  /** As it is written, without the prefixes that it may have. */
  path: string
  /** Upper case; undefined for a prefix and for a route of every method. */
  method: string | undefined
  /** Below it code of others may answer. */
  open: boolean
  at: FileLocation
}

export type Routes = ReadonlyMap<string, AppRoutes>

const notServed = /(?:^|\/)migrations\//
/** Of folders that stand apart by their names, what is called so, or lies in the program's own, is a part of it. */
const served =
  /(?:^|\/)(?:src|app|lib)\/(?:[^/]+\/){0,20}(?:docs?|examples?|specs?|vendor)\/|(?:^|\/)(?:docs?|examples?|specs?|vendor)\/(?:[^/]+\/){0,20}(?:urls|views|routes?|routers?|controllers?|handlers?)\.\w+$/
const isServed = (path: string): boolean => !notServed.test(path) && (!isApart(path) || served.test(path))
const pythonServers = /^(?:uvicorn|gunicorn|hypercorn|daphne|granian|flask run|fastapi run|waitress-serve)$/

/** Nothing is read where no health check asks for a path. */
export async function loadRoutes({reader}: Inputs, facts: FactStore): Promise<Fact<Routes>> {
  const [config, listeners] = await facts.needAll('flyConfig', 'listeners')
  const {services, topLevelChecks} = config
  const asks = [...services.flatMap(({checks}) => checks), ...topLevelChecks].some(({check}) => check.path)
  const found = new Map<string, AppRoutes>()
  const phoenix = (await facts.value('processes'))?.find(/\/bin\/(?:server|\w+ start)$|^mix phx\.server/)
  if (!asks) return known(found)
  const build = await facts.value('build')
  const paths = (await facts.value('files')) ?? noFiles
  const packages = (await facts.value('nodePackages'))?.names ?? new Set<string>()
  for (const group of config.groups) {
    const listener = listeners.get(group)
    const project = {reader, paths, packages}
    const isAlone = config.groups.length === 1
    const command = config.config.processes?.[group] ?? ''
    const read =
      (build && !otherOfLaravel.test(command) && (await laravel(build, project))) ||
      (listener
        ? await sourcesOf(listener, project)
        : phoenix && isAlone && paths.has('mix.exs')
          ? await elixir(project)
          : undefined)
    const routes = read && routesIn(read)
    if (routes) found.set(group, routes)
  }
  return known(found)
}

interface Sources {
  language: Framework['language']
  files: TextFile[]
  /** What else may answer for a path: a file that is handed out, or the web server in front. */
  mayAnswer?: (path: string) => boolean
  /** A framework that this server cannot run. */
  not?: string
}

interface Project {
  reader: ProjectReader
  paths: Files
  /** The names of the packages of a workspace. */
  packages: ReadonlySet<string>
}

/** What a release of Phoenix starts stands in no command. */
const elixir = async (project: Project): Promise<Sources> => ({
  language: 'elixir',
  files: await project.reader.texts(
    project.paths.ending('.ex').filter((path) => path.startsWith('lib/') && isServed(path)),
  ),
})

/** Images that answer by what the project says alone, and no path of their own. */
const plainPhp = /^(?:php|dunglas\/frankenphp|fideloper\/fly-laravel|ubuntu|debian|alpine)(?:[:@]|$)/
/** Packages by which an app answers more than its routes say. */
const answering =
  /["'][\w.-]{1,100}\/[\w.-]{0,100}(?:health|heartbeat|modules?|monitor|uptime|prometheus|statamic|cms|october|winter|twill|voyager|bagisto|lunar|wave|filament|nova|backpack|admin|orchid|folio|lighthouse|graphql|octane-\w|route-attributes|fortify|jetstream)[\w.-]{0,100}["']\s*:/i

/** Servers of Laravel's own that have no routes of the app. */
const otherOfLaravel = /\breverb\b|\bwebsockets\b|\binertia\b|\bnode\b|\bqueue\b|\bsoketi\b/

/** Routes of Laravel stand in files of their own, whatever serves it. */
async function laravel({final}: Build, {reader, paths}: Project): Promise<Sources | undefined> {
  const [held, another] = [...final.files.files((names) => names.named('artisan'))].filter(
    ([path, {source}]) => posix.basename(path) === 'artisan' && paths.has(source),
  )
  const home = held && posix.dirname(held[1].source)
  const manifest = home === undefined || another ? undefined : await reader.text(posix.join(home, 'composer.json'))
  if (
    home === undefined ||
    !manifest?.text.includes('laravel/framework') ||
    answering.test(manifest.text) ||
    manifest.text.includes('"repositories"')
  )
    return undefined
  if (!plainPhp.test(rootName(final.stage) ?? '')) return undefined
  const own = (folder: string) => paths.under(posix.join(home, folder)).filter((path) => path.endsWith('.php'))
  const servers = paths
    .ending('.conf', '.conf.template', 'Caddyfile', '.template')
    .concat(paths.named('default', 'nginx.conf', 'Caddyfile'))
  const texts = await reader.texts([final.stage.at.file, ...new Set(servers)])
  return {
    language: 'php',
    files: await reader.texts([
      ...own('routes'),
      ...own('app/Providers'),
      ...own('app/Http/Middleware'),
      posix.join(home, 'bootstrap/app.php'),
    ]),
    mayAnswer(path) {
      const handedOut = posix.join(home, 'public', path)
      // `/horizon` is that of laravel/horizon.
      const [, first = ''] = path.split('/')
      const isPackages = first.length > 2 && manifest.text.includes(`/${first}"`)
      const isFile = paths.has(handedOut) || (path !== '/' && paths.hasFolder(handedOut))
      return isPackages || isFile || texts.some(({text}) => text.includes(path))
    },
  }
}

async function sourcesOf({entry, server}: Listener, project: Project): Promise<Sources | undefined> {
  const {reader, paths, packages} = project
  const all = (ending: string) => reader.texts(paths.ending(ending).filter(isServed))
  if (pythonServers.test(server) || entry?.kind === 'python')
    return {
      language: 'python',
      files: await all('.py'),
      ...(/^(?:uvicorn|hypercorn|daphne|granian)$/.test(server) && {not: 'aiohttp'}),
    }
  if (/^(?:puma|rails server)$/.test(server))
    return {
      language: 'ruby',
      files: await reader.texts(
        paths.ending('.rb').filter((path) => /(?:^|\/)config\/routes(?:\/[\w/]{1,300})?\.rb$/.test(path)),
      ),
    }
  if (!entry) return undefined
  if (entry.kind === 'go')
    return {language: 'go', files: (await goPackage(entry.path, paths, reader)).map(({file}) => file)}
  if (entry.kind === 'rust') return {language: 'rust', files: await all('.rs')}
  const {files} = await javascriptModules(entry.path, paths, reader)
  // What a package of the workspace brings is not followed.
  const foreign = files.some(({text}) =>
    [...text.matchAll(/(?:from|require\(|import\()\s*["']((?:@[\w.-]+\/)?[\w.-]+)/g)].some(([, name = '']) =>
      packages.has(name),
    ),
  )
  return foreign ? undefined : {language: 'javascript', files: files.map(({file}) => file)}
}

function routesIn({language, files, mayAnswer, not}: Sources): AppRoutes | undefined {
  const texts = files.map((file) => ({file, text: withoutComments(file, language)}))
  const used = frameworks.filter(
    (each) => each.language === language && each.name !== not && texts.some(({text}) => each.uses.test(text)),
  )
  // With two frameworks it cannot be told which of them answers; net/http is below every other one of Go.
  const [framework, another] = used.filter(({name}) => name !== 'net/http' || used.length === 1)
  if (!framework || another || texts.some(({text}) => framework.open.test(text))) return undefined
  const routes = texts.flatMap(({file, text}) =>
    framework.registers.flatMap((pattern) =>
      [...text.matchAll(pattern)].map((match): Route => {
        const {method, below, path = below ?? ''} = match.groups ?? {}
        const at = file.span(match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0), match.index + match[0].length)
        const verb = method && !/^(?:all|any|route|match|root|live)$/i.test(method) ? method.toUpperCase() : undefined
        return {path: path && !path.startsWith('/') ? `/${path}` : path, method: verb, open: below !== undefined, at}
      }),
    ),
  )
  if (routes.length === 0) return undefined
  return {
    framework: framework.name,
    slash: framework.slash,
    head: framework.head,
    routes,
    names(path) {
      const text = path.replace(/[^\w/]/g, '\\$&')
      // Laravel's paths may begin without a /.
      const written = new RegExp(`["'\`]${language === 'php' ? `/?${text.replace(/^\//, '')}` : text}/?["'\`]`)
      return mayAnswer?.(path) || texts.some(({text}) => written.test(text))
    },
  }
}

function withoutComments(file: TextFile, language: Framework['language']): string {
  const code = codeOf(file)
  if (code) return code.text
  if (language === 'php')
    return file.text.replace(/\/\*[\s\S]*?(?:\*\/|$)|(?<![:"'\w])(?:\/\/|#(?!\[))[^\n]*/g, (found) =>
      found.replace(/[^\n]/g, ' '),
    )
  return language === 'ruby' ? file.text.replace(/^[ \t]*#[^\n]*/gm, (line) => ' '.repeat(line.length)) : file.text
}
