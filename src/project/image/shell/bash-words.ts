import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {once} from '../../../once.ts'
import {rootImage, type Stage} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {basePrograms} from '../base/base-programs.ts'

/** What bash has and the shell that runs a RUN has not. */
export interface BashWord {
  /** `builtin`: a command that bash has built in; `braces`: a word that bash makes several of, and that stays one. */
  kind: 'builtin' | 'braces'
  /** `source`, `a{,.bak}`. */
  word: string
  /** What it is given, where that is known: `.venv/bin/activate`. */
  argument: string | undefined
  at: FileLocation
  base: string
  /** `dash`, or Alpine's `busybox`. */
  shell: 'dash' | 'busybox'
  /** The RUN ends there. */
  stops: boolean
}

/** Builtins of bash that dash, /bin/sh of Debian and Ubuntu, does not have (dash(1)); no program has these names. */
const builtins = /^(?:source|shopt|declare|typeset|let|mapfile|readarray|pushd|popd|enable|compgen|complete)$/

/** Programs that stop at a name that is not there, and those that make it as it is written. */
const readers =
  /^(?:mv|cp|cat|ls|chmod|chown|ln|install|cd)$|^(?:apt|apt-get|apk|pip3?|gem|docker-php-ext-(?:install|enable))$/
const makers = /^(?:mkdir|touch)$/
/** `install -d` and `ln -s` look for no file either. */
const isMakerWith = ([word, ...rest]: readonly (string | undefined)[]): boolean =>
  (word === 'install' && rest.some((each) => /^-[a-zA-Z]*d|^--directory/.test(each ?? ''))) ||
  (word === 'ln' && rest.some((each) => /^-[a-zA-Z]*s|^--symbolic/.test(each ?? '')))
const quoted = /"(?:[^"\\]|\\[\s\S])*"|'[^']*'/g
/** `a{b,c}`, without quotes; `${A}` is a variable. */
const braces = /(?<![^\s"'{}])[^\s"'{}$\\]*\{[^\s"'{}$\\]*,[^\s"'{}$\\]*\}[^\s"'$]*/

export async function loadBashWords(_: Inputs, facts: FactStore): Promise<Fact<BashWord[]>> {
  const [build, {file}] = await facts.needAll('build', 'dockerfile')
  const found: BashWord[] = []
  const otherShell = once(({parent, instructions}: Stage): boolean => {
    const isOwn = instructions.some(
      ({keyword, text}) => keyword === 'SHELL' || /\/bin\/sh\b|\bdpkg-reconfigure\b/.test(text),
    )
    return isOwn || (parent !== undefined && otherShell(parent))
  })
  for (const {stage, moments} of build.stages) {
    const base = rootImage(stage)
    const distribution = base === undefined ? undefined : basePrograms(base)?.distribution
    if (base === undefined || distribution === undefined || distribution === 'none') continue
    const shell = distribution === 'debian' ? 'dash' : 'busybox'
    // Another shell, or another /bin/sh.
    if (otherShell(stage)) continue
    for (const {commands, instruction} of moments) {
      // A heredoc may name its own interpreter, and what bash is handed is bash's.
      if (/<<-?\s*["']?\w/.test(instruction.line.rest) || /\b(?:bash|zsh|ksh)\b/.test(instruction.text)) continue
      for (const {words, at, conditional, decisive} of commands) {
        const [word = '', argument] = words
        if (conditional) continue
        const around = {at, base, shell, stops: decisive} as const
        if (builtins.test(word) && shell === 'dash') found.push({kind: 'builtin', word, argument, ...around})
        // What bash would take apart is not known as one word.
        const isMaker = makers.test(word) || isMakerWith(words)
        if (!words.includes(undefined) || !(isMaker || readers.test(word))) continue
        const [whole] = braces.exec(textAt(file, at).replace(quoted, '""')) ?? []
        if (whole !== undefined)
          found.push({kind: 'braces', word: whole, argument, ...around, stops: decisive && !isMaker})
      }
    }
  }
  return known(found)
}

/** What stands at a place of a file. */
function textAt(file: TextFile, {line = 1, column = 1, endLine = line, endColumn = column}: FileLocation): string {
  return file.text.slice(file.offset(line, column), file.offset(endLine, endColumn))
}
