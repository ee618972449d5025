/** What Next.js asks a file to export, by its name (tried with 15.5 and 16.4, by builds of each kind). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {askedVersion, makesPages, nextMaySet, readsNextTypes} from '../output/next-build.ts'
import {exportedValues} from '../source/exported-values.ts'
import {type ModuleNames, moduleNames} from '../source/module-names.ts'
import type {SourceReader} from '../source/source-readers.ts'

export interface ExportFault extends Pick<SourceReader, 'by' | 'command'> {
  /**
   * `component`: a page or a layout without a default. `metadata`: robots.ts or sitemap.ts without one. `pages`: a file of the
   * pages folder without one. `middleware`: proxy.ts without its function. `field`: a name that the types of a page, a layout
   * or a route do not have. `handler`: route.ts without a method.
   */
  kind: 'component' | 'metadata' | 'pages' | 'middleware' | 'field' | 'handler'
  /** `app/page.tsx`. */
  file: string
  /** `page`, `layout`; `proxy`; the name that is exported. */
  what: string
  at: FileLocation
  /** Whether the build surely comes to it: a page that is made for each request is not asked. */
  isCertain: boolean
}

type Found = Omit<ExportFault, 'by' | 'command'>

const versions = /^[~^]?(1[56])\.\d/
const component = /^(?!_)(?!.{0,300}\/_)(?:.{0,300}\/)?(page|layout|template|loading|not-found|error)\.[jt]sx?$/
const metadata = /^(?:(?:robots|manifest)|(?!_)(?!.{0,300}\/_)(?:.{0,300}\/)?sitemap)\.[jt]s$/
const typed = /^(?!_)(?!.{0,300}\/_)(?:.{0,300}\/)?(page|layout|route)\.tsx?$/

export async function loadExportFaults({reader}: Inputs, facts: FactStore): Promise<Fact<ExportFault[]>> {
  const [readers, programs, {commands}, files] = await Promise.all([
    facts.need('sourceReaders'),
    facts.need('tscPrograms'),
    facts.need('buildCommands'),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const found = new Map<string, ExportFault>()
  for (const {kind, tool, sources, origin = '', by, command} of readers) {
    const build = commands.find((each) => each.at === command && makesPages(each))
    if (kind !== 'bundler' || tool !== 'next build' || !build) continue
    const manifest = await reader.text(posix.join(origin, 'package.json'))
    const [, version] = versions.exec(askedVersion(manifest, 'next') ?? '') ?? []
    if (version === undefined || (await nextMaySet(/pageExtensions/, build, {reader, paths}))) continue
    const isTurbopack = build.words.some((word) => /^--turbo/.test(word ?? ''))
    const program = programs.find((each) => each.name === 'next build' && each.command === build)
    const isTyped = program && readsNextTypes(program.configs) && !(version === '15' && isTurbopack)
    const checked = new Set(isTyped ? program.sources : [])
    const place = (kind: string) => {
      const [own = '', inSource = ''] = [posix.join(origin, kind), posix.join(origin, 'src', kind)]
      return paths.hasFolder(own) ? own : inSource
    }
    const app = new AppFolder(place('app'), sources, version, checked)
    const others = [...pagesFaults(place('pages'), sources), ...middlewareFaults(sources, origin, version)]
    for (const each of [...sources.flatMap((file) => app.faults(file)), ...others])
      found.set(`${each.kind} ${each.file} ${each.what}`, {...each, by, command})
  }
  return known([...found.values()])
}

/** By it a page may be made for each request, and not by the build: a package may ask for the headers of one. */
const mayWait =
  /next\/headers|\bconnection\(|noStore|force-dynamic|["'][^"'\n]{0,80}(?:auth|session|clerk|intl|i18n|supabase|workos|kinde)[^"'\n]{0,80}["']/i

class AppFolder {
  readonly #root: string
  readonly #sources: readonly TextFile[]
  readonly #version: string
  readonly #checked: ReadonlySet<string>
  readonly #isStatic: boolean

  constructor(root: string, sources: readonly TextFile[], version: string, checked: ReadonlySet<string>) {
    this.#root = root
    this.#sources = sources
    this.#version = version
    this.#checked = checked
    this.#isStatic = !sources.some(({text}) => mayWait.test(text))
  }

  faults(file: TextFile): Found[] {
    const names = file.path.startsWith(`${this.#root}/`) ? namesOf(file) : undefined
    if (!names) return []
    const inside = file.path.slice(this.#root.length + 1)
    const [, what = ''] = component.exec(inside) ?? []
    const [, kind] = typed.exec(inside) ?? []
    const isChecked = kind !== undefined && this.#checked.has(file.path)
    const lacks = !names.exported.has('default')
    if (metadata.test(inside)) return lacks ? [fault('metadata', file, inside)] : []
    const shown: Found[] = []
    // An empty file is none of its pages to 15.
    if (what !== '' && lacks && (this.#version === '16' || names.exported.size > 0)) {
      const isTyped = isChecked && this.#version === '15' && !this.#isShared(file)
      const isCertain = isTyped || (this.#isAsked(file, what) && this.#isMade(inside, what))
      shown.push({...fault('component', file, what), isCertain})
    }
    // What is told of the default is told once.
    return shown.length > 0 || !isChecked ? shown : this.#typeFaults(file, kind, names)
  }

  /** 15 makes pages without what the browser alone would show. */
  #isAsked({text}: TextFile, what: string): boolean {
    return this.#version === '16' || (what !== 'error' && !/^["']use client["']/m.test(text))
  }

  /** Whether the build makes a page of it, or one that it is around. */
  #isMade(inside: string, what: string): boolean {
    const isOwn = (path: string) => /^(?!_)(?!.{0,300}\/[_@])(?!.{0,300}\/\(\.)[^[\]]{0,300}$/.test(path)
    const folder = posix.dirname(inside)
    const pages = this.#sources
      .map(({path}) => posix.relative(this.#root, path))
      .filter((path) => /(?:^|\/)page\.[jt]sx?$/.test(path) && isOwn(path))
    const isAround = pages.some((path) => folder === '.' || path.startsWith(`${folder}/`))
    return this.#isStatic && (what === 'page' ? pages.includes(inside) : isAround && isOwn(inside))
  }

  /**
   * Whether another source takes something from it: webpack may then lay it in a chunk that both have, and Next.js writes no
   * types for what lies there (15.5's next-types-plugin goes through the chunks of pages and routes; it depends on sizes).
   */
  #isShared({path}: TextFile): boolean {
    const own = path.replace(/\.[jt]sx?$/, '')
    return this.#sources.some((other) =>
      [...other.text.matchAll(/["']([^"'\n]{0,300}\b(?:page|layout|route))(?:\.[jt]sx?)?["']/g)].some(
        ([, from = '']) =>
          from.startsWith('.')
            ? posix.join(posix.dirname(other.path), from) === own
            : `/${own}`.endsWith(`/${from.replace(/^[@~#]?\//, '')}`),
      ),
    )
  }

  /** What the types that Next.js writes for the file refuse: 15 each name that it does not know. */
  #typeFaults(file: TextFile, kind: string, names: ModuleNames): Found[] {
    if (kind === 'route' && this.#version === '16')
      return names.handedOn.length === 0 && names.exported.size > 0 && ![...names.exported].some(isKnownOfRoute)
        ? [fault('handler', file, [...names.exported][0] ?? '')]
        : []
    if (this.#version === '16') return []
    const isKnown = kind === 'route' ? isKnownOfRoute : isKnownOfPage
    const unknown = exportedValues(file).filter(([name]) => !isKnown(name))
    const isCertain = unknown.length > 0 && !this.#isShared(file)
    return unknown.map(([name, start]) => ({
      ...fault('field', file, name),
      at: file.span(start, start + name.length),
      isCertain,
    }))
  }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const ofBoth =
  /^(?:config|generateStaticParams|revalidate|dynamic|dynamicParams|fetchCache|preferredRegion|runtime|maxDuration|experimental_\w{1,50}|unstable_\w{1,50})$/
const isKnownOfRoute = (name: string): boolean => methods.includes(name) || ofBoth.test(name)
const isKnownOfPage = (name: string): boolean =>
  /^(?:default|metadata|generateMetadata|viewport|generateViewport)$/.test(name) || ofBoth.test(name)

/** undefined for CommonJS, which may export anything. */
function namesOf(file: TextFile): ModuleNames | undefined {
  const isCommon = /\bmodule\.exports\b|(?<![\w.])exports\.\w/.test(file.text)
  return isCommon ? undefined : moduleNames(file)
}

function pagesFaults(root: string, sources: readonly TextFile[]): Found[] {
  const page = /^(?!api\/)(?:.{1,300}\/)?[^_/][^/]{0,100}(?<!\.d)\.[jt]sx?$/
  return sources.flatMap((file) => {
    const names =
      file.path.startsWith(`${root}/`) && page.test(file.path.slice(root.length + 1)) ? namesOf(file) : undefined
    const lacks = names && names.handedOn.length === 0 && !names.exported.has('default')
    return lacks ? [fault('pages', file, posix.basename(file.path))] : []
  })
}

/** 15 builds without it, and answers each request with an error. */
function middlewareFaults(sources: readonly TextFile[], origin: string, version: string): Found[] {
  if (version !== '16') return []
  return sources.flatMap((file) => {
    const [, what] = /^(?:src\/)?(middleware|proxy)\.[jt]s$/.exec(posix.relative(origin, file.path)) ?? []
    const names = what === undefined ? undefined : namesOf(file)
    const lacks =
      names && names.handedOn.length === 0 && !names.exported.has('default') && !names.exported.has(what ?? '')
    return lacks ? [fault('middleware', file, what ?? '')] : []
  })
}

const fault = (kind: ExportFault['kind'], file: TextFile, what: string): Found => ({
  kind,
  file: file.path,
  what,
  at: file.whole,
  isCertain: true,
})
