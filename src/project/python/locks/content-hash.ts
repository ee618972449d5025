import {createHash} from 'node:crypto'
import {isTable} from '../../documents/document.ts'
import {normalizeName} from '../packages/pep508.ts'

type Table = Readonly<Record<string, unknown>>

const table = (value: unknown): Table => (isTable(value) ? value : {})

/**
 * The hashes that poetry.lock may have for a pyproject.toml, as Poetry 1.1, 1.2 to 1.8 (which do not look at [project]), 2.0
 * to 2.2 and 2.3 work them out (`Locker._get_content_hash`); undefined where JavaScript does not see what Python would write.
 */
export function poetryHashes(manifest: Table): string[] | undefined {
  const legacy = ['dependencies', 'source', 'extras', 'dev-dependencies']
  const poetry = table(table(manifest.tool).poetry)
  const project = pick(table(manifest.project), ['requires-python', 'dependencies', 'optional-dependencies'])
  const groups = table(manifest['dependency-groups'])
  const oldest = Object.fromEntries(legacy.map((key) => [key, poetry[key] ?? null]))
  const old = {...oldest, ...pick(poetry, ['group'])}
  const tool = {poetry: pick(poetry, [...legacy, 'group']) ?? {}}
  const standard = project ? {project, tool} : old
  const newest =
    Object.keys(groups).length > 0 ? {...(project && {project}), 'dependency-groups': groups, tool} : standard
  const all = [oldest, old, standard, newest].map((each) => sha256(each, ', ', ': '))
  return all.every((hash) => hash !== undefined) ? all : undefined
}

/**
 * The hashes that Pipfile.lock may have for a Pipfile (plette, `Pipfile.get_hash`; newer Pipenvs write names as PyPI does,
 * older ones leave further categories out).
 */
export function pipfileHashes(pipfile: Table): string[] | undefined {
  const {
    source,
    packages = {},
    'dev-packages': develop = {},
    requires = {},
    scripts,
    pipfile: own,
    pipenv,
    ...others
  } = pipfile
  // Without a source Pipenv takes PyPI, in a form that depends on its settings.
  if (!Array.isArray(source)) return undefined
  const categories = {default: packages, develop, ...others}
  const normalized = Object.fromEntries(
    Object.entries(categories).map(([key, names]) => [
      key,
      Object.fromEntries(Object.entries(table(names)).map(([name, wanted]) => [normalizeName(name), wanted])),
    ]),
  )
  const all = [categories, normalized, {default: packages, develop}].map((each) =>
    sha256({_meta: {sources: source, requires}, ...each}, ',', ':'),
  )
  return all.every((hash) => hash !== undefined) ? all : undefined
}

const pick = (from: Table, keys: readonly string[]): Table | undefined => {
  const found = keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]] as const)
  return found.length > 0 ? Object.fromEntries(found) : undefined
}

function sha256(value: unknown, comma: string, colon: string): string | undefined {
  const text = pythonJson(value, comma, colon)
  return text === undefined ? undefined : createHash('sha256').update(text).digest('hex')
}

/** `json.dumps(value, sort_keys=True)`; undefined for numbers and dates, which Python may write in another way. */
function pythonJson(value: unknown, comma: string, colon: string): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped)
  const isList = Array.isArray(value)
  if (!isList && !isTable(value)) return undefined
  const parts = isList
    ? value.map((each) => pythonJson(each, comma, colon))
    : Object.keys(value)
        .sort()
        .map((key) => {
          const inner = pythonJson(value[key], comma, colon)
          return inner && `${pythonJson(key, comma, colon)}${colon}${inner}`
        })
  if (parts.includes(undefined)) return undefined
  return isList ? `[${parts.join(comma)}]` : `{${parts.join(comma)}}`
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
