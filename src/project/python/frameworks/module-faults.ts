/** What ends the import of a module that the deploy surely starts, though Python's grammar takes it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {copiedPython} from '../copied-python.ts'
import {startedPython} from '../image-python.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {startedFunctions} from '../imports/started-modules.ts'
import {imageVersions} from '../packages/image-versions.ts'
import {hasAtLeast} from '../packages/newest-version.ts'
import {compileErrors} from '../source/compile-errors.ts'
import {dataclassFaults} from '../source/dataclass-fields.ts'
import {evaluatedUnions} from '../source/evaluated-unions.ts'
import {routeFaults} from './fastapi-routes.ts'
import {flaskFaults} from './flask-routes.ts'
import {databasesIn, type FindModule, keepsContext, startFaults} from './flask-start.ts'
import {importedBy} from './imported-by.ts'
import {tableFaults} from './mapped-tables.ts'
import {mapperFaults} from './mapper-names.ts'
import type {ModuleFault} from './module-fault.ts'
import {modelFaults} from './pydantic-models.ts'

export interface StartedFault {
  /** Who refuses it. */
  kind: 'compiler' | 'dataclass' | 'pydantic' | 'sqlalchemy' | 'fastapi' | 'flask'
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
  const paths = copiedPython(image, files)
  const context = await facts.value('buildContext')
  // One that a RUN writes is there all the same.
  const runs = image.stages.flatMap(({stage}) => stage.instructions).filter(({keyword}) => keyword === 'RUN')
  const isLeftOut = (path: string) =>
    context?.leftOut(`/${path}`) === true && !runs.some(({text}) => text.includes(posix.basename(path)))
  const version = startedPython({image, processes, files, project: python}) ?? ''
  const isBeforeUnions = /^3\.[0-9]$/.test(version)
  const found: StartedFault[] = []
  const told = new Set<string>()
  let pydantic: ReturnType<typeof hasAtLeast> | undefined
  let flask: ReturnType<typeof hasAtLeast> | undefined
  for (const command of processes.commands.filter(({certain, supervised}) => certain || supervised)) {
    const functions = await startedFunctions([command.text], paths, reader)
    const started = await reader.texts(functions.keys())
    if (started.length === 0) continue
    const add = (
      kind: StartedFault['kind'],
      faults: readonly ModuleFault[],
      how: 'surely' | 'likely' | 'late' = 'surely',
    ) => {
      for (const {message, error, cure, at, whenMade} of faults) {
        const place = `${at.file}:${at.line}:${kind}`
        if (told.has(place)) continue
        told.add(place)
        const imports = whenMade ? 'Whoever makes one ends' : `${command.by} imports this file, which ends`
        const ends = how === 'late' ? 'The first query ends' : imports
        const isSure = how === 'surely' && !command.supervised && !whenMade
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
      if (isBeforeUnions) add('compiler', unionFaults(file, version))
      add('dataclass', dataclassFaults(file))
    }
    // Assertions count, unless Python is told to leave them out.
    if (!image.final.env.has('PYTHONOPTIMIZE'))
      for (const file of started.filter(({text}) => text.includes('fastapi')))
        add('fastapi', routeFaults(file, await importedBy(file, paths, reader)))
    for (const file of started) {
      if (!/\bfrom flask import\b|\bimport flask\b/.test(file.text)) continue
      flask ??= hasAtLeast('flask', '2.3', await imageVersions(image, {processes, python, reader}))
      add('flask', flaskFaults(file, flask === 'surely'))
    }
    const databases = new Set(started.flatMap(databasesIn))
    if (started.some(({text}) => /\bflask\b/.test(text))) {
      const versions = await imageVersions(image, {processes, python, reader})
      const isThird = !started.some(keepsContext) && hasAtLeast('flask-sqlalchemy', '3.0', versions) === 'surely'
      const findModule = await moduleFinder(started, {paths, reader, isLeftOut})
      const hasNoFirst = hasAtLeast('flask', '2.3', versions) === 'surely'
      for (const file of started) {
        const called = functions.get(file.path) ?? new Set()
        add('flask', startFaults(file, {called, databases, isThird, hasNoFirst, findModule}))
      }
    }
    add('sqlalchemy', tableFaults(started))
    // What migrates the database sends no query of the classes.
    const asks = !/\balembic\b|\bflask\s+db\b/.test(command.text)
    if (asks && started.some(({text}) => /\brelationship\(|\bForeignKey\(|\bRelationship\(/.test(text))) {
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

/** The first alone: the import ends there. */
function unionFaults(file: TextFile, version: string): ModuleFault[] {
  const [first] = evaluatedUnions(file.text)
  if (!first) return []
  const {text, start, end} = first
  return [
    {
      message: `${text} is worked out here, and Python ${version} has no | between types (3.10 was the first)`,
      error: `TypeError: unsupported operand type(s) for |`,
      cure: 'Write Optional[…] or Union[…], of typing; or take python:3.10 or later as the base.',
      at: file.span(start, end),
    },
  ]
}

/** The modules of configuration that these files name, as the image has them. */
async function moduleFinder(
  started: readonly TextFile[],
  {paths, reader, isLeftOut}: {paths: Files; reader: ProjectReader; isLeftOut(path: string): boolean},
): Promise<FindModule> {
  const names = started.flatMap(({text}) =>
    [...text.matchAll(/\bfrom_object\(\s{0,20}["']([\w.]{1,200})["']/g)].map(([, name = '']) =>
      name.replace(/\.[A-Z]\w*$/, ''),
    ),
  )
  const found = new Map<string, ReturnType<FindModule>>()
  for (const name of new Set(names)) {
    const end = name.replaceAll('.', '/')
    const [only, another] = paths.named(`${end}.py`, `${end}/__init__.py`)
    const file = only !== undefined && another === undefined ? await reader.text(only) : undefined
    if (file) found.set(name, {file})
    else if (only === undefined && isLeftOut(`${end}.py`)) found.set(name, 'left out')
  }
  return (name) => found.get(name)
}
