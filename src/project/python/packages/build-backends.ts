/** How each build backend finds the package when pyproject.toml does not say which it is. */
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseToml} from '../../documents/toml.ts'
import type {TextFile} from '../../files/text.ts'
import {normalizeName} from './pep508.ts'

export interface Backend {
  name: 'hatchling' | 'uv_build' | 'poetry' | 'setuptools'
  project: string
  /** Where that name stands. */
  named: FileLocation
  /** What it looks for, relative to pyproject.toml: one must be there; `*` is any folder. None of setuptools. */
  forms: string[]
}

/** Whether pyproject.toml says what belongs to the package. `editable`: it is built as a link to its folder. */
const says: Readonly<Record<Backend['name'], (tool: Table, editable: boolean) => boolean>> = {
  // hatchling/builders/wheel.py, default_file_selection_options and build_editable; hooks may do all of it.
  hatchling(tool, editable) {
    const build = tableAt(tool, 'hatch', 'build')
    const keys = 'packages include only-include force-include bypass-selection artifacts sources hooks'
    const all = [build, tableAt(build, 'targets', 'wheel')]
    return all.some((table) => hasAny(table, keys) || (editable && hasAny(table, 'dev-mode-dirs')))
  },
  uv_build: (tool) => hasAny(tableAt(tool, 'uv', 'build-backend'), 'module-name module-root namespace'),
  // poetry/core/masonry/utils/module.py
  poetry: (tool) => hasAny(tableAt(tool, 'poetry'), 'packages') || tableAt(tool, 'poetry')['package-mode'] === false,
  // setuptools/discovery.py
  setuptools: (tool) => hasAny(tableAt(tool, 'setuptools'), 'packages py-modules package-dir ext-modules'),
}

type Table = Record<string, unknown>

/** The table of this name; empty where there is none. */
const tableAt = (table: Table, ...names: string[]): Table =>
  names.reduce<Table>((inner, name) => {
    const next = Object.hasOwn(inner, name) ? inner[name] : undefined
    return isTable(next) ? next : {}
  }, table)

const hasAny = (table: Table, keys: string): boolean => keys.split(' ').some((key) => Object.hasOwn(table, key))

const modules: readonly (readonly [RegExp, Backend['name']])[] = [
  [/^hatchling\.build$/, 'hatchling'],
  [/^uv_build$/, 'uv_build'],
  [/^poetry\.(?:core\.)?masonry\.api$/, 'poetry'],
  [/^setuptools\.build_meta(?::__legacy__)?$/, 'setuptools'],
]

/** The backend that builds the project for a command; undefined where there is none, or where it is told what to take. */
export function backendOf(file: TextFile, command: string): Backend | undefined {
  const document = parseToml(file)
  if (!('value' in document)) return undefined
  const {value, at} = document
  const system = tableAt(value, 'build-system')
  const {requires, 'build-backend': module = 'setuptools.build_meta:__legacy__'} = system
  // Without a backend uv and Poetry install no project; pip takes setuptools, or one that is too old to choose.
  if (!Array.isArray(requires) || requires.some((each) => /^\s*setuptools\s*(?:[<~]|==)/.test(String(each))))
    return undefined
  const name = modules.find(([pattern]) => pattern.test(String(module)))?.[1]
  if (!name || 'backend-path' in system) return undefined
  const tool = tableAt(value, 'tool')
  const editable = /^uv sync\b(?!.* --no-editable)| -e | --editable[ =]/.test(command)
  if (says[name](tool, editable)) return undefined
  // Poetry as a program asks of its own backend only.
  if (/^poetry /.test(command) && name !== 'poetry') return undefined
  if (/^uv /.test(command) && tableAt(tool, 'uv').package === false) return undefined
  for (const path of [['project'], ['tool', 'poetry']]) {
    const {name: project} = tableAt(value, ...path)
    if (typeof project === 'string') return {name, project, named: at([...path, 'name']), forms: formsOf(name, project)}
  }
  return undefined
}

function formsOf(backend: Backend['name'], project: string): string[] {
  const plain = project.toLowerCase().replace(/[-_.]+/g, '_')
  switch (backend) {
    case 'hatchling':
      return [...new Set([plain, project.replace(/[^\w.]+/g, '_')])].flatMap((name) => [
        `${name}/__init__.py`,
        `src/${name}/__init__.py`,
        `${name}.py`,
        `*/${name}/__init__.py`,
      ])
    case 'uv_build':
      return [`src/${plain}/__init__.py`, `src/${plain}/__init__.pyi`]
    case 'poetry':
      return [...new Set([plain, project.replaceAll('-', '_')])].flatMap((name) => [
        name,
        `${name}.py`,
        `src/${name}`,
        `src/${name}.py`,
      ])
    default:
      return []
  }
}

/** The modules that build, of each package, and by which names it is required (as each documents it). */
const backends: readonly (readonly [top: string, requires: readonly string[], modules: readonly string[]])[] = [
  ['setuptools', ['setuptools'], ['setuptools.build_meta', 'setuptools.build_meta:__legacy__']],
  ['hatchling', ['hatchling'], ['hatchling.build', 'hatchling.ouroboros']],
  ['poetry', ['poetry-core', 'poetry'], ['poetry.core.masonry.api', 'poetry.masonry.api']],
  ['flit_core', ['flit-core'], ['flit_core.buildapi', 'flit_core.build_thyself']],
  ['pdm', ['pdm-backend', 'pdm-pep517'], ['pdm.backend', 'pdm.pep517.api']],
  ['uv_build', ['uv-build'], ['uv_build']],
]
/** Packages that bring no backend but their own. */
const plain = /^(?:setuptools|wheel|hatchling|poetry-core|flit-core|pdm-backend|uv-build|cython|numpy)$/

export interface BackendFault {
  /** `module`: there is none of that name. `requires`: it is not installed for the build. */
  kind: 'module' | 'requires'
  module: string
  /** What to write; what is required. */
  instead: string
  at: FileLocation
}

/** Why the backend that pyproject.toml names cannot be imported: "BackendUnavailable: Cannot import …". */
export function backendFault(file: TextFile): BackendFault | undefined {
  const document = parseToml(file)
  if (!('value' in document)) return undefined
  const system = tableAt(document.value, 'build-system')
  const {requires, 'build-backend': module} = system
  if (typeof module !== 'string' || !Array.isArray(requires) || 'backend-path' in system) return undefined
  const [, names, modules = []] = backends.find(([top]) => top === module.split(/[.:]/)[0]) ?? []
  if (!names) return undefined
  const at = document.at(['build-system', 'build-backend'])
  const [first = ''] = modules
  if (!modules.includes(module)) return {kind: 'module', module, instead: first, at}
  const required = requires.map((each) => normalizeName(String(each).replace(/[^\w.-].*$/s, '')))
  if (required.some((each) => names.includes(each)) || !required.every((each) => plain.test(each))) return undefined
  return {kind: 'requires', module, instead: names[0] as string, at}
}

/** The package that the build of a project asks for, where only who builds packages has it. */
export function askedBackend(file: TextFile): {name: string; at: FileLocation} | undefined {
  const document = parseToml(file)
  if (!('value' in document)) return undefined
  const {requires} = tableAt(document.value, 'build-system')
  const name = (Array.isArray(requires) ? requires : [])
    .map((each) => normalizeName(/^\s*([\w.-]+)/.exec(String(each))?.[1] ?? ''))
    .find((each) => /^(?:hatchling|poetry-core|flit-core|pdm-backend|uv-build)$/.test(each))
  return name === undefined ? undefined : {name, at: document.at(['build-system', 'requires'])}
}
