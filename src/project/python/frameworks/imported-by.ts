import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {mappedClasses} from '../../migrations/sqlalchemy/mapped-classes.ts'
import {boundImports} from '../imports/bound-imports.ts'
import {surelyLacks} from '../imports/module-names.ts'
import type {Imported} from './fastapi-routes.ts'

/** What the names that a file imports are, where one file of the project has them. */
export async function importedBy(file: TextFile, paths: Files, reader: ProjectReader): Promise<Imported> {
  const bound = boundImports(file.text)
  const sources = new Map<string, {file: TextFile; name: string}>()
  const modules = new Map<string, string>()
  for (const [name, full] of bound) {
    const source = await sourceOf(full, file.path, 3)
    if (source) sources.set(name, source)
    const module = await moduleOf(full, file.path)
    if (module) modules.set(name, module)
  }
  const inPlace = (name: string) => sources.get(name) ?? {file, name}
  return {
    isMapped: (name) => {
      const source = inPlace(name)
      return mappedClasses(source.file).some((each) => each.name === source.name && !each.isModel)
    },
    yields: (name) => {
      const source = inPlace(name)
      const definition = new RegExp(`(?:^|\\n)([^\\n]{0,300}\\n)(?:async )?def ${source.name}\\(`).exec(
        `\n${source.file.text}`,
      )
      if (!definition || definition[1]?.startsWith('@')) return false
      const [body = ''] = source.file.text
        .slice(definition.index + (definition[1] ?? '').length)
        .split(/\n(?=[^\s)#])/, 1)
      return /\n[ \t]+(?:\w+\s{0,9}=\s{0,9})?yield\b/.test(body)
    },
    definition: (name) => (sources.has(name) || !bound.has(name) ? inPlace(name) : undefined),
    plainModule: (name) => modules.get(name),
  }

  /** The file that defines `app.models.User`, through the packages that hand it on. */
  async function sourceOf(
    full: string,
    from: string,
    depth: number,
  ): Promise<{file: TextFile; name: string} | undefined> {
    const [module, name] = partsOf(full)
    const path = pathOf(module, from)
    const text = path === undefined || depth === 0 ? undefined : await reader.text(path)
    if (!text) return undefined
    if (new RegExp(`^(?:class|def|async def) ${name}\\b`, 'm').test(text.text)) return {file: text, name}
    const next = boundImports(text.text).get(name)
    return next === undefined ? undefined : sourceOf(next, text.path, depth - 1)
  }

  /** The file of a module that nothing else by its name hides, and that has no routes itself. */
  async function moduleOf(full: string, from: string): Promise<string | undefined> {
    const path = pathOf(full, from)
    if (path === undefined || path.endsWith('/__init__.py')) return undefined
    const around = await reader.text(`${posix.dirname(path)}/__init__.py`)
    if (around && !surelyLacks(around.text, posix.basename(path, '.py'))) return undefined
    const text = (await reader.text(path))?.text
    return text !== undefined && surelyLacks(text, 'routes') ? path : undefined
  }

  /** Only one file, as of several nobody can tell which is meant. */
  function pathOf(module: string, from: string): string | undefined {
    const dots = /^\.{0,20}/.exec(module)?.[0] ?? ''
    const rest = module.slice(dots.length)
    const end = rest.replaceAll('.', '/')
    if (dots !== '') {
      const folder = posix.join(posix.dirname(from), ...Array.from({length: dots.length - 1}, () => '..'))
      const [path, another] = [`${end}.py`, `${end}/__init__.py`, ...(end === '' ? ['__init__.py'] : [])]
        .map((each) => posix.join(folder, each))
        .filter((each) => paths.has(each))
      return another === undefined ? path : undefined
    }
    const [path, another] = end === '' ? [] : [...paths.named(`${end}.py`), ...paths.named(`${end}/__init__.py`)]
    return another === undefined ? path : undefined
  }
}

/** `app.models` and `User` of `app.models.User`; `..` and `User` of `..User`. */
function partsOf(full: string): [module: string, name: string] {
  const end = full.lastIndexOf('.') + 1
  const module = full.slice(0, end)
  return [/[^.]/.test(module) ? module.slice(0, -1) : module, full.slice(end)]
}
