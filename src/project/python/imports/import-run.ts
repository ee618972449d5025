import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {parentAboveRoot} from '../source/file-parents.ts'
import {addsToPath, type ImageModules, type Place} from './image-modules.ts'
import {surelyLacks} from './module-names.ts'
import {calledAtOnce, type Import, topLevelImports, triedImports} from './top-level-imports.ts'

/** An import of the project's own code that fails. */
export interface FailedImport {
  /**
   * `module`: its package has no such module. `top`: nor is there such a package, where Python looks. `name`: the module
   * has no such name. `member`: nor has the package a module that is called so. `circular`: not yet, as it is itself still importing. `parent`: a relative one without a package.
   * `root`: no import, but a line of the module that asks for a folder above the root.
   */
  kind: 'module' | 'top' | 'name' | 'member' | 'circular' | 'parent' | 'root'
  /** As it is written: `services.mail`, `..models`; of `root` the expression. */
  module: string
  /** The names of the module, from the top. */
  parts: readonly string[]
  name: string
  at: FileLocation
  /** Of `name` and `circular`: the file of the module. Of `circular`: the import at which it stands. Of `root`: where the file is in the image. */
  target: string
  waiting: FileLocation | undefined
  proven: boolean
}

interface Loading {
  name: readonly string[]
  source: string
  own: string
  /** The statement that it has come to; undefined once all of it has run. */
  at: Import | undefined
}

interface Surroundings {
  roots: readonly string[]
  isOthers(top: string): boolean
  counts(failed: FailedImport): Promise<boolean>
}

/** By which a package has modules of other folders. */
export const findsElsewhere = /\b__path__\b|\bextend_path\b|\bmeta_path\b|\bsys\.modules\b/

/** What one program imports of a project, at most. */
const mostModules = 300

/** Whether a line surely brings a name: most do it in a form that needs no parser. */
const defines = (source: string, name: string): boolean =>
  new RegExp(
    `^(?:class|def|async def)[ \\t]+${name}\\b|^${name}\\s*[:=]|^from[ \\t]+\\S+[ \\t]+import\\b(?:[^\\n(]*|[ \\t]*\\([^)]*)\\b${name}\\b`,
    'm',
  ).test(source)

/** The imports of a program in the order in which Python makes them, up to the first one that fails. */
export class ImportRun {
  readonly #modules: ImageModules
  readonly #reader: ProjectReader
  readonly #roots: readonly string[]
  readonly #isOthers: (top: string) => boolean
  readonly #counts: (failed: FailedImport) => Promise<boolean>
  readonly #loaded = new Map<string, Loading | undefined>()
  /** What runs under the name `__main__`. */
  readonly #scripts: Loading[] = []
  readonly #stack: Loading[] = []
  /** Everything that ran could be read. */
  #complete = true
  #addsToPath = false

  /**
   * `isOthers`: whether a top-level name is a package of somebody else's. `counts`: whether what is not found surely is
   * the project's, and nothing makes it.
   */
  constructor(modules: ImageModules, reader: ProjectReader, {roots, isOthers, counts}: Surroundings) {
    this.#modules = modules
    this.#reader = reader
    this.#roots = roots
    this.#isOthers = isOthers
    this.#counts = counts
  }

  /** Runs a file; `name` is what Python calls it, `__main__` for a script. */
  async load({path, entry}: Place, name: readonly string[]): Promise<FailedImport | undefined> {
    if (this.#loaded.has(path) || this.#loaded.size >= mostModules) return undefined
    const source = await this.#modules.source(entry)
    if (source === undefined || entry.kind !== 'file') {
      this.#loaded.set(path, undefined)
      if (entry.kind === 'file') this.#complete = false
      return undefined
    }
    const loading: Loading = {name, source, own: entry.source, at: undefined}
    // What a script is called by its name is another module.
    if (name.at(-1) !== '__main__') this.#loaded.set(path, loading)
    else this.#scripts.push(loading)
    if (addsToPath.test(source)) this.#addsToPath = true
    this.#stack.push(loading)
    const isPackage = posix.basename(path) === '__init__.py'
    const above = parentAboveRoot(source, path)
    for (const statement of topLevelImports(source)) {
      if (above && above.start < statement.start) break
      loading.at = statement
      const failed = await this.#run(statement, isPackage ? name : name.slice(0, -1), loading)
      if (failed && (await this.#counts(failed))) return failed
    }
    const file = above && (await this.#reader.text(entry.source))
    if (above && file) {
      const at = file.span(above.start, above.end)
      const what = {module: above.text, parts: [], name: '', target: path, waiting: undefined}
      return {kind: 'root', at, ...what, proven: this.#complete}
    }
    loading.at = undefined
    const inCalls = await this.#calls(loading, calledAtOnce(source), isPackage ? name : name.slice(0, -1))
    if (inCalls) return inCalls
    this.#stack.pop()
    return undefined
  }

  /** Runs the imports of a function of a module that is loaded: what makes the application. */
  async call(parts: readonly string[], name: string): Promise<FailedImport | undefined> {
    const found = this.#modules.find(parts, this.#roots, false)
    const loading = typeof found === 'object' ? this.#loaded.get(found.path) : undefined
    if (typeof found !== 'object' || !loading) return undefined
    const isPackage = posix.basename(found.path) === '__init__.py'
    return this.#calls(loading, [name], isPackage ? parts : parts.slice(0, -1))
  }

  async #calls(
    loading: Loading,
    names: readonly string[],
    around: readonly string[],
  ): Promise<FailedImport | undefined> {
    if (names.length === 0) return undefined
    const top = new Set(topLevelImports(loading.source).map(({start}) => start))
    for (const statement of topLevelImports(loading.source, new Set(names))) {
      if (top.has(statement.start)) continue
      const failed = await this.#run(statement, around, loading)
      if (failed && (await this.#counts(failed))) return failed
    }
    return undefined
  }

  /** Imports a module with the packages around it. */
  async module(parts: readonly string[]): Promise<FailedImport | undefined> {
    for (let count = 1; count <= parts.length; count++) {
      const found = this.#modules.find(parts.slice(0, count), this.#roots, false)
      if (typeof found !== 'object') return undefined
      const failed = await this.load(found, parts.slice(0, count))
      if (failed) return failed
    }
    return undefined
  }

  /**
   * After a run without a fault: what a `try` of a module that is loaded imports and goes on without, where the import leads
   * to another module of the project, and that one fails, each time. With the import that is tried.
   */
  async tried(): Promise<{failed: FailedImport; at: FileLocation} | undefined> {
    for (const loading of [...this.#loaded.values(), ...this.#scripts]) {
      if (!loading) continue
      const around = posix.basename(loading.own) === '__init__.py' ? loading.name : loading.name.slice(0, -1)
      for (const statement of triedImports(loading.source)) {
        const failed = await this.#run(statement, around, loading)
        const file = failed && failed.at.file !== loading.own && (await this.#reader.text(loading.own))
        if (file && failed.kind !== 'circular' && failed.kind !== 'root' && (await this.#counts(failed)))
          return {failed: {...failed, proven: false}, at: file.span(statement.start, statement.end)}
        this.#stack.length = 0
      }
    }
    return undefined
  }

  async #run(statement: Import, around: readonly string[], {own}: Loading): Promise<FailedImport | undefined> {
    const {name, names, relative, start, end} = statement
    const written = '.'.repeat(relative) + name
    const file = await this.#reader.text(own)
    if (!file) return undefined
    const failed = (kind: FailedImport['kind'], parts: readonly string[], more: Partial<FailedImport> = {}) => ({
      ...{kind, module: written, parts, name: '', target: '', waiting: undefined, proven: this.#complete},
      at: file.span(start, end),
      ...more,
    })
    const base = around.slice(0, Math.max(0, around.length - relative + 1))
    if (relative > 0 && base.length === 0) return around.length < relative ? failed('parent', []) : undefined
    const parts = [...(relative > 0 ? base : []), ...name.split('.').filter(Boolean)]
    const [top = ''] = parts
    if (parts.length === 0 || this.#isOthers(top)) return undefined

    let target: Place | undefined
    for (let count = 1; count <= parts.length; count++) {
      const prefix = parts.slice(0, count)
      const found = this.#modules.find(prefix, this.#roots, false)
      if (found === 'unknown') return undefined
      if (found === 'missing') {
        // A folder without __init__.py may have another part elsewhere.
        const parent = target && this.#loaded.get(target.path)
        if (parent) return findsElsewhere.test(parent.source) ? undefined : failed('module', prefix)
        return target || this.#addsToPath ? undefined : failed('top', parts, {proven: false})
      }
      const inside = await this.load(found, prefix)
      if (inside) return inside
      target = found
    }
    const loading = target && this.#loaded.get(target.path)
    if (!target || !loading) return undefined
    const isPackage = posix.basename(target.path) === '__init__.py'
    for (const each of names) {
      const {at} = loading
      const soFar = at === undefined ? loading.source : loading.source.slice(0, at.start)
      if (each === '' || defines(soFar, each) || !surelyLacks(soFar, each)) continue
      const inside = isPackage ? this.#modules.find([...parts, each], this.#roots, false) : 'missing'
      if (typeof inside === 'object') {
        const found = await this.load(inside, [...parts, each])
        if (found) return found
      }
      if (inside !== 'missing' || findsElsewhere.test(loading.source) || this.#isSetElsewhere(each, loading)) continue
      const what = {name: each, target: loading.own}
      // `from . import a` in the package itself names a, and is what should bring it.
      if (surelyLacks(loading.source, each) || (isPackage && loading.own === own))
        return isPackage ? failed('member', [...parts, each], what) : failed('name', parts, what)
      if (!at) continue
      const waiting = (await this.#reader.text(loading.own))?.span(at.start, at.end)
      return failed('circular', parts, {...what, waiting, proven: this.#complete && this.#isInOrder(loading)})
    }
    return undefined
  }

  /** Whether another module gives it the name: `models.db = db`; not `self.db = db`, nor `app.state.db = db`. */
  #isSetElsewhere(name: string, loading: Loading): boolean {
    const sets = new RegExp(`(?<!\\b(?:self|cls|state))\\.${name}[ \\t]*=(?!=)`)
    return [...this.#loaded.values(), ...this.#stack].some((each) => each && each !== loading && sets.test(each.source))
  }

  /**
   * Whether the first module of the circle surely is the one that Python comes to first: had a function or a branch that
   * ran before it imported another one of them, the circle might end well.
   */
  #isInOrder(first: Loading): boolean {
    const others = this.#stack.slice(this.#stack.indexOf(first) + 1).map(({name}) => name.at(-1) ?? '')
    const loaded = [...this.#loaded.values()]
    const before = loaded.slice(0, loaded.indexOf(first))
    const inner = before.flatMap((each) => each?.source.match(/^[ \t]+(?:from|import)\s.*$/gm) ?? [])
    return !inner.some((line) => others.some((name) => line.split(/\W+/).includes(name)))
  }
}
