/** How each build backend finds the package when pyproject.toml does not say which it is. */

export interface Backend {
  name: 'hatchling' | 'uv_build' | 'poetry' | 'setuptools'
  project: string
  /** The name in the text, as offsets. */
  start: number
  end: number
  /** What it looks for, relative to pyproject.toml: one must be there; `*` is any folder. None of setuptools. */
  forms: string[]
}

/** The tables in which it is said what belongs to the package, and the keys that say it. */
const explicit: Readonly<Record<Backend['name'], {table: RegExp; says: RegExp}>> = {
  // hatchling/builders/wheel.py, default_file_selection_options; hooks may do all of it.
  hatchling: {
    table: /^tool\.hatch\.build\b/,
    says: /^\[.*(?:\.hooks|force-include)\b|^(?:targets\.wheel\.)?(?:packages|include|only-include|artifacts|bypass-selection|force-include|sources|hooks)\b/m,
  },
  uv_build: {table: /^tool\.uv\.build-backend$/, says: /^(?:module-name|module-root|namespace)\b/m},
  // poetry/core/masonry/utils/module.py
  poetry: {
    table: /^tool\.poetry(?:\.packages)?$/,
    says: /^packages\b|^package-mode\s*=\s*false|^\[+tool\.poetry\.packages/m,
  },
  // setuptools/discovery.py
  setuptools: {
    table: /^tool\.setuptools\b/,
    says: /^\[{1,2}[\w.-]{0,300}\.(?:packages|package-dir|py-modules|ext-modules)\b|^(?:packages|py-modules|package-dir|ext-modules)\b/m,
  },
}

/** The tables of this name, with their headers. */
function tablesOf(text: string, name: RegExp): string {
  const found = text.matchAll(/^\[{1,2}([\w.-]{1,300})\]{1,2}[^\n]*\n(?:(?!\[).*\n?)*/gm)
  return [...found].flatMap(([all, header = '']) => (name.test(header) ? [all] : [])).join('\n')
}

const modules: readonly (readonly [RegExp, Backend['name']])[] = [
  [/^hatchling\.build$/, 'hatchling'],
  [/^uv_build$/, 'uv_build'],
  [/^poetry\.(?:core\.)?masonry\.api$/, 'poetry'],
  [/^setuptools\.build_meta(?::__legacy__)?$/, 'setuptools'],
]

/** The backend that builds the project for a command; undefined where there is none, or where it is told what to take. */
export function backendOf(text: string, command: string): Backend | undefined {
  const table = /^\[build-system\]\s*\n((?:(?!\[\w).*\n?)*)/m.exec(text)?.[1]
  // Without a backend uv and Poetry install no project; pip takes setuptools, or one that is too old to choose.
  if (table === undefined || /\bsetuptools\s*(?:[<~]|==)/.test(table)) return undefined
  const module = /^build-backend\s*=\s*["']([^"']+)["']/m.exec(table)?.[1] ?? 'setuptools.build_meta:__legacy__'
  const name = modules.find(([pattern]) => pattern.test(module))?.[1]
  if (!name || /^backend-path\s*=/m.test(table)) return undefined
  if (explicit[name].says.test(tablesOf(text, explicit[name].table))) return undefined
  // Poetry as a program asks of its own backend only.
  if (/^poetry /.test(command) && name !== 'poetry') return undefined
  if (/^uv /.test(command) && /^package\s*=\s*false/m.test(text)) return undefined
  const found = /^\[(?:project|tool\.poetry)\][ \t]*\n(?:(?!\[\w).*\n)*?name\s*=\s*(["'])([\w.-]+)\1/m.exec(text)
  const project = found?.[2]
  if (!found || project === undefined) return undefined
  const end = found.index + found[0].length
  return {name, project, start: end - project.length - 2, end, forms: formsOf(name, project)}
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
