import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {once} from '../../../once.ts'
import {jsonArray} from '../../dockerfile/logical-line.ts'
import {rootImage, type Stage} from '../../dockerfile/parse.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import type {Started, StartedBy} from '../../processes/processes.ts'
import {basePrograms} from '../base/base-programs.ts'
import {releaseOf} from '../base/releases.ts'
import {type BashSyntax, bashSyntax, type PlainShell} from './bash-syntax.ts'
import {isCertain} from './command.ts'
import {goesOn} from './shell-faults.ts'
import {shellText} from './shell-text.ts'

/** What bash has and the shell that runs a RUN has not. */
export interface BashWord {
  /** `builtin`: a command that bash has built in; `braces`: a word that bash makes several of, and that stays one. */
  kind: 'builtin' | 'braces' | BashSyntax['kind']
  /** `source`, `a{,.bak}`. */
  word: string
  /** What it is given, where that is known: `.venv/bin/activate`. */
  argument: string | undefined
  at: FileLocation
  base: string
  /** `dash`, or Alpine's `busybox`. */
  shell: PlainShell
  /** What runs it ends there. */
  stops: boolean
  /** What the shell says, or writes. */
  says?: string
  /** The script that it is in, and what starts that; undefined in a RUN. */
  script?: {by: string; path: string; certain: boolean}
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
  const processes = await facts.value('processes')
  const otherShell = once(({parent, instructions}: Stage): boolean => {
    const isOwn = instructions.some(
      ({keyword, text}) => keyword === 'SHELL' || /\/bin\/sh\b|\bdpkg-reconfigure\b/.test(text),
    )
    return isOwn || (parent !== undefined && otherShell(parent))
  })
  for (const {stage, moments} of build.stages) {
    const base = rootImage(stage)
    const shell = plainShell(base)
    // Another shell, or another /bin/sh.
    if (base === undefined || shell === undefined || otherShell(stage)) continue
    const syntaxIn = (text: string) => bashSyntax(text, shell).filter(({kind}) => kind !== 'option' || isOldDash(base))
    if (stage === build.final.stage && processes) {
      for (const {file, by, certain} of scriptsForSh(processes.read)) {
        for (const {pos, end, ...each} of syntaxIn(file.text)) {
          const script = {by, path: file.path, certain: certain && goesOn(file, pos, by)}
          found.push({...each, argument: undefined, at: file.span(pos, end), base, shell, script})
        }
      }
    }
    for (const {commands, instruction} of moments) {
      // A heredoc may name its own interpreter, and what bash is handed is bash's.
      if (/(?<!<)<<-?\s*["']?\w/.test(instruction.line.rest) || /\b(?:bash|zsh|ksh)\b/.test(instruction.text)) continue
      if (!jsonArray(instruction.text)) {
        for (const {pos, end, ...each} of syntaxIn(shellText(instruction.text))) {
          const at = file.span(instruction.offset + pos, instruction.offset + end)
          found.push({...each, argument: undefined, at, base, shell})
        }
      }
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

/** Which program /bin/sh is; undefined where the base image is not known. */
function plainShell(base: string | undefined): PlainShell | undefined {
  const distribution = base === undefined ? undefined : basePrograms(base)?.distribution
  return distribution === 'debian' ? 'dash' : distribution === 'alpine' ? 'busybox' : undefined
}

/** dash takes `pipefail` from 0.5.13 on; up to these releases it is 0.5.12 at most. */
const isOldDash = (base: string): boolean =>
  /^(?:jessie|stretch|buster|bullseye|bookworm|focal|jammy|noble)$/.test(releaseOf(base)?.name ?? '')

/** The scripts that are handed to sh, or that ask for it in their first line, and are started as they are. */
function scriptsForSh({started, scripts}: StartedBy): {by: string; file: TextFile; certain: boolean}[] {
  return scripts.flatMap(({by, file}) => {
    const name = file.path.split('/').at(-1) as string
    const starter = started.find((each) => each.by === by && shellOf(each, name, file) === 'sh')
    return starter ? [{by, file, certain: starter.certain && isCertain(starter.command)}] : []
  })
}

function shellOf({command: {words}}: Started, name: string, {text}: TextFile): string | undefined {
  const [program = '', first] = words
  const base = program.split('/').at(-1)
  if (base === name) return /^#![ \t]*(?:\/bin\/|\/usr\/bin\/env[ \t]+)sh\b/.exec(text) ? 'sh' : undefined
  return base === 'sh' && first?.split('/').at(-1) === name ? 'sh' : undefined
}

/** What stands at a place of a file. */
function textAt(file: TextFile, {line = 1, column = 1, endLine = line, endColumn = column}: FileLocation): string {
  return file.text.slice(file.offset(line, column), file.offset(endLine, endColumn))
}
