import type {CommandWords, FlagWords, Values} from './words.ts'

/** For fish 3 and later. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({name}) => name)
  const first = `not __fish_seen_subcommand_from ${names.join(' ')}`
  const lines = commands.flatMap(({name, summary, flags, argument}) => {
    // Without a command it is check.
    const seen = `__fish_seen_subcommand_from ${name}`
    const when = name === 'check' ? `${first}; or ${seen}` : seen
    return [
      `complete -c preflight -n ${quoted(first)} -a ${name} -d ${quoted(summary)}`,
      ...flags.map((flag) => `complete -c preflight -n ${quoted(when)} ${flagSpec(flag)}`),
      ...(typeof argument === 'object' && argument.length > 0
        ? [`complete -c preflight -f -n ${quoted(seen)} -a ${quoted(argument.join(' '))}`]
        : []),
    ]
  })
  return `# To have it in every shell: preflight completion fish > ~/.config/fish/completions/preflight.fish
${lines.join('\n')}
`
}

function flagSpec({name, char, description, value}: FlagWords): string {
  const spelled = `${char ? `-s ${char} ` : ''}-l ${name}`
  return [spelled, ...(value === undefined ? [] : [values(value)]), `-d ${quoted(description)}`].join(' ')
}

const values = (value: Values): string =>
  value === 'file' ? '-r -F' : value === 'text' || value === 'folder' ? '-r' : `-x -a ${quoted(value.join(' '))}`

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
