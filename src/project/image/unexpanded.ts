import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {rootImage} from '../dockerfile/parse.ts'
import type {Inputs} from '../inputs.ts'
import {basePrograms} from './base/base-programs.ts'
import {isShell, isStarted, machineCommands, startedBy} from './machine-commands.ts'

/**
 * A variable, a pattern or a blank in CMD or ENTRYPOINT that no shell reads, so that the program gets the text as it stands.
 * `cut`: a shell that they name runs the one word behind -c, and has the others as $0, $1 … which nothing asks for.
 */
export interface Unexpanded {
  by: string
  kind: 'variable' | 'pattern' | 'blank' | 'cut'
  /** The word with it: `0.0.0.0:$PORT`, `target/*.jar`, `--log stdout`. */
  word: string
  words: readonly string[]
  at: FileLocation
  program: string
  /** The program stops there: it wants a number, or a file of that very name. */
  stops: boolean
  /** Java takes the word for the class that it is to start. */
  isClass?: true
}

const variable = /\$(?:\{[A-Za-z_]\w*(?::?[-+?=][^}]{0,300})?\}|[A-Za-z_]\w*)/
/** They fill in what they are given, or read such names themselves: Spring those of its properties. */
const reads =
  /^(?:envsubst|gomplate|awk|perl|java|supervisord|s6-\w+|with-contenv|dockerize|confd|caddy|npx|npm|pnpm|yarn)$/
/** Servers that want a port there (click, argparse, gunicorn/util.py). */
const server = /^(?:uvicorn|gunicorn|hypercorn|granian|fastapi|flask|streamlit|waitress-serve|daphne)$/
const wantsPort = /^(?:-p|--port|-b|--bind|--server\.port|--listen|-w|--workers|--timeout|--threads)(?:=|$)/

/** An option and its value in one word: no parser of options splits that. */
const optionAndValue = /^--[a-z][\w-]{0,60}[ \t]+[^\s-]\S*$/
/** Behind another option it may be the value of that. */
const mayTake = /^-(?!.*=)/

/** Options of Java whose value is the next word. */
const takesNext =
  /^(?:-cp|-classpath|-p|--(?:class-path|module-path|upgrade-module-path|add-\w+|limit-modules|enable-native-access))$/

/** Of gunicorn and hypercorn -p is the file of the process, of daphne -b a host. */
const isOther = (program: string, option: string): boolean =>
  (/^(?:gunicorn|hypercorn)$/.test(program) && /^-p/.test(option)) || (program === 'daphne' && /^-b/.test(option))

/** `sh -c npm start`, each a word of its own: npm, which gets none of the others. */
function cutWord([shell = '', option = '', line = '', ...rest]: readonly string[]): string | undefined {
  if (!isShell(shell) || !/^-[a-z]*c$/.test(option) || rest.length === 0) return undefined
  // `sh -c "exec \"$@\"" -- …`, and a name that a shell gives to what it says: `sh -c 'exec node .' app`.
  return /^[\w./@-]+$/.test(line) && rest[0] !== '--' ? line : undefined
}

/** Alone they print what they can do, or read a program from where nothing comes. */
const asksForMore =
  /^(?:\S*\/)?(?:exec|node|python[\d.]*|ruby|php|bun|deno|perl|uvicorn|gunicorn|hypercorn|daphne|celery|flask|alembic|npm|npx|pnpm|bunx|rails|rake|bundle|poetry|uv|pipenv|pdm|dotnet|java|mix|cargo|go)$/

export async function loadUnexpanded(_: Inputs, facts: FactStore): Promise<Fact<Unexpanded[]>> {
  const [build, flyConfig] = await Promise.all([facts.need('build'), facts.value('flyConfig')])
  if (flyConfig?.hasContainers) return known([])
  const base = rootImage(build.final.stage)
  const programs = base === undefined ? undefined : basePrograms(base)
  const found: Unexpanded[] = []
  for (const {by, words, at, behind} of machineCommands(build, flyConfig)) {
    // Of [processes] and release_command fly-config/shell-syntax tells.
    if (by !== 'CMD' && by !== 'ENTRYPOINT') continue
    // A script or a shell before it may fill it in.
    if (!isStarted(behind, programs)) continue
    const starting = startedBy(words)
    const started = starting.map((each) => posix.basename(each))
    const program = started.at(-1)
    const cut = cutWord(words.slice(words.indexOf(starting.at(-1) ?? '')))
    if (cut !== undefined) {
      found.push({by, kind: 'cut', word: cut, words, at, program: program as string, stops: asksForMore.test(cut)})
    }
    if (program === undefined || words.some(isShell)) continue
    const blank = words.findIndex((each, index) => optionAndValue.test(each) && !mayTake.test(words[index - 1] ?? ''))
    if (blank > 0 && !/^(?:echo|printf)$/.test(program))
      found.push({by, kind: 'blank', word: words[blank] as string, words, at, program, stops: false})
    // Java has patterns for the path of its classes alone (JDK, launcher/wildcard.c).
    const archive = program === 'java' ? words[words.indexOf('-jar') + 1] : undefined
    if (archive?.includes('*') && words.includes('-jar'))
      found.push({by, kind: 'pattern', word: archive, words, at, program, stops: true})
    // Before -jar nothing but options is read: the first other word is the class (JDK, launcher/java.c).
    const options = program === 'java' && words.includes('-jar') ? words.slice(0, words.indexOf('-jar')) : []
    const unread = options.find(
      (each, index) => /^\$\{?\w+\}?$/.test(each) && !takesNext.test(options[index - 1] ?? ''),
    )
    if (unread) found.push({by, kind: 'variable', word: unread, words, at, program, stops: true, isClass: true})
    if (started.some((each) => reads.test(each))) continue
    const index = words.findIndex((word) => variable.test(word))
    const word = words[index]
    if (word === undefined) continue
    const option = variable.test(words[index - 1] ?? '') || word.startsWith('-') ? word : (words[index - 1] ?? '')
    const stops = server.test(program) && wantsPort.test(option) && !isOther(program, option)
    found.push({by, kind: 'variable', word, words, at, program, stops})
  }
  return known(found)
}
