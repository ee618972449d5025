import type {CommandWords, FlagWords, Values} from './words.ts'

/**
 * For bash 3.2, which macOS has, and later. Where the function offers nothing, bash completes names of files.
 * A `=` breaks words: `--only=fly` comes as three.
 */
export function bashCompletion(commands: readonly CommandWords[]): string {
  return `# To have it in every shell: echo 'source <(preflight completion bash)' >> ~/.bashrc
_preflight() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= words=
  COMPREPLY=()
  if [[ $current == '=' ]]; then
    current=
  elif [[ $previous == '=' ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if [[ $COMP_CWORD -gt 1 ]]; then
    case \${COMP_WORDS[1]} in
      ${commands.map(({name}) => name).join('|')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  case "\${command:-check} $previous" in
${valuesOfFlags(commands)}
    *)
      case "\${command:-check}" in
${commands.map(wordsOfCommand).join('\n')}
      esac
      if [[ -z $command && $COMP_CWORD -eq 1 && $current != -* ]]; then
        words="${commands.map(({name}) => name).join(' ')}"
      fi
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _preflight preflight
`
}

const listed = (values: Values | undefined): string => (typeof values === 'object' ? values.join(' ') : '')

const spellings = ({name, char}: FlagWords): string[] => [`--${name}`, ...(char ? [`-${char}`] : [])]

/** The flags that take the same values stand together: the list of the checks is long. */
function valuesOfFlags(commands: readonly CommandWords[]): string {
  const patterns = new Map<string, string[]>()
  for (const {name, flags} of commands) {
    for (const flag of flags.filter(({value}) => value !== undefined)) {
      const words = listed(flag.value)
      patterns.set(words, [...(patterns.get(words) ?? []), ...spellings(flag).map((each) => `"${name} ${each}"`)])
    }
  }
  return [...patterns].map(([words, flags]) => `    ${flags.join('|')}) words="${words}" ;;`).join('\n')
}

function wordsOfCommand({name, flags, argument}: CommandWords): string {
  const all = flags.flatMap(spellings).join(' ')
  return `        ${name}) if [[ $current == -* ]]; then words="${all}"; else words="${listed(argument)}"; fi ;;`
}
