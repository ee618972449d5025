import {defineCheck, type Facts, keyPath, splitWords} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Path = readonly (string | number)[]

export default defineCheck({
  id: 'fly-config/machine-conversion',
  title: 'every process group can become a machine',
  why: 'flyctl launch makes machines of the file before it validates it, and stops at a group that cannot become one.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const group of flyConfig.groups) {
      const found = obstacle(group, flyConfig)
      if (!found) continue
      yield {
        message: `the process group ${group} cannot become a machine: ${found.why}`,
        at: flyConfig.at(...found.path),
        hint: `Correct it as ${found.told} says, for the same line.`,
      }
    }
  },
})

/**
 * The first thing that ends the conversion of a group (internal/appconfig/machines.go, updateMachineConfig), of those
 * that validation refuses too, with a finding of its own. Sizes, ports of checks and containers have checks of their own.
 */
function obstacle(group: string, flyConfig: FlyConfig): {why: string; path: Path; told: string} | undefined {
  const {config, topLevelChecks, groupsOf} = flyConfig
  const {processes = {}, restart = []} = config
  const command = Object.hasOwn(processes, group) ? processes[group] : undefined
  if (command && !splitWords(command)) {
    return {
      why: 'its command cannot be split into words',
      path: ['processes', group],
      told: 'fly-config/command-syntax',
    }
  }
  const check = topLevelChecks.find(
    (each) => each.groups.includes(group) && !/^(http|tcp)$/.test(each.check.type ?? ''),
  )
  if (check) {
    return {
      why: `the type of ${keyPath(check.path)} is neither "http" nor "tcp"`,
      path: [...check.path, 'type'],
      told: 'fly-config/check-type',
    }
  }
  const policy = restart.findIndex(
    (each) => groupsOf(each.processes).includes(group) && !/^(always|never|on-failure)$/.test(each.policy ?? ''),
  )
  if (policy < 0) return undefined
  return {
    why: 'its restart policy is none',
    path: ['restart', policy, 'policy'],
    told: 'fly-config/restart-policy',
  }
}
