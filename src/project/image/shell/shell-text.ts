/** What of an instruction is the text of a shell, and what are words. */

/**
 * The text that the shell gets of a RUN: BuildKit drops comment and blank lines inside a continuation, and a heredoc's
 * body is the script, where nothing but a shell stands behind its name. Everything dropped becomes blanks, so that offsets stay true.
 */
export function shellText(text: string): string {
  const heredoc =
    /^<<-?\s{0,20}["']?(\w+)["']?(?:[ \t]{1,20}(?:\S{0,100}\/)?(?:ba|da|a)?sh\b[^\n<>|;&]{0,200})?[ \t]{0,50}\n/.exec(
      text,
    )
  if (heredoc) {
    const end = text.lastIndexOf(`\n${heredoc[1]}`)
    const body = text.slice(heredoc[0].length, end < heredoc[0].length ? undefined : end)
    return ' '.repeat(heredoc[0].length) + body
  }
  let continued = false
  let result = ''
  for (const line of text.split('\n')) {
    if (continued && /^\s*(#|$)/.test(line)) {
      result += ' '.repeat(line.length + 1)
      continue
    }
    continued = /\\\s*$/.test(line)
    // Blanks or a carriage return behind the backslash: Docker still continues the line, a shell would not.
    result += `${continued ? line.replace(/\\(\s*)$/, '$1\\') : line}\n`
  }
  return result.slice(0, text.length)
}

/** The words of the exec form; undefined for the shell form. */
export function jsonWords(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  try {
    // A list may go over several lines, with comments between them.
    const line = text.replace(/\\[ \t]*\n(?:[ \t]*(?:#.*)?\n)*/g, ' ')
    const value = JSON.parse(line) as unknown
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
