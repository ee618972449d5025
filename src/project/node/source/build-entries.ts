/** The files with which a build begins: all that these import is read by it. */
import {posix} from 'node:path'
import {withoutMarkupComments} from '../../code/comments.ts'
import {isTable} from '../../documents/document.ts'
import {type Files, scripts} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {configuredRoutes} from '../imports/configured-routes.ts'
import {ofNext} from '../imports/reached-files.ts'
import {configuredFolder} from '../output/configured-folder.ts'
import {compilesSources} from '../output/next-build.ts'
import {commandText} from '../output/site-builds.ts'
import {onVite} from '../output/vite-tools.ts'
import type {Project} from '../typescript/tsconfig.ts'
import {readManifest} from '../workspace/workspace.ts'

export interface BuildEntries {
  /** `vite build`. */
  name: string
  entries: string[]
  /** esbuild looks at one file alone, and takes an import whose name is declared once more for that of a type. */
  isLenient: boolean
  /** A program that runs, and reads what it imports at once. */
  isRun?: boolean
}

interface Builder extends Project {
  command: BuildCommand
  /** The folder of the project that the command runs in. */
  origin: string
  /** The words behind those of the tool. */
  args: readonly string[]
  packages: ReadonlySet<string>
}

type Tool = [command: RegExp, isLenient: boolean, entries: (builder: Builder) => Promise<string[]> | string[]]

const source = /\.[cm]?[jt]sx?$/
const tools: readonly Tool[] = [
  [/^next build\b/, false, ofNextBuild],
  [/^vite build\b/, true, ofViteBuild],
  [/^react-scripts build\b/, false, (builder) => first(builder, 'src/index')],
  [/^vue-cli-service build\b/, true, (builder) => first(builder, 'src/main')],
  [/^ng build\b/, false, (builder) => first(builder, 'src/main')],
  [/^nest build\b/, false, ofNestBuild],
  [
    /^astro build\b/,
    true,
    (builder) => below(builder, /^src\/(?:pages\/(?!(?:.{0,300}\/)?_).{1,300}|middleware\.[jt]s)$/),
  ],
  [/^(?:remix vite:build|react-router build)\b/, true, ofRoutes],
  [/^(?:esbuild|tsup|bun build)\b/, true, ofBundler],
]
/** Programs that run a file at once. */
const runners = /^(?:node|tsx|bun|bun run) (?=[\w@./-]+\.[cm]?[jt]sx?(?: |$))/

/** Whether a command may read sources: asked before where it runs is worked out. */
export function mayReadSources(command: BuildCommand): boolean {
  const text = commandText(command)
  return runners.test(text) || tools.some(([pattern]) => pattern.test(text))
}

/** By what reads them; none for a command that reads no sources, or whose entries are not known. */
export async function buildEntries(command: BuildCommand, origin: string, project: Project): Promise<BuildEntries[]> {
  if (command.words.includes(undefined)) return []
  const text = commandText(command)
  const [runner] = runners.exec(text) ?? []
  if (runner !== undefined) {
    const [script = '', ...rest] = text.slice(runner.length).split(' ')
    const path = posix.join(origin, script)
    const own = {name: `${runner}${script}`, isLenient: true}
    const started = rest.length > 0 ? {} : startedBuilds((await project.reader.text(path))?.text ?? '')
    const packages = started.vite ? await packagesOf(origin, project) : new Set<string>()
    const pages = started.vite ? await ofViteBuild({...project, command, origin, args: [], packages}) : []
    const bundled = named({origin, args: started.esbuild ?? []})
    return [
      {...own, entries: [path], isRun: true},
      {...own, entries: [...pages, ...bundled]},
    ]
  }
  const [pattern, isLenient, entries] = tools.find(([each]) => each.test(text)) ?? []
  const [name] = pattern?.exec(text) ?? []
  if (name === undefined || isLenient === undefined || !entries) return []
  const args = text.slice(name.length).trim().split(' ').filter(Boolean)
  const packages = await packagesOf(origin, project)
  return [{name, isLenient, entries: await entries({...project, command, origin, args, packages})}]
}

async function packagesOf(origin: string, {reader}: Project): Promise<ReadonlySet<string>> {
  const manifest = await readManifest(reader, origin)
  const tables = [manifest?.dependencies, manifest?.devDependencies]
  return new Set(tables.flatMap((each) => (isTable(each) ? Object.keys(each) : [])))
}

/** What a script of the build has built in turn: by Vite with its own settings, and the files that esbuild is given. */
function startedBuilds(text: string): {vite?: boolean; esbuild?: string[]} {
  // It may build less, by its arguments.
  if (text.includes('process.argv')) return {}
  const [, names = ''] = /\bimport\s{1,20}\{([^{}]{1,300})\}\s{0,20}from\s{0,20}["']vite["']/.exec(text) ?? []
  const [, build = 'build'] = /\bbuild\s{1,20}as\s{1,20}(\w{1,100})/.exec(names) ?? []
  const [, points = ''] = /\bentryPoints\s{0,20}:\s{0,20}\[([^[\]{}]{1,1000})\]/.exec(text) ?? []
  return {
    vite: /\bbuild\b/.test(names) && new RegExp(`\\bawait ${build}\\(\\)`).test(text),
    esbuild:
      /\bfrom\s{0,20}["']esbuild["']/.test(text) && !/\b(?:plugins|alias|resolveExtensions|external)\b/.test(text)
        ? [...points.matchAll(/["']([\w@./-]+)["']/g)].map(([, each]) => each as string)
        : [],
  }
}

/** The files of the folder that fit, from there. */
const below = ({origin, paths}: {origin: string; paths: Files}, pattern: RegExp): string[] =>
  paths.under(origin || '.').filter((path) => pattern.test(posix.relative(origin || '.', path)))

/** A configuration by all the names that it can have. */
const namesIn = (origin: string, stem: string): string[] => scripts(stem).map((name) => posix.join(origin, name))

/** The file of that name, whatever its ending. */
function first({origin, paths, args}: Builder, stem: string): string[] {
  const names = ['.tsx', '.ts', '.jsx', '.js'].map((ending) => posix.join(origin, stem + ending))
  const found = names.filter((path) => paths.has(path))
  return args.every((each) => each.startsWith('-')) && found.length === 1 ? found : []
}

async function ofNextBuild({command, origin, reader, paths}: Builder): Promise<string[]> {
  const configs = await reader.texts(namesIn(origin, 'next.config').filter((path) => paths.has(path)))
  if (!compilesSources(command) || configs.some(({text}) => text.includes('pageExtensions'))) return []
  // Where one stands beside package.json, that in src/ counts no more.
  const kinds = ['app', 'pages'].map((kind) => (paths.hasFolder(posix.join(origin, kind)) ? kind : `src/${kind}`))
  const routes = below({origin, paths}, ofNext).filter((path) => {
    const inside = posix.relative(origin || '.', path)
    const isRoute =
      kinds.some((kind) => inside.startsWith(`${kind}/`)) && !/^(?:src\/)?app\/(?:.{0,300}\/)?_/.test(inside)
    return isRoute || /^(?:src\/)?[\w-]+\.[jt]sx?$/.test(inside)
  })
  return [...configs.map(({path}) => path), ...routes]
}

/** Options of Vite that change nothing of what it begins with, and those of them that a value follows. */
const plainArg = /^--?(?:mode|m|outDir|logLevel|l|minify|sourcemap|emptyOutDir)(?:=|$)/
const valued = /^--?(?:mode|m|outDir|logLevel|l)$/
const arePlain = (args: readonly string[]): boolean =>
  args.every((each, index) => plainArg.test(each) || valued.test(args[index - 1] ?? ''))

/** The script of index.html; of SvelteKit the routes. */
async function ofViteBuild({origin, args, packages, reader, paths}: Builder): Promise<string[]> {
  if (packages.has('@sveltejs/kit'))
    return below({origin, paths}, /^src\/(?:routes\/(?:.{1,300}\/)?\+[^/]+|hooks\.(?:server|client)\.[jt]s)$/)
  if ([...packages].some((each) => onVite.test(each)) || !arePlain(args)) return []
  const configs = await reader.texts(namesIn(origin, 'vite.config').filter((path) => paths.has(path)))
  const root = configuredFolder(configs, ['root'])
  const own = configs.map(({path}) => path)
  if (!root || configs.some(({text}) => /\b(?:input|lib|ssr|environments)\s*:/.test(text))) return own
  const folder = posix.join(origin, root.path ?? '.')
  const html = await reader.text(posix.join(folder, 'index.html'))
  const shown = withoutMarkupComments(html?.text ?? '')
  const modules = [...shown.matchAll(/<script\b([^<>]{0,300})>/g)].flatMap(([, attributes = '']) => {
    const [, , name] = /\bsrc\s{0,9}=\s{0,9}(["'])([^"']{1,300})\1/.exec(attributes) ?? []
    const isModule = /\btype\s{0,9}=\s{0,9}["']module/.test(attributes)
    return name !== undefined && isModule ? posix.join(folder, name) : []
  })
  return [...own, ...modules]
}

async function ofNestBuild(builder: Builder): Promise<string[]> {
  const settings = await builder.reader.text(posix.join(builder.origin, 'nest-cli.json'))
  return settings && /"(?:monorepo|projects|entryFile)"/.test(settings.text) ? [] : first(builder, 'src/main')
}

const roots = /^app\/(?:root|entry\.(?:server|client)|routes)\.[jt]sx?$/
const eachRoute = /^app\/routes\/[^/]+\.[jt]sx?$/

/** The root and the entries, and the routes where each file of their folder is one. */
async function ofRoutes({origin, packages, reader, paths}: Builder): Promise<string[]> {
  const routes = await reader.text(posix.join(origin, 'app/routes.ts'))
  const settings = await reader.texts(
    ['vite', 'remix'].flatMap((tool) => namesIn(origin, `${tool}.config`)).filter((path) => paths.has(path)),
  )
  if ([...settings, ...(routes ? [routes] : [])].some(({text}) => text.includes('ignoredRouteFiles')))
    return below({origin, paths}, roots)
  const areFiles = packages.has('@remix-run/dev') || /\bflatRoutes\(\s*\)/.test(routes?.text ?? '')
  const named = routes ? configuredRoutes(routes.text).map(({text}) => posix.join(origin, 'app', text)) : []
  return [...below({origin, paths}, roots), ...(areFiles ? below({origin, paths}, eachRoute) : []), ...named]
}

/** Options by which esbuild takes other files, or reads them as something else; without --bundle it follows nothing. */
const unlike = /^--(?:alias:|resolve-extensions|main-fields|conditions|external:[./*'"]|loader:\.[cm]?jsx?=tsx?$)/

function ofBundler(builder: Builder): string[] {
  const {command, args} = builder
  const isWhole = !/\besbuild\b/.test(commandText(command)) || args.some((each) => /^--bundle(?:=true)?$/.test(each))
  return isWhole && !args.some((each) => unlike.test(each.replace(/^['"]/, ''))) ? named(builder) : []
}

/** `esbuild src/server.ts --bundle`: the files that it names. */
function named({origin, args}: Pick<Builder, 'origin' | 'args'>): string[] {
  return args.filter((each) => source.test(each) && !each.startsWith('-')).map((each) => posix.join(origin, each))
}
