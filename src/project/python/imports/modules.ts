import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'

/** Packages that a folder of the same name in the project does not hide: `alembic/` beside alembic.ini. */
const installed =
  /^(os|re|sys|urllib|typing|functools|alembic|sqlalchemy|sqlmodel|asyncpg|psycopg2?|psycopg_pool|aiopg|databases|tortoise|peewee|playhouse|pydantic|pydantic_settings|flask|flask_sqlalchemy|django|dj_database_url|environ)(\.|$)/

/** The file of the project that `import module`, or `from ..module`, means in the file `from`. */
export function moduleFile(paths: Files, from: string, module: string, dots: number): string | undefined {
  if (dots === 0 && (installed.test(module) || !mayBeOwn(paths, module))) return undefined
  const tail = module.replaceAll('.', '/')
  const forms = (folder: string) => {
    const above = folder === '.' ? '' : `${folder}/`
    // A package is found before a module of the same name (find_spec of FileFinder, importlib/_bootstrap_external.py).
    return tail ? [`${above}${tail}/__init__.py`, `${above}${tail}.py`] : [`${above}__init__.py`]
  }
  let folder = posix.dirname(from)
  if (dots > 0) {
    for (let up = 1; up < dots; up++) folder = posix.dirname(folder)
    return forms(folder).find((each) => paths.has(each))
  }
  for (;;) {
    const found = forms(folder).find((each) => paths.has(each) && each !== from)
    if (found) return found
    if (folder === '.') break
    folder = posix.dirname(folder)
  }
  // Below a folder that the image or the code puts on Python's path.
  if (!module.includes('.')) return undefined
  const ends = forms('.')
  const candidates = ends.flatMap((end) => paths.named(end))
  return candidates.length === 1 ? candidates[0] : undefined
}

const own = new WeakMap<Files, Map<string, boolean>>()

/** Whether the project has a file or a folder of the name that the module begins with: most imports are of others. */
function mayBeOwn(paths: Files, module: string): boolean {
  const known = own.get(paths) ?? new Map<string, boolean>()
  own.set(paths, known)
  const [top = ''] = module.split('.', 1)
  const answer = known.get(top) ?? (paths.named(`${top}.py`).length > 0 || paths.hasFolderNamed(top))
  known.set(top, answer)
  return answer
}

const statement =
  /[ \t]*(?:from[ \t]+(?=[\w.])(\.*)(?!\.)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)|import[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*))/y

/** The import statements of a module: found by their word, which is quicker than a pattern over the whole text. */
function* importStatements(source: string): Iterable<RegExpExecArray> {
  let last = -1
  for (let at = source.indexOf('import'); at >= 0; at = source.indexOf('import', at + 6)) {
    const start = source.lastIndexOf('\n', at) + 1
    if (start === last) continue
    last = start
    statement.lastIndex = start
    const match = statement.exec(source)
    if (match) yield match
  }
}

/** The files that these import, in functions too, and what those import. */
export async function importedBy(started: Iterable<string>, paths: Files, reader: ProjectReader): Promise<Set<string>> {
  const found = new Set(started)
  for (const path of found) {
    const source = (await reader.text(path))?.text ?? ''
    const add = (module: string, dots: number) => {
      const file = moduleFile(paths, path, module, dots)
      if (file) found.add(file)
    }
    for (const [, dots = '', module = '', names = '', plain = ''] of importStatements(source)) {
      for (const each of plain.split(',')) if (each.trim()) add(each.trim(), 0)
      if (!module && !dots) continue
      add(module, dots.length)
      for (const each of names.replace(/[()]/g, '').split(',')) {
        const name = each.trim().split(/\s/)[0]
        if (name && /^\w+$/.test(name)) add(module ? `${module}.${name}` : name, dots.length)
      }
    }
  }
  return found
}
