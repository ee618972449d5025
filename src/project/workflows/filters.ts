import {escapePattern} from '../escape-pattern.ts'

/** More wildcards than this in one pattern are not tried. */
const most = 8

/**
 * Whether GitHub lets a name pass a list of patterns: the last one that fits counts, and `!` before it lets it not pass
 * (docs.github.com, "Filter pattern cheat sheet"). Undefined where a pattern cannot be read.
 */
export function passes(name: string, patterns: readonly string[]): boolean | undefined {
  let passed = false
  for (const pattern of patterns) {
    const isNot = pattern.startsWith('!')
    const expression = expressionOf(isNot ? pattern.slice(1) : pattern)
    if (!expression) return undefined
    if (expression.test(name)) passed = !isNot
  }
  return passed
}

/** `*`: anything but a slash; `**`: anything; `?` and `+`: the character before, as in a regular expression. */
function expressionOf(pattern: string): RegExp | undefined {
  if ((pattern.match(/\*+|[?+[]/g) ?? []).length > most) return undefined
  const source = pattern.replace(/\*\*\/|\*+|\[[^\]/\\]{1,100}\]|[?+]|[^*[?+]+|\[/g, (part, offset: number) => {
    if (part === '**/') return '(?:.*/)?'
    if (part.startsWith('*')) return part.length > 1 ? '.*' : '[^/]*'
    if (part === '?' || part === '+') return offset === 0 ? escapePattern(part) : part
    return part.length > 2 && part.startsWith('[') ? part : escapePattern(part)
  })
  try {
    return new RegExp(`^${source}$`)
  } catch {
    return undefined
  }
}
