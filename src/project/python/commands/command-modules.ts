import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {BuildContext} from '../../context/build-context.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Build} from '../../image/build.ts'
import {isBelow} from '../../image/files/image-path.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {djangoStart} from '../django/django-start.ts'
import type {DjangoModule} from '../django/loaded-modules.ts'
import {type AbsentModules, absentModules} from '../imports/absent-modules.ts'
import {foreignModules} from '../imports/foreign-modules.ts'
import {addsToPath, ImageModules, type Place} from '../imports/image-modules.ts'
import {generated} from '../imports/import-faults.ts'
import {findsElsewhere} from '../imports/import-run.ts'
import {applicationFactory, applicationName, makesApplication, surelyLacks} from '../imports/module-names.ts'
import {calledAtOnce, type Import, topLevelImports} from '../imports/top-level-imports.ts'
import {installsOwnRequirements} from '../packages/own-requirements.ts'
import type {ModuleCommand} from './module-command.ts'
import {installsItself, installsModules, moduleStarts} from './module-starts.ts'

/** Something that Python does not find when a command starts its module. */
export interface ModuleProblem {
  command: StartedCommand
  module: ModuleCommand
  /** `uncalled`: the attribute is a function without arguments that makes the application. */
  kind: 'module' | 'attribute' | 'import' | 'uncalled'
  /** The module that is not found; the attribute's module. */
  name: string
  /** The file of the repository that is that module, where there is one. */
  own: string | undefined
  leftOut: boolean
  /** Where the file is in the image, in another place than Python looks. */
  elsewhere: string | undefined
  /** Folders of the image in which Python looks. */
  roots: readonly string[]
  /** Of an import: where it stands. */
  at: FileLocation | undefined
  /** What brings the files into the image among which this one should be. */
  beside: FileLocation | undefined
  /** The name that the module has in the place of the one asked for; of one that is nowhere: the project's application. */
  instead: string | undefined
  /** Neither the project nor a package that is installed has such a module. */
  isNowhere?: true
  /** Of one that is nowhere: the project's folder in which Python looks for it, as it has the name of the package. */
  inFolder?: string
  /** Nothing in the build can have changed what was read. */
  proven: boolean
}

export async function loadCommandModules(inputs: Inputs, facts: FactStore): Promise<Fact<ModuleProblem[]>> {
  const starts = await moduleStarts(inputs, facts)
  if (starts.state !== 'ok') return starts
  const [[build, files, context, processes], python, deploys, flyConfig] = await Promise.all([
    facts.needAll('build', 'files', 'buildContext', 'processes'),
    facts.value('python'),
    facts.value('deployCommands'),
    facts.value('flyConfig'),
  ])
  const {reader} = inputs
  const env = flyConfig?.config.env ?? {}
  const isMade = async (path: string) =>
    deploys?.makes(path) ||
    generated.test(posix.basename(path, '.py')) ||
    (await ignoredPaths(reader.root, [path])).size > 0
  const modules = new ImageModules(build, reader, files)
  const absent = await absentModules(inputs, facts, {build, files, makes: (path) => deploys?.makes(path) ?? false})
  const isInstalled = await installsOwnRequirements(build, reader, files)
  const image = new Modules(build, context, reader, files, {
    isForeign: foreignModules(python),
    isMade,
    absent,
    isInstalled,
  })
  const found: ModuleProblem[] = []
  for (const start of starts.value) {
    const {command, module, roots, folder} = start
    const problem =
      (await image.look(module, roots, folder, command.text)) ??
      (await image.django(await djangoStart(start, {build, modules, processes, env, paths: files, reader}), roots))
    if (problem) found.push({command, module, roots, ...problem})
  }
  return known(found)
}

type Found = Omit<ModuleProblem, 'command' | 'module' | 'roots'>

/** What is known of modules by their names. */
interface Known {
  isForeign(top: string): boolean
  isMade(path: string): Promise<boolean>
  absent: AbsentModules
  /** Its requirements name packages of the project. */
  isInstalled: boolean
}

/** The modules of the image, as Python looks for them. */
class Modules {
  readonly #build: Build
  readonly #context: BuildContext
  readonly #reader: ProjectReader
  readonly #paths: Files
  readonly #installed: boolean
  /** An install may have told Python of another folder. */
  readonly #looksElsewhere: boolean
  readonly #modules: ImageModules
  readonly #known: Known

  constructor(build: Build, context: BuildContext, reader: ProjectReader, paths: Files, known: Known) {
    this.#build = build
    this.#known = known
    this.#context = context
    this.#reader = reader
    this.#paths = paths
    this.#modules = new ImageModules(build, reader, paths)
    this.#installed = installsModules(build) || known.isInstalled
    this.#looksElsewhere = installsItself(build) || known.isInstalled
  }

  async look(
    module: ModuleCommand,
    roots: readonly string[],
    folder: string,
    command: string,
  ): Promise<Found | undefined> {
    const {name, form, attribute, isFactory} = module
    if (form === 'path') {
      const path = posix.resolve(folder, name)
      return this.#build.has(path) === 'no' ? this.#missing(name, [name.replace(/^\.?\//, '')]) : undefined
    }
    if (form === 'script') return this.#script(posix.resolve(folder, name), roots, folder)
    const parts = name.split('.')
    const place = this.#modules.find(parts, roots, form === 'main')
    if (place === 'unknown') return undefined
    if (place !== 'missing') {
      const source = await this.#modules.source(place.entry)
      if (source === undefined) return undefined
      const {path, entry} = place
      const own = (entry as {source: string}).source
      // A package has its modules as names, once something imports them.
      const isPackage = posix.basename(path) === '__init__.py'
      const beside = attribute && isPackage && posix.join(posix.dirname(path), attribute)
      const submodule = beside && this.#modules.has(`${beside}.py`, `${beside}/__init__.py`) !== 'no'
      if (attribute && !submodule && surelyLacks(source, attribute)) {
        const proven = this.#modules.isUntouched(path)
        const factory = module.program === 'gunicorn' ? applicationFactory(source) : undefined
        const instead = applicationName(source) ?? (factory && `${factory}()`)
        return {...nothing, kind: 'attribute', name, own, proven, instead}
      }
      // gunicorn hands each request to it; workers of uvicorn see what it is.
      const calls = module.program === 'gunicorn' && !/uvicorn|config/.test(command)
      if (attribute && !isFactory && calls && makesApplication(source, attribute))
        return {...nothing, kind: 'uncalled', name, own, proven: this.#modules.isUntouched(path)}
      return this.#imports([{place, called: attribute && isFactory ? [attribute] : []}], roots)
    }
    if (form === 'attribute' && parts.length > 1) {
      // `celery -A a.b`: b may be a name in a.
      const above = this.#modules.find(parts.slice(0, -1), roots, false)
      if (above === 'unknown') return undefined
      if (above !== 'missing') {
        const source = await this.#modules.source(above.entry)
        if (source === undefined || !surelyLacks(source, parts.at(-1) as string)) return undefined
      }
    }
    const tail = parts.join('/')
    const missing = await this.#missing(name, [
      `${tail}.py`,
      ...(form === 'main' ? [`${tail}/__main__.py`] : [`${tail}/__init__.py`]),
    ])
    if (missing) return missing
    // No such file anywhere: a package around it must surely be the project's own, and be in the image.
    const inner = parts.findIndex(
      (_, index) => this.#modules.find(parts.slice(0, index + 1), roots, false) === 'missing',
    )
    if (inner < 1) return this.#nowhere(module, roots)
    const parent = this.#modules.find(parts.slice(0, inner), roots, false)
    if (typeof parent !== 'object') return undefined
    if (parent.entry.kind === 'folder') {
      // A package that is installed may have the name, too.
      if (this.#known.isForeign(parts[0] as string) || this.#modules.mayWrite) return undefined
      const found = await this.#beside(parent.path, parts.slice(0, inner + 1))
      return found ?? this.#unmade(parts, parent.path, roots)
    }
    if (parent.entry.kind !== 'file') return undefined
    const file = `${parts[inner]}.py`
    const source = await this.#modules.source(parent.entry)
    const mayStandElsewhere = source === undefined || findsElsewhere.test(source)
    // A RUN, or what comes before the deploy, may write it.
    const isMade = this.#known.isMade(posix.join(posix.dirname(parent.entry.source), file))
    return mayStandElsewhere ||
      (await isMade) ||
      !this.#modules.isUntouched(posix.join(posix.dirname(parent.path), file))
      ? undefined
      : {...nothing, kind: 'module', name: parts.slice(0, inner + 1).join('.')}
  }

  /** A module that a folder without __init__.py has not, beside others of the project. */
  async #beside(folder: string, parts: readonly string[]): Promise<Found | undefined> {
    const path = posix.join(folder, `${parts.at(-1)}.py`)
    const [sibling] = [...this.#build.final.files.files()].flatMap(([each, {source}]) =>
      posix.dirname(each) === folder && each.endsWith('.py') && this.#paths.has(source) ? [source] : [],
    )
    if (sibling === undefined || !this.#modules.isUntouched(path)) return undefined
    if (await this.#known.isMade(posix.join(posix.dirname(sibling), posix.basename(path)))) return undefined
    return {...nothing, kind: 'module', name: parts.join('.')}
  }

  /** A module of a name that nothing has; `python -m name` is mostly a program of a package. */
  async #nowhere({name, form}: ModuleCommand, roots: readonly string[]): Promise<Found | undefined> {
    const parts = name.split('.')
    if (form === 'main' && parts.length < 2) return undefined
    if (this.#modules.find(parts.slice(0, 1), roots, false) !== 'missing') return undefined
    if (this.#modules.mayWrite || !(await this.#known.absent.isAbsent(parts))) return undefined
    const own = this.#known.absent.insideOf(parts)
    const laid = own && [...this.#build.final.files.files()].find(([, {source}]) => source === own)
    if (laid) return {...nothing, kind: 'module', name, own, elsewhere: laid[0]}
    const last = parts.at(-1) as string
    const instead = await this.#application(roots, last)
    // A package may still bring it: not where the project has an application in a file that is called so.
    const proven = instead !== undefined && lastOf(instead) === last
    return {...nothing, kind: 'module', name, isNowhere: true, instead, proven}
  }

  /** A module below a folder of the project, where no file is it and nothing makes one. */
  async #unmade(parts: readonly string[], inFolder: string, roots: readonly string[]): Promise<Found | undefined> {
    if (!(await this.#known.absent.isUnmade(parts))) return undefined
    const instead = await this.#application(roots, parts.at(-1) as string)
    return {...nothing, kind: 'module', name: parts.join('.'), isNowhere: true, inFolder, instead}
  }

  /** The application of the project, as a server is told it: of several the one in a file of this name. */
  async #application(roots: readonly string[], last: string): Promise<string | undefined> {
    const found: string[] = []
    for (const [path, {source}] of this.#build.final.files.files()) {
      const root = roots.find((each) => isBelow(path, each))
      if (root === undefined || !/^\/?[\w/]+\.py$/.test(path) || /(?:^|\/)tests?[_/]/.test(path)) continue
      const name = applicationName((await this.#reader.text(source))?.text ?? '')
      // What is below src is installed, and known without that folder.
      const below = posix.relative(root, path).replace(this.#looksElsewhere ? /^src\/(?=.*\/)/ : '', '')
      if (name) found.push(`${below.replace(/\.py$/, '').replaceAll('/', '.')}:${name}`)
    }
    return found.find((each) => lastOf(each) === last) ?? found[0]
  }

  /** The first app of Django's settings, or import of a module that Django loads, that is not found. */
  async django(loaded: readonly DjangoModule[], roots: readonly string[]): Promise<Found | undefined> {
    if (this.#installed) return undefined
    const places: Called[] = []
    for (const each of loaded) {
      const {name, app} = each
      const nowhere = app ? undefined : await this.#unnamed(each, roots)
      if (nowhere) return nowhere
      const path = app && this.#placeOf(app.file.path)
      if (app && path && this.#modules.find(app.name.split('.'), roots, false) === 'missing') {
        const {name: written, file, start, end} = app
        const own = {path, own: file.path, roots}
        const problem = await this.#missingImport({name: written, names: [], relative: 0, start, end}, own)
        if (problem && !(this.#looksElsewhere && problem.elsewhere)) return problem
      }
      const place = this.#modules.find(name.split('.'), roots, false)
      if (typeof place === 'object') places.push({place, called: []})
    }
    return this.#imports(places, roots)
  }

  /** What the settings, or a variable, name and that is nowhere: the settings themselves, and the addresses. */
  async #unnamed({name, named}: DjangoModule, roots: readonly string[]): Promise<Found | undefined> {
    const parts = name.split('.')
    if (this.#modules.find(parts, roots, false) !== 'missing' || this.#modules.mayWrite) return undefined
    const {absent} = this.#known
    const isOwn = this.#modules.find(parts.slice(0, 1), roots, false) !== 'missing'
    if (!(isOwn ? await absent.isUnmade(parts) : await absent.isAbsent(parts))) return undefined
    const at = named?.file.span(named.start, named.end)
    // Where a file names it, a secret may name another one.
    return {...nothing, kind: 'import', name, isNowhere: true, at, proven: isOwn && named === undefined}
  }

  /** The first import of a script that is not found beside it. That there is no such script is told elsewhere. */
  async #script(path: string, roots: readonly string[], folder: string): Promise<Found | undefined> {
    const entry = this.#build.final.files.get(path)
    const source = await this.#modules.source(entry)
    if (source === undefined || entry?.kind !== 'file') return undefined
    // Where it runs is where one would think that it looks.
    return this.#imports([{place: {path, entry}, called: []}], roots, folder)
  }

  /** A file of the repository that is the module: nothing is said of other people's. */
  async #missing(name: string, tails: readonly string[]): Promise<Found | undefined> {
    if (this.#installed) return undefined
    const candidates = this.#paths.named(...tails)
    const own = candidates.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0]
    if (own === undefined) return undefined
    const leftOut = this.#context.leftOut(`/${own}`)
    const elsewhere = this.#placeOf(own)
    return elsewhere && this.#looksElsewhere ? undefined : {...nothing, kind: 'module', name, own, leftOut, elsewhere}
  }

  /**
   * The first import of the project's own code that Python does not find: at the top level of the module, or of one
   * that it imports, or in a function that is called there (`app = create_app()`). `beside`: the folder where a script
   * runs, which is not the one where Python looks.
   */
  async #imports(starts: readonly Called[], roots: readonly string[], beside?: string): Promise<Found | undefined> {
    if (this.#installed) return undefined
    const seen = new Map<string, ReadonlySet<string>>()
    const next = [...starts]
    for (let each = next.shift(); each && seen.size < mostModules; each = next.shift()) {
      const {place, called} = each
      const before = seen.get(place.path)
      if (before && called.every((name) => before.has(name))) continue
      const source = await this.#modules.source(place.entry)
      const own = place.entry.kind === 'file' ? place.entry.source : undefined
      const functions = new Set([...(before ?? []), ...called, ...(source === undefined ? [] : calledAtOnce(source))])
      seen.set(place.path, functions)
      if (source === undefined || own === undefined) continue
      // Wherever it looks then, it does not find what is nowhere in the image.
      const mayLookElsewhere = this.#looksElsewhere || addsToPath.test(source)
      for (const each of topLevelImports(source, functions)) {
        const folders = each.relative > 0 ? [above(place.path, each.relative)] : roots
        const parts = each.name.split('.').filter(Boolean)
        const found = parts.length > 0 ? this.#modules.find(parts, folders, false) : undefined
        if (found === 'missing') {
          const problem = await this.#missingImport(each, {path: place.path, own, roots}, beside)
          if (problem && !(mayLookElsewhere && problem.elsewhere)) return problem
        }
        const wanted = each.names.filter((name) => functions.has(name))
        if (typeof found === 'object') next.push({place: found, called: wanted})
        // `from a import b`: b may be a module of the package a.
        for (const name of each.names) {
          const inside = this.#modules.find([...parts, name], folders, false)
          if (typeof inside === 'object') next.push({place: inside, called: []})
        }
      }
    }
    return undefined
  }

  async #missingImport(
    {name, relative, start, end}: Import,
    {path, own, roots}: {path: string; own: string; roots: readonly string[]},
    beside?: string,
  ): Promise<Found | undefined> {
    const parts = name.split('.')
    const isRun = beside !== undefined && this.#modules.find(parts, [beside], false) !== 'missing'
    // Of one word it is the project's own where the project has it in the folder from which its modules are found.
    const isKnown = parts.length > 1 || isRun
    if (relative === 0 && !isKnown && this.#known.isForeign(name)) return undefined
    const folders =
      relative > 0
        ? [above(own, relative)]
        : [...(isKnown ? [''] : []), ...roots.flatMap((root) => sourceOf(path, own, root) ?? [])]
    for (const folder of folders) {
      const tail = posix.join(folder, ...parts)
      const file = [`${tail}/__init__.py`, `${tail}.py`].find((each) => this.#paths.has(each))
      if (file === undefined) continue
      const leftOut = this.#context.leftOut(`/${file}`)
      const at = (await this.#reader.text(own))?.span(start, end)
      const written = '.'.repeat(relative) + name
      const beside = this.#broughtFrom(posix.normalize(folder), own)
      return {...nothing, kind: 'import', name: written, own: file, leftOut, elsewhere: this.#placeOf(file), at, beside}
    }
    // The folder that is built is the package, and COPY lays down what is in it: `from backend.app import …`.
    const {absent} = this.#known
    const inside = relative === 0 && parts[0] === absent.ownFolder ? absent.insideOf(parts) : undefined
    const elsewhere = inside && this.#placeOf(inside)
    if (!inside || !elsewhere || this.#modules.mayWrite || !(await absent.isAbsent(parts))) return undefined
    const at = (await this.#reader.text(own))?.span(start, end)
    return {...nothing, kind: 'import', name, own: inside, elsewhere, at, proven: true}
  }

  /** The last instruction that brings a file out of this folder of the context; else the one that brings the importer. */
  #broughtFrom(folder: string, importer: string): FileLocation | undefined {
    const files = [...this.#build.final.files.files()].map(([, entry]) => entry)
    return (
      files.findLast(({source}) => posix.dirname(source) === folder) ?? files.find(({source}) => source === importer)
    )?.at
  }

  #placeOf(own: string): string | undefined {
    for (const [path, entry] of this.#build.final.files.files()) if (entry.source === own) return path
    return undefined
  }
}

/** `wsgi` of `shop.wsgi:application`. */
const lastOf = (application: string): string | undefined => application.split(':')[0]?.split('.').at(-1)

/** A module, with the functions of it that surely run once it is imported. */
interface Called {
  place: Place
  called: readonly string[]
}

/** The folder that so many dots before a name mean, in the module at a path. */
const above = (path: string, dots: number): string => posix.join(posix.dirname(path), ...Array(dots - 1).fill('..'))

/** The folder of the repository that a root of the image is made from, by a module that lies below it; '' or with its `/`. */
function sourceOf(path: string, own: string, root: string): string | undefined {
  const below = posix.relative(root, path)
  return own === below ? '' : own.endsWith(`/${below}`) ? own.slice(0, -below.length) : undefined
}

/** What one program imports of a project, at most. */
const mostModules = 300

const nothing = {
  ...{own: undefined, leftOut: false, elsewhere: undefined, at: undefined, beside: undefined},
  ...{instead: undefined, proven: false},
}
