import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import type {Command, Variables} from '../shell/command.ts'
import {shellCommands} from '../shell/shell-commands.ts'

/** The script of package.json that a command starts; undefined where it starts none, or hands it more arguments. */
export function packageScript([program, ...rest]: readonly (string | undefined)[]): string | undefined {
  const name = program?.split('/').at(-1)
  if (!/^(npm|pnpm|yarn|bun)$/.test(name ?? '')) return undefined
  const words = rest.filter((word) => !/^(-s|--silent)$/.test(word ?? ''))
  if (words.length === 1 && words[0] === 'start' && name !== 'bun') return 'start'
  // pnpm and bun have commands of their own, none with a colon in its name.
  if (words.length === 1 && /^(?:pnpm|bun)$/.test(name ?? '') && /^[\w-]+(?::[\w-]+)+$/.test(words[0] ?? ''))
    return words[0]
  if (words.length === 1 && name === 'yarn' && /^[\w:-]+$/.test(words[0] ?? '')) return words[0]
  return words.length === 2 && /^run(-script)?$/.test(words[0] ?? '') ? words[1] : undefined
}

/**
 * The commands of a script, and before them those of the one that npm runs before it: each in a shell of its own, in the
 * folder of package.json. Undefined where there is no such script.
 */
export function packageCommands(file: TextFile, name: string, variables: Variables): Command[][] | undefined {
  const scripts = scriptsOf(file)
  if (typeof scripts?.[name] !== 'string') return undefined
  return withBefore(name).map((each) => {
    const text = scripts[each]
    if (typeof text !== 'string') return []
    // The key as it is written, and its value: `"start": "next start"`.
    const from = file.text.indexOf('"scripts"')
    const start = file.text.indexOf(`${JSON.stringify(each)}:`, from)
    const end = file.text.indexOf('\n', start)
    const at = start < 0 ? file.whole : file.span(start, end < 0 ? file.text.length : end)
    return shellCommands(text, variables, () => at) ?? []
  })
}

const withBefore = (name: string): string[] => [`pre${name}`, name]

/** What they say, in one text. */
export function scriptText(file: TextFile, name: string): string {
  const scripts = scriptsOf(file) ?? {}
  return withBefore(name)
    .map((each) => scripts[each] ?? '')
    .join('\n')
}

function scriptsOf(file: TextFile): Record<string, unknown> | undefined {
  const manifest = parseJson(file)
  const scripts = 'value' in manifest ? manifest.value.scripts : undefined
  return isTable(scripts) ? scripts : undefined
}
