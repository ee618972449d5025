import {readWords, type Word} from './words.ts'

/** What only a shell understands, in a command that runs without one: the part that matters most. */
export interface ShellSyntax {
  /**
   * `assignment`: it begins with NAME=…; `builtin`: with a word that is no program; `operator`: `&&`, `|`, `>`;
   * `expansion`: `$NAME`, `~`; `unquoted`: `sh -c` gets one word of several.
   */
  kind: 'assignment' | 'builtin' | 'operator' | 'expansion' | 'unquoted'
  /** Names alone, since what is assigned may be a secret: `PORT`, `cd`, `&&`, `$PORT`. */
  text: string
  /** What stands before it, in words. */
  before: string[]
  /** Whether it is a word of its own, and no part of one. */
  alone: boolean
  /** Of `unquoted`: where in the command the text for the shell begins. */
  start: number
}

/** No program of Debian or Alpine has one of these names; busybox does have `[[`. */
const builtins = new Set(
  '. : ! { alias case cd eval exec export for if popd pushd set source trap ulimit umask unset until while'.split(' '),
)
const shells = /^(\S*\/)?(ba|da|a|z|k)?sh$/
const redirection = /^(\d*|&)(>>?|<)(&\d|&-|[^=&|>]*)$/

export function shellSyntax(command: string): ShellSyntax | undefined {
  const {words, open} = readWords(command)
  const first = words[0]
  if (open || !first) return undefined
  const found = (kind: ShellSyntax['kind'], text: string, index: number): ShellSyntax => ({
    kind,
    text,
    before: words.slice(0, index).map((word) => word.text),
    alone: words[index]?.bare === text,
    start: words[index]?.start ?? 0,
  })

  const script = scriptOf(words)
  if (script !== undefined) {
    const text = words[script]?.text ?? ''
    // `sh -c 'echo "$0"' NAME` is meant so; a script of one word takes no names.
    if (words.length > script + 1 && !/[\s$]/.test(text)) return found('unquoted', text, script)
  }

  const name = /^([A-Za-z_]\w*)\+?=/.exec(first.bare)?.[1]
  if (name) return found('assignment', name, 0)
  if (first.bare.startsWith('(')) return found('builtin', '(', 0)
  // `a;` and `a&&b` are no programs either.
  if (builtins.has(first.bare) || operatorIn(first)) return found('builtin', first.text, 0)

  const outside = words.map((word, index) => ({word, index})).filter(({index}) => index !== script)
  for (const {word, index} of outside) {
    const operator = operatorIn(word)
    // `find … -exec rm {} ;` has it for itself.
    const isFinds = operator === ';' && words.slice(0, index).some(({text}) => /^-(?:exec|ok)(?:dir)?$/.test(text))
    if (!operator || isFinds) continue
    const syntax = found('operator', operator, index)
    const before = word.text.slice(0, word.bare.indexOf(operator))
    return before && !syntax.alone ? {...syntax, before: [...syntax.before, before]} : syntax
  }
  for (const {word, index} of outside) {
    const expansion = expansionIn(word)
    if (expansion) return found('expansion', expansion, index)
  }
  return undefined
}

/** The word that a shell is to run: the one behind `sh -c`, `bash -lc`, `sh -eu -c`. */
function scriptOf(words: readonly Word[]): number | undefined {
  for (const [index, {text}] of words.entries()) {
    if (!shells.test(text)) continue
    for (let at = index + 1; at < words.length; at++) {
      const option = words[at]?.text ?? ''
      if (/^-\w*c$/.test(option)) return at + 1
      // `-o pipefail` is an option with a value.
      if (/^[-+]\w*o$/.test(option)) at += 1
      else if (!option.startsWith('-')) break
    }
  }
  return undefined
}

/** Operators count where they stand as words: in the middle of one (`a?b=1&c=2`) they are meant as they are. */
function operatorIn({bare}: Word): string | undefined {
  if (/^(&&|\|\|?|\|&|;|&)$/.test(bare) || redirection.test(bare)) return bare
  return /&&|\|\|/.exec(bare)?.[0] ?? (/[^;];$/.test(bare) ? ';' : undefined)
}

function expansionIn({text, bare, filled}: Word): string | undefined {
  // Text in quotes with blanks in it is code for another program (`node -e "…"`), which has a `$` of its own.
  const seen = /\s/.test(text) ? bare : filled
  // Names in capitals only: `$2b$12$abc` is a hash.
  const variable = /\$(?:([A-Z_][A-Z0-9_]*)(?!\w)|\{([A-Za-z_]\w{0,100})(?:[^\w}$][^}$]{0,300})?\})/.exec(seen)
  if (variable) return `$${variable[1] ?? variable[2]}`
  if (/\$\(/.test(seen)) return '$(…)'
  if (/`/.test(bare)) return '`…`'
  return /^~(\/|$)/.test(bare) ? '~' : undefined
}

/** The command that runs a text in a shell, quoted for flyctl's splitting. */
function inShell(written: string): string {
  // Every shell has `.`, only bash has `source`.
  const text = /["']/.test(written)
    ? written
    : written.replace(/(^|[\s;&|(])source\s+(\S+)/g, (_, before, file) => {
        return `${before}. ${file.includes('/') ? file : `./${file}`}`
      })
  const shell = /(^|[\s;&|(])(source|pushd|popd|\[\[)\s|<\(|\bset\s+-\w*o\s+pipefail/.test(text) ? 'bash' : 'sh'
  return `${shell} -c ${quoted(text)}`
}

/** One word: single quotes keep all but themselves, in double ones a backslash keeps what follows it. */
const quoted = (text: string): string => (text.includes("'") ? `"${text.replace(/["\\]/g, '\\$&')}"` : `'${text}'`)

/** A command that does without a shell or starts one, in place of one that needs one. */
export function withShell(command: string): string {
  const text = command.trim()
  const syntax = shellSyntax(text)
  if (syntax?.kind === 'assignment' && !shellSyntax(`env ${text}`)) return `env ${text}`
  if (syntax?.kind === 'builtin' && syntax.text === 'exec') {
    const rest = text.slice('exec'.length).trim()
    if (rest && !shellSyntax(rest)) return rest
  }
  if (syntax?.kind === 'unquoted') return text.slice(0, syntax.start) + quoted(text.slice(syntax.start))
  // With exec the program gets the signals that Fly.io sends, and not the shell.
  return inShell(syntax?.kind === 'expansion' ? `exec ${text}` : text)
}
