/** Paths as code writes them: a literal, or one that begins at the file's own folder. */
import {posix} from 'node:path'
import {argumentsAt, type Code, closing, parts, type Span, textOf, trim} from '../code.ts'

/** A path relative to the folder that the program runs in, to that of the file, or to that where cargo built it. */
export interface PathExpression {
  from: 'cwd' | 'file' | 'manifest'
  path: string
}

/** `concat!(env!("CARGO_MANIFEST_DIR"), "/static")`, `Path::new(env!("CARGO_MANIFEST_DIR")).join("static")` */
const builtPath =
  /^&?(?:concat!\(\s{0,50}env!\("CARGO_MANIFEST_DIR"\),\s{0,50}"(\/[\w.@/-]{1,200})"\s{0,50},?\s{0,50}\)|(?:\w{1,20}::){0,3}Path(?:Buf)?::(?:new|from)\(\s{0,50}env!\("CARGO_MANIFEST_DIR"\)\s{0,50}\)\s{0,50}\.join\("([\w.@-][\w.@/-]{0,200})"\))(?:\.(?:to_string|to_owned|into)\(\))?$/

/** undefined where it cannot be read without running anything. */
export function pathExpression(code: Code, span: Span, depth = 0): PathExpression | undefined {
  if (depth > 4) return undefined
  const {start, end} = trim(code, span)
  const text = code.text.slice(start, end)
  const literal = /^(["'`])([^"'`\\$]*)\1$/.exec(text)?.[2]
  if (literal !== undefined) return /^[\w.@/*-]+$/.test(literal) ? {from: 'cwd', path: literal} : undefined
  if (/^(?:__dirname|import\.meta\.dirname)$/.test(text)) return {from: 'file', path: '.'}
  if (/^(?:process\.cwd|Path\.cwd|os\.getcwd)\(\)$/.test(text)) return {from: 'cwd', path: '.'}
  const besides = /^new URL\(\s{0,50}["']([\w.@/-]+)["']\s{0,50},\s{0,50}import\.meta\.url\s{0,50},?\s{0,50}\)$/.exec(
    text,
  )?.[1]
  if (besides) return {from: 'file', path: besides}
  // `Path(__file__).resolve().parent.parent`: the first parent is the folder of the file.
  const parents = /^(?:pathlib\.)?Path\(__file__\)(?:\.(?:resolve|absolute)\(\))?((?:\.parent)+)$/.exec(text)?.[1]
  if (parents) return {from: 'file', path: '../'.repeat(parents.length / '.parent'.length - 1) || '.'}
  const nth = /^(?:pathlib\.)?Path\(__file__\)(?:\.(?:resolve|absolute)\(\))?\.parents\[(\d)\]$/.exec(text)?.[1]
  if (nth) return {from: 'file', path: '../'.repeat(Number(nth)) || '.'}
  // `os.path.dirname(os.path.dirname(os.path.abspath(__file__)))`: each one goes a folder up.
  const folders =
    /^((?:os\.path\.)?dirname\(){1,6}(?:os\.path\.(?:abspath|realpath)\(\s{0,20}__file__\s{0,20}\)|__file__)\s{0,20}\){1,6}$/.exec(
      text,
    )
  if (folders) return {from: 'file', path: '../'.repeat(text.split('dirname(').length - 2) || '.'}
  if (code.language === 'rust') {
    const built = builtPath.exec(text)
    if (built) return {from: 'manifest', path: posix.normalize(`.${(built[1] ?? `/${built[2]}`).replace(/\/$/, '')}`)}
  }
  if (code.language === 'python') {
    const divided = parts(code, {start, end}, /\//y)
    if (divided.length > 1) return joined(divided)
  }
  // `__dirname + '/public'`: what follows must begin a folder of its own.
  const added = code.language === 'javascript' ? parts(code, {start, end}, /\+/y) : []
  if (added.length > 1)
    return added.slice(1).every((each) => /^["'`]\//.test(textOf(code, each))) ? joined(added) : undefined
  // `"./web/" + assetsDir`: Go joins texts, and takes two slashes for one.
  const texts = code.language === 'go' ? parts(code, {start, end}, /\+/y) : []
  if (texts.length > 1) {
    const written = texts.map((each) => goText(code, textOf(code, each)))
    const whole = written.every((each) => each !== undefined) ? written.join('') : ''
    return /^[\w.@-][\w.@/*-]*$/.test(whole) ? {from: 'cwd', path: posix.normalize(whole)} : undefined
  }
  const joining = code.language === 'go' ? /^(?:path|filepath)\.Join\s*\(/.exec(text) : null
  if (joining && closing(code, start + joining[0].length - 1) === end - 1)
    return joinedFolder(argumentsAt(code, start + joining[0].length - 1))
  const call =
    /^(?:path\.|require\(["'](?:node:)?path["']\)\.)?(?:posix\.)?(join|resolve)\s*\(|^(os\.path\.join|str|Path|path\.dirname|fileURLToPath)\s*\(/.exec(
      text,
    )
  if (call && closing(code, start + call[0].length - 1) === end - 1) {
    if (call[0].startsWith('path.dirname')) {
      return /^path\.dirname\(\s*(?:url\.)?fileURLToPath\(import\.meta\.url\)\s*\)$/.test(text)
        ? {from: 'file', path: '.'}
        : undefined
    }
    return joined(argumentsAt(code, start + call[0].length - 1))
  }
  const constant = code.language === 'go' && /^\w+$/.test(text) ? goText(code, text) : undefined
  if (constant !== undefined) return /^[\w.@/-]+$/.test(constant) ? {from: 'cwd', path: constant} : undefined
  return /^\w+$/.test(text) ? named(text) : undefined

  function joined(spans: readonly Span[]): PathExpression | undefined {
    const found = spans.map((each) => pathExpression(code, each, depth + 1))
    const [first, ...rest] = found
    if (!first || rest.some((each) => each?.from !== 'cwd')) return undefined
    return {from: first.from, path: posix.join(first.path, ...rest.map((each) => (each as PathExpression).path))}
  }

  /** `path.Join("templates", name)`: what is not known of it stands in that folder. */
  function joinedFolder(spans: readonly Span[]): PathExpression | undefined {
    const found = spans.map((each) => pathExpression(code, each, depth + 1))
    const end = found.findIndex((each) => each?.from !== 'cwd')
    const known = (end < 0 ? found : found.slice(0, end)) as PathExpression[]
    return known.length > 0 ? {from: 'cwd', path: posix.join(...known.map(({path}) => path))} : undefined
  }

  /** `BASE_DIR = …`, once, at the top of the file; in Python and Rust also in a function. */
  function named(name: string): PathExpression | undefined {
    const indent = /^(?:python|rust)$/.test(code.language) ? '[ \\t]*' : ''
    const [only, another] = code.bare.matchAll(
      new RegExp(
        `^${indent}(?:export\\s+)?(?:const\\s+|static\\s+|let\\s+|var\\s+)?${name}\\s*(?::\\s*&?[\\w']+\\s*)?=(?!=)\\s*([^\\n;]+)`,
        'gm',
      ),
    )
    if (!only || another) return undefined
    const at = only.index + only[0].length - (only[1] as string).length
    return pathExpression(code, {start: at, end: at + (only[1] as string).length}, depth + 1)
  }
}

/** A text of Go, or the one constant of the file that is called so. */
function goText({bare, text}: Code, written: string): string | undefined {
  const [only, another] = /^[a-zA-Z_]\w*$/.test(written)
    ? [
        ...bare.matchAll(
          new RegExp(`^(?:\\t{0,9}const[ \\t]+|\\t)${written}(?:[ \\t]+string)?[ \\t]*=[ \\t]*(?=["\`])`, 'gm'),
        ),
      ].map(({0: {length}, index}) => text.slice(index + length, text.indexOf('\n', index)))
    : [written]
  return another === undefined ? /^(["`])([^"`\\\n]*)\1$/.exec(only?.trim() ?? '')?.[2] : undefined
}

/** The argument of this name, or at this place. */
export function argumentOf(code: Code, open: number, which: number | string): Span | undefined {
  const all = argumentsAt(code, open)
  if (typeof which === 'number') return all[which]
  for (const each of all) {
    const [, before] = /^(\w+)\s*[=:]\s*/.exec(textOf(code, each)) ?? []
    if (before === which)
      return {start: each.start + (/^\w+\s*[=:]\s*/.exec(textOf(code, each))?.[0].length ?? 0), end: each.end}
  }
  return undefined
}
