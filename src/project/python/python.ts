import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {parseToml} from '../documents/toml.ts'
import {isApart} from '../files/apart.ts'
import {type Files, isNear, noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {bringsDriver} from './packages/drivers.ts'
import {firstPython} from './packages/first-pythons.ts'
import {pinnedVersion, pythonSatisfies} from './packages/pep508.ts'
import {type Pyproject, readPyproject} from './packages/pyproject.ts'
import {type Requirement, type RequirementsFile, readRequirements} from './packages/requirements.ts'

/** The Python project: declared packages and the Python versions it asks for. */
export interface Python {
  /** By path relative to the working directory. */
  requirements: ReadonlyMap<string, RequirementsFile>
  /** The pyproject.toml files, by path. */
  pyprojects: ReadonlyMap<string, Pyproject>
  /** What each file asks of the interpreter; `specifier` is PEP 440. */
  versionDemands: VersionDemand[]
  /** A place in the code or in alembic.ini that names a Postgres URL; proven where it is what create_engine gets. */
  postgresUse: {at: FileLocation; proven: boolean} | undefined
  /** Whether one of them surely rules a Python version out: uv and Poetry then take another one. */
  rulesOut(version: string): boolean
  /** Whether a Python version (`3.12` is any 3.12.x) can satisfy a specifier; undefined when it cannot be read. */
  satisfies(version: string, specifier: string): boolean | undefined
  /** Of a package in one version: the minor version of Python 3 that it needs at least, where that is known. */
  firstPython(requirement: Requirement): number | undefined
  /** Whether a package brings a Postgres driver along. */
  bringsDriver(requirement: Requirement): 'no' | 'maybe' | 'unknown'
}

export interface VersionDemand {
  from: 'requires-python' | '.python-version' | 'uv.lock' | 'poetry.lock' | 'Pipfile'
  specifier: string
  at: FileLocation
}

const requirementsName = /(^|\/)(requirements[^/]*|[^/]*requirements|requirements\/[^/]+)\.(txt|in|pip)$/
const notShipped = /(^|\/)\.github\//

export async function loadPython({reader}: Inputs, facts: FactStore): Promise<Fact<Python>> {
  const files = await facts.value('files')
  const near = (files ?? noFiles).only(isNear)
  const requirementsFiles = near.ending('.txt', '.in', '.pip').filter((path) => requirementsName.test(path))
  const manifests = near.named('pyproject.toml', 'Pipfile')
  const isPython = near.ending('.py').length + manifests.length + requirementsFiles.length > 0
  if (!files || !isPython) return absent('the project has no Python')

  const requirements = new Map<string, RequirementsFile>()
  for (const path of requirementsFiles) {
    const read = await readRequirements(reader, path)
    if (read) requirements.set(path, read)
  }
  const pyprojects = new Map<string, Pyproject>()
  for (const path of near.named('pyproject.toml')) {
    const text = await reader.text(path)
    const document = text && parseToml(text)
    if (document && 'value' in document) pyprojects.set(path, readPyproject(document))
  }
  const demands = await versionDemands(reader, near, pyprojects)
  return known({
    requirements,
    pyprojects,
    versionDemands: demands,
    firstPython({name, specifier}) {
      const version = pinnedVersion(specifier)
      return version === undefined ? undefined : firstPython(name, version)
    },
    rulesOut: (version) => demands.some(({specifier}) => pythonSatisfies(version, specifier) === false),
    postgresUse: await findPostgresUse(reader, files),
    satisfies: pythonSatisfies,
    bringsDriver,
  })
}

async function versionDemands(
  reader: Inputs['reader'],
  paths: Files,
  pyprojects: ReadonlyMap<string, Pyproject>,
): Promise<VersionDemand[]> {
  const demands: VersionDemand[] = []
  for (const {requiresPython} of pyprojects.values()) {
    if (requiresPython) demands.push({from: 'requires-python', ...requiresPython})
  }
  // The line that says it, in files that machines write in one form.
  const forms = [
    {
      name: '.python-version',
      line: /^\s*(?:cpython-?)?(\d+\.\d+(?:\.\d+)?)\s*$/,
      specifier: (found: string) => minor(found),
    },
    {name: 'uv.lock', line: /^requires-python = "([^"]+)"/, specifier: (found: string) => found},
    {name: 'poetry.lock', line: /^python-versions = "([<>=!~][^"|]*)"/, specifier: (found: string) => found},
    {
      name: 'Pipfile',
      line: /^python_(?:full_)?version = "(\d+\.\d+(?:\.\d+)?)"/,
      specifier: (found: string) => minor(found),
    },
  ] as const
  for (const {name, line, specifier} of forms) {
    for (const path of paths.named(name)) {
      const text = await reader.text(path)
      if (!text) continue
      // poetry.lock repeats the key for each package; the project's own is in [metadata], the last one.
      for (let number = text.lineCount; number >= 1; number--) {
        const match = line.exec(text.line(number))
        if (!match) continue
        demands.push({from: name, specifier: specifier(match[1] as string), at: text.lineSpan(number)})
        break
      }
    }
  }
  return demands
}

/** `3.12.4` pins a patch that no base image is held to: only 3.12 is compared. */
const minor = (version: string) => `==${version.split('.').slice(0, 2).join('.')}.*`

/** The first string of the code, or value of an alembic.ini, that is a Postgres URL or Django's engine for it. */
async function findPostgresUse(reader: Inputs['reader'], paths: Files): Promise<Python['postgresUse']> {
  let mentioned: FileLocation | undefined
  // With something behind the scheme: `startswith("postgres://")` prepares for Postgres and needs none.
  const url =
    /postgres(?:ql)?(?:\+\w+)?:\/\/[\w$%{]|django\.(?:contrib\.gis\.)?db\.backends\.post(?:gresql(?:_psycopg2)?|gis)\b/
  for (const path of [...paths.ending('.py'), ...paths.named('alembic.ini')].sort()) {
    if (isApart(path) || notShipped.test(path)) continue
    const file = await reader.text(path)
    const match = file && url.exec(file.text)
    if (!match) continue
    if (path.endsWith('.py')) {
      const found = await stringWith(file, url)
      if (found?.proven) return found
      mentioned ??= found?.at
    } else {
      const at = file.span(match.index, match.index + match[0].length)
      if (!/^\s*[#;]/.test(file.line(at.line as number))) mentioned ??= at
    }
  }
  return mentioned && {at: mentioned, proven: false}
}

/** A string that matches and is a value, not a docstring. A default or a template may be another than what is used. */
async function stringWith(file: TextFile, pattern: RegExp): Promise<Python['postgresUse']> {
  let mentioned: FileLocation | undefined
  const {pythonTree} = await import('./source/tree.ts')
  const cursor = pythonTree(file.text).cursor()
  do {
    if (cursor.name !== 'String' && cursor.name !== 'FormatString') continue
    const match = pattern.exec(file.text.slice(cursor.from, cursor.to))
    if (!match || cursor.node.parent?.name === 'ExpressionStatement') continue
    const at = file.span(cursor.from + match.index, cursor.from + match.index + match[0].length)
    if (reachesEngine(file.text, cursor.node) || isDjangoEngine(file.text, cursor.node)) return {at, proven: true}
    mentioned ??= at
  } while (cursor.next())
  return mentioned && {at: mentioned, proven: false}
}

/** Whether a string is what `create_engine` gets: as its argument, or by the name that it alone is assigned to. */
function reachesEngine(source: string, {parent, from, to}: SyntaxNode): boolean {
  const call = parent?.name === 'ArgList' ? parent.parent : undefined
  if (call) return /^(\w+\.)*create_(async_)?engine\(/.test(source.slice(call.from, call.to))
  if (parent?.name !== 'AssignStatement') return false
  const name = /^(\w+)(?:\s*:\s*str)?\s*=\s*$/.exec(source.slice(parent.from, from))?.[1]
  const assigned = source.match(new RegExp(`\\b${name}\\b\\s*(:[^=\\n]{0,300})?=[^=]`, 'g'))?.length
  return parent.to === to && assigned === 1 && new RegExp(`create_(async_)?engine\\(\\s*${name}\\s*[,)]`).test(source)
}

/** Whether it is the ENGINE of the only DATABASES that a module sets, under no condition. */
function isDjangoEngine(source: string, {parent, from}: SyntaxNode): boolean {
  if (parent?.name !== 'DictionaryExpression' || !/["']ENGINE["']\s*:\s*$/.test(source.slice(0, from))) return false
  const around = parent.parent
  const assigned = around?.name === 'DictionaryExpression' ? around.parent : undefined
  if (assigned?.name !== 'AssignStatement' || assigned.parent?.name !== 'Script') return false
  const isDefault = /^DATABASES\s*=\s*\{\s*["']default["']\s*:\s*$/.test(source.slice(assigned.from, parent.from))
  return isDefault && source.match(/\bDATABASES\b/g)?.length === 1
}
