import {isTable, type Path} from '../../documents/document.ts'
import {normalizeName, parseRequirement} from '../packages/pep508.ts'

interface Difference {
  difference: string
  /** Where in pyproject.toml. */
  path: Path
}

/** What `uv sync --locked` stops at: pyproject.toml asks for something else than it did when uv.lock was written (`Lock::satisfies`). */
export function uvDifference(manifest: Record<string, unknown>, lock: string): Difference | undefined {
  const project = isTable(manifest.project) ? manifest.project : {}
  const tool = isTable(manifest.tool) && isTable(manifest.tool.uv) ? manifest.tool.uv : {}
  const name = typeof project.name === 'string' ? normalizeName(project.name) : undefined
  const blocks = lock.split(/^\[\[package\]\]\n/m).slice(1)
  const own = blocks.filter((block) => /^source = \{ (?:editable|virtual) =/m.test(block))
  const [block] = own
  // Of a workspace each member has a part; a dynamic list is only known once it is built.
  if (!block || own.length > 1 || isTable(tool.workspace) || Array.isArray(project.dynamic)) return undefined
  if (normalizeName(/^name = "([^"]+)"/m.exec(block)?.[1] ?? '') !== name) return undefined
  const locked = /^version = "([^"]+)"/m.exec(block)?.[1]
  const {version, dependencies = []} = project
  if (
    typeof version === 'string' &&
    locked &&
    isPlain(version) &&
    isPlain(locked) &&
    plainVersion(version) !== plainVersion(locked)
  )
    return {
      difference: `the project is ${locked} in it, and ${version} in pyproject.toml`,
      path: ['project', 'version'],
    }

  const python = /^requires-python = "([^"]+)"/m.exec(lock)?.[1]
  const wanted = project['requires-python']
  // uv writes a range in its own way (`>=3.12,<3.13` becomes `==3.12.*`): only lower bounds alone are compared.
  if (typeof wanted === 'string' && python && [wanted, python].every(isLowerBound) && !isSame(wanted, python))
    return {
      difference: `it is for Python ${python}, and pyproject.toml asks for ${wanted}`,
      path: ['project', 'requires-python'],
    }

  const required = /^requires-dist = \[(.*(?:\n[ \t].*)*)/m.exec(block)?.[1]
  if (!Array.isArray(dependencies) || (dependencies.length > 0 && required === undefined)) return undefined
  // What an extra asks for has a marker that names it.
  const entries = [...(required ?? '').matchAll(/\{ name = "([^"]+)"(.{0,1000}?) \}/g)].filter(
    ([, , rest = '']) => !/\bextra\b ?==/.test(rest),
  )
  const sources = isTable(tool.sources) ? Object.keys(tool.sources).map(normalizeName) : []
  for (const [index, text] of dependencies.entries()) {
    const path = ['project', 'dependencies', index]
    const parsed = typeof text === 'string' ? parseRequirement(text) : {invalid: ''}
    if ('invalid' in parsed) return undefined
    const same = entries.filter(([, each]) => each === parsed.name)
    // One that is for other systems or other Pythons uv may leave out.
    if (same.length === 0 && parsed.marker) continue
    if (same.length === 0) return {difference: `it does not know that pyproject.toml asks for ${parsed.written}`, path}
    const specifiers = same.map(([, , rest = '']) => / specifier = "([^"]*)"/.exec(rest)?.[1] ?? '')
    if (parsed.url || sources.includes(parsed.name) || parsed.marker || specifiers.length > 1) continue
    if (!isSame(parsed.specifier, specifiers[0] as string))
      return {
        difference: `pyproject.toml asks for ${parsed.written}${parsed.specifier || ' of any version'}, and it was written for ${specifiers[0] || 'any version'}`,
        path,
      }
  }
  const gone = entries.find(([, each]) => !dependencies.some((text) => nameOf(text) === each))
  return (
    gone && {
      difference: `it still has ${gone[1]}, which pyproject.toml names no more`,
      path: ['project', 'dependencies'],
    }
  )
}

const isLowerBound = (specifier: string): boolean => /^\s*>=\s*[\d.]+\s*$/.test(specifier)

const isPlain = (version: string): boolean => /^\d+(\.\d+)*$/.test(version)

const nameOf = (text: unknown): string | undefined => {
  const parsed = typeof text === 'string' ? parseRequirement(text) : {invalid: ''}
  return 'invalid' in parsed ? undefined : parsed.name
}

/** Whether two specifiers ask for the same, in whatever order. A version written in another way may be the same one. */
function isSame(a: string, b: string): boolean {
  const parts = (text: string) => text.replace(/\s+/g, '').split(',').filter(Boolean).sort()
  const [left, right] = [parts(a), parts(b)]
  return left.length === right.length && left.every((each, index) => isSamePart(each, right[index] as string))
}

function isSamePart(a: string, b: string): boolean {
  if (a === b) return true
  const plain = /^(==|>=|<=|~=|!=|>|<)(\d+(?:\.\d+)*(?:\.\*)?)$/
  const [left, right] = [plain.exec(a), plain.exec(b)]
  // Of other forms nothing is said.
  if (!left || !right) return true
  return left[1] === right[1] && plainVersion(left[2] as string) === plainVersion(right[2] as string)
}

/** `2024.01.0` is `2024.1`, as uv writes it (PEP 440). */
const plainVersion = (version: string): string =>
  version.replace(/(^|\.)0+(?=\d)/g, '$1').replace(/(?<!\.0)(\.0)+$/, '')
