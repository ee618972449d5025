import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import {prefixesAbove} from '../../files/folders-above.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {calledAtOnce, topLevelImports} from './top-level-imports.ts'

/** Programs that run another one in the folder that they are in, and add nothing that it imports; then its own folder. */
const runner =
  /^(?:(?:poetry|pdm|pipenv|rye) run |uv run (?:--(?:extra|group|only-group|no-group|with|env-file|python)[ =]\S+ |--?(?!(?:extra|group|only-group|no-group|with|env-file|python|directory|project|package|module|m)[ =])[\w-]+ )*|ddtrace-run |opentelemetry-instrument |newrelic-admin run-program )?(?:\S*\/)?/
/** `python -m uvicorn` is uvicorn. */
const asModule =
  /^python3?(?:\.\d+)?\s(?:-[uBO]+\s)*-m\s+(?=(?:uvicorn|gunicorn|hypercorn|daphne|granian|celery|flask|fastapi)\s)/
/** Programs that import the module, or run the file, that they are given; `0.0.0.0:8080` is none. */
const server = /^(?:uvicorn|gunicorn|hypercorn|daphne|granian)\s(?:.*?\s)?['"]?([A-Za-z_][\w.]*):([A-Za-z_]\w*)(\(\))?/
/** gunicorn takes `application` where no name stands behind the module. */
const wsgi = /^gunicorn\s(?:.*\s)?['"]?((?:[A-Za-z_]\w*\.)*wsgi)['"]?(?=\s|$)/
/** Where the last part may be a name in the module before it. */
const worker = /^(?:celery|flask)\s(?:.*\s)?(?:-A|--app)[ =]([\w.]+)/
const script = /^python3?(?:\.\d+)?\s(?:-[uBO]+\s)*(?:-m\s+([\w.]+)|(\S+\.py))(?:\s|$)/
/** In a program that is started: the application that it hands to the server, by `uvicorn.run("a:b")` or a command in a list. */
const handed =
  /\buvicorn\.(?:run|Config)\(\s*(?:app\s*=\s*)?["']([\w.]+):\w+["']|["'](?:uvicorn|gunicorn|hypercorn)["'],\s*["']([\w.]+):\w+["']/g
const migration = /^(?:python3?\s-m\s)?alembic\s(?:.*\s)?upgrade\s/
const fastapi = /^fastapi\s+run\s(?:.*\s)?(\S+\.py)(?:\s|$)/

/** Without a file it takes the first of these that there is (fastapi-cli, discover.py). */
const fastapiAlone = /^fastapi\s+run(?:\s+--?\w[\w-]*(?:[ =][^\s-]\S*)?){0,30}$/
const fastapiFiles = ['main.py', 'app.py', 'api.py', 'app/main.py', 'app/app.py', 'app/api.py']

const importsMore =
  /^(?:from|import)[ \t]+(?!(?:alembic|sqlalchemy|typing|datetime|uuid|json|os|logging|collections|__future__)\b)/m

/** A file that runs, and the folder in which its imports are looked up, with a `/` at its end or empty. */
interface Started {
  path: string
  root: string
  /** Functions of it that are surely called at the start: what makes the application. */
  called?: readonly string[]
}

/**
 * The Python files that are surely imported when these commands run, by path: the module that a command names, and what
 * it and its imports import at their top level, in no branch, function or `try`.
 * Missed: a module that two files could be, and imports from a folder that the code adds to Python's path.
 */
export async function startedModules(
  commands: readonly string[],
  paths: Files,
  reader: ProjectReader,
): Promise<Set<string>> {
  return new Set((await startedFunctions(commands, paths, reader)).keys())
}

type Functions = ReadonlyMap<string, ReadonlySet<string>>

/** By the files of a project, and the commands: many facts ask for the same. */
const answers = new WeakMap<Files, Map<string, Promise<Functions>>>()

/**
 * The same, with the names of their functions that are surely called then. `inFolder`: the file of the project that the
 * image has at a path below the folder in which the commands run; that one is meant where several could be.
 */
export function startedFunctions(
  commands: readonly string[],
  paths: Files,
  reader: ProjectReader,
  inFolder?: (path: string) => string | undefined,
): Promise<Functions> {
  if (inFolder) return followed(commands, paths, reader, inFolder)
  const known = answers.get(paths) ?? new Map<string, Promise<Functions>>()
  answers.set(paths, known)
  const key = commands.join('\n')
  const answer = known.get(key) ?? followed(commands, paths, reader, () => undefined)
  known.set(key, answer)
  return answer
}

async function followed(
  commands: readonly string[],
  paths: Files,
  reader: ProjectReader,
  inFolder: (path: string) => string | undefined,
): Promise<Functions> {
  const known = paths
  const found = new Map<string, ReadonlySet<string>>()
  const next = commands.flatMap(startedBy)
  next.push(...(await Promise.all(next.map(({path}) => handedBy(path)))).flat())
  next.push(...(await Promise.all(next.map(revisionsBeside))).flat())
  for (let started = next.pop(); started; started = next.pop()) {
    const {path, root, called = []} = started
    const before = found.get(path)
    if (before && called.every((name) => before.has(name))) continue
    const file = await reader.text(path)
    const functions = new Set([...(before ?? []), ...called, ...(file ? calledAtOnce(file.text) : [])])
    found.set(path, functions)
    for (const {name, from, names} of file ? importedModules(file.text, path, functions) : []) {
      const files = modules(name, from ?? root)
      next.push(...files.map((each) => ({path: each, root})))
      const end = name.replaceAll('.', '/')
      const module =
        files.find((each) => each.endsWith(`${end}/__init__.py`)) ?? files.find((each) => each.endsWith(`${end}.py`))
      const wanted = (names ?? []).filter((each) => functions.has(each))
      if (module && wanted.length > 0) next.push({path: module, root, called: wanted})
    }
  }
  return found

  function startedBy(text: string): Started[] {
    const command = text.replace(runner, '').replace(asModule, '')
    // alembic runs the env.py that stands beside the versions; its imports are looked up where alembic.ini stands.
    if (migration.test(command)) {
      const environments = paths
        .named('env.py')
        .filter((path) => paths.hasFolder(posix.join(posix.dirname(path), 'versions')))
      return only(environments, (path) => {
        const above = prefixesAbove(path).find((folder) => known.has(`${folder}alembic.ini`))
        return above ?? ''
      })
    }
    const program = script.exec(command)
    const path = program?.[2] ?? fastapi.exec(command)?.[1]
    if (path) {
      const end = path.replace(/^(\.\/|\/(app\/)?)/, '')
      return only(endingWith(end), (each) => each.slice(0, each.lastIndexOf('/') + 1))
    }
    const found = fastapiAlone.test(command) ? fastapiFiles.find((each) => known.has(each)) : undefined
    if (found) {
      const folder = found.slice(0, found.lastIndexOf('/') + 1)
      return [{path: found, root: known.has(`${folder}__init__.py`) ? '' : folder}]
    }
    const [, served, made, call] = server.exec(command) ?? []
    const name = program?.[1] ?? served ?? wsgi.exec(command)?.[1]
    if (name) {
      const factory = made && (call || /\s--factory\b/.test(command)) ? [made] : []
      return startedFrom(name).map((each) => ({...each, called: factory}))
    }
    const [, given = ''] = worker.exec(command) ?? []
    const whole = startedFrom(given)
    return whole.length > 0 ? whole : startedFrom(given.split('.').slice(0, -1).join('.'))
  }

  /** Only one, as of several nobody can tell which one is meant. */
  async function handedBy(path: string): Promise<Started[]> {
    const text = (await reader.text(path))?.text ?? ''
    const modules = new Set([...text.matchAll(handed)].map(([, run, listed]) => run ?? listed ?? ''))
    const [module, ...others] = modules
    return module === undefined || others.length > 0 ? [] : startedFrom(module)
  }

  /** alembic loads each revision before it runs any (script/base.py, _load_revisions). Most import what alembic brings. */
  async function revisionsBeside({path, root}: Started): Promise<Started[]> {
    if (posix.basename(path) !== 'env.py') return []
    const folder = posix.join(posix.dirname(path), 'versions')
    const files = await reader.texts(paths.in(folder).filter((each) => each.endsWith('.py')))
    return files.filter(({text}) => importsMore.test(text)).map((file) => ({path: file.path, root}))
  }

  function startedFrom(module: string): Started[] {
    const name = module.replaceAll('.', '/')
    if (!name) return []
    const files = [`${name}.py`, `${name}/__main__.py`, `${name}/__init__.py`]
    const roots = new Set(files.flatMap((file) => endingWith(file).map((each) => each.slice(0, -file.length))))
    const [first, ...others] = roots
    const meant = files.flatMap((file) => inFolder(file)?.slice(0, -file.length) ?? []).find((each) => roots.has(each))
    const root = others.length > 0 ? meant : first
    return root === undefined
      ? []
      : [
          ...files.map((file) => root + file).filter((file) => known.has(file) && !isHidden(file)),
          ...modules(name.replaceAll('/', '.'), root),
        ].map((each) => ({path: each, root}))
  }

  function endingWith(end: string): string[] {
    return paths.named(end)
  }

  /** The files of a module and of the packages that it is in: each is imported. */
  function modules(name: string, root: string): string[] {
    const parts = name.split('.').filter(Boolean)
    const packages = parts.map((_, index) => `${root}${parts.slice(0, index + 1).join('/')}/__init__.py`)
    return [`${root}${parts.join('/')}.py`, ...packages].filter((path) => known.has(path) && !isHidden(path))
  }

  /** `models.py` beside `models/__init__.py`: Python finds the package first, and never reads the module. */
  function isHidden(path: string): boolean {
    return known.has(path.replace(/\.py$/, '/__init__.py'))
  }
}

/** Of several nobody can tell which one is meant. */
function only(candidates: readonly string[], rootOf: (path: string) => string): Started[] {
  const [path, ...others] = candidates
  return path === undefined || others.length > 0 ? [] : [{path, root: rootOf(path)}]
}

/** What a module imports at its top level; `from` is the folder that a relative import starts in. */
function importedModules(
  source: string,
  path: string,
  called: ReadonlySet<string>,
): {name: string; from?: string; names?: string[]}[] {
  const imported: {name: string; from?: string; names?: string[]}[] = []
  for (const {name, names, relative} of topLevelImports(source, called)) {
    const from = relative > 0 ? {from: folderAbove(path, relative)} : {}
    imported.push({name, names, ...from})
    // `from a import b`: b may be a module of the package a.
    for (const one of names) imported.push({name: `${name}.${one}`, ...from})
  }
  return imported
}

/** One dot is the package that the file is in, each further one the package around it. */
const folderAbove = (path: string, dots: number): string => prefixesAbove(path)[dots - 1] ?? ''
