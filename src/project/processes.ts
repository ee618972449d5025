import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import {type Instruction, lineage} from './dockerfile/parse.ts'
import {contextPath} from './image/context-path.ts'
import type {Inputs} from './inputs.ts'
import type {TextFile} from './text.ts'

/** What the deploy runs: the release command, the process groups and the image's own command. */
export interface Processes {
  commands: StartedText[]
  /** The first text that a pattern finds, in the commands and in the scripts they start. */
  find(pattern: RegExp): {by: StartedText; match: RegExpExecArray; at: FileLocation} | undefined
}

/** A command, or a script that one starts, as text. */
export interface StartedText {
  /** `release_command`, `[processes] web`, `CMD` or `ENTRYPOINT`. */
  by: string
  text: string
  at: FileLocation
  script: TextFile | undefined
}

export async function loadProcesses(inputs: Inputs, facts: FactStore): Promise<Fact<Processes>> {
  const [config, dockerfile, files] = await Promise.all([
    facts.value('flyConfig'),
    facts.value('dockerfile'),
    facts.value('files'),
  ])
  const commands: StartedText[] = []
  if (config?.releaseCommand) {
    commands.push({
      by: 'release_command',
      text: config.releaseCommand,
      at: config.at('deploy', 'release_command'),
      script: undefined,
    })
  }
  for (const {group, command, path} of config?.processes ?? []) {
    if (command)
      commands.push({
        by: `[processes] ${group}`,
        text: command,
        at: config?.at(...path) as FileLocation,
        script: undefined,
      })
  }
  const instructions = dockerfile ? lineage(dockerfile.final).flatMap((stage) => stage.instructions) : []
  const everyGroupHasCommand = config?.processes.every(({command}) => command) ?? false
  for (const keyword of ['ENTRYPOINT', 'CMD']) {
    const last = instructions.findLast((instruction) => instruction.keyword === keyword)
    if (last && !(keyword === 'CMD' && everyGroupHasCommand))
      commands.push({by: keyword, text: last.text, at: last.at, script: undefined})
  }
  const scripts = await startedScripts(commands, {inputs, instructions, paths: files?.paths ?? []})
  const all = [...commands, ...scripts]
  return known({
    commands: all,
    find(pattern) {
      for (const by of all) {
        const match = searchable(by)
          .map((text) => pattern.exec(text))
          .find((found) => found !== null)
        if (match) return {by, match, at: by.script ? placeIn(by.script, match[0]) : by.at}
      }
      return undefined
    },
  })
}

/** Lines of a script that are no comments; the words of the exec form without their quotes. */
function searchable({text, script}: StartedText): string[] {
  if (script) return text.split('\n').filter((line) => !/^\s*#/.test(line))
  return [text.replace(/["',[\]]+/g, ' ').replace(/\s+/g, ' ')]
}

function placeIn(script: TextFile, text: string): FileLocation {
  for (let line = 1; line <= script.lineCount; line++) {
    if (!/^\s*#/.test(script.line(line)) && script.line(line).includes(text)) return script.lineSpan(line)
  }
  return script.whole
}

interface Context {
  inputs: Inputs
  instructions: readonly Instruction[]
  paths: readonly string[]
}

/** The project's scripts that the commands name, and those that these name in turn. */
async function startedScripts(
  commands: readonly StartedText[],
  {inputs, instructions, paths}: Context,
): Promise<StartedText[]> {
  const found = new Map<string, StartedText>()
  const workdir = instructions.findLast((instruction) => instruction.keyword === 'WORKDIR')?.words.join(' ') ?? '/'
  let next = [...commands]
  for (let depth = 0; depth < 3 && next.length > 0; depth++) {
    const started: StartedText[] = []
    for (const {by, text} of next) {
      for (const word of text.match(/[\w./-]+/g) ?? []) {
        const path = scriptPath(word)
        if (!path || found.has(path)) continue
        const script = await inputs.reader.text(path)
        if (!script) continue
        const entry = {by, text: script.text, at: script.whole, script}
        found.set(path, entry)
        started.push(entry)
      }
    }
    next = started
  }
  return [...found.values()]

  function scriptPath(word: string): string | undefined {
    // A program's bare name is no file of the project, unless it is one by its ending or its path.
    if (!/\.(sh|bash|py)$|\//.test(word) || word.endsWith('/')) return undefined
    const copied = contextPath(word, workdir, instructions, paths)
    if (copied) return copied
    // Without a COPY that tells (a RUN may have moved it), a name that only one file has is that file.
    const name = word.split('/').at(-1) as string
    const same = paths.filter((path) => path === name || path.endsWith(`/${name}`))
    return same.length === 1 && /\.(sh|bash|py)$|entrypoint|start/.test(name) ? same[0] : undefined
  }
}
