import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {loadedSources} from '../../python/imports/loaded-sources.ts'
import {codeOf} from '../code.ts'
import {withoutHashLines, withoutPhpComments} from '../comments.ts'
import {astroRoutes} from './astro-routes.ts'
import {djangoRoutes} from './django-routes.ts'
import {fastapiRoutes} from './fastapi-routes.ts'
import {type Framework, frameworks} from './frameworks.ts'
import {laravelSources, otherOfLaravel} from './laravel-sources.ts'
import {nestRoutes} from './nest-routes.ts'
import {nextRoutes} from './next-routes.ts'
import {routerRoutes} from './router-routes.ts'
import {type Project, phoenixSources, type Sources, sourcesOf} from './sources.ts'
import {svelteRoutes} from './svelte-routes.ts'

/** The routes of the app that a process group serves: only where every one of them could be read. */
export interface AppRoutes {
  framework: string
  slash: Framework['slash']
  head: boolean
  routes: readonly Route[]
  /** What every path begins with. */
  prefix?: string
  /** The paths are written in full: nothing stands before them. */
  isWhole?: boolean
  /** The code of the app, where more is asked of it. */
  files?: readonly TextFile[]
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

/** Frameworks whose routes are found from one place, or are files, by the server that listens. */
const frameworkRoutes: readonly [RegExp, (project: Project) => Promise<AppRoutes | undefined>][] = [
  [/^(?:Next\.js|next(?: start)?)$/, nextRoutes],
  [/^SvelteKit$/, svelteRoutes],
  [/^Astro$/, astroRoutes],
  [/^(?:react-router|remix)-serve$/, routerRoutes],
  [/^(?:gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve)$/, djangoRoutes],
]

/** Nothing is read where no health check asks for a path. */
export async function loadRoutes({reader}: Inputs, facts: FactStore): Promise<Fact<Routes>> {
  const [config, listeners] = await facts.needAll('flyConfig', 'listeners')
  const {services, topLevelChecks} = config
  const asks = [...services.flatMap(({checks}) => checks), ...topLevelChecks].some(({check}) => check.path)
  const found = new Map<string, AppRoutes>()
  const processes = await facts.value('processes')
  const phoenix = processes?.find(/\/bin\/(?:server|\w+ start)$|^mix phx\.server/)
  if (!asks) return known(found)
  const build = await facts.value('build')
  const paths = (await facts.value('files')) ?? noFiles
  const packages = (await facts.value('nodePackages'))?.names ?? new Set<string>()
  for (const group of config.groups) {
    const listener = listeners.get(group)
    const variable: Project['variable'] = (name) => {
      const value = config.config.env?.[name] ?? build?.final.config.env.get(name)
      return value === undefined ? undefined : {value}
    }
    const project = {reader, paths, packages, variable}
    const isAlone = config.groups.length === 1
    const command = config.config.processes?.[group] ?? ''
    const read = listener && frameworkRoutes.find(([server]) => server.test(listener.server))?.[1]
    const own = await read?.(project)
    if (own) {
      found.set(group, own)
      continue
    }
    const sources =
      (build && !otherOfLaravel.test(command) && (await laravelSources(build, project))) ||
      (listener
        ? await sourcesOf(listener, project)
        : phoenix && isAlone && paths.has('mix.exs')
          ? await phoenixSources(project)
          : undefined)
    const nest = sources?.language === 'javascript' ? nestRoutes(sources.files) : undefined
    const loads = listener && sources?.language === 'python' ? processes?.commands : undefined
    const loaded = loads?.filter(({by}) => by === listener?.by).map(({text}) => text)
    const whole = loaded && fastapiRoutes(await loadedSources(loaded, paths, reader), paths)
    const routes = nest ?? whole ?? (sources && routesIn(sources))
    if (routes) found.set(group, routes)
  }
  return known(found)
}

function routesIn({language, files, mayAnswer, not, prefix}: Sources): AppRoutes | undefined {
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
        const written = path && !path.startsWith('/') ? `/${path}` : path
        // `/static/*`, `/static/{path...}`: whatever is below answers.
        const wild = /^((?:\/[^/*:{}]+)+)\/(?:\{?\*|\{\w*\.\.\.\})/.exec(written)?.[1]
        return {path: wild ?? written, method: verb, open: below !== undefined || wild !== undefined, at}
      }),
    ),
  )
  if (routes.length === 0) return undefined
  return {
    framework: framework.name,
    slash: framework.slash,
    head: framework.head,
    routes,
    ...(prefix && {prefix}),
    names(path) {
      const text = path.replace(/[^\w/]/g, '\\$&')
      // Laravel's paths may begin without a /.
      const written = new RegExp(`["'\`]${language === 'php' ? `/?${text.replace(/^\//, '')}` : text}/?["'\`]`, 'i')
      return framework.own?.test(path) || mayAnswer?.(path) || texts.some(({text}) => written.test(text))
    },
  }
}

function withoutComments(file: TextFile, language: Framework['language']): string {
  const code = codeOf(file)
  if (code) return code.text
  if (language === 'php' || language === 'java') return withoutPhpComments(file.text)
  return language === 'ruby' ? withoutHashLines(file.text) : file.text
}
