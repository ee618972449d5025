import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {blank} from '../code/code.ts'
import type {Package} from './cargo-packages.ts'
import type {StepProject} from './step-project.ts'

/** More files than that are not looked through. */
const mostFiles = 300

/**
 * The first `if … && let` in what surely is compiled of a package: its main.rs or lib.rs and the modules that they
 * declare without a condition. Let chains are stable since 1.88, in edition 2024 (the notes of that release).
 */
export async function letChain(
  project: StepProject,
  {file: manifest, isNeeded}: Package,
): Promise<FileLocation | undefined> {
  const folder = posix.dirname(manifest.path)
  const queue = (isNeeded ? ['lib.rs'] : ['lib.rs', 'main.rs']).map((name) => posix.join(folder, 'src', name))
  const seen = new Set<string>()
  for (let path = queue.shift(); path !== undefined && seen.size < mostFiles; path = queue.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const file = await project.read(path)
    if (!file) continue
    const {text} = file
    const code = withoutTexts(text.text)
    const behind = /\b(?:if|while)\b[^;{}]{0,500}?&&\s+let\b/.test(code) ? /&&\s+let\b/.exec(code)?.index : undefined
    const at = behind ?? letBefore(code)
    // In a macro's body the same words may mean something else.
    if (at !== undefined && !/\bmacro_rules!|#!\[feature|#!\[cfg/.test(code))
      return text.lineSpan(text.position(at).line)
    const isRoot = /^(?:lib|main|mod)\.rs$/.test(posix.basename(path))
    const below = isRoot ? posix.dirname(path) : path.replace(/\.rs$/, '')
    for (const [, attribute, name] of code.matchAll(
      /^[ \t]*(#\[[^\n]*\n\s*)?(?:pub(?:\([^)]{0,100}\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;/gm,
    )) {
      if (!attribute) queue.push(posix.join(below, `${name}.rs`), posix.join(below, `${name}/mod.rs`))
    }
  }
  return undefined
}

/** `if let Some(a) = b && c {`: what is compared with the pattern holds no `&&` of its own, but in brackets. */
function letBefore(code: string): number | undefined {
  for (const {
    0: {length},
    index,
  } of code.matchAll(/\b(?:if|while)\s{1,20}let\b/g)) {
    let depth = 0
    let isValue = false
    for (let at = index + length; at < index + 1_000; at++) {
      const character = code[at] ?? ''
      if ('(['.includes(character)) depth++
      else if (')]'.includes(character)) depth--
      else if (depth === 0 && /[{};]/.test(character)) break
      else if (character === '=' && depth === 0 && /[^=!<>]=[^=>]/.test(code.slice(at - 1, at + 2))) {
        isValue = true
        // A block or a closure has conditions of its own.
        if (/^\s*(?:if|match|unsafe|async|move|loop|const|\|)/.test(code.slice(at + 1, at + 40))) break
      } else if (isValue && depth === 0 && /^\s&&\s/.test(code.slice(at - 1, at + 3))) return at
    }
  }
  return undefined
}

/** Comments and strings become blanks, so that offsets stay true. */
const withoutTexts = (code: string): string =>
  code.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\br(#*)"[\s\S]*?(?:"\1|$)|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\\n]|\\.)'/g,
    blank,
  )
