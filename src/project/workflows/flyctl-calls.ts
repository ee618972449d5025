import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {once, onceOf} from '../../once.ts'
import {type Command, programOf} from '../image/shell/command.ts'
import {type Arguments, readArguments} from './flyctl-flags.ts'
import type {WorkflowRun} from './runs.ts'
import {type ReadScript, type ShellPart, startedScript} from './started-scripts.ts'
import {expression, inFolders, stepPart} from './step-commands.ts'
import {isComputed, type Job, type Script, type Step} from './workflow.ts'

/** flyctl as a step of a workflow calls it. */
export interface FlyctlCall extends Arguments {
  workflow: WorkflowRun
  job: Job
  step: Step
  at: FileLocation
  /** As it stands in the script, its expressions with it; '' where that is not known. */
  written: string
  /** `flyctl` or `fly`; undefined where superfly's Docker action calls it. */
  program: string | undefined
  /**
   * The folder that flyctl works in, relative to that of preflight; undefined where it cannot be told. The first
   * argument of `deploy` counts (flyctl changes into it before it reads any other path).
   */
  folder: string | undefined
  /** Its failure fails the step. */
  decisive: boolean
  /** What hides its failure from the step: `|| true`, or `|` (the default shell has no pipefail). */
  ends: string | undefined
  /** What the job ran before it, as text: it may have made or changed files. */
  before: string
  /** The text that it stands in: of the step, and of the script that the step starts. */
  script: string
  /** The place of a word of it, where that is in another line than the program; else the place of the call. */
  wordAt(word: string): FileLocation
  /** The line behind it that begins with a flag: the shell takes it for a command of its own. */
  cutOff: {flag: string; at: FileLocation} | undefined
  /** `fly`, where the arguments of superfly's Docker action begin with that: it puts flyctl before them itself. */
  doubled?: string | undefined
}

/** The word behind flyctl that is none of its commands that are known. */
export interface UnknownCommand {
  word: string
  at: FileLocation
}

/**
 * Every call that the steps of a workflow make, themselves or by a script of the project, a target of its Makefile or a
 * script of its package.json. `place` turns a path from the top of the repository into one from preflight's folder.
 */
export async function flyctlCalls(
  workflow: WorkflowRun,
  place: (path: string) => string,
  read: ReadScript,
): Promise<{calls: FlyctlCall[]; unknown: UnknownCommand[]}> {
  const all: FlyctlCall[] = []
  const unknown: UnknownCommand[] = []
  for (const job of workflow.jobs) {
    let before = ''
    for (const step of job.steps) {
      const {found, scripts} = step.run ? await callsOf(step, step.run, read) : {found: actionCall(step), scripts: ''}
      for (const {words, ...call} of found) {
        const known = readArguments(words)
        if (!known) {
          const [word] = words
          if (word !== undefined && /^[a-z][a-z-]*$/.test(word)) unknown.push({word, at: call.at})
          continue
        }
        const made = {...call, ...known, workflow, job, step, before: before + call.before}
        all.push({...made, folder: folderOf(made, job, place)})
      }
      before += `${step.run?.text ?? step.uses?.text ?? ''}\n${scripts}`
    }
  }
  return {calls: all, unknown}
}

type Found = Pick<
  FlyctlCall,
  'at' | 'written' | 'program' | 'decisive' | 'ends' | 'folder' | 'before' | 'script' | 'wordAt' | 'cutOff' | 'doubled'
> & {
  words: Command['words']
}

/** Scripts that start scripts are followed so deep. */
const deepest = 4

async function callsOf(step: Step, script: Script, read: ReadScript): Promise<{found: Found[]; scripts: string}> {
  const {part, variables, shift} = stepPart(step, script)
  const found: Found[] = []
  let scripts = ''
  await visit(
    {...part, pipefail: part.pipefail || step.shell === 'bash'},
    {before: '', script: script.text, decisive: true},
    0,
  )
  return {found, scripts}

  async function visit(
    part: ShellPart,
    outer: {before: string; script: string; decisive: boolean},
    depth: number,
  ): Promise<void> {
    const {text, commands, rangeOf, pipefail} = part
    // PowerShell and cmd go on behind other marks.
    const goesOn = once<void, boolean>(() => /[`^][ \t]*$/m.test(text))
    for (const {command, folder, index} of inFolders(part)) {
      const {words, at} = command
      const program = programOf(command)
      const [from, to] = rangeOf(command) ?? [0, text.length]
      const [, hides] =
        /^(?:\s*\d?>[>&]?\s*[^\s>|]+(?![^\s>|]))*\s*(\|\|\s*(?:true|:|exit 0)|\|(?!\|))/.exec(text.slice(to)) ?? []
      const before = outer.before + text.slice(0, from)
      const decisive = outer.decisive && command.decisive
      if (program === 'flyctl' || program === 'fly') {
        const ends = hides === '|' && pipefail ? undefined : hides
        const written = depth > 0 ? text.slice(from, to) : script.text.slice(shift(from), shift(to))
        const {script: whole} = outer
        const cutOff = goesOn() ? undefined : flagBehind(commands[index + 1])
        const wordAt = (word: string): FileLocation => {
          const offset = depth > 0 ? -1 : wordIn(written, word)
          if (offset < 0 || !written.slice(0, offset).includes('\n')) return at
          return script.place(shift(from) + offset, shift(from) + offset + word.length)
        }
        const call = {at, written, program, decisive, ends, folder, before, script: whole, wordAt, cutOff}
        found.push({words: words.slice(1), ...call})
      } else if (depth < deepest) {
        const started = await startedScript(command, folder, variables, read)
        if (!started) continue
        scripts += `${started.file.text}\n`
        for (const inner of started.parts) {
          await visit(inner, {before, script: `${outer.script}\n${started.file.text}`, decisive}, depth + 1)
        }
      }
    }
  }
}

/** Where a word begins in a text; -1 where it is not in it as one. */
const wordIn = (text: string, word: string): number => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[^\s"'=]/.test(text[at - 1] ?? ' ') && !/[^\s"'=]/.test(text[at + word.length] ?? ' ')) return at
  }
  return -1
}

/** No program is called as a flag is: the line before was to end with a backslash. */
const flagBehind = (command: Command | undefined): FlyctlCall['cutOff'] => {
  const [flag = ''] = command?.words ?? []
  return command && /^--?[a-z]/.test(flag) ? {flag, at: command.at} : undefined
}

/** superfly's older Docker action: `args` are flyctl's, and FLY_PROJECT_PATH is the folder (its entrypoint.sh). */
function actionCall(step: Step): Found[] {
  const args = step.inputs.get('args')
  if (!args || !/^superfly\/flyctl-actions@/.test(step.uses?.text ?? '')) return []
  const words = args.text
    .replace(expression, '\u0000')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (word.includes('\u0000') ? undefined : word.replace(/^(["'])(.*)\1$/, '$2')))
  const project = step.env.get('FLY_PROJECT_PATH')
  const folder = project ? (isComputed(project) ? undefined : project.text) : '.'
  const wordAt = () => args.at
  const call = {
    program: undefined,
    decisive: true,
    folder,
    ends: undefined,
    before: '',
    script: '',
    wordAt,
    cutOff: undefined,
  }
  const [doubled] = /^fly(?:ctl)?$/.test(words[0] ?? '') ? words : []
  return [{words: doubled ? words.slice(1) : words, at: args.at, written: args.text, doubled, ...call}]
}

/** Whether it checks out something into a folder of the workspace, or another repository. */
const isElsewhere = onceOf(({steps}: Job) =>
  steps.some(
    ({uses, inputs}) =>
      /^actions\/checkout@/.test(uses?.text ?? '') && (inputs.has('path') || inputs.has('repository')),
  ),
)

/** From the workspace to preflight's folder; undefined where the repository does not lie in the workspace itself. */
function folderOf(
  {folder, command, positional}: Pick<FlyctlCall, 'folder' | 'command' | 'positional'>,
  job: Job,
  place: (path: string) => string,
): string | undefined {
  if (folder === undefined || isElsewhere(job) || folder.startsWith('/')) return undefined
  if (command !== 'deploy' || positional.length === 0) return place(folder)
  const [first] = positional
  return first === undefined || first.startsWith('/') ? undefined : place(posix.join(folder, first))
}
