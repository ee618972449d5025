import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {once} from '../../once.ts'
import {withoutHashLines} from '../code/comments.ts'
import {allInstructions} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {splitWords} from '../fly-config/words.ts'
import {workdirOf} from '../image/files/context-path.ts'
import {keptSource} from '../image/files/kept-source.ts'
import {finalMoment} from '../image/final-moment.ts'
import {type Command, isCertain, type Variables} from '../image/shell/command.ts'
import {foldersOf, isMove} from '../image/shell/folders.ts'
import {instructionCommands, wordsCommands} from '../image/shell/shell.ts'
import {shellCommands} from '../image/shell/shell-commands.ts'
import {jsonWords} from '../image/shell/shell-text.ts'
import {notKnown} from '../image/shell/shell-words.ts'
import type {Inputs} from '../inputs.ts'
import {asNpmIsSet} from '../node/scripts/npm-environment.ts'
import {follow, isCode} from './followed-scripts.ts'

/** What the deploy runs: the release command, the process groups, the image's own command, and what these start. */
export interface Processes {
  commands: StartedCommand[]
  /** The command that a pattern finds, a certain one first; else a line of a script that mentions it. */
  find(pattern: RegExp): StartedCommand | undefined
  /** Whether a command or a script may set an environment variable for what it starts: by its name, or from elsewhere. */
  mayAssign(name: string): boolean
  /** A program that takes the requests and hands them on to the app, which listens on a port of its own. */
  proxy: StartedCommand | undefined
  /** All of what is started, with the scripts of the shell and without those of package.json. */
  read: StartedBy
}

export interface StartedCommand {
  /** `release_command`, `[processes] web`, `CMD` or `ENTRYPOINT`. */
  by: string
  /** The words with a blank between them; `?` for one that cannot be known. */
  text: string
  at: FileLocation
  /** It runs, and when it fails, what started it fails: not in a branch, not caught, not followed by other things. */
  certain: boolean
  /** Where it runs in the image; undefined where something before it goes to a folder that is not known. */
  folder: string | undefined
  /** It runs, and what started it goes on when it fails: a program of supervisord, or of a shell in the background. */
  supervised?: boolean
}

/** Shells that take variables from what they read, and programs that start another with more of them. */
const fillsEnvironment =
  /\beval\b|^[ \t]*(\.|source)\s(?!.*activate)|\bset\s+-\w*a|\bexport\s+[$"`]|--env-file|\b(doppler|infisical|chamber|dotenvx?|envconsul|op|vault|aws-vault|teller|berglas|sops|direnv|pipenv|honcho|env-cmd)\b/m

const forwards =
  /\b(?:nginx|openresty|caddy|haproxy|traefik|envoy|litefs mount|thrust|apachectl|apache2|httpd|varnishd)\b/

/** Programs that print their arguments. */
const prints = /^(echo|printf|cat|grep|log|info|warn|error|say|:)\s/

export async function loadProcesses(inputs: Inputs, facts: FactStore): Promise<Fact<Processes>> {
  const read = await startedBy(inputs, facts, await withoutValues(facts))
  const {started, scripts, texts} = read
  const all = started.map(({by, command, certain, folder}): StartedCommand => {
    const own = {by, text: textOf(command), at: command.at, certain, folder}
    return command.supervised ? {...own, supervised: true} : own
  })
  const find = (pattern: RegExp): StartedCommand | undefined => {
    const found = all.filter(({text}) => pattern.test(text) && !prints.test(text))
    return found.find(({certain}) => certain) ?? found[0] ?? mention(scripts, pattern)
  }
  return known({
    commands: all,
    find,
    proxy: find(forwards),
    mayAssign: assignmentsIn(texts),
    read,
  })
}

/** The same of code, which reads a .env by itself without setting what is set. */
const codeFills =
  /--env-file|\b(?:doppler|infisical|envconsul|pipenv|honcho|\w*Secrets?Manager\w*|override\s*[:=]\s*true)\b|(?:Object\.assign\(\s*process\.env|environ\.update)\b/i

/** `NAME=value` for a shell, `os.environ["NAME"] = …`. */
const assigned = /\b(\w+)["']?\s*\]?=/g
/** `process.env.NAME = …`, `os.environ["NAME"] = …`, `NAME=value` of a command; a variable of the code's own is none. */
const assignedInCode =
  /\benv(?:iron)?(?:\.|\[\s{0,200}["'])(\w{1,200})["']?\s{0,200}\]?\s{0,200}(?:\|\||\?\?)?=(?!=)|\b(?:putenv|setenv)\(\s{0,200}["'](\w{1,200})|\b(\w{1,200})=(?=[^\s=>])/g

/** `PORT="${PORT:-8000}"`: it keeps the value that it has, and without one it gets the default, which the commands tell. */
const ownDefault = /\b(\w{1,100})=(["']?)\$\{\1:?-[^{}$`\n]{0,300}\}\2/g

/** Texts without the assignments that leave a value as it is. */
export const withoutDefaults = (texts: StartedBy['texts']): StartedBy['texts'] =>
  texts.map((each) => (each.code ? each : {...each, text: each.text.replace(ownDefault, '')}))

/** Whether one of these texts may set an environment variable for what it starts: by its name, or from elsewhere. */
export function assignmentsIn(all: StartedBy['texts']): (name: string) => boolean {
  // A comment of a script names programs that it does not start.
  const texts = all.map((each) => (each.code ? each : {...each, text: withoutHashLines(each.text)}))
  const fills = once<void, boolean>(() =>
    texts.some(({text, code}) => (code ? codeFills : fillsEnvironment).test(text)),
  )
  const names = once<void, ReadonlySet<string | undefined>>(
    () =>
      new Set(
        texts.flatMap(({text, code}) =>
          [...text.matchAll(code ? assignedInCode : assigned)].map(([, ...found]) => found.find(Boolean)),
        ),
      ),
  )
  return (name) => fills() || names().has(name)
}

/** `os.environ.setdefault("NAME", …)`: what the code falls back on where nothing else sets the variable. */
export const fallsBack = (texts: StartedBy['texts'], name: string): boolean =>
  texts.some(({text}) => text.includes(`setdefault("${name}"`) || text.includes(`setdefault('${name}'`))

export interface Started {
  by: string
  command: Command
  certain: boolean
  /** Where it runs in the image; undefined where something before it goes to a folder that is not known. */
  folder: string | undefined
}

/** How the commands are read. */
export interface Reading {
  /** What `$NAME` is where a shell reads the command. */
  inShell: Variables
  /** And where none does: fly.toml's commands are started as they are. */
  outside: Variables
  /** `npm start` and the like are followed into package.json. */
  packageScripts?: boolean
}

/** What is started, and every text that says so, the scripts among them. */
export interface StartedBy {
  readonly started: readonly Started[]
  readonly scripts: readonly {by: string; file: TextFile}[]
  /** `code`: of a program in another language than the shell's. */
  readonly texts: readonly {by: string; text: string; code?: boolean}[]
}

/** What is started, with package.json's scripts, and no variable known: most ask for that. */
export const loadStartedCommands = async (inputs: Inputs, facts: FactStore): Promise<Fact<StartedBy>> =>
  known(await startedBy(inputs, facts, {...(await withoutValues(facts)), packageScripts: true}))

/** Nothing is filled in, but the default of a variable that is set nowhere: `${PORT:-80}`. */
async function withoutValues(facts: FactStore): Promise<Reading> {
  const [build, flyConfig] = await Promise.all([facts.value('build'), facts.value('flyConfig')])
  const set = new Set([...(build?.final.config.env.keys() ?? []), ...Object.keys(flyConfig?.config.env ?? {})])
  const read: Variables = (name) => (set.has(name) ? notKnown : undefined)
  return {inShell: read, outside: read}
}

export const startedCommands = async (facts: FactStore): Promise<StartedBy> =>
  (await facts.value('startedCommands')) ?? {started: [], scripts: [], texts: []}

/** The script in which a command stands; undefined where that is the Dockerfile or fly.toml. */
export const scriptAt = ({scripts}: Pick<StartedBy, 'scripts'>, {file: path}: FileLocation): TextFile | undefined =>
  scripts.find(({file}) => file.path === path)?.file

export async function startedBy(inputs: Inputs, facts: FactStore, reading: Reading): Promise<StartedBy> {
  const [flyConfig, dockerfile, files, build] = await Promise.all([
    facts.value('flyConfig'),
    facts.value('dockerfile'),
    facts.value('files'),
    facts.value('build'),
  ])
  const paths = files ?? noFiles
  const instructions = dockerfile ? allInstructions(dockerfile.final) : []
  const {deploy, processes = {}, experimental} = flyConfig?.config ?? {}
  const written = instructions.findLast(({keyword}) => keyword === 'ENTRYPOINT')
  const interpreter = interpreterOf(experimental?.entrypoint ?? jsonWords(written?.text ?? ''))
  const start = build?.final.config.workingDir || workdirOf(instructions)
  const set = asNpmIsSet(new Map([...(build?.final.config.env ?? []), ...Object.entries(flyConfig?.config.env ?? {})]))
  const started: Started[] = []
  const texts: {by: string; text: string}[] = []
  const add = (by: string, text: string, commands: Command[] | undefined) => {
    texts.push({by, text})
    const folders = foldersOf(commands ?? [], start)
    for (const [index, command] of (commands ?? []).entries()) {
      const words = isEntrypoint(by) || index > 0 ? command.words : [...interpreter, ...command.words]
      started.push({by, command: set({...command, words}), certain: isCertain(command), folder: folders[index]})
    }
  }
  if (flyConfig && deploy?.release_command) {
    const at = flyConfig.at('deploy', 'release_command')
    add('release_command', deploy.release_command, withoutShell(deploy.release_command, at, reading))
  }
  for (const [group, command] of Object.entries(processes)) {
    const at = flyConfig?.at('processes', group) as FileLocation
    if (command) add(`[processes] ${group}`, command, withoutShell(command, at, reading))
  }
  // [experimental] takes the place of the image's own (appconfig/machines.go).
  const replaced = {ENTRYPOINT: experimental?.entrypoint, CMD: experimental?.cmd}
  const everyGroupHasCommand = flyConfig?.groups.every((group) => processes[group]) ?? false
  for (const keyword of ['ENTRYPOINT', 'CMD'] as const) {
    if (keyword === 'CMD' && everyGroupHasCommand) continue
    const key = keyword === 'ENTRYPOINT' ? 'entrypoint' : 'cmd'
    const words = replaced[keyword]
    const last = instructions.findLast((instruction) => instruction.keyword === keyword)
    if (words?.length && flyConfig) {
      const at = flyConfig.at('experimental', key)
      add(`[experimental] ${key}`, words.join(' '), [{words, at, conditional: false, decisive: true}])
    } else if (last) {
      const commands = instructionCommands(last, reading.inShell, () => last.at)
      add(keyword, last.text, commands)
    }
  }
  const cmd = experimental?.cmd ?? jsonWords(instructions.findLast(({keyword}) => keyword === 'CMD')?.text ?? '')
  const handed = [deploy?.release_command, ...Object.values(processes)].map((text) => text && splitWords(text))
  const {commands, scripts, packages} = await follow(started, {
    inputs,
    given: [...(everyGroupHasCommand ? [] : [cmd]), ...handed].flatMap((words) => (words ? [words] : [])),
    instructions,
    start,
    reading,
    set,
    paths,
    moment: build && finalMoment(build, flyConfig),
    source: (path) => build && keptSource(path, build, paths),
    namesIn(folder) {
      const entry = build?.final.files.get(folder)
      return entry?.kind === 'folder' ? [...entry.entries.keys()].sort() : []
    },
  })
  const read = scripts.map(({by, file}) => ({by, text: file.text, code: isCode(file.path)}))
  // What ENTRYPOINT hands on to runs where it has gone to.
  const isLed = commands.some(({by, command}) => isEntrypoint(by) && isMove(command))
  const led = isLed ? commands.map((each) => (isEntrypoint(each.by) ? each : {...each, folder: undefined})) : commands
  return {started: led, scripts, texts: [...texts, ...read, ...packages]}
}

const isEntrypoint = (by: string): boolean => by === 'ENTRYPOINT' || by === '[experimental] entrypoint'

/** An ENTRYPOINT that is a program alone, such as `sh`: what follows is the script for it. */
const interpreterOf = (entrypoint: readonly string[] = []): readonly string[] =>
  entrypoint.length === 1 && /^(\S*\/)?((ba|da)?sh|python[\d.]*|node|ruby|php)$/.test(entrypoint[0] as string)
    ? entrypoint
    : []

export const textOf = ({words}: Command): string => words.map((word) => word ?? '?').join(' ')

/** flyctl splits these into words and starts no shell: `a && b` are then arguments of a, unless a is a shell. */
function withoutShell(text: string, at: FileLocation, {inShell, outside}: Reading): Command[] | undefined {
  if (/^(\S*\/)?(ba|da)?sh\s+-\w*c\s/.test(text.trim())) {
    // The shell gets `"… $NAME …"` as it stands: flyctl fills nothing in.
    const words = splitWords(text)
    return words && wordsCommands(words, inShell, at)
  }
  const commands = shellCommands(text, outside, () => at)
  return /[;&|]/.test(text) ? commands?.map((command) => ({...command, decisive: false})) : commands
}

/** The first line of a script, comments left out, that a pattern finds. */
function mention(scripts: readonly {by: string; file: TextFile}[], pattern: RegExp): StartedCommand | undefined {
  for (const {by, file} of scripts) {
    for (let number = 1; number <= file.lineCount; number++) {
      const text = file.line(number)
      if (!/^\s*#/.test(text) && pattern.test(text) && !prints.test(text.trim())) {
        return {by, text, at: file.lineSpan(number), certain: false, folder: undefined}
      }
    }
  }
  return undefined
}
