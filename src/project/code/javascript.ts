import {posix} from 'node:path'
import type {Tracked} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Surroundings} from '../image/servers/servers.ts'
import {argumentsAt, type Code, closing, codeOf, parts, type Span, textOf, trim} from './code.ts'
import {type CodeWord, fromEnvironment, joined, literal, unknownWord} from './word.ts'

/** The files of the project that one of them brings with it, that one first. */
export interface Modules {
  files: Code[]
  /** The file that an import of another one names; undefined for packages. */
  imported(from: Code, name: string): Code | undefined
}

const most = 400

/** What `import`, `export … from`, `require` and `import()` name. */
export const imports = /\b(?:from|import|require)\s*(?:\(\s*)?["']([^"'\n]+)["']/g

export async function javascriptModules(entry: string, paths: Tracked, reader: ProjectReader): Promise<Modules> {
  const files = new Map<string, Code>()
  const targets = new Map<string, string>()
  const next = [entry]
  for (let path = next.shift(); path !== undefined && files.size < most; path = next.shift()) {
    if (files.has(path)) continue
    const file = await reader.text(path)
    const code = file && codeOf(file)
    if (!code) continue
    files.set(path, code)
    for (const [, name = ''] of code.text.matchAll(imports)) {
      const target = resolve(path, name)
      if (target === undefined) continue
      targets.set(`${path}\n${name}`, target)
      next.push(target)
    }
  }
  return {
    files: [...files.values()],
    imported: (from, name) => files.get(targets.get(`${from.file.path}\n${name}`) ?? ''),
  }

  function resolve(from: string, name: string): string | undefined {
    if (name.startsWith('.')) return existing(posix.join(posix.dirname(from), name))
    // The usual names for a project's own source folder (tsconfig's paths, package.json's imports).
    const [, rest] = /^(?:@|~|#)\/(.+)$/.exec(name) ?? []
    const bare = rest ?? (/^(src|app|lib|server)\//.test(name) ? name : undefined)
    if (bare === undefined) return undefined
    for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
      const found = existing(posix.join(folder, bare)) ?? existing(posix.join(folder, 'src', bare))
      if (found || folder === '.') return found
    }
  }

  function existing(path: string): string | undefined {
    const known = found.get(paths) ?? new Map<string, string | undefined>()
    found.set(paths, known)
    if (!known.has(path))
      known.set(
        path,
        forms(path).find((each) => paths.has(each)),
      )
    return known.get(path)
  }
}

/** The file that a path of an import means: many files import one, and each is asked for from many entries. */
const found = new WeakMap<Tracked, Map<string, string | undefined>>()

function forms(path: string): string[] {
  const stem = path.replace(/\.([cm]?)jsx?$/, '')
  return [path, ...endings.flatMap((ending) => [path + ending, stem + ending])]
}

const endings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.jsx',
  '/index.ts',
  '/index.js',
  '/index.mjs',
]

/** The value of an expression where it can be read without running anything. */
export function javascriptValue(code: Code, span: Span, modules: Modules, around: Surroundings, depth = 0): CodeWord {
  if (depth > 8) return unknownWord
  const {start, end} = trim(code, span)
  const again = (inner: Span, of = code) => javascriptValue(of, inner, modules, around, depth + 1)
  const text = code.text.slice(start, end).replace(/(?<!\s)\s+as\s+(?=\S)[\w.<> |]{1,300}$/, '')
  const whole = {start, end: start + text.length}
  if (text.length === 0) return unknownWord
  if (/^\d[\d_]*$/.test(text)) return literal(text.replaceAll('_', ''))
  if (/^(["'])[^\\\n]*\1$/.test(text) && code.bare.slice(start + 1, whole.end - 1).trim() === '') {
    return literal(text.slice(1, -1))
  }
  if (/^`[^`\\]*`$/.test(text)) return template(text.slice(1, -1), start + 1)
  if (text.endsWith('!')) return again({start, end: whole.end - 1})
  if (text.startsWith('+')) return again({start: start + 1, end: whole.end})
  if (text.startsWith('(') && closing(code, start) === whole.end - 1)
    return again({start: start + 1, end: whole.end - 1})
  const alternatives = parts(code, whole, /\|\||\?\?/y)
  if (alternatives.length > 1) {
    const [first, ...others] = alternatives.map((each) => again(each)) as [CodeWord, ...CodeWord[]]
    if (!first.unset) return first.text === '' ? unknownWord : first
    // The first that is set counts.
    const rest = others.reduce((before, each) => (before.unset || before.text === '' ? each : before))
    return rest.variable && !rest.unset && !rest.fixed ? rest : {...rest, fixed: false, variable: first.variable}
  }
  const [condition, choices] = parts(code, whole, /\?(?![.?])/y)
  if (condition && choices) {
    const [yes, no] = parts(code, choices, /:/y)
    const then = yes && again(yes)
    const otherwise = no && again(no)
    if (!then?.variable || !otherwise) return unknownWord
    return then.unset ? {...otherwise, fixed: false, variable: then.variable} : then
  }
  const convert = /^(?:Number|parseInt|Number\.parseInt|parseFloat|String)\s*\(/.exec(text)
  if (convert && closing(code, start + convert[0].length - 1) === whole.end - 1) {
    const [inner] = argumentsAt(code, start + convert[0].length - 1)
    return inner ? again(inner) : unknownWord
  }
  const variable =
    /^(?:process|Bun)\.env(?:\.(\w+)|\[\s*["'](\w+)["']\s*\])$/.exec(text) ??
    /^Deno\.env\.get\(\s*["'](\w+)["']\s*\)$/.exec(text)
  if (variable) return fromEnvironment((variable[1] ?? variable[2]) as string, undefined, around)
  if (/^[A-Za-z_$][\w$]*$/.test(text)) return named(text)
  const [, object, property] = /^([A-Za-z_$][\w$]*)(?:\??\.[\w$]+)*\??\.([\w$]+)$/.exec(text) ?? []
  if (object && property && object !== 'this') {
    const from = importOf(code, object, modules) ?? code
    return propertyOf(from, property) ?? unknownWord
  }
  return unknownWord

  function template(body: string, from: number): CodeWord {
    const words: CodeWord[] = []
    let at = 0
    for (const hole of body.matchAll(/\$\{([^{}]*)\}/g)) {
      words.push(literal(body.slice(at, hole.index)))
      const start = from + hole.index + 2
      // The layer without strings is blank here: only what needs none of it can be read.
      words.push(again({start, end: start + (hole[1] as string).length}))
      at = hole.index + hole[0].length
    }
    return joined([...words, literal(body.slice(at))])
  }

  function named(name: string): CodeWord {
    const declared = declarationOf(code, name)
    if (declared) return again(declared)
    const destructured = new RegExp(
      `\\{(?=[^{}]{0,1000}\\}\\s*=\\s*process\\.env\\b)[^{}]{0,1000}?(?:\\b(\\w+)\\s*:\\s*)?\\b${name.replaceAll('$', '\\$')}\\b(?:\\s*=\\s*([^,{}]{1,200}))?`,
    ).exec(code.bare)
    if (destructured) {
      const at = destructured[2] === undefined ? -1 : destructured.index + destructured[0].indexOf(destructured[2])
      const standard = at < 0 ? undefined : again({start: at, end: at + (destructured[2] as string).length})
      return fromEnvironment(destructured[1] ?? name, standard, around)
    }
    const from = importOf(code, name, modules)
    const there = from && declarationOf(from, name)
    if (from && there) return again(there, from)
    return (from && propertyOf(from, name)) || unknownWord
  }

  /** `port: 3000` of an object, `PORT: z.coerce.number().default(3000)` of a schema. */
  function propertyOf(from: Code, name: string): CodeWord | undefined {
    // A type says what it is, not which.
    const key = new RegExp(`(?:^|[{,\\s])${name}\\s*:\\s*(?=[^\\s:])(?!(?:number|string|any|unknown)\\b)`, 'g')
    const found = [...from.bare.matchAll(key)]
    if (found.length !== 1) return undefined
    const start = (found[0]?.index ?? 0) + (found[0]?.[0].length ?? 0)
    const value = {start, end: endOfValue(from, start)}
    const written = textOf(from, value)
    if (!/^(?:z|zod|v|t|s|Joi|yup|envalid|port|num|str|coerce)\b[.(]/.test(written)) {
      return mayBeAnother(name, [from, code]) ? {...again(value, from), fixed: false} : again(value, from)
    }
    // A schema: its keys are variables, if it is one of the environment.
    if (!/process\.env|Bun\.env/.test(from.text) || !/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined
    const [, standard] = /\bdefault\s*(?:\(|:)\s*["']?([\w.:]+)["']?/.exec(written) ?? []
    return fromEnvironment(name, standard === undefined ? undefined : literal(standard), around)
  }
}

/** Whether the property of an object may be set anew, or the object be merged with another one, or taken from elsewhere. */
const mayBeAnother = (name: string, codes: readonly Code[]): boolean =>
  codes.some(
    ({bare}) =>
      new RegExp(`\\.${name}\\s*(?:\\|\\||\\?\\?)?=(?![=>])`).test(bare) ||
      /\bObject\.assign\s*\(|\bmerge\w*\s*\(|\.\.\.\w|(?:^|[;{}])[ \t]*\w+\s*=\s*(?:await\s+import|require)\s*\(/m.test(
        bare,
      ),
  )

/** The value that a name is declared with, where nothing gives it another one. */
function declarationOf(code: Code, name: string): Span | undefined {
  const escaped = name.replaceAll('$', '\\$')
  const [found, another] = code.bare.matchAll(
    new RegExp(`(?:const|let|var)\\s+${escaped}\\s{0,20}(?::[^=;\\n]{1,500})?=(?!=)\\s{0,100}`, 'g'),
  )
  if (!found || another) return undefined
  const assigned = [...code.bare.matchAll(new RegExp(`(?:^|[^.\\w$])${escaped}\\s*=(?![=>])`, 'g'))]
  if (assigned.length > 1) return undefined
  const start = found.index + found[0].length
  return {start, end: endOfValue(code, start)}
}

/** A value ends at `;`, at a comma or bracket around it, or at a line's end after which nothing goes on. */
function endOfValue({bare}: Code, start: number): number {
  let depth = 0
  for (let at = start; at < bare.length; at++) {
    const character = bare[at] as string
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character) && --depth < 0) return at
    if (depth > 0) continue
    if (character === ';' || character === ',') return at
    if (character !== '\n') continue
    const before = bare.slice(start, at).trimEnd().at(-1)
    if (before === undefined || /[|?:+&=]/.test(before)) continue
    if (!/^\s*(?:\|\||\?|:|\.|&&|\+)/.test(bare.slice(at, at + 200))) return at
  }
  return bare.length
}

/** The file that a name comes from: `import {port} from './config'`, `const config = require('./config')`. */
function importOf(code: Code, name: string, modules: Modules): Code | undefined {
  const escaped = name.replaceAll('$', '\\$')
  const pattern = new RegExp(
    `(?:import\\s(?=[^;"'\`]{0,1000}\\b${escaped}\\b)[^;"'\`]{0,1000}?from\\s{0,99}|(?:const|let|var)\\s(?=[^;=]{0,1000}\\b${escaped}\\b)[^;=]{0,1000}=\\s{0,99}require\\s{0,9}\\(\\s{0,99})["']([^"'\\n]{1,500})["']`,
  )
  const path = pattern.exec(code.text)?.[1]
  return path === undefined ? undefined : modules.imported(code, path)
}
