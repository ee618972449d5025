import {escapePattern} from '../escape-pattern.ts'
import type {TextFile} from '../files/text.ts'
import type {Command} from '../image/shell/command.ts'
import {shellCommands} from '../image/shell/shell-commands.ts'

/**
 * What each task of an alias of mix.exs runs, in order; empty where it is no alias. `cmd npm run build` runs a program,
 * `--cd` of one holds for none behind it; the task of an npm profile (`phoenix_vite.npm vite build`, `npm` of older packages) runs the program it names.
 */
export function aliasCommands(file: TextFile, task: string): Command[][] {
  const name = escapePattern(task)
  const start = file.text.search(/^[ \t]*defp? aliases\b/m)
  if (start < 0) return []
  const list = new RegExp(`(?:^|[\\s\\[{,])(?:"${name}"|${name}):\\s*(?:\\[([^\\]]{0,5000})\\]|"([^"\\n]*)")`, 'm')
  const match = list.exec(file.text.slice(start))
  if (!match) return []
  const from = start + match.index
  const found: Command[][] = []
  const written = match[0].slice(match[0].indexOf(':') + 1)
  const offset = from + match[0].length - written.length
  for (const each of written.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) {
    const at = file.span(offset + each.index, offset + each.index + each[0].length)
    found.push(taskCommands(each[1] as string, at))
  }
  return found
}

function taskCommands(text: string, at: Command['at']): Command[] {
  const [, folder, program] = /^cmd\s+(?:--cd[ =](\S+)\s+)?(?!--)(\S.*)$/s.exec(text) ?? []
  const npm = /^phoenix_vite\.npm\s+(vite\s.+)$/.exec(text)?.[1]
  const run = program ?? npm ?? `mix ${text}`
  return (
    shellCommands(
      folder ? `cd ${folder} && ${run}` : run,
      () => undefined,
      () => at,
    ) ?? []
  )
}
