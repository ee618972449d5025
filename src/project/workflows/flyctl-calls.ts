import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Command, programOf, shellCommands} from '../image/shell.ts'
import {type Arguments, readArguments} from './flyctl-flags.ts'
import {isComputed, type Job, type Script, type Step, type Workflow} from './workflow.ts'

/** flyctl as a step of a workflow calls it. */
export interface FlyctlCall extends Arguments {
  workflow: Workflow
  job: Job
  step: Step
  at: FileLocation
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
}

/**
 * Every call that the steps of a workflow make themselves; what scripts and Makefiles call is not seen. `place` turns a
 * path from the top of the repository into one from preflight's folder.
 */
export function flyctlCalls(workflow: Workflow, place: (path: string) => string): FlyctlCall[] {
  return workflow.jobs.flatMap((job) => {
    let before = ''
    return job.steps.flatMap((step) => {
      const found = step.run ? callsOf(step, step.run) : actionCall(step)
      const calls = found.flatMap(({words, ...call}) => {
        const read = readArguments(words)
        return read ? [{...call, ...read, workflow, job, step, before: before + call.before}] : []
      })
      before += `${step.run?.text ?? step.uses?.text ?? ''}\n`
      return calls.map((call) => ({...call, folder: folderOf(call, job, place)}))
    })
  })
}

type Found = Pick<FlyctlCall, 'at' | 'program' | 'decisive' | 'ends' | 'folder' | 'before'> & {words: Command['words']}

function callsOf(step: Step, script: Script): Found[] {
  const variables = (name: string): string | undefined => {
    const value = step.env.get(name)
    return value && !isComputed(value) ? value.text : undefined
  }
  const masked = script.text.replace(expression, (text) => `$${'_'.repeat(text.length - 1)}`)
  const ranges = new Map<FileLocation, readonly [start: number, end: number]>()
  const commands =
    shellCommands(options + masked, variables, (start, end) => {
      const range = [start - options.length, end - options.length] as const
      const at = script.place(...range)
      ranges.set(at, range)
      return at
    }) ?? []
  // What a subshell changes into holds inside it only.
  const nests = /(^|[\s;&|])\(|\bpushd\b|\bpopd\b/m.test(masked)
  let folder = directoryOf(step)
  return commands.flatMap(({words, at, decisive}) => {
    const program = programOf({words})
    if (program === 'cd') {
      const [, target] = words
      folder = folder === undefined || target === undefined || nests ? undefined : posix.join(folder, target)
    }
    if (program !== 'flyctl' && program !== 'fly') return []
    const [start, end] = ranges.get(at) ?? [0, masked.length]
    const [, hides] =
      /^(?:\s*\d?>[>&]?\s*[^\s>|]+(?![^\s>|]))*\s*(\|\|\s*(?:true|:|exit 0)|\|(?!\|))/.exec(masked.slice(end)) ?? []
    const ends = hides === '|' && step.shell === 'bash' ? undefined : hides
    return [{words: words.slice(1), at, program, decisive, ends, folder, before: masked.slice(0, start)}]
  })
}

/** GitHub runs each script with `bash -e`. */
const options = 'set -e\n'

const expression = /\$\{\{[^\n]{0,500}?\}\}/g

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
  return [{words, at: args.at, program: undefined, decisive: true, folder, ends: undefined, before: ''}]
}

const directoryOf = ({workingDirectory}: Step): string | undefined =>
  workingDirectory ? (isComputed(workingDirectory) ? undefined : workingDirectory.text) : '.'

/** From the workspace to preflight's folder; undefined where the repository does not lie in the workspace itself. */
function folderOf(
  {folder, command, positional}: Pick<FlyctlCall, 'folder' | 'command' | 'positional'>,
  job: Job,
  place: (path: string) => string,
): string | undefined {
  const elsewhere = job.steps.some(
    ({uses, inputs}) =>
      /^actions\/checkout@/.test(uses?.text ?? '') && (inputs.has('path') || inputs.has('repository')),
  )
  if (folder === undefined || elsewhere || folder.startsWith('/')) return undefined
  if (command !== 'deploy' || positional.length === 0) return place(folder)
  const [first] = positional
  return first === undefined || first.startsWith('/') ? undefined : place(posix.join(folder, first))
}
