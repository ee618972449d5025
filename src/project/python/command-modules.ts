import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import type {BuildContext} from '../build-context.ts'
import type {Build} from '../image/build.ts'
import type {Entry} from '../image/file-tree.ts'
import {isQuiet} from '../image/quiet-run.ts'
import type {Inputs} from '../inputs.ts'
import type {StartedCommand} from '../processes.ts'
import type {ProjectReader} from '../reader.ts'
import {type ModuleCommand, moduleCommand} from './module-command.ts'
import {applicationName, surelyLacks} from './module-names.ts'
import {type Import, topLevelImports} from './started-modules.ts'

/** Something that Python does not find when a command starts its module. */
export interface ModuleProblem {
  command: StartedCommand
  module: ModuleCommand
  kind: 'module' | 'attribute' | 'import'
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
  /** The name that the module has in the place of the one asked for. */
  instead: string | undefined
  /** Nothing in the build can have changed what was read. */
  proven: boolean
}

/** RUNs that put the project's own packages where Python looks for all others. */
export const installsProject =
  /\b(?:pip[\d.]*|uv pip)\s+install\b[^;&|\n]*\s(?:-e\b|--editable|["']?\.{1,2}["']?(?:\s|$|\[|\/)|["']?\/|["']?file:|\S+\/["']?(?:\s|$)|\S*\.whl)|\buv\s+sync\b(?![^;&|\n]*--no-install-(?:project|workspace))|\bpoetry\s+install\b(?![^;&|\n]*--no-root)|\bpdm\s+(?:install|sync)\b|\bsetup\.py\b|\bhatch\b|\brye\s+sync\b|\.pth\b/

export async function loadCommandModules({reader}: Inputs, facts: FactStore): Promise<Fact<ModuleProblem[]>> {
  const [build, processes, files, context, flyConfig] = await Promise.all([
    facts.get('build'),
    facts.get('processes'),
    facts.get('files'),
    facts.get('buildContext'),
    facts.value('flyConfig'),
  ])
  if (build.state !== 'ok') return build
  if (processes.state !== 'ok') return processes
  if (files.state !== 'ok') return files
  if (context.state !== 'ok') return context
  const {config, stage} = build.value.final
  const places = new Set([stage.at.file, flyConfig?.file])
  const {mounts = [], files: copied = [], env = {}} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination = ''}) => destination), ...copied.map(({guest_path: path = ''}) => path)]
  const pythonPath = `${env.PYTHONPATH ?? config.env.get('PYTHONPATH') ?? ''}`
  const image = new Modules(build.value, context.value, reader, files.value.paths)
  const {commands} = processes.value
  // An entrypoint that is not read, or one that goes elsewhere, decides in which folder all commands start.
  const moves = commands.some(({by, text}) => /entrypoint/i.test(by) && /^(cd|pushd)\s/.test(text))
  const script = config.entrypoint?.some((word) => /\.\w*sh$|entrypoint/.test(word))
  const isRead = commands.some(({by, at}) => /entrypoint/i.test(by) && !places.has(at.file))
  const isKnown = !moves && (!script || isRead) && config.workingDir !== '' && !processes.value.mayAssign('PYTHONPATH')
  if (!isKnown) return known([])
  if (config.env.has('GUNICORN_CMD_ARGS') || 'GUNICORN_CMD_ARGS' in env) return known([])

  const found: ModuleProblem[] = []
  for (const command of commands) {
    if (!command.certain || !places.has(command.at.file) || command.text.includes('?')) continue
    const module = moduleCommand(command.text.split(' '))
    const folder = module && folderOf(command)
    if (!module || folder === undefined) continue
    const first = module.form === 'script' ? posix.dirname(module.name) : ''
    const looked = [...module.folders, first, ...pythonPath.split(':').filter(Boolean)]
    const roots = [...new Set(looked.map((each) => posix.resolve(folder, each)))]
    if (roots.some((root) => covered.some((path) => path && overlap(root, path)))) continue
    if (await image.mayReconfigure(module, folder)) continue
    const problem = await image.look(module, roots, folder)
    if (problem) found.push({command, module, roots, ...problem})
  }
  return found.length > 0 || commands.some(({text}) => moduleCommand(text.split(' ')))
    ? known(found)
    : absent('no command names a Python module')

  /** Where a command runs: below WORKDIR, when a shell went there before. */
  function folderOf({by, at}: StartedCommand): string | undefined {
    let folder: string | undefined = config.workingDir
    for (const each of commands) {
      if (each.by !== by || each.at.file !== at.file || !/^(cd|pushd)\b/.test(each.text)) continue
      const target = each.certain ? /^cd (\S+)$/.exec(each.text)?.[1] : undefined
      folder = target === undefined || folder === undefined ? undefined : posix.resolve(folder, target)
    }
    return folder
  }
}

/** A module in the image. */
interface Place {
  path: string
  entry: Entry
}

type Found = Omit<ModuleProblem, 'command' | 'module' | 'roots'>

/** The modules of the image, as Python looks for them. */
class Modules {
  readonly #build: Build
  readonly #context: BuildContext
  readonly #reader: ProjectReader
  readonly #paths: readonly string[]
  readonly #installed: boolean

  constructor(build: Build, context: BuildContext, reader: ProjectReader, paths: readonly string[]) {
    this.#build = build
    this.#context = context
    this.#reader = reader
    this.#paths = paths
    const runs = build.stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
    this.#installed = runs.some(({text}) => installsProject.test(text))
  }

  /** gunicorn reads `gunicorn.conf.py` of its folder, or what `-c` names: it may set the folder and the path. */
  async mayReconfigure({program, config}: ModuleCommand, folder: string): Promise<boolean> {
    if (program !== 'gunicorn') return false
    const path = posix.resolve(folder, config?.replace(/^file:/, '') ?? 'gunicorn.conf.py')
    if (!config && this.#build.has(path) === 'no') return false
    const source = await this.#source(this.#build.final.files.get(path))
    return source === undefined || /\b(?:chdir|pythonpath|wsgi_app|sys\.path|exec)\b/.test(source)
  }

  async look(module: ModuleCommand, roots: readonly string[], folder: string): Promise<Found | undefined> {
    const {name, form, attribute} = module
    if (form === 'path') {
      const path = posix.resolve(folder, name)
      return this.#build.has(path) === 'no' ? this.#missing(name, [name.replace(/^\.?\//, '')]) : undefined
    }
    if (form === 'script') return this.#script(posix.resolve(folder, name), roots, folder)
    const parts = name.split('.')
    const place = this.#find(parts, roots, form === 'main')
    if (place === 'unknown') return undefined
    if (place !== 'missing') {
      const source = await this.#source(place.entry)
      if (source === undefined) return undefined
      const {path, entry} = place
      const own = (entry as {source: string}).source
      const beside = attribute && posix.join(posix.dirname(path), attribute)
      const submodule = beside && this.#has(`${beside}.py`, `${beside}/__init__.py`) !== 'no'
      if (attribute && !submodule && surelyLacks(source, attribute)) {
        const proven = this.#isUntouched(path)
        return {...nothing, kind: 'attribute', name, own, proven, instead: applicationName(source)}
      }
      return this.#imports(place, roots)
    }
    if (form === 'attribute') {
      // `celery -A a.b`: b may be a name in a.
      const above = this.#find(parts.slice(0, -1), roots, false)
      if (above === 'unknown') return undefined
      if (above !== 'missing') {
        const source = await this.#source(above.entry)
        if (source === undefined || !surelyLacks(source, parts.at(-1) as string)) return undefined
      }
    }
    const tail = parts.join('/')
    const missing = await this.#missing(name, [
      `${tail}.py`,
      ...(form === 'main' ? [`${tail}/__main__.py`] : [`${tail}/__init__.py`]),
    ])
    if (missing || form === 'main' || parts.length < 2) return missing
    // No such file anywhere: its package must surely be the project's own, and be in the image.
    const parent = this.#find(parts.slice(0, -1), roots, false)
    return typeof parent === 'object' && parent.entry.kind === 'file' ? {...nothing, kind: 'module', name} : undefined
  }

  /** The first import of a script that is not found beside it. That there is no such script is told elsewhere. */
  async #script(path: string, roots: readonly string[], folder: string): Promise<Found | undefined> {
    const entry = this.#build.final.files.get(path)
    const source = await this.#source(entry)
    if (source === undefined || entry?.kind !== 'file' || addsToPath.test(source)) return undefined
    // Where it runs is where one would think that it looks.
    return this.#imports({path, entry}, roots, folder)
  }

  /** A file of the repository that is the module: nothing is said of other people's. */
  async #missing(name: string, tails: readonly string[]): Promise<Found | undefined> {
    if (this.#installed) return undefined
    const candidates = this.#paths.filter((path) => tails.some((tail) => path === tail || path.endsWith(`/${tail}`)))
    const own = candidates.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0]
    if (own === undefined) return undefined
    const leftOut = await this.#context.leftOut(`/${own}`)
    return {...nothing, kind: 'module', name, own, leftOut, elsewhere: this.#placeOf(own)}
  }

  /**
   * The first import of the project's own code that Python does not find: at the top level of the module, or of one
   * that it imports. `beside`: the folder where a script runs, which is not the one where Python looks.
   */
  async #imports(start: Place, roots: readonly string[], beside?: string): Promise<Found | undefined> {
    if (this.#installed) return undefined
    const seen = new Set<string>()
    const next = [start]
    for (let place = next.shift(); place && seen.size < mostModules; place = next.shift()) {
      if (seen.has(place.path)) continue
      seen.add(place.path)
      const source = await this.#source(place.entry)
      const own = place.entry.kind === 'file' ? place.entry.source : undefined
      if (source === undefined || own === undefined || addsToPath.test(source)) continue
      for (const each of topLevelImports(source)) {
        const folders = each.relative > 0 ? [above(place.path, each.relative)] : roots
        const parts = each.name.split('.').filter(Boolean)
        const found = parts.length > 0 ? this.#find(parts, folders, false) : undefined
        if (found === 'missing') {
          const problem = await this.#missingImport(each, own, beside)
          if (problem) return problem
        }
        if (typeof found === 'object') next.push(found)
        // `from a import b`: b may be a module of the package a.
        for (const name of each.names) {
          const inside = this.#find([...parts, name], folders, false)
          if (typeof inside === 'object') next.push(inside)
        }
      }
    }
    return undefined
  }

  async #missingImport({name, relative, start, end}: Import, own: string, beside?: string): Promise<Found | undefined> {
    const parts = name.split('.')
    // Of one word nobody can tell whether it is the project's own or a package's, unless it stands where the script runs.
    const isOwn = relative > 0 || (beside !== undefined && this.#find(parts, [beside], false) !== 'missing')
    if (parts.length < 2 && !isOwn) return undefined
    const tail = posix.join(relative > 0 ? above(own, relative) : '', ...parts)
    const path = [`${tail}.py`, `${tail}/__init__.py`].find((each) => this.#paths.includes(each))
    if (!path) return undefined
    const leftOut = await this.#context.leftOut(`/${path}`)
    const at = (await this.#reader.text(own))?.span(start, end)
    const written = '.'.repeat(relative) + name
    return {...nothing, kind: 'import', name: written, own: path, leftOut, elsewhere: this.#placeOf(path), at}
  }

  /** Where Python finds a module; `missing` only where no folder of its path can have it. */
  #find(parts: readonly string[], roots: readonly string[], main: boolean): Place | 'missing' | 'unknown' {
    const [top = ''] = parts
    let namespace = false
    for (const root of roots) {
      const first = posix.join(root, top)
      const regular = this.#has(`${first}.py`, `${first}/__init__.py`)
      if (regular === 'maybe') return 'unknown'
      const folder = this.#build.final.files.get(first)?.kind === 'folder'
      if (regular === 'no' && !folder) {
        if (this.#build.has(first) === 'maybe' && this.#has(`${posix.join(root, ...parts)}.py`) !== 'no')
          return 'unknown'
        continue
      }
      const full = posix.join(root, ...parts)
      const forms = main ? [`${full}.py`, `${full}/__main__.py`] : [`${full}/__init__.py`, `${full}.py`]
      for (const path of forms) {
        const entry = this.#build.final.files.get(path)
        if (entry) return {path, entry}
        if (this.#build.has(path) === 'maybe') return 'unknown'
      }
      const asFolder = this.#build.final.files.get(full)
      // A package without __init__.py, or a compiled module.
      if (!main && asFolder?.kind === 'folder') return {path: full, entry: asFolder}
      const around = this.#build.final.files.get(posix.dirname(full))
      const last = parts.at(-1)
      if (around?.kind === 'folder' && [...around.entries.keys()].some((each) => each.startsWith(`${last}.`)))
        return 'unknown'
      if (regular === 'yes') return 'missing'
      // Folders of one name on several paths are one package.
      namespace = true
    }
    return namespace && main ? 'unknown' : 'missing'
  }

  #has(...paths: string[]): 'yes' | 'maybe' | 'no' {
    const answers = paths.map((path) => this.#build.has(path))
    return answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no'
  }

  #placeOf(own: string): string | undefined {
    for (const [path, entry] of this.#build.final.files.files()) if (entry.source === own) return path
    return undefined
  }

  #isUntouched(file: string): boolean {
    return this.#build.stages.every(({unknown}) =>
      unknown.every(({by, path, text}) => by === 'base' || (text === undefined ? !overlap(path, file) : isQuiet(text))),
    )
  }

  /** The text of a file that the image has as the context has it: no RUN that makes more than it names speaks of it. */
  async #source(entry: Entry | undefined): Promise<string | undefined> {
    if (entry?.kind !== 'file' || !this.#paths.includes(entry.source)) return undefined
    const name = posix.basename(entry.source)
    const changed = this.#build.stages.some(({unknown}) =>
      unknown.some(({by, text = ''}) => by === 'run' && text.includes(name)),
    )
    return changed ? undefined : (await this.#reader.text(entry.source))?.text
  }
}

/** What a script does to find modules elsewhere. */
const addsToPath = /\bsys\.path\b|\baddsitedir\b|\brunpy\b/

/** The folder that so many dots before a name mean, in the module at a path. */
const above = (path: string, dots: number): string => posix.join(posix.dirname(path), ...Array(dots - 1).fill('..'))

/** What one program imports of a project, at most. */
const mostModules = 300

const overlap = (a: string, b: string) => `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`)

const nothing = {own: undefined, leftOut: false, elsewhere: undefined, at: undefined, instead: undefined, proven: false}
