import {posix} from 'node:path'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {mountsOf} from '../../dockerfile/parse.ts'
import type {Build} from '../../image/build.ts'
import {isBelow, overlaps} from '../../image/files/image-path.ts'
import {bringsUnnamed} from '../../image/may-hold.ts'
import type {Inputs} from '../../inputs.ts'
import {isKnown} from '../../processes/listening-words.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {ImageModules} from '../imports/image-modules.ts'
import {type FlaskApp, type ModuleCommand, moduleCommand} from './module-command.ts'

/** A Python module that a machine surely starts. */
export interface ModuleStart {
  command: StartedCommand
  module: ModuleCommand
  /** Folders of the image in which Python looks, before those of installed packages. */
  roots: readonly string[]
  /** Where the command runs. */
  folder: string
}

/** RUNs that put the project's own packages where Python looks for all others. */
const installsProject =
  /\b(?:pip[\d.]*|uv pip)\s+install\b[^;&|\n]{0,2000}\s(?:-e\b|--editable|["']?\.{1,2}["']?(?:\s|$|\[|\/)|["']?\/|["']?file:|["']?\$|\S+\/["']?(?:\s|$)|\S*\.whl|--no-index\b|(?:--find-links|-f)[=\s](?!https?:))|\buv\s+sync\b(?![^;&|\n]{0,500}--no-install-(?:project|workspace))|\bpoetry\s+install\b(?![^;&|\n]{0,500}--no-root)|\bpdm\s+(?:install|sync)\b|\bsetup\.py\b|\bhatch\b|\brye\s+sync\b|\.pth\b/

/** `-r /tmp/requirements.txt`: a list, wherever it lies, and no package. */
const lists = /\s(?:-r|--requirements?|-c|--constraints?)(?:\s{1,20}|=)?["']?[^\s;&|]{1,300}/g

/** Whether a RUN does so, on however many lines. */
export const installsOwn = (run: string): boolean =>
  installsProject.test(run.replace(/\\\r?\n/g, ' ').replace(lists, ''))

/** Whether the project is installed, so that Python finds its packages where it looks for all others. */
export const installsItself = ({stages}: Build): boolean =>
  stages.some(({stage}) => stage.instructions.some(({keyword, text}) => keyword === 'RUN' && installsOwn(text)))

/**
 * Whether such a RUN has modules to install: before the COPY of the code, for the sake of the cache, it has package files
 * alone, and may only tell Python of a folder to look in.
 */
export const installsModules = ({stages}: Build): boolean =>
  stages.some(({moments}) =>
    moments.some(({instruction, files, unknown}) => {
      if (!installsOwn(instruction.text)) return false
      if (mountsOf(instruction).length > 0 || unknown.some(({by}) => by === 'copy')) return true
      for (const [path] of files.files()) if (path.endsWith('.py') && posix.basename(path) !== 'setup.py') return true
      return false
    }),
  )

export async function moduleStarts({reader}: Inputs, facts: FactStore): Promise<Fact<ModuleStart[]>> {
  const [[build, processes, files], flyConfig] = await Promise.all([
    facts.needAll('build', 'processes', 'files'),
    facts.value('flyConfig'),
  ])
  const {config, stage} = build.final
  const places = new Set([stage.at.file, flyConfig?.file])
  const {mounts = [], files: copied = [], env = {}} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination = ''}) => destination), ...copied.map(({guest_path: path = ''}) => path)]
  const pythonPath = `${env.PYTHONPATH ?? config.env.get('PYTHONPATH') ?? ''}`
  const modules = new ImageModules(build, reader, files)
  const {commands} = processes
  // An entrypoint that is not read, or one that goes elsewhere, decides in which folder all commands start.
  const moves = commands.some(({by, text}) => /entrypoint/i.test(by) && /^(cd|pushd)\s/.test(text))
  const script = config.entrypoint?.some((word) => /\.\w*sh$|entrypoint/.test(word))
  const isRead = commands.some(({by, at}) => /entrypoint/i.test(by) && !places.has(at.file))
  const isFollowed = !moves && (!script || isRead) && config.workingDir !== '' && !processes.mayAssign('PYTHONPATH')
  if (!isFollowed) return known([])
  if (config.env.has('GUNICORN_CMD_ARGS') || 'GUNICORN_CMD_ARGS' in env) return known([])

  const found: ModuleStart[] = []
  for (const [index, command] of commands.entries()) {
    const isStarted = command.supervised || (command.certain && (places.has(command.at.file) || inScript(command)))
    if (!isStarted || !isKnown(command.text)) continue
    const module = moduleCommand(command.text.split(' '), flaskApp(command))
    const around = module && folderOf(command)
    if (!module || around === undefined) continue
    const folder = posix.resolve(around, module.runsIn ?? '')
    // What runs before it may bring the module.
    if (commands.slice(0, index).some(({by, text}) => by === command.by && bringsUnnamed(text))) continue
    const first = module.form === 'script' ? posix.dirname(module.name) : ''
    const looked = [...module.folders, first, ...pythonPath.split(':').filter(Boolean)]
    const roots = [...new Set(looked.map((each) => posix.resolve(folder, each)))]
    if (module.form !== 'script' && module.form !== 'path')
      roots.push(...(await sourceRoots(module.name, roots, modules, build)))
    if (roots.some((root) => covered.some((path) => path && mayHoldModules(path, root)))) continue
    if (await mayReconfigure(module, folder, build, modules)) continue
    found.push({command, module, roots, folder})
  }
  return found.length > 0 ||
    commands.some(({text}) => moduleCommand(text.split(' '), {named: undefined, guessed: 'app'}))
    ? known(found)
    : absent('no command names a Python module')

  /** What flask starts without an option: undefined where something that is not seen may tell it. */
  function flaskApp(command: StartedCommand): FlaskApp | undefined {
    if (!/\bflask\b/.test(command.text) || processes.mayAssign('FLASK_APP')) return undefined
    const named = env.FLASK_APP ?? config.env.get('FLASK_APP')
    // With python-dotenv it reads them, and they may name the app.
    if (named === undefined && files.named('.flaskenv', '.env').length > 0) return undefined
    const folder = folderOf(command)
    if (folder === undefined) return undefined
    const guessed = modules.has(`${folder}/wsgi.py`, `${folder}/wsgi/__init__.py`) === 'no' ? 'app' : 'wsgi'
    return {named: named === undefined ? undefined : `${named}`, guessed}
  }

  /** Whether modules are looked for in what is laid there: all of them, a file, or a folder where the project has some. */
  function mayHoldModules(path: string, root: string): boolean {
    if (!overlaps(root, path)) return false
    if (isBelow(root, path) || path.endsWith('.py')) return true
    const inside = `${posix.relative(root, path)}/`
    return files.ending('.py').some((each) => `/${each}`.includes(`/${inside}`))
  }

  function inScript({by, at}: StartedCommand): boolean {
    return processes.read.scripts.some((each) => each.by === by && each.file.path === at.file)
  }

  /** Where a command runs: below WORKDIR, when a shell went there before; and a script where it is started. */
  function folderOf(command: StartedCommand): string | undefined {
    const {by, at} = command
    const isOfScript = !places.has(at.file) && inScript(command)
    let folder: string | undefined = config.workingDir
    for (const each of commands) {
      if (isOfScript && each === command) break
      if (each.by !== by || !/^(cd|pushd)\b/.test(each.text)) continue
      const counts = each.at.file === at.file || (isOfScript && places.has(each.at.file))
      // Which of two scripts starts the other is not told.
      if (!counts && isOfScript) return undefined
      if (!counts) continue
      const target = each.certain ? /^cd ([\w./][\w./-]*)$/.exec(each.text)?.[1] : undefined
      folder = target === undefined || folder === undefined ? undefined : posix.resolve(folder, target)
    }
    return folder
  }
}

const projectFiles = ['pyproject.toml', 'setup.py', 'setup.cfg']

/**
 * What of a project makes modules as it is installed, or takes them from another folder than `src`: extensions, hooks, a
 * program of its own, and backends that compile.
 */
const makesModules =
  /ext[-_]modules|cythonize|\bcmdclass\b|\bhooks?\b|\bopen\(|\bsubprocess\b|(?:build-backend|requires)[^\n]{0,200}\b(?:maturin|scikit|meson|mypyc|[Cc]ython|rust|cffi|pybind)|(?:package[-_]dir|module-root|where)\b(?![^\n]{0,100}\n?[^\n]{0,100}\bsrc\b)|^\s{0,9}(?:build|script)\s{0,9}=\s{0,9}["'][^"'\n]{0,100}\.py/m

/**
 * The `src` of a project that the build installs, where nothing else has the package: an install as a link tells Python of
 * that folder, and any other copies what lies there (packaging.python.org, "src layout").
 */
async function sourceRoots(
  module: string,
  roots: readonly string[],
  modules: ImageModules,
  build: Build,
): Promise<string[]> {
  const [top = ''] = module.split('.')
  if (!installsItself(build) || modules.mayWrite || modules.find([top], roots, false) !== 'missing') return []
  const end = `/src/${top}/__init__.py`
  const found: string[] = []
  for (const [path] of build.final.files.files()) {
    if (!path.endsWith(end) || path.includes('/site-packages/')) continue
    const folder = path.slice(0, -end.length)
    // An environment of another stage leads to the folder that the project has there.
    const manifests = build.stages.flatMap(({files}) =>
      projectFiles.flatMap((name) => files.get(`${folder}/${name}`) ?? []),
    )
    const texts = await Promise.all(manifests.map((entry) => modules.source(entry)))
    if (texts.some((text) => text === undefined || makesModules.test(text))) return []
    if (manifests.length > 0) found.push(`${folder}/src`)
  }
  return found.length === 1 ? found : []
}

/** gunicorn reads `gunicorn.conf.py` of its folder, or what `-c` names: it may set the folder and the path. */
async function mayReconfigure(
  {program, config}: ModuleCommand,
  folder: string,
  build: Build,
  modules: ImageModules,
): Promise<boolean> {
  if (program !== 'gunicorn') return false
  const path = posix.resolve(folder, config?.replace(/^file:/, '') ?? 'gunicorn.conf.py')
  if (!config && build.has(path) === 'no') return false
  const source = await modules.source(build.final.files.get(path))
  return source === undefined || /\b(?:chdir|pythonpath|wsgi_app|sys\.path|exec)\b/.test(source)
}
