import type {FlyConfig} from '../fly-config/fly-config.ts'

/**
 * The process groups whose machines run what `by` names: `[processes] web`, `CMD`; none run release_command. What is not
 * followed is started by the image's own.
 */
export function groupsRunning(by: string, {config, groups}: FlyConfig): readonly string[] {
  if (by === 'release_command') return []
  const group = /^\[processes\] (.*)$/s.exec(by)?.[1]
  if (group !== undefined) return [group]
  return by === 'CMD' ? groups.filter((each) => !config.processes?.[each]) : groups
}
