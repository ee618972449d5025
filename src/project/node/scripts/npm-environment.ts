import type {Command} from '../../image/shell/command.ts'

/**
 * A command as npm takes it where the environment has settings for it: with `NPM_CONFIG_WORKSPACE=api`, `npm start` is
 * `npm --workspace=api start`. In whatever case the name is written; an empty value is none (@npmcli/config, loadEnv).
 */
export function asNpmIsSet(env: Iterable<readonly [name: string, value: string | undefined]>) {
  const flags: (string | undefined)[] = []
  for (const [name, value] of env) {
    const [, setting] = /^npm_config_(workspaces?)$/i.exec(name) ?? []
    if (setting && value !== '') flags.push(value === undefined ? undefined : `--${setting.toLowerCase()}=${value}`)
  }
  // Of thousands of commands, which no environment sets, none is looked at.
  if (flags.length === 0) return (command: Command): Command => command
  return (command: Command): Command => {
    const [program, ...words] = command.words
    return /^(?:\S*\/)?npm$/.test(program ?? '') ? {...command, words: [program, ...flags, ...words]} : command
  }
}
