import {posix} from 'node:path'
import type {SyntaxNode} from '@lezer/common'
import type {Files} from '../files.ts'
import type {ProjectReader} from '../reader.ts'
import {pythonTree} from './tree.ts'

/** Programs that run another one in the folder that they are in, and add nothing that it imports; then its own folder. */
const runner =
  /^(?:(?:poetry|pdm|pipenv|rye) run |uv run (?:--(?:extra|group|only-group|no-group|with|env-file|python)[ =]\S+ |--?(?!(?:extra|group|only-group|no-group|with|env-file|python|directory|project|package|module|m)[ =])[\w-]+ )*|ddtrace-run |opentelemetry-instrument |newrelic-admin run-program )?(?:\S*\/)?/
/** `python -m uvicorn` is uvicorn. */
const asModule =
  /^python3?(?:\.\d+)?\s(?:-[uBO]+\s)*-m\s+(?=(?:uvicorn|gunicorn|hypercorn|daphne|granian|celery|flask|fastapi)\s)/
/** Programs that import the module, or run the file, that they are given; `0.0.0.0:8080` is none. */
const server = /^(?:uvicorn|gunicorn|hypercorn|daphne|granian)\s(?:.*?\s)?([A-Za-z_][\w.]*):[A-Za-z_]\w*/
/** Where the last part may be a name in the module before it. */
const worker = /^(?:celery|flask)\s(?:.*\s)?(?:-A|--app)[ =]([\w.]+)/
const script = /^python3?(?:\.\d+)?\s(?:-[uBO]+\s)*(?:-m\s+([\w.]+)|(\S+\.py))(?:\s|$)/
/** In a program that is started: the application that it hands to the server, by `uvicorn.run("a:b")` or a command in a list. */
const handed =
  /\buvicorn\.(?:run|Config)\(\s*(?:app\s*=\s*)?["']([\w.]+):\w+["']|["'](?:uvicorn|gunicorn|hypercorn)["'],\s*["']([\w.]+):\w+["']/g
const migration = /^(?:python3?\s-m\s)?alembic\s(?:.*\s)?upgrade\s/
const fastapi = /^fastapi\s+run\s(?:.*\s)?(\S+\.py)(?:\s|$)/

/** Without a file it takes the first of these that there is (fastapi-cli, discover.py). */
const fastapiAlone = /^fastapi\s+run(?:\s+--?[\w-]+(?:[ =][^\s-]\S*)?)*$/
const fastapiFiles = ['main.py', 'app.py', 'api.py', 'app/main.py', 'app/app.py', 'app/api.py']

/** A file that runs, and the folder in which its imports are looked up, with a `/` at its end or empty. */
interface Started {
  path: string
  root: string
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
  const known = paths
  const found = new Set<string>()
  const next = commands.flatMap(startedBy)
  next.push(...(await Promise.all(next.map(({path}) => handedBy(path)))).flat())
  for (let started = next.pop(); started; started = next.pop()) {
    const {path, root} = started
    if (found.has(path)) continue
    found.add(path)
    const file = await reader.text(path)
    const names = file ? importedModules(file.text, path) : []
    next.push(...names.flatMap(({name, from}) => modules(name, from ?? root)).map((each) => ({path: each, root})))
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
        const above = ancestors(path).find((folder) => known.has(`${folder}alembic.ini`))
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
    const name = program?.[1] ?? server.exec(command)?.[1]
    if (name) return startedFrom(name)
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

  function startedFrom(module: string): Started[] {
    const name = module.replaceAll('.', '/')
    if (!name) return []
    const files = [`${name}.py`, `${name}/__main__.py`, `${name}/__init__.py`]
    const roots = new Set(files.flatMap((file) => endingWith(file).map((each) => each.slice(0, -file.length))))
    const [root, ...others] = roots
    return root === undefined || others.length > 0
      ? []
      : [
          ...files.map((file) => root + file).filter((file) => known.has(file)),
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
    return [`${root}${parts.join('/')}.py`, ...packages].filter((path) => known.has(path))
  }
}

/** Of several nobody can tell which one is meant. */
function only(candidates: readonly string[], rootOf: (path: string) => string): Started[] {
  const [path, ...others] = candidates
  return path === undefined || others.length > 0 ? [] : [{path, root: rootOf(path)}]
}

/** The folders above a file, the nearest first: `a/b/`, `a/`, ``. */
const ancestors = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, parts) => `${parts.slice(0, parts.length - index).join('/')}/`)
    .concat('')

/** What a module imports at its top level; `from` is the folder that a relative import starts in. */
function importedModules(source: string, path: string): {name: string; from?: string}[] {
  const imported: {name: string; from?: string}[] = []
  for (const {name, names, relative} of topLevelImports(source)) {
    const from = relative > 0 ? {from: folderAbove(path, relative)} : {}
    // `from a import b`: b may be a module of the package a.
    for (const each of [name, ...names.map((one) => `${name}.${one}`)]) imported.push({name: each, ...from})
  }
  return imported
}

/** An import that surely runs when the module is imported. */
export interface Import {
  /** The module, without the dots before it. */
  name: string
  /** Of `from name import …`, without `*`. */
  names: string[]
  /** How many dots stand before the name. */
  relative: number
  start: number
  end: number
}

/** A statement that may end the program. */
export const mayEndProgram = /\b_?exit\b|\braise\b/
/** One that may end it well: behind a `raise` nobody comes whose program is to go on. */
const mayEndWell = /\b_?exit\b/

/**
 * The imports of a module that run where it is imported, or else something before them ends the program: those that stand
 * in no branch, function or `try`, but for one whose every `except` raises again.
 */
export function topLevelImports(source: string): Import[] {
  const imported: Import[] = []
  const goesOn = (first: SyntaxNode | null): boolean => {
    for (let node = first; node; node = node.nextSibling) {
      if (node.name === 'RaiseStatement') return false
      if (node.name === 'TryStatement' && everyHandlerEnds(node, source)) {
        if (!goesOn(node.getChild('Body')?.firstChild ?? null)) return false
        continue
      }
      const statement = source.slice(node.from, node.to)
      if (!/Import|Definition/.test(node.name) && mayEndWell.test(statement)) return false
      if (node.name === 'ImportStatement') imported.push(...importsOf(statement, {start: node.from, end: node.to}))
    }
    return true
  }
  goesOn(pythonTree(source).topNode.firstChild)
  return imported
}

/** Whether each `except` of a `try` ends in `raise` or `sys.exit(…)`: what fails in it then ends the program. */
function everyHandlerEnds(statement: SyntaxNode, source: string): boolean {
  const words = statement.getChildren('except')
  const bodies = words.map(({nextSibling}) => {
    let node = nextSibling
    while (node && node.name !== 'Body') node = node.nextSibling
    return node?.lastChild
  })
  const ends = (last: SyntaxNode | null | undefined) =>
    last?.name === 'RaiseStatement' || /^(?:sys\.|os\._)?exit\(/.test(last ? source.slice(last.from, last.to) : '')
  return bodies.length > 0 && bodies.every(ends)
}

function importsOf(statement: string, place: {start: number; end: number}): Import[] {
  const text = statement.replace(/#.*$/gm, ' ').replace(/[()\\\s]+/g, ' ')
  const [, origin, list] = /^from ([\w.]*) import (.*)$/.exec(text) ?? []
  const names = (list ?? text.replace(/^import /, '')).split(',').map((each) => each.trim().split(' ')[0] ?? '')
  if (origin === undefined) return names.map((name) => ({name, names: [], relative: 0, ...place}))
  const relative = /^\.*/.exec(origin)?.[0].length ?? 0
  return [{name: origin.slice(relative), names: names.filter((each) => each !== '*'), relative, ...place}]
}

/** One dot is the package that the file is in, each further one the package around it. */
const folderAbove = (path: string, dots: number): string => ancestors(path)[dots - 1] ?? ''
