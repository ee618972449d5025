import type {FileLocation} from '../../../check.ts'
import {type Document, isTable, type Path} from '../../documents/document.ts'
import {normalizeName, parseRequirement} from './pep508.ts'
import type {Requirement} from './requirements.ts'

/** What pyproject.toml says about packages and the Python version. */
export interface Pyproject {
  /** As pip spells it. */
  name: string | undefined
  /** Packages of a plain install: no extras, no groups. */
  requirements: Requirement[]
  /** Every package is known: nothing dynamic, nothing unreadable. */
  complete: boolean
  /** A PEP 440 specifier; Poetry's `^` and `~` are turned into one. */
  requiresPython: {specifier: string; at: FileLocation} | undefined
  /** It has groups of packages for development. */
  hasGroups: boolean
  /** Their names. */
  groups: string[]
  /** Packages of a plain install that git clones, whoever installs them, and those that uv alone does: [tool.uv.sources]. */
  clones: FileLocation[]
  uvClones: FileLocation[]
}

/** Reads [project] (PEP 621) and [tool.poetry.dependencies]. */
export function readPyproject({value, at}: Document): Pyproject {
  const project = table(value.project)
  const poetry = table(table(value.tool).poetry)
  const requirements: Requirement[] = []
  const clones: FileLocation[] = []
  const uvClones: FileLocation[] = []
  const sources = table(table(table(value.tool).uv).sources)
  let complete = !(Array.isArray(project.dynamic) && project.dynamic.includes('dependencies'))

  const add = (text: unknown, path: Path) => {
    const parsed = typeof text === 'string' ? parseRequirement(text) : {invalid: ''}
    if ('invalid' in parsed || parsed.url) complete = false
    if ('invalid' in parsed) return
    requirements.push({...parsed, at: at(path)})
    if (parsed.marker) return
    const [key] = Object.keys(sources).filter((each) => normalizeName(each) === parsed.name)
    const source = key === undefined ? undefined : sources[key]
    if (parsed.url?.startsWith('git+')) clones.push(at(path))
    else if (key !== undefined && isTable(source) && source.git && !source.marker)
      uvClones.push(at(['tool', 'uv', 'sources', key]))
  }
  if (Array.isArray(project.dependencies)) {
    project.dependencies.forEach((text, index) => {
      add(text, ['project', 'dependencies', index])
    })
  }
  for (const [name, wanted] of Object.entries(table(poetry.dependencies))) {
    if (name === 'python') continue
    const options = isTable(wanted) ? wanted : {}
    if (options.optional === true) continue
    if (options.path || options.git || options.url || Array.isArray(wanted)) complete = false
    requirements.push({
      name: normalizeName(name),
      written: name,
      extras: Array.isArray(options.extras) ? options.extras.map((extra) => normalizeName(String(extra))) : [],
      specifier: '',
      // Its `python` and `platform` are conditions too, in forms of their own: not decided.
      marker:
        options.python || options.platform
          ? undecided
          : typeof options.markers === 'string'
            ? options.markers
            : undefined,
      at: at(['tool', 'poetry', 'dependencies', name]),
    })
  }

  const named = project.name ?? poetry.name
  const name = typeof named === 'string' ? normalizeName(named) : undefined
  const rest = {requiresPython: pythonOf(), hasGroups: hasGroups(), groups: groups()}
  return {name, requirements, complete, ...rest, clones, uvClones}

  function groups(): string[] {
    const tool = table(value.tool)
    const isDev = isTable(poetry['dev-dependencies']) || Array.isArray(table(tool.uv)['dev-dependencies'])
    const named = [value['dependency-groups'], poetry.group, table(tool.pdm)['dev-dependencies']]
    return [...(isDev ? ['dev'] : []), ...named.flatMap((each) => Object.keys(table(each)))].map(normalizeName)
  }

  function hasGroups(): boolean {
    const tool = table(value.tool)
    const places = [
      value['dependency-groups'],
      poetry.group,
      poetry['dev-dependencies'],
      table(tool.pdm)['dev-dependencies'],
    ]
    return places.some(isTable) || Array.isArray(table(tool.uv)['dev-dependencies'])
  }

  function pythonOf(): Pyproject['requiresPython'] {
    const standard = project['requires-python']
    if (typeof standard === 'string') return {specifier: standard, at: at(['project', 'requires-python'])}
    const old = table(poetry.dependencies).python
    const specifier = typeof old === 'string' ? fromPoetry(old) : undefined
    return specifier === undefined ? undefined : {specifier, at: at(['tool', 'poetry', 'dependencies', 'python'])}
  }
}

/** Poetry's constraint as a PEP 440 specifier (Poetry's docs, "Dependency specification"); undefined for `||`. */
function fromPoetry(constraint: string): string | undefined {
  const parts = constraint.split(',').map((part) => part.trim())
  const specifiers = parts.map((part) => {
    const caret = /^\^\s*(\d+)(?:\.(\d+))?(?:\.\d+)*$/.exec(part)
    if (caret) return `>=${part.slice(1).trim()},<${Number(caret[1]) + 1}`
    const tilde = /^~\s*(\d+)(?:\.(\d+))?(?:\.\d+)*$/.exec(part)
    if (tilde) {
      const next = tilde[2] === undefined ? `${Number(tilde[1]) + 1}` : `${tilde[1]}.${Number(tilde[2]) + 1}`
      return `>=${part.slice(1).trim()},<${next}`
    }
    if (part === '*') return ''
    if (/^\d+(\.\d+)*(\.\*)?$/.test(part)) return `==${part}`
    return /^[<>=!~]/.test(part) ? part : undefined
  })
  return specifiers.includes(undefined) ? undefined : specifiers.filter(Boolean).join(',')
}

const table = (value: unknown): Record<string, unknown> => (isTable(value) ? value : {})

/** A marker that asks for something unknown: whether the package is installed is not decided. */
const undecided = 'poetry == "unknown"'
