/** Nearly every downgrade drops something, and no deploy runs it. */
export function withoutDowngrade(text: string): string {
  const start = text.search(/^def downgrade\b/m)
  if (start < 0) return text
  const rest = text.slice(text.indexOf('\n', start) + 1)
  const end = rest.search(/^[^\s#]/m)
  return text.slice(0, start) + (end < 0 ? '' : rest.slice(end))
}
