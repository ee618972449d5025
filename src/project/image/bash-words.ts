import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {once} from '../../once.ts'
import {rootImage, type Stage} from '../dockerfile/parse.ts'
import type {Inputs} from '../inputs.ts'
import {basePrograms} from './base-programs.ts'

/** A command of a RUN that bash has built in, and the shell that runs it has not. */
export interface BashWord {
  /** `source`. */
  word: string
  /** What it is given, where that is known: `.venv/bin/activate`. */
  argument: string | undefined
  at: FileLocation
  base: string
  /** The RUN ends there. */
  stops: boolean
}

/** Builtins of bash that dash, /bin/sh of Debian and Ubuntu, does not have (dash(1)); no program has these names. */
const builtins = /^(?:source|shopt|declare|typeset|let|mapfile|readarray|pushd|popd|enable|compgen|complete)$/

export async function loadBashWords(_: Inputs, facts: FactStore): Promise<Fact<BashWord[]>> {
  const build = await facts.get('build')
  if (build.state !== 'ok') return build
  const found: BashWord[] = []
  const otherShell = once(({parent, instructions}: Stage): boolean => {
    const isOwn = instructions.some(
      ({keyword, text}) => keyword === 'SHELL' || /\/bin\/sh\b|\bdpkg-reconfigure\b/.test(text),
    )
    return isOwn || (parent !== undefined && otherShell(parent))
  })
  for (const {stage, moments} of build.value.stages) {
    const base = rootImage(stage)
    if (base === undefined || basePrograms(base)?.distribution !== 'debian') continue
    // Another shell, or another /bin/sh.
    if (otherShell(stage)) continue
    for (const {commands, instruction} of moments) {
      // A heredoc may name its own interpreter, and what bash is handed is bash's.
      if (/<<-?\s*["']?\w/.test(instruction.line.rest) || /\b(?:bash|zsh|ksh)\b/.test(instruction.text)) continue
      for (const {words, at, conditional, decisive} of commands) {
        const [word = '', argument] = words
        if (builtins.test(word) && !conditional) found.push({word, argument, at, base, stops: decisive})
      }
    }
  }
  return known(found)
}
