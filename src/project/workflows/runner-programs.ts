import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import type {LeadUp} from './lead-up.ts'
import {inFolders, stepPart} from './step-commands.ts'
import {usesForeignActions} from './workflow.ts'

/** A program that a step before a deploy calls, and that GitHub's runner does not have. */
export interface RunnerLack {
  step: LeadUp
  at: FileLocation
  program: string
  /** `cache: pnpm` of actions/setup-node, which asks pnpm where its store is. */
  by: string | undefined
}

/** What the images of GitHub's runners do not have (actions/runner-images), and what brings it. */
const absent: ReadonlyMap<string, RegExp> = new Map([
  ['pnpm', /\bpnpm\b/],
  ['bun', /\bbun\b/],
  ['bunx', /\bbunx?\b/],
  ['deno', /\bdeno\b/],
  ['uv', /\buv\b/],
  ['uvx', /\buvx?\b/],
  ['poetry', /\bpoetry\b/],
])

/** What brings others without naming them. */
const mayBringAny =
  /\b(?:corepack|mise|asdf|nix\S*|devbox|brew|proto|volta|aqua|pkgx|flox|hermit|conda|mamba)\b|GITHUB_PATH|\bpip3? install\b[^\n]{0,300}(?:\s-r|\s-e|\s\.)/

export async function loadRunnerPrograms(_: Inputs, facts: FactStore): Promise<Fact<RunnerLack[]>> {
  const {leadUp} = await facts.need('workflows')
  return known(leadUp.flatMap((each) => lackOf(each) ?? []))
}

function lackOf(each: LeadUp): RunnerLack | undefined {
  const {job, step, before} = each
  const {uses, inputs, run, shell} = step
  // A runner or a container of one's own may have any program, and so may a shell of another kind.
  const isGitHubs = job.labels.length > 0 && job.labels.every((label) => /^ubuntu-(?:latest|\d\d\.\d\d)$/.test(label))
  if (!isGitHubs || job.hasContainer || (shell !== undefined && !/^(?:ba)?sh$/.test(shell))) return undefined
  const earlier = job.steps.slice(0, job.steps.indexOf(step))
  if (usesForeignActions({...job, steps: earlier})) return undefined
  const isThere = (program: string, text: string): boolean =>
    absent.get(program)?.test(text) === true || mayBringAny.test(text)
  if (/^actions\/setup-node@/.test(uses?.text ?? '')) {
    const cache = inputs.get('cache')
    if (cache?.text !== 'pnpm' || isThere('pnpm', before)) return undefined
    return {step: each, at: cache.at, program: 'pnpm', by: 'cache: pnpm'}
  }
  if (!run) return undefined
  const {part, shift} = stepPart(step, run)
  for (const {command} of inFolders(part)) {
    const program = programOf(command)
    if (program === undefined || command.words[0] !== program || !absent.has(program)) continue
    if (command.conditional || !command.decisive) continue
    const [start] = part.rangeOf(command) ?? []
    // What asks whether it is there goes on without it.
    if (start === undefined || isThere(program, before + run.text.slice(0, shift(start)))) continue
    return {step: each, at: command.at, program, by: undefined}
  }
  return undefined
}
