import type {CommandWords, FlagWords, Values} from './words.ts'

/** The new completion system of zsh: `compinit` must have run. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({name, summary}) => `    ${quoted(`${name}:${summary}`)}`).join('\n')
  const branches = commands.map(
    ({name, flags, argument}) => `    ${name})
      _arguments -s -S \\
${[...flags.map(flagSpec), quoted(`1:${argument === 'folder' ? 'folder' : 'argument'}:${action(argument)}`)].map((spec) => `        ${spec}`).join(' \\\n')}
      ;;`,
  )
  return `#compdef preflight
# To have it in every shell: echo 'source <(preflight completion zsh)' >> ~/.zshrc
_preflight() {
  local -a commands
  commands=(
${names}
  )
  local command=check
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    _files -/
    return
  fi
  if (( \${+words[2]} )) && [[ -n \${(M)commands:#\${words[2]}:*} ]]; then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${branches.join('\n')}
  esac
}
compdef _preflight preflight
`
}

function flagSpec({name, char, description, several, value}: FlagWords): string {
  const text = `[${description.replace(/[[\]]/g, '\\$&')}]${value === undefined ? '' : `:value:${action(value)}`}`
  const long = `--${name}${value === undefined ? '' : '='}`
  if (several) return quoted(`*${long}${text}`)
  if (!char) return quoted(`${long}${text}`)
  return `${quoted(`(-${char} --${name})`)}{-${char},${long}}${quoted(text)}`
}

const action = (values: Values): string =>
  values === 'file' ? '_files' : values === 'folder' ? '_files -/' : values === 'text' ? '' : `(${values.join(' ')})`

/** In single quotes, with the colons of a description kept from being taken for separators. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
