import {posix} from 'node:path'
import {parser} from '@lezer/python'
import type {ProjectReader} from '../reader.ts'

/** Programs that import the module they are given; `poetry run` and `uv run` add nothing to the environment. */
const server = /^(?:poetry run |uv run )?(?:\S*\/)?(?:uvicorn|gunicorn|hypercorn|daphne|granian)\s(?:.*\s)?([\w.]+):\w+/
const script =
  /^(?:poetry run |uv run )?(?:\S*\/)?python3?(?:\.\d+)?\s(?:-[uBO]+\s)*(?:-m\s+([\w.]+)|(\S+\.py))(?:\s|$)/
const migration = /^(?:poetry run |uv run )?(?:\S*\/)?(?:python3?\s-m\s)?alembic\s(?:.*\s)?upgrade\s/
const fastapi = /^(?:\S*\/)?fastapi\s+run\s(?:.*\s)?(\S+\.py)(?:\s|$)/

/**
 * The Python files that are surely imported when these commands run, by path: the module that a command names, and what
 * it and its imports import at their top level, in no branch, function or `try`.
 * Missed: modules that two files could be, imports behind a path that the code changes.
 */
export async function startedModules(
  commands: readonly string[],
  paths: readonly string[],
  reader: ProjectReader,
): Promise<Set<string>> {
  const found = new Set<string>()
  const environments = paths.filter(
    (path) => /(^|\/)env\.py$/.test(path) && paths.some((each) => each.startsWith(`${posix.dirname(path)}/versions/`)),
  )
  const next = commands.flatMap((command) => {
    // alembic runs the env.py that stands beside the versions.
    if (migration.test(command)) return onlyOf(environments)
    const [, module, path] = script.exec(command) ?? fastapi.exec(command)?.toSpliced(1, 0, '') ?? []
    const named = module || server.exec(command)?.[1]
    if (path) return only(path.replace(/^(\.\/|\/(app\/)?)/, ''))
    return named ? [...modules(named), ...only(`${named.replaceAll('.', '/')}/__main__.py`)] : []
  })
  for (let path = next.pop(); path !== undefined; path = next.pop()) {
    if (found.has(path)) continue
    found.add(path)
    const file = await reader.text(path)
    if (file) next.push(...imports(file.text, path))
  }
  return found

  /** The file that a path means, wherever the image lays it: the only one that ends so. */
  function only(end: string): string[] {
    return onlyOf(paths.filter((path) => path === end || path.endsWith(`/${end}`)))
  }

  /** A module, and the packages that it is in: each is imported. */
  function modules(name: string): string[] {
    const parts = name.split('.')
    const packages = parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/__init__.py`)
    return [...only(`${parts.join('/')}.py`), ...packages.flatMap(only)]
  }

  function imports(source: string, path: string): string[] {
    const imported: string[] = []
    for (let node = parser.parse(source).topNode.firstChild; node; node = node.nextSibling) {
      // What may end the module comes before nothing that is certain.
      if (/^(If|Try|With|For|While|Match)Statement$/.test(node.name) && /exit/.test(source.slice(node.from, node.to)))
        break
      if (node.name !== 'ImportStatement') continue
      const text = source
        .slice(node.from, node.to)
        .replace(/#.*$/gm, ' ')
        .replace(/[()\\\s]+/g, ' ')
      const [, from, names] = /^from (\.*[\w.]*) import (.*)$/.exec(text) ?? []
      if (from === undefined) {
        for (const name of text.replace(/^import /, '').split(','))
          imported.push(...modules(name.trim().split(' ')[0] ?? ''))
        continue
      }
      const dots = /^\.*/.exec(from)?.[0].length ?? 0
      const folder = dots > 0 ? posix.join(posix.dirname(path), ...Array<string>(dots - 1).fill('..')) : ''
      const base = [...(folder && folder !== '.' ? folder.split('/') : []), ...from.slice(dots).split('.')]
        .filter(Boolean)
        .join('.')
      if (base) imported.push(...modules(base))
      for (const name of (names ?? '').split(',')) {
        const word = name.trim().split(' ')[0]
        if (word && word !== '*') imported.push(...only(`${[...base.split('.'), word].filter(Boolean).join('/')}.py`))
      }
    }
    return imported
  }
}

/** Of several nobody can tell which one is meant. */
const onlyOf = (candidates: string[]): string[] => (candidates.length === 1 ? candidates : [])
