import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import {type Instruction, lineage} from './dockerfile/parse.ts'
import {contextPath, workdirOf} from './image/context-path.ts'
import {type Command, instructionCommands, shellCommands} from './image/shell.ts'
import type {Inputs} from './inputs.ts'
import type {TextFile} from './text.ts'

/** What the deploy runs: the release command, the process groups, the image's own command, and what these start. */
export interface Processes {
  commands: StartedCommand[]
  /** The command that a pattern finds, a certain one first; else a line of a script that mentions it. */
  find(pattern: RegExp): StartedCommand | undefined
  /** Whether a command or a script may set an environment variable for what it starts: by its name, or from elsewhere. */
  mayAssign(name: string): boolean
}

export interface StartedCommand {
  /** `release_command`, `[processes] web`, `CMD` or `ENTRYPOINT`. */
  by: string
  /** The words with a blank between them; `?` for one that cannot be known. */
  text: string
  at: FileLocation
  /** It runs, and when it fails, what started it fails: not in a branch, not caught, not followed by other things. */
  certain: boolean
}

/** Shells that take variables from what they read, and programs that start another with more of them. */
const fillsEnvironment =
  /\beval\b|^\s*(\.|source)\s(?!.*activate)|\bset\s+-\w*a|\bexport\s+[$"`]|--env-file|\b(doppler|infisical|chamber|dotenvx?|envconsul|op|vault|aws-vault|teller|berglas|sops|direnv|pipenv|honcho|env-cmd)\b/m

/** Programs that print their arguments. */
const prints = /^(echo|printf|cat|grep|log|info|warn|error|say|:)\s/

export async function loadProcesses(inputs: Inputs, facts: FactStore): Promise<Fact<Processes>> {
  const [flyConfig, dockerfile, files] = await Promise.all([
    facts.value('flyConfig'),
    facts.value('dockerfile'),
    facts.value('files'),
  ])
  const instructions = dockerfile ? lineage(dockerfile.final).flatMap((stage) => stage.instructions) : []
  const started: Started[] = []
  const texts: string[] = []
  const add = (by: string, text: string, commands: Command[] | undefined) => {
    texts.push(text)
    for (const command of commands ?? []) started.push({by, command, certain: isCertain(command)})
  }
  const {deploy, processes = {}, experimental} = flyConfig?.config ?? {}
  if (flyConfig && deploy?.release_command) {
    const at = flyConfig.at('deploy', 'release_command')
    add('release_command', deploy.release_command, withoutShell(deploy.release_command, at))
  }
  for (const [group, command] of Object.entries(processes)) {
    const at = flyConfig?.at('processes', group) as FileLocation
    if (command) add(`[processes] ${group}`, command, withoutShell(command, at))
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
      const commands = instructionCommands(
        last,
        () => undefined,
        () => last.at,
      )
      add(keyword, last.text, commands)
    }
  }
  const {commands, scripts} = await follow(started, {inputs, instructions, paths: files?.paths ?? []})
  const all = commands.map(({by, command, certain}) => ({by, text: textOf(command), at: command.at, certain}))
  return known({
    commands: all,
    find(pattern) {
      const found = all.filter(({text}) => pattern.test(text) && !prints.test(text))
      return found.find(({certain}) => certain) ?? found[0] ?? mention(scripts, pattern)
    },
    mayAssign: (name) =>
      [...texts, ...scripts.map(({file}) => file.text)].some(
        (text) => fillsEnvironment.test(text) || new RegExp(`\\b${name}\\b["']?\\s*\\]?=`).test(text),
      ),
  })
}

interface Started {
  by: string
  command: Command
  certain: boolean
}

const isCertain = ({conditional, decisive}: Command) => !conditional && decisive

const textOf = ({words}: Command): string => words.map((word) => word ?? '?').join(' ')

/** flyctl splits these into words and starts no shell: `a && b` are then arguments of a, unless a is a shell. */
function withoutShell(text: string, at: FileLocation): Command[] | undefined {
  const commands = shellCommands(
    text,
    () => undefined,
    () => at,
  )
  const shell = /^(\S*\/)?(ba|da)?sh\s+-\w*c\s/.test(text.trim())
  return shell || !/[;&|]/.test(text) ? commands : commands?.map((command) => ({...command, decisive: false}))
}

interface Context {
  inputs: Inputs
  instructions: readonly Instruction[]
  paths: readonly string[]
}

/** The commands of the scripts that commands start, and of those that these start. */
async function follow(
  started: readonly Started[],
  {inputs, instructions, paths}: Context,
): Promise<{commands: Started[]; scripts: {by: string; file: TextFile}[]}> {
  const commands = [...started]
  const scripts: {by: string; file: TextFile}[] = []
  const seen = new Set<string>()
  const workdir = workdirOf(instructions)
  let next: readonly Started[] = started
  for (let depth = 0; depth < 3 && next.length > 0; depth++) {
    const inside: Started[] = []
    for (const {by, command, certain} of next) {
      for (const word of command.words) {
        const script = word === undefined ? undefined : scriptOf(word)
        if (!script || seen.has(script.path)) continue
        seen.add(script.path)
        const file = await inputs.reader.text(script.path)
        if (!file) continue
        scripts.push({by, file})
        // Of a Python file it is not known which of its lines run.
        const found = file.path.endsWith('.py')
          ? []
          : shellCommands(
              file.text,
              () => undefined,
              (start, end) => file.span(start, end),
            )
        for (const each of found ?? []) {
          inside.push({by, command: each, certain: certain && script.certain && isCertain(each)})
        }
      }
    }
    commands.push(...inside)
    next = inside
  }
  return {commands, scripts}

  function scriptOf(word: string): {path: string; certain: boolean} | undefined {
    // A program's bare name is no file of the project, unless it is one by its ending or its path.
    if (!/\.(sh|bash|py)$|\//.test(word) || word.endsWith('/')) return undefined
    const copied = contextPath(word, workdir, instructions, paths)
    if (copied) return {path: copied, certain: true}
    // Without a COPY that tells (a RUN may have moved it), a name that only one file has is probably that file.
    const name = word.split('/').at(-1) as string
    const same = paths.filter((path) => path === name || path.endsWith(`/${name}`))
    const only = same.length === 1 && /\.(sh|bash|py)$|entrypoint|start/.test(name) ? same[0] : undefined
    return only === undefined ? undefined : {path: only, certain: false}
  }
}

/** The first line of a script, comments left out, that a pattern finds. */
function mention(scripts: readonly {by: string; file: TextFile}[], pattern: RegExp): StartedCommand | undefined {
  for (const {by, file} of scripts) {
    for (let number = 1; number <= file.lineCount; number++) {
      const text = file.line(number)
      if (!/^\s*#/.test(text) && pattern.test(text) && !prints.test(text.trim())) {
        return {by, text, at: file.lineSpan(number), certain: false}
      }
    }
  }
  return undefined
}
