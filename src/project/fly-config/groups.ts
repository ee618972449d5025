import type {Config} from './keys.ts'

/** The process groups: the names of [processes], in the order of their bytes; without any, the one group `app`. */
export function groupsOf({processes = {}}: Config): string[] {
  const names = Object.keys(processes).sort()
  return names.length > 0 ? names : ['app']
}

/** The group of what names none: `app`, else the first (internal/appconfig/processgroups.go, DefaultProcessName). */
export function defaultGroup(config: Config): string {
  const groups = groupsOf(config)
  return groups.includes('app') ? 'app' : (groups[0] as string)
}

/**
 * The groups whose machines get something with these `processes`: none, where it names only groups that do not exist.
 * No name, and an empty one, mean the default group (Flatten).
 */
export function groupsWith(processes: readonly string[] | undefined, config: Config): string[] {
  const named = new Set((processes?.length ? processes : ['']).map((name) => name || defaultGroup(config)))
  return groupsOf(config).filter((group) => named.has(group))
}
