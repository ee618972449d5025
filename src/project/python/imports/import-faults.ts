import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {ignoredPaths} from '../../git/git.ts'
import {mayWritePython} from '../../image/shell/quiet-run.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {installsItself, type ModuleStart, moduleStarts} from '../commands/module-starts.ts'
import {djangoStart} from '../django/django-start.ts'
import {requiresOwn} from '../packages/own-requirements.ts'
import {normalizeName} from '../packages/pep508.ts'
import {foreignModules} from './foreign-modules.ts'
import {ImageModules} from './image-modules.ts'
import {type FailedImport, ImportRun} from './import-run.ts'
import {moduleFile} from './modules.ts'

/** An import of the project's own code that ends a command of the machines. */
export interface ImportFault extends FailedImport {
  command: StartedCommand
  /** Of `top` and `member`: the file of the project that is called so, in another folder, or not in the image. */
  elsewhere: string | undefined
  /** Django loads the module that fails, after what the command starts. */
  byDjango: boolean
  /** The import in a `try` that leads there, and goes on without the module. */
  tried: FileLocation | undefined
}

const isMissing = ({kind}: FailedImport): boolean => /^(?:module|top|member)$/.test(kind)

/** A virtual environment that is in git holds the packages of others. */
const isOwn = (path: string): boolean => !path.includes('site-packages/')

/** Modules that tools write: protoc, setuptools-scm, and whatever calls itself so. */
export const generated = /_pb2(?:_grpc)?$|^_?version$|^_version|generated/

export async function loadImportFaults(inputs: Inputs, facts: FactStore): Promise<Fact<ImportFault[]>> {
  const starts = await moduleStarts(inputs, facts)
  if (starts.state !== 'ok') return starts
  const [[build, paths, processes], python, flyConfig] = await Promise.all([
    facts.needAll('build', 'files', 'processes'),
    facts.value('python'),
    facts.value('flyConfig'),
  ])
  const {reader} = inputs
  const env = flyConfig?.config.env ?? {}
  const modules = new ImageModules(build, reader, paths)
  const isOthers = foreignModules(python)

  const found: ImportFault[] = []
  for (const start of starts.value) {
    const {command, roots, module} = start
    // flask looks for the package around the module, and for the folder above it.
    const counts = async (failed: FailedImport) =>
      !(module.program === 'flask' && /^(?:parent|top)$/.test(failed.kind)) && isLikely(failed)
    const imports = new ImportRun(modules, reader, {roots, isOthers, counts})
    const own = await run(start, imports)
    const sure = own ?? (await ofDjango(start, imports))
    const tried = sure ? undefined : await imports.tried()
    const failed = sure ?? tried?.failed
    if (!failed || found.some(({at}) => at.file === failed.at.file && at.line === failed.at.line)) continue
    const proven =
      failed.proven && !(isMissing(failed) && (modules.mayWrite || paths.has('.gitmodules') || isPrepared(start)))
    found.push({...failed, proven, command, elsewhere: elsewhereOf(failed), byDjango: !own && !tried, tried: tried?.at})
  }
  return known(found)

  /** Whether what starts before it may write a module. */
  function isPrepared({command}: ModuleStart): boolean {
    const before = processes.commands.slice(0, processes.commands.indexOf(command))
    return before.some(({by, text}) => by === command.by && mayWritePython(text))
  }

  function elsewhereOf({kind, module, parts, name, target, at}: FailedImport): string | undefined {
    if (kind === 'top') return fileOf(parts)
    // `.dockerignore` left it out, or no COPY brings it.
    const [, dots = '', own = ''] = /^(\.{1,20})(\w[\w.]{0,500})$/.exec(module) ?? []
    if (kind === 'module' && dots) return moduleFile(paths, at.file, own, dots.length)
    const base = posix.join(posix.dirname(target), name)
    return kind === 'member' ? [`${base}/__init__.py`, `${base}.py`].find((path) => paths.has(path)) : undefined
  }

  function fileOf(parts: readonly string[]): string | undefined {
    const forms = [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`]
    return paths.named(...forms).find(isOwn)
  }

  async function run({module, folder, roots}: ModuleStart, imports: ImportRun): Promise<FailedImport | undefined> {
    const parts = module.name.split('.')
    if (module.form === 'module') {
      const failed = await imports.module(parts)
      return failed ?? (module.isFactory && module.attribute ? imports.call(parts, module.attribute) : undefined)
    }
    if (module.form === 'path') return undefined
    if (module.form === 'script') {
      const path = posix.resolve(folder, module.name)
      const entry = build.final.files.get(path)
      return entry && imports.load({path, entry}, ['__main__'])
    }
    const whole = modules.find(parts, roots, module.form === 'main')
    // `celery -A a.b`: b may be a name in a.
    if (module.form === 'attribute') return imports.module(typeof whole === 'object' ? parts : parts.slice(0, -1))
    // A package has a __main__; a module runs under that name in the place of its own.
    const isPackage = typeof whole === 'object' && whole.path.endsWith('/__main__.py')
    const around = isPackage ? parts : parts.slice(0, -1)
    const above = await imports.module(around)
    return above ?? (typeof whole === 'object' ? imports.load(whole, [...around, '__main__']) : undefined)
  }

  /** Nothing of it is proven: the settings may still change what is loaded, and in which order, so that no circle counts. */
  async function ofDjango(start: ModuleStart, imports: ImportRun): Promise<FailedImport | undefined> {
    for (const {name} of await djangoStart(start, {build, modules, processes, env, paths, reader})) {
      const failed = await imports.module(name.split('.'))
      if (failed) return /^(?:circular|parent|root)$/.test(failed.kind) ? undefined : {...failed, proven: false}
    }
    return undefined
  }

  /** A package that another one brings along, which may be called as a folder of the project. */
  async function isLocked(top: string): Promise<boolean> {
    const locks = paths.named('uv.lock', 'poetry.lock', 'pdm.lock')
    const texts = await Promise.all(locks.map((path) => reader.text(path)))
    return texts.some((file) => file?.text.includes(`name = "${normalizeName(top)}"`))
  }

  /** Nothing makes the module that is missed, and of one word nothing else is called so. */
  async function isLikely(failed: FailedImport): Promise<boolean> {
    const {kind, parts} = failed
    if (!isMissing(failed)) return true
    const [top = '', ...rest] = parts
    // Of one that the project has it is told why the image has not.
    if (kind === 'module' && fileOf(parts)) return false
    if (generated.test(parts.at(-1) as string)) return false
    // `from base import Rule` in a package, as if its own folder were one of those in which Python looks.
    const isBeside = rest.length === 0 && paths.has(posix.join(posix.dirname(failed.at.file), `${top}.py`))
    if (kind === 'top' && isBeside) return !installsItself(build) && !(await isLocked(top))
    if (kind === 'top') {
      const named = paths.ending('.py').some((path) => path.includes(`/${top}/`) && isOwn(path))
      // One that is there where Python would look from the root is told of as missing in the image.
      const told = fileOf(parts)?.startsWith(`${top}/`)
      if (installsItself(build) || told || !named || rest.length === 0) return false
      if ((await isLocked(top)) || (await requiresOwn(reader, paths))) return false
    }
    const tail = parts.join('/')
    return (await ignoredPaths(reader.root, [`${tail}.py`, `${tail}/__init__.py`])).size === 0
  }
}
