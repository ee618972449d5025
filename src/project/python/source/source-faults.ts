import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {onlyOthersImage} from '../../deploys/others-image.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import {prefixesAbove} from '../../files/folders-above.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {startedPython} from '../image-python.ts'
import {startedModules} from '../imports/started-modules.ts'
import {unnamedModules} from '../imports/unnamed-modules.ts'
import {isAtLeast, packageVersion} from '../packages/package-version.ts'
import {bodilessRoutes} from './bodiless-routes.ts'
import {limitedRoutes, limitersOf} from './limited-routes.ts'
import {pythonLines} from './logical-lines.ts'
import {type NewerSyntax, newerSyntax} from './newer-syntax.ts'
import {oldFstring} from './old-fstrings.ts'

/** What makes Python stop when it imports a file of the project. */
export interface SourceFault {
  kind: 'syntax' | 'reserved' | 'body' | 'limit'
  /**
   * Completes "FILE: …" for syntax; the class for a reserved name; for a body what declares it of which status; for a limit
   * the function.
   */
  message: string
  cure: string
  at: FileLocation
  /** The import surely ends with it. */
  isSure: boolean
  /** By what the file is surely imported, in words; undefined where that is not certain. */
  importedBy: string | undefined
  /** It stops the release command. */
  atRelease: boolean
}

/** Templates for other files, and Python 2. */
const noModule = /(^|\/)(templates?|skeletons?|cookiecutters?|lib2to3)\/|\{\{|%\}|\{%/

export async function loadSourceFaults({reader}: Inputs, facts: FactStore): Promise<Fact<SourceFault[]>> {
  const [files, image, processes, buildsElse, alembic] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('processes'),
    facts.value('buildsElse'),
    facts.value('alembic'),
  ])
  // What is wrong with the files of alembic is told there.
  const migrations = (alembic?.environments ?? []).flatMap(({scriptFolder = [], versions}) =>
    [scriptFolder, versions].flat(),
  )
  const isMigration = (path: string) => migrations.some((folder) => path.startsWith(`${folder}/`))
  const paths = (files ?? noFiles).only(
    (path) => path.endsWith('.py') && !isApart(path) && !noModule.test(path) && !isMigration(path),
  )
  const sources = paths.ending('.py')
  if (sources.length === 0) return absent('the project has no Python')
  const others = await onlyOthersImage(reader, facts)
  if (others) return absent(others)
  const project = await facts.value('python')
  const version = image && processes ? startedPython({image, processes, files: files ?? noFiles, project}) : undefined
  let limiters: Set<string> | undefined
  const faulty: {path: string; faults: Told[]}[] = []
  for (const path of sources) {
    if (image && !image.copies(path)) continue
    const file = await reader.text(path)
    const faults = file ? faultsOf(file) : []
    if (file && version && faults.length === 0) faults.push(...oldFaults(file, version))
    if (file && faults.length === 0 && !image?.final.env.has('PYTHONOPTIMIZE')) faults.push(...(await bodiesOf(file)))
    if (file && faults.length === 0) faults.push(...(await limitsOf(file)))
    if (faults.length > 0) faulty.push({path, faults})
  }
  if (faulty.length === 0) return known([])
  const certain = image && !buildsElse ? (processes?.commands.filter((each) => each.certain) ?? []) : []
  const imported = new Map<string, string>()
  for (const {by, text} of certain) {
    for (const path of await startedModules([text], paths, reader)) if (!imported.has(path)) imported.set(path, by)
  }
  const isUnnamed = unnamedModules(files ?? noFiles, reader)
  const found: SourceFault[] = []
  for (const {path, faults} of faulty) {
    const importedBy = imported.get(path)
    if (importedBy === undefined && (await isUnnamed(path))) continue
    found.push(...faults.map((fault) => ({...fault, importedBy, atRelease: importedBy === 'release_command'})))
  }
  return known(found)

  async function limitsOf(file: TextFile): Promise<Told[]> {
    if (!file.text.includes('limit(')) return []
    limiters ??= limitersOf(
      (await reader.texts(sources)).filter(({text}) => text.includes('slowapi')),
      sources,
    )
    return limitedRoutes(file.text, limiters).map(({name, start, end}) => ({
      kind: 'limit',
      message: name,
      cure: 'Give it one: request: Request, of FastAPI.',
      at: file.span(start, end),
      isSure: true,
    }))
  }

  /** Where the version of FastAPI tells that it looks. */
  async function bodiesOf(file: TextFile): Promise<Told[]> {
    const routes = bodilessRoutes(file.text)
    if (routes.length === 0) return []
    const folders = prefixesAbove(file.path)
    const version = await packageVersion('fastapi', folders, {reader, python: await facts.value('python')})
    return routes.flatMap(({by, name, status, declares, start, end}) => {
      // What a function returns counts since 0.89; None as a text until 0.117.
      const isLate = isAtLeast(version, '0.89.0') === true
      if (by !== 'model' && !isLate) return []
      // It counts 205 among them since 0.109.1 (#10969).
      if (status === '205' && isAtLeast(version, '0.109.1') !== true) return []
      if (by === 'none' && isAtLeast(version, '0.117.0') !== false) return []
      const what = {message: `${name} answers with ${status}, which has no body, and declares ${declares}`}
      return {kind: 'body' as const, ...what, cure: status, isSure: by !== 'none', at: file.span(start, end)}
    })
  }
}

type Told = Pick<SourceFault, 'kind' | 'message' | 'cure' | 'at' | 'isSure'>

function faultsOf(file: TextFile): Told[] {
  const {text} = file
  const found = pythonLines(text).fault
  // Python 2 is for another interpreter.
  if (found && !/^[ \t]*print\s+["'\w]/m.test(text)) {
    const {message, cure, start} = found
    return [{kind: 'syntax', message, cure, at: file.lineSpan(file.position(start).line), isSure: true}]
  }
  return found ? [] : reservedNames(file)
}

/** What only a later Python reads than the one of the image. */
function oldFaults(file: TextFile, version: string): Told[] {
  // Python 2 is for another interpreter.
  if (/^[ \t]*print\s+["'\w]/m.test(file.text)) return []
  const found = oldString(file, version) ?? newerSyntax(file.text)
  if (!found || takes(version, found.since)) return []
  const {what, since, cure, start, end} = found
  return [
    {
      kind: 'syntax',
      message: `${what}, which Python ${version} refuses (${since} was the first to take it)`,
      cure: `${cure}; or take python:${since} or later as the base.`,
      at: file.span(start, Math.min(end, start + 80)),
      isSure: true,
    },
  ]
}

/** Whether a Python of this version takes what another one brought. */
const takes = (version: string, since: string): boolean => isAtLeast({exact: version, least: version}, since) === true

function oldString(file: TextFile, version: string): NewerSyntax | undefined {
  const since = '3.12'
  const found = takes(version, since) ? undefined : oldFstring(file.text)
  if (!found) return undefined
  const {kind, start, end} = found
  return kind === 'backslash'
    ? {
        what: 'an f-string has a backslash in its braces',
        cure: 'Give the value a name before, and write that',
        since,
        start,
        end,
      }
    : {
        what: 'an f-string has its own quotes in its braces',
        cure: 'Write the other kind of quotes in the braces',
        since,
        start,
        end,
      }
}

/** `metadata = Column(…)` in the body of a class: SQLAlchemy keeps that name for itself (orm/decl_base.py). */
function reservedNames(file: TextFile): Told[] {
  const found: Told[] = []
  const assignment =
    /^([ \t]+)metadata\s*(?::[^=\n]+)?=\s*(?:\w+\.)*(?:Column|mapped_column|relationship|deferred|column_property)\(/gm
  for (const match of file.text.matchAll(assignment)) {
    const indent = (match[1] as string).length
    const {line} = file.position(match.index)
    const above = headerAbove(file, line, indent)
    const name = /^\s*class\s+(\w+)\s*\(\s*[\w.]/.exec(above ?? '')?.[1]
    if (name)
      found.push({
        kind: 'reserved',
        message: name,
        cure: 'Give it another name.',
        isSure: true,
        at: file.lineSpan(line),
      })
  }
  return found
}

/** The line of the block that a line is in. */
function headerAbove(file: TextFile, line: number, indent: number): string | undefined {
  for (let number = line - 1; number > 0; number--) {
    const text = file.line(number)
    if (text.trim() !== '' && text.length - text.trimStart().length < indent) return text
  }
  return undefined
}
