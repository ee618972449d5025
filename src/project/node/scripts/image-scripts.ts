import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'
import {isBelow, withAbove} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import {isOfAbove} from '../../image/moment.ts'
import {mayMake} from '../../image/shell/quiet-run.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import {isKept} from '../imports/is-kept.ts'
import type {ScriptFault} from '../imports/own-imports.ts'
import {pathAliases} from '../imports/path-aliases.ts'
import {commonJsIn, hasModuleSyntax, lateImports, refusedJson, scriptImports} from '../imports/script-imports.ts'
import {untranslatedIn} from '../imports/strip-types.ts'
import {packageFolder} from '../package-folder.ts'

/** More files than a program brings along. */
const mostFiles = 400
const generated = /(?:^|\/)_*gen(?:erated)?_*\//
const outputs = /(?:^|\/)(?:dist|build|out|\.\w+)\//
const endings = ['.js', '.json', '.node', '/index.js', '/index.json']
const typed = ['.ts', '.tsx', '.mts', '.cts', '.mjs', '.cjs', '.jsx', '/index.ts', '/index.tsx', '/index.mjs']

/** What tsx and Bun take for an import: TypeScript too, also where the ending is that of the JavaScript that is made of it. */
const formsOf = (path: string): string[] => [
  ...['', ...endings, ...typed].map((ending) => path + ending),
  ...(/\.[cm]?jsx?$/.test(path) ? ['ts', 'tsx'].map((ending) => path.replace(/jsx?$/, ending)) : []),
]

/** The scripts of the final image that are files of the project. */
export class ImageScripts {
  readonly #build: Build
  readonly #reader: ProjectReader
  readonly #tracked: Files
  readonly #covered: readonly (string | undefined)[]
  #aliases: ReturnType<typeof pathAliases> | undefined

  constructor(build: Build, reader: ProjectReader, tracked: Files, covered: readonly (string | undefined)[]) {
    this.#build = build
    this.#reader = reader
    this.#tracked = tracked
    this.#covered = covered
  }

  /** Bun and tsx know aliases by tsconfig.json alone: an import that means a file of the project, where the image has none. */
  async #unsettled(
    specifier: string,
    path: string,
    source: string,
  ): Promise<Pick<ScriptFault, 'kind' | 'file' | 'place'> | undefined> {
    const places = withAbove(posix.dirname(path)).flatMap((folder) =>
      ['tsconfig.json', 'jsconfig.json'].map((name) => posix.join(folder, name)),
    )
    const {final} = this.#build
    if (places.some((place) => final.files.get(place) || mayBring(final, place))) return undefined
    this.#aliases ??= pathAliases({reader: this.#reader, paths: this.#tracked})
    const {own, settings} = (await this.#aliases)(specifier, source)
    const isOwn = own.some((each) => formsOf(each).some((form) => this.#tracked.has(form)))
    return isOwn && settings ? {kind: 'settings', file: settings, place: places[0] as string} : undefined
  }

  holds(path: string): boolean {
    return this.#source(path) !== undefined
  }

  /** `transforms`: it makes JavaScript of all of TypeScript; `refuses`: it loads none of it. */
  async faults(
    entry: string,
    {isNode, transforms, refuses = false}: {isNode: boolean; transforms: boolean; refuses?: boolean},
  ): Promise<ScriptFault[]> {
    const found: ScriptFault[] = []
    const next = [entry]
    const seen = new Set<string>()
    for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
      const source = this.#source(path)
      if (seen.has(path) || source === undefined || !/\.[cm]?[jt]sx?$/.test(source)) continue
      seen.add(path)
      const file = await this.#reader.text(source)
      if (!file) continue
      const format = isNode ? await this.#format(path, file.text) : undefined
      const foreignName = format?.kind === 'module' && format.at ? commonJsIn(file) : undefined
      if (foreignName) {
        const {kind, name, start} = foreignName
        const at = file.span(start, start + name.length)
        found.push({kind, specifier: name, at, file: source, place: path, because: format?.at})
      }
      const left = isNode && !transforms && /\.[cm]?ts$/.test(source) ? untranslatedIn(file) : undefined
      if (left) {
        const at = file.span(left.start, left.end)
        found.push({kind: 'syntax', specifier: left.what, at, file: source, place: path, because: undefined})
      }
      const imports = scriptImports(file.text)
      const [foreign] = format?.kind === 'common' && format.at ? imports.filter(({by}) => by === 'import') : []
      if (foreign && format?.at) {
        const at = file.span(foreign.start, foreign.end)
        found.push({kind: 'import', specifier: foreign.text, at, file: source, place: path, because: format.at})
        continue
      }
      for (const each of format?.kind === 'module' && format.at ? imports : []) {
        const why = refusedJson(file.text, each, nodeVersion(this.#build)[0])
        if (why === undefined) continue
        const at = file.span(each.start, each.end)
        found.push({kind: 'json', specifier: each.text, at, file: source, place: why, because: format?.at})
      }
      for (const each of imports) {
        const {text, start, end, by} = each
        // What is of types alone is left out.
        const isUsed = !isNode && !/^\./.test(text) && (await isKept(file, each))
        const unsettled = !isUsed ? undefined : await this.#unsettled(text, path, source)
        if (unsettled)
          found.push({...unsettled, specifier: text, at: file.span(start, end), because: {file: unsettled.file}})
        if (!/^\.{1,2}\//.test(text)) continue
        const target = posix.resolve(posix.dirname(path), text)
        const strict = by === 'import' && format?.kind === 'module'
        const at = file.span(start, end)
        const forms = isNode ? ['', ...(strict ? [] : endings)].map((ending) => target + ending) : formsOf(target)
        const held = forms.find((form) => this.#build.final.files.get(form)?.kind === 'file')
        const loaded = held === undefined ? undefined : this.#source(held)
        // ERR_UNKNOWN_FILE_EXTENSION, whatever is in it; `require` reads it as JavaScript.
        if (refuses && strict && loaded !== undefined && /\.[cm]?tsx?$/.test(loaded))
          found.push({kind: 'refused', specifier: text, at, file: loaded, place: target, because: undefined})
        else if (held !== undefined) next.push(held)
        else {
          const own = posix.join(posix.dirname(source), text)
          const fault = (strict && (await this.#typed(target))) || this.#fault(target, own, strict)
          const because = strict ? format.at : undefined
          if (fault) found.push({...fault, specifier: text, at, because})
          else if (!isNode && (await isKept(file, each))) {
            const typedFault = this.#leftOut(target, own, formsOf)
            if (typedFault) found.push({...typedFault, specifier: text, at, because, isRun: true})
          }
        }
      }
      for (const {text, start, end} of lateImports(file.text)) {
        const target = posix.resolve(posix.dirname(path), text)
        const isHeld = ['', ...endings, ...typed].some((ending) => this.#build.final.files.get(target + ending))
        const fault = isHeld ? undefined : this.#fault(target, posix.join(posix.dirname(source), text), false)
        if (fault?.kind === 'left-out')
          found.push({...fault, specifier: text, at: file.span(start, end), because: undefined, isLate: true})
      }
    }
    return found
  }

  /** Node finds a file of TypeScript by its whole name alone. */
  async #typed(target: string): Promise<Pick<ScriptFault, 'kind' | 'file' | 'place'> | undefined> {
    const [plain, ending = ''] = /\.([cm]?)js$/.exec(target) ?? []
    const names = plain ? [`${target.slice(0, -plain.length)}.${ending}ts`] : [`${target}.ts`, `${target}/index.ts`]
    const place = names.find((each) => this.#source(each) !== undefined)
    const {final} = this.#build
    // A build may have written JavaScript beside it; one of another stage, only into what COPY takes from there.
    const mayBuild = final.unknown.some(
      ({by, path, text = ''}) =>
        !(by === 'copy' && !isBelow(target, path)) && /\b(?:tsc|swc|esbuild|build)\b/.test(text),
    )
    const isBuilt = place !== undefined && mayBuild && !(await this.#buildsElsewhere(place))
    if (place === undefined || isBuilt || mayBring(final, plain ? target : `${target}.js`)) return undefined
    return {kind: 'typed', file: this.#source(place) as string, place}
  }

  /** Whether the tsconfig.json of its package sends what is built to a folder of its own. */
  async #buildsElsewhere(path: string): Promise<boolean> {
    const source = this.#source(path) as string
    const config = await this.#reader.text(posix.join(packageFolder(source, this.#tracked), 'tsconfig.json'))
    return /"outDir"\s*:\s*"(?:\.\/)?(?!src\b)\w/.test(config?.text ?? '')
  }

  #fault(target: string, own: string, strict: boolean): Pick<ScriptFault, 'kind' | 'file' | 'place'> | undefined {
    const {final} = this.#build
    if (mayBring(final, target) || this.#covered.some((place) => place && isBelow(target, place))) return undefined
    // A link, or a folder with a package.json of its own.
    if (!strict && final.files.get(target)) return undefined
    const ending = strict && endings.find((each) => this.#source(target + each) !== undefined)
    if (ending && !/\.\w+$/.test(posix.basename(target))) {
      return {kind: 'ending', file: this.#source(target + ending) as string, place: ending}
    }
    return this.#leftOut(target, own, (path) => ['', ...(strict ? [] : endings)].map((each) => path + each))
  }

  /** What the project has of the forms of an import, and the image has not. */
  #leftOut(
    target: string,
    own: string,
    forms: (path: string) => string[],
  ): Pick<ScriptFault, 'kind' | 'file' | 'place'> | undefined {
    const {final} = this.#build
    if (mayBring(final, target) || final.files.get(target)) return undefined
    if (this.#covered.some((place) => place && isBelow(target, place))) return undefined
    const index = forms(own).findIndex((each) => this.#tracked.has(each))
    const [file, place] = [forms(own)[index], forms(target)[index]]
    if (file === undefined || place === undefined || own.startsWith('..')) return undefined
    // What a generator writes is written anew in the image.
    if (generated.test(file) && mayMake(final, place)) return undefined
    return mayBring(final, place) ? undefined : {kind: 'left-out', file, place}
  }

  /** The file of the project that stands there. */
  #source(path: string): string | undefined {
    const entry = this.#build.final.files.get(path)
    // What is in the folder of a build may be written anew.
    const isOwn = entry?.kind === 'file' && this.#tracked.has(entry.source) && !outputs.test(entry.source)
    return isOwn ? entry.source : undefined
  }

  /** How node reads it: by its ending, by the package.json above it, else by its own words. */
  async #format(path: string, text: string): Promise<{kind: 'module' | 'common'; at?: FileLocation} | undefined> {
    if (/\.m[jt]s$/.test(path)) return {kind: 'module', at: {file: this.#source(path) as string}}
    if (/\.c[jt]s$/.test(path)) return {kind: 'common'}
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const place = posix.join(folder, 'package.json')
      const source = this.#source(place)
      const {final} = this.#build
      const unknown = final.unknown.filter((each) => !isOfAbove(each, place))
      if (source === undefined && (final.files.get(place) || mayBring({stage: final.stage, unknown}, place)))
        return undefined
      const file = source === undefined ? undefined : await this.#reader.text(source)
      if (file) {
        const json = parseLoosely(file.text)
        if (!json) return undefined
        const type = /"type"\s*:\s*"(?:module|commonjs)"/.exec(file.text)
        const at = type ? file.span(type.index, type.index + type[0].length) : file.whole
        if (json.type === 'module') return {kind: 'module', at}
        if (json.type === 'commonjs') return {kind: 'common', at}
        if (json.type !== undefined) return undefined
        return hasModuleSyntax(text) && tellsModules(this.#build) ? {kind: 'module'} : {kind: 'common', at}
      }
      if (folder === '/') return undefined
    }
  }
}

/** Whether this Node tells a module by its words: from 20.19 and 22.7 on (nodejs.org/api/packages.html). */
export function tellsModules(build: Pick<Build, 'final'>): boolean {
  const [major, minor] = nodeVersion(build)
  return major === 20 ? minor >= 19 : major === 22 ? minor >= 7 : Number(major) > 22
}

/** The newest of its kind where the image does not say which. */
function nodeVersion({final}: Pick<Build, 'final'>): [major: number, minor: number] {
  const [major = 99, minor = 99] = (imageVersion(rootImage(final.stage) ?? '', 'Node') ?? '99').split('.').map(Number)
  return [major, minor]
}
