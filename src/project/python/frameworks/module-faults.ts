/** What ends the import of a module that the deploy surely starts, though Python's grammar takes it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Files} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import {mappedClasses} from '../../migrations/sqlalchemy/mapped-classes.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
import {boundImports} from '../imports/bound-imports.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {surelyLacks} from '../imports/module-names.ts'
import {startedModules} from '../imports/started-modules.ts'
import {imageVersions} from '../packages/image-versions.ts'
import {hasAtLeast} from '../packages/newest-version.ts'
import {compileErrors} from '../source/compile-errors.ts'
import {type Imported, routeFaults} from './fastapi-routes.ts'
import {flaskFaults} from './flask-routes.ts'
import {tableFaults} from './mapped-tables.ts'
import {mapperFaults} from './mapper-names.ts'
import type {ModuleFault} from './module-fault.ts'
import {modelFaults} from './pydantic-models.ts'

export interface StartedFault {
  /** Who refuses it. */
  kind: 'compiler' | 'pydantic' | 'sqlalchemy' | 'fastapi' | 'flask'
  message: string
  cure: string
  at: FileLocation
  command: StartedCommand
  isSure: boolean
  /** It fails with the first query. */
  isLate: boolean
}

export async function loadStartedFaults({reader}: Inputs, facts: FactStore): Promise<Fact<StartedFault[]>> {
  const [image, processes, python, files] = await facts.needAll('image', 'processes', 'python', 'files')
  const paths = files.only((path) => path.endsWith('.py') && image.copies(path))
  const found: StartedFault[] = []
  const told = new Set<string>()
  let pydantic: ReturnType<typeof hasAtLeast> | undefined
  let flask: ReturnType<typeof hasAtLeast> | undefined
  for (const command of processes.commands.filter(({certain, supervised}) => certain || supervised)) {
    const started = await reader.texts(await startedModules([command.text], paths, reader))
    if (started.length === 0) continue
    const add = (
      kind: StartedFault['kind'],
      faults: readonly ModuleFault[],
      how: 'surely' | 'likely' | 'late' = 'surely',
    ) => {
      for (const {message, error, cure, at} of faults) {
        const place = `${at.file}:${at.line}:${kind}`
        if (told.has(place)) continue
        told.add(place)
        const ends = how === 'late' ? 'The first query ends' : `${command.by} imports this file, which ends`
        const isSure = how === 'surely' && !command.supervised
        found.push({
          kind,
          message: `${message}. ${ends} with ${error}`,
          cure,
          at,
          command,
          isSure,
          isLate: how === 'late',
        })
      }
    }
    for (const file of started) {
      add(
        'compiler',
        compileErrors(file.text).map(({start, end, ...rest}) => ({
          ...rest,
          error: 'SyntaxError',
          at: file.span(start, end),
        })),
      )
    }
    // Assertions count, unless Python is told to leave them out.
    if (!image.final.env.has('PYTHONOPTIMIZE'))
      for (const file of started) add('fastapi', routeFaults(file, await importedBy(file, paths, reader)))
    for (const file of started) {
      if (!/\bfrom flask import\b|\bimport flask\b/.test(file.text)) continue
      flask ??= hasAtLeast('flask', '2.3', await imageVersions(image, {processes, python, reader}))
      add('flask', flaskFaults(file, flask === 'surely'))
    }
    add('sqlalchemy', tableFaults(started))
    if (started.some(({text}) => /\brelationship\(|\bForeignKey\(|\bRelationship\(/.test(text))) {
      const loaded = await loadedSources([command.text], paths, reader)
      add('sqlalchemy', mapperFaults(loaded, await reader.texts(files.ending('.py'))), 'late')
    }
    for (const file of started) {
      const faults = modelFaults(file)
      if (faults.length === 0) continue
      pydantic ??= hasAtLeast('pydantic', '2.0', await imageVersions(image, {processes, python, reader}))
      if (pydantic !== 'no') add('pydantic', faults, pydantic)
    }
  }
  return known(found)
}

/** What the names that a file imports are, where one file of the project has them. */
async function importedBy(file: TextFile, paths: Files, reader: ProjectReader): Promise<Imported> {
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
    plainModule: (name) => modules.get(name),
  }

  /** The file that defines `app.models.User`, through the packages that hand it on. */
  async function sourceOf(
    full: string,
    from: string,
    depth: number,
  ): Promise<{file: TextFile; name: string} | undefined> {
    const [, module = '', name = ''] = /^(.*?)\.?(\w+)$/.exec(full) ?? []
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
    const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(module) ?? []
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
