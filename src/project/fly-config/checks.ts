import type {Path} from '../documents/document.ts'
import {defaultGroup, groupsOf} from './groups.ts'
import type {Config} from './keys.ts'

type Written = NonNullable<Config['checks']>[string]

/** One of [checks]. */
export interface Check {
  name: string
  path: Path
  check: Written
  /** The groups whose machines get it: none, where `processes` names only groups that do not exist. */
  groups: readonly string[]
}

/** Whatever names no group belongs to the default one, and so does an empty name (processgroups.go, Flatten). */
export function checksOf(config: Config): Check[] {
  const existing = groupsOf(config)
  return Object.entries(config.checks ?? {}).map(([name, check]) => {
    const named = check.processes?.length ? check.processes : ['']
    const groups = named.map((group) => group || defaultGroup(config)).filter((group) => existing.includes(group))
    return {name, path: ['checks', name], check, groups: [...new Set(groups)]}
  })
}
