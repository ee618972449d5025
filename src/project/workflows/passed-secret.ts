import type {WorkflowRun} from './runs.ts'
import type {Job, Value} from './workflow.ts'

/** The secret that a value is, on its way through the workflows that call each other. */
export interface PassedSecret {
  /** In the repository; undefined where a caller does not pass it, and it is empty. */
  name: string | undefined
  /** What the workflow calls it where it is lost, and the job that calls there. */
  as: string
  caller: Job | undefined
}

/** Undefined for what is no secret alone. Names of secrets are the same in small letters (docs.github.com). */
export function passedSecret(value: Value, {callers}: WorkflowRun, job: Job): PassedSecret | undefined {
  let as = secretIn(value)
  if (as === undefined) return undefined
  // An environment has secrets of its own, which count before those that are passed.
  if (job.hasEnvironment) return {name: as, as, caller: undefined}
  for (const caller of callers) {
    if (caller.secrets === 'inherit') continue
    const [, given] = [...caller.secrets].find(([name]) => isSame(name, as as string)) ?? []
    if (!given) return {name: undefined, as, caller}
    as = secretIn(given)
    if (as === undefined) return undefined
  }
  return {name: as, as, caller: undefined}
}

const secretIn = ({text}: Value): string | undefined => /^\s*\$\{\{\s*secrets\.(\w+)\s*\}\}\s*$/.exec(text)?.[1]

const isSame = (name: string, other: string): boolean => name.toLowerCase() === other.toLowerCase()
