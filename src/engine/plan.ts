import type {AnyCheck} from '../check.ts'
import {type FactName, isLive} from '../facts.ts'

/** What the user chose to run. */
export interface Selection {
  /** Ids or groups; empty means all. */
  only: readonly string[]
  skip: readonly string[]
  offline: boolean
  /** Checks that preflight.toml turns off. */
  off: ReadonlySet<string>
}

export interface Step {
  check: AnyCheck
  group: string
  /** Why the user does not want it to run. */
  skipped: string | undefined
}

/** Whether a name is the check's id, or one that it had earlier. */
export const answersTo = (name: string, {id, aliases}: AnyCheck): boolean =>
  name === id || (aliases?.includes(name) ?? false)

export const groupOf = (check: AnyCheck): string => check.id.split('/')[0] as string

/** The facts that a check looks at, needed, used or examined. */
export const factsOf = (check: AnyCheck): FactName[] => [
  ...check.needs,
  ...(check.uses ?? []),
  ...(check.examines ?? []),
]

/** Whether it has nothing to say without Fly.io; one that only uses a live fact goes without it. */
export const isLiveCheck = (check: AnyCheck): boolean => [...check.needs, ...(check.examines ?? [])].some(isLive)

/** Whether an id, an earlier id or a group names a check. */
export const names = (word: string, check: AnyCheck): boolean => word === groupOf(check) || answersTo(word, check)

/** The steps in the plan's order. What --only leaves out is not in it; what is skipped is, with the reason. */
export function makePlan(checks: readonly AnyCheck[], {only, skip, offline, off}: Selection): Step[] {
  return checks
    .filter((check) => only.length === 0 || only.some((word) => names(word, check)))
    .map((check) => ({check, group: groupOf(check), skipped: reason(check)}))

  function reason(check: AnyCheck): string | undefined {
    const word = skip.find((each) => names(each, check))
    if (word !== undefined) return `--skip ${word}`
    if (off.has(check.id)) return 'off in preflight.toml'
    return offline && isLiveCheck(check) ? '--offline' : undefined
  }
}
