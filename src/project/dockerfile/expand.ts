/**
 * Expands `$V`, `${V}`, `${V:-word}` and `${V:+word}` (Docker's reference, "Environment replacement").
 * undefined where a variable has no known value, or another form is used: the text cannot be known.
 */
export function expand(text: string, value: (name: string) => string | undefined): string | undefined {
  let known = true
  const result = text.replace(
    /\\\$|\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]{0,1000}))?\}|(\{))/g,
    (match, plain: string | undefined, braced: string | undefined, operator: string | undefined, word = '', odd) => {
      if (match === '\\$') return '$'
      if (odd) known = false
      const found = value(plain ?? braced ?? '')
      if (operator?.endsWith('-')) return found || expand(word, value) || ''
      if (operator?.endsWith('+')) return found ? (expand(word, value) ?? '') : ''
      if (found === undefined) known = false
      return found ?? ''
    },
  )
  // Variables that double each other grow beyond any use.
  return known && result.length <= 65536 ? result : undefined
}
