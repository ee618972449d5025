/**
 * What Next.js refuses in the app folder because a module is of the server or of the browser
 * (crates/next-custom-transforms/src/transforms/react_server_components.rs; tried with 14.2 and 15.5).
 */
import {posix} from 'node:path'
import type {File, Node} from '@babel/types'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Files, noFiles, scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {askedVersion, compilesSources, makesPages, nextMaySet} from '../output/next-build.ts'
import {isLoaded, type ModuleNames, moduleNames, usedValues} from '../source/module-names.ts'
import {type ModulePath, modulePaths} from '../source/module-paths.ts'
import {parsedModule} from '../source/parsed-module.ts'
import {scopesOf} from '../source/scopes.ts'
import type {SourceReader} from '../source/source-readers.ts'
import {nodesOf} from '../source/syntax-nodes.ts'
import {type ActionFault, actionFaults} from './server-actions.ts'

export interface LayerFault extends Pick<SourceReader, 'by' | 'command'> {
  /**
   * `hook`: a module of the server imports what the browser alone has. `browser module`: a whole module of that kind.
   * `error file`: error.tsx without "use client". `ssr`: next/dynamic without the server, on the server. `pages`: a function
   * of the pages folder. `both`: metadata and generateMetadata. `server module`: one of the browser imports what the server
   * alone has. `metadata`: a page of the browser exports it. `directive`: "use client" behind other code. `sync`, `export`,
   * `inline`: what a file or a function with "use server" may not be. `node module`: one of Node.js, or a package that needs
   * some, in what is of the browser. `event`: an element of the server with a function for an event.
   */
  kind:
    | 'hook'
    | 'browser module'
    | 'error file'
    | 'ssr'
    | 'pages'
    | 'both'
    | 'server module'
    | 'metadata'
    | 'directive'
    | 'node module'
    | 'event'
    | ActionFault['kind']
  /** `useState`, `next/headers`, `getServerSideProps`. */
  what: string
  /** webpack may leave aside what nobody uses of a module, and with it what that imports. */
  isCertain: boolean
  at: FileLocation
  /** The page, layout or other entry by which it is so. */
  entry: string
}

/** What the server does not have, by the package that has it. */
const ofBrowser: Readonly<Record<string, RegExp>> = {
  react:
    /^(?:Component|createContext|createFactory|PureComponent|use(?:DeferredValue|Effect|ImperativeHandle|InsertionEffect|LayoutEffect|Reducer|Ref|State|SyncExternalStore|Transition|Optimistic))$/,
  'react-dom': /^(?:flushSync|unstable_batchedUpdates|useFormStatus|useFormState)$/,
  'next/navigation': /^use(?:SearchParams|Pathname|SelectedLayoutSegments?|Params|Router|ServerInsertedHTML)$/,
}
const browserModules = /^(?:client-only|react-dom\/(?:client|server)|next\/router)$/
const serverModules = /^(?:server-only|next\/headers)$/

/** Next.js brings others, such as path and crypto, for the browser; `node:` changes nothing. */
const nodeModules =
  /^(?:node:)?(?:fs|fs\/promises|net|tls|dns|dgram|child_process|worker_threads|async_hooks|readline|http2|cluster|module|v8|inspector|perf_hooks)$/
/** Packages that load one of these at once. */
const ofNode = /^(?:pg|postgres|mysql2(?:\/promise)?|better-sqlite3|ioredis|nodemailer|mongodb|mongoose|bcrypt)$/
/** Settings by which a bundler takes another file, or none, for a module of Node.js. */
const bringsNode = /\b(?:fallback|alias|resolveAlias|IgnorePlugin|externals)\b|polyfill|NormalModuleReplacement/i

/** By its path from the app folder on: a folder with _ is none of the routes. */
const isEntry = (inside: string): boolean =>
  /^(?!_)(?!.{0,300}\/_)(?:.{0,300}\/)?(?:page|layout|template|loading|not-found|default|error|global-error)\.[jt]sx?$/.test(
    inside,
  )
/** `layout.tsx` is one of Next.js where a page is beside or below it, and else any file that is called so. */
const isOfPages = (path: string, files: Files | undefined): boolean =>
  files?.under(posix.dirname(path)).some((each) => /\/(?:page|default)\.[jt]sx?$/.test(each)) ?? false
const errorFile = /\/(?:global-)?error\.[jt]sx?$/
const page = /\/(?:page|layout)\.[jt]sx?$/

export async function loadLayerFaults({reader}: Inputs, facts: FactStore): Promise<Fact<LayerFault[]>> {
  const [readers, files] = await Promise.all([facts.need('sourceReaders'), facts.value('files')])
  const builds = readers.filter(({kind, tool}) => kind === 'bundler' && tool === 'next build')
  if (builds.length === 0) return known([])
  const project = {reader, paths: files ?? noFiles}
  const resolve = await modulePaths(project)
  const {commands} = await facts.need('buildCommands')
  const found = new Map<string, LayerFault>()
  for (const {sources, origin, by, command} of builds) {
    const manifest = await reader.text(posix.join(origin ?? '', 'package.json'))
    const major = Number(/^[~^]?(\d+)\./.exec(askedVersion(manifest, 'next') ?? '')?.[1])
    // Babel, where it is set up, takes the place of the compiler that looks at them.
    const isOfBabel = scripts('babel.config').concat('babel.config.json', '.babelrc', '.babelrc.js', '.babelrc.json')
    if (!(major >= 14) || isOfBabel.some((name) => files?.has(posix.join(origin ?? '', name)))) continue
    // Where both are there, the first counts.
    const roots = ['app', 'src/app'].map((folder) => posix.join(origin ?? '', folder))
    const root = roots.find((folder) => files?.hasFolder(folder))
    const build = commands.find((each) => each.at === command && compilesSources(each))
    const hasNode = !build || manifest?.text.includes('"browser"') || (await nextMaySet(bringsNode, build, project))
    const loadsPages = build !== undefined && makesPages(build)
    const words = build?.words ?? []
    const isTurbopack =
      words.some((word) => /^--turbo/.test(word ?? '')) || (major >= 16 && !words.includes('--webpack'))
    const layers = new Layers(sources, resolve, {major, loadsPages, hasNode, isTurbopack})
    for (const file of sources) {
      if (root === undefined || !file.path.startsWith(`${root}/`)) continue
      if (isEntry(file.path.slice(root.length + 1)) && isOfPages(file.path, files)) layers.enter(file)
    }
    for (const fault of layers.found) {
      const key = `${fault.at.file}:${fault.at.line} ${fault.kind}`
      if (!found.has(key)) found.set(key, {...fault, by, command})
    }
  }
  return known([...found.values()])
}

interface NextBuild {
  major: number
  /** It loads each page for its settings, and with it the actions that it imports. */
  loadsPages: boolean
  /** Its settings may bring modules of Node.js to the browser. */
  hasNode: boolean
  /** As Next.js builds by itself since 16; it looks for all that a module imports. */
  isTurbopack: boolean
}

class Layers {
  readonly found: Omit<LayerFault, 'by' | 'command'>[] = []
  readonly #files: ReadonlyMap<string, TextFile>
  readonly #resolve: ModulePath
  readonly #build: NextBuild
  readonly #seen = new Set<string>()

  constructor(sources: readonly TextFile[], resolve: ModulePath, build: NextBuild) {
    this.#files = new Map(sources.map((file) => [file.path, file]))
    this.#resolve = resolve
    this.#build = build
  }

  /** Goes through all that a file brings, from the server on; "use client" begins what is of the browser. */
  enter(entry: TextFile): void {
    const next: [TextFile, boolean][] = [[entry, true]]
    for (const [file, fromServer] of next) {
      const {tree} = parsedModule(file)
      const names = moduleNames(file)
      if (!tree || !names) continue
      const directives = tree.program.directives.map(({value}) => value.value)
      const isServer = fromServer && !directives.includes('use client')
      const key = `${file.path} ${isServer}`
      if (this.#seen.has(key)) continue
      this.#seen.add(key)
      const tell = (kind: LayerFault['kind'], what: string, start: number, length = what.length) =>
        this.found.push({
          kind,
          what,
          // A page that is made for each request fails only then; and what is imported may be shown in some case alone.
          isCertain: kind !== 'event' && (kind !== 'node module' || this.#build.isTurbopack),
          at: file.span(start, start + length),
          entry: entry.path,
        })
      this.#askDirective(tree, tell)
      this.#askActions(file, isServer, tell)
      if (isServer) this.#askServer(file, tree, names, tell, file === entry)
      else if (directives.some((each) => /^use (?:server|cache)/.test(each))) continue
      else this.#askBrowser(file, names, tell)
      for (const each of names.imports) {
        // What a file only hands on, a bundler may leave aside.
        const isHandedOn =
          names.handedOn.includes(each.specifier) ||
          (each.takes.length > 0 && each.takes.every(({local}) => local === undefined))
        const target = isHandedOn || !isLoaded(file, names, each) ? undefined : this.#resolve(file.path, each.specifier)
        const module = target === undefined ? undefined : this.#files.get(target)
        if (module) next.push([module, isServer])
      }
    }
  }

  #askDirective({program}: File, tell: Tell): void {
    for (const each of program.body) {
      if (each.type !== 'ExpressionStatement' || each.expression.type !== 'StringLiteral') continue
      if (each.expression.value === 'use client') tell('directive', '"use client"', each.start ?? 0)
    }
  }

  /** What is tried with 15 and later alone. */
  #askActions(file: TextFile, isServer: boolean, tell: Tell): void {
    const isKnown = this.#build.major >= 15
    for (const {kind, what, start, length, isLoaded} of isKnown ? actionFaults(file, !isServer) : [])
      if (!isLoaded || (isServer && this.#build.loadsPages)) tell(kind, what, start, length)
  }

  /** Whole modules that are of the other side. */
  #askModules(others: RegExp, kind: LayerFault['kind'], names: ModuleNames, tell: Tell): void {
    for (const each of names.imports) {
      const isUsed = each.takes.length === 0 || usedValues(names, each).length > 0
      if (others.test(each.specifier) && isUsed) tell(kind, each.specifier, each.start + 1)
    }
  }

  #askServer(file: TextFile, {program}: File, names: ModuleNames, tell: Tell, isFirst: boolean): void {
    if (isFirst && errorFile.test(file.path)) tell('error file', file.path, program.body[0]?.start ?? 0, 0)
    this.#askModules(browserModules, 'browser module', names, tell)
    for (const each of names.imports) {
      const {specifier} = each
      for (const {name, start: at} of usedValues(names, each))
        if (ofBrowser[specifier]?.test(name)) tell('hook', name, at)
    }
    // Of a module with several parts, others may be what the server shows.
    if (isFirst || names.exported.size === 1) for (const {what, start} of eventsOf(file)) tell('event', what, start)
    const exported = page.test(file.path) ? exportsOf(file) : new Map<string, number>()
    for (const name of ['getServerSideProps', 'getStaticProps']) {
      const start = exported.get(name)
      if (start !== undefined) tell('pages', name, start)
    }
    const [one, other] = [exported.get('metadata'), exported.get('generateMetadata')]
    if (one !== undefined && other !== undefined) tell('both', 'metadata', Math.max(one, other), 'metadata'.length)
    const dynamic = names.imports.find(({specifier}) => specifier === 'next/dynamic')?.takes[0]?.local
    if (dynamic === undefined || this.#build.major < 15) return
    for (const each of program.body) {
      for (const call of callsIn(each)) {
        if (call.callee.type === 'Identifier' && call.callee.name === dynamic && leavesServer(call.arguments[1]))
          tell('ssr', 'ssr: false', call.start ?? 0, dynamic.length)
      }
    }
  }

  /** A bundler looks for each of them; of those that a file does not use webpack is not told. */
  #askNode(names: ModuleNames, tell: Tell): void {
    if (this.#build.major < 15 || this.#build.hasNode) return
    for (const each of names.imports) {
      const {specifier, start, isGuarded, takes} = each
      const isOfNode = nodeModules.test(specifier) || ofNode.test(specifier)
      const isUsed = takes.length === 0 || usedValues(names, each).length > 0
      if (isOfNode && isUsed && !isGuarded) tell('node module', specifier, start + 1)
    }
  }

  #askBrowser(file: TextFile, names: ModuleNames, tell: Tell): void {
    this.#askModules(serverModules, 'server module', names, tell)
    this.#askNode(names, tell)
    const exported = page.test(file.path) ? exportsOf(file) : new Map<string, number>()
    const isAsked = this.#build.major >= 15 && /\/page\.[jt]sx?$/.test(file.path)
    for (const name of ['metadata', 'generateMetadata', ...(isAsked ? ['generateStaticParams'] : [])]) {
      const start = exported.get(name)
      if (start !== undefined) tell('metadata', name, start)
    }
  }
}

type Tell = (kind: LayerFault['kind'], what: string, start: number, length?: number) => void

/** The functions and values that a module exports by a declaration, with the offsets of their names. */
const exportsOf = (file: TextFile): ReadonlyMap<string, number> =>
  new Map(
    scopesOf(file)
      ?.bindings.filter(({isExported, meaning}) => isExported && meaning === 'value')
      .map(({name, start}) => [name, start]),
  )

/** The calls of a statement at the top, of what it declares: `const Map = dynamic(…)`. */
function callsIn(node: Node): Extract<Node, {type: 'CallExpression'}>[] {
  const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node
  const values = declaration?.type === 'VariableDeclaration' ? declaration.declarations.map(({init}) => init) : []
  return values.flatMap((each) => (each?.type === 'CallExpression' ? [each] : []))
}

/** `<button onClick={() => …}>` and the like: the function would have to go to the browser. One with "use server" may. */
function eventsOf(file: TextFile): {what: string; start: number}[] {
  if (file.text.includes('use server')) return []
  const functions = new Set([
    ...nodesOf(file, 'FunctionDeclaration').map(({node}) => node.id?.name),
    ...nodesOf(file, 'VariableDeclarator').map(({node: {id, init}}) =>
      id.type === 'Identifier' && isFunction(init) ? id.name : undefined,
    ),
  ])
  return nodesOf(file, 'JSXAttribute').flatMap(({node: {name, value}, parent}) => {
    const element = parent?.node.type === 'JSXOpeningElement' ? parent.node.name : undefined
    const isOwn = element?.type === 'JSXIdentifier' && /^[a-z]/.test(element.name)
    const given = value?.type === 'JSXExpressionContainer' ? value.expression : undefined
    const isGiven = isFunction(given) || (given?.type === 'Identifier' && functions.has(given.name))
    return isOwn && isGiven && name.type === 'JSXIdentifier' && /^on[A-Z]/.test(name.name)
      ? [{what: name.name, start: name.start ?? 0}]
      : []
  })
}

const isFunction = (node: Node | null | undefined): boolean =>
  node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression'

/** `{ssr: false}` */
const leavesServer = (node: Node | undefined): boolean =>
  node?.type === 'ObjectExpression' &&
  node.properties.some(
    (each) =>
      each.type === 'ObjectProperty' &&
      each.key.type === 'Identifier' &&
      each.key.name === 'ssr' &&
      each.value.type === 'BooleanLiteral' &&
      !each.value.value,
  )
