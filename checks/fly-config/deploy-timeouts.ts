import {defineCheck, type Facts} from '../../src/check.ts'

type Timeout = NonNullable<NonNullable<Facts['flyConfig']['config']['deploy']>['wait_timeout']>
const second = 1e9
const millisecond = 1e6

export default defineCheck({
  id: 'fly-config/deploy-timeouts',
  title: 'the timeouts of [deploy] leave time',
  why: 'A bare number counts nanoseconds here, so wait_timeout = 300 gives up before a machine can have started.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands'],
  *run({flyConfig, deployCommands}) {
    const {
      wait_timeout: wait,
      release_command_timeout: release,
      release_command: command,
      strategy,
    } = flyConfig.config.deploy ?? {}

    const skipped = deployCommands?.hasFlag('--skip-release-command')
    // Zero is no limit (flyctl's internal/machine/leasable_machine.go, resolveTimeoutContext).
    const releaseGiven = skipped || deployCommands?.hasFlag('--release-command-timeout')
    if (release && command && release.nanoseconds !== 0 && release.nanoseconds < second) {
      yield {
        message: `release_command_timeout is ${shown(release)}, and no release command ends within that: the deploy stops there`,
        at: flyConfig.at('deploy', 'release_command_timeout'),
        hint: hint('release_command_timeout', release),
        ...((releaseGiven || !isHopeless(release)) && {severity: 'warning'}),
      }
    }

    if (!wait || wait.nanoseconds >= second) return
    const waitGiven = skipped || deployCommands?.hasFlag('--wait-timeout')
    const at = flyConfig.at('deploy', 'wait_timeout')
    if (wait.nanoseconds === 0) {
      // Two minutes for a machine to start, but none for its health checks.
      if (flyConfig.checkedGroups.length === 0 || strategy === 'immediate') return
      yield {
        message: 'wait_timeout is 0, and flyctl then gives up on the health checks at once',
        at,
        hint: 'Write wait_timeout = "5m", which is the default, or delete it.',
        severity: 'warning',
        failsAt: 'health',
      }
    } else if (command) {
      yield {
        message: `wait_timeout is ${shown(wait)}, and the machine of the release command does not start within that: the deploy stops there`,
        at,
        hint: hint('wait_timeout', wait),
        ...((waitGiven || !isHopeless(wait)) && {severity: 'warning'}),
      }
    } else if (strategy !== 'immediate') {
      // Machines that are stopped stay so, and are not waited for: not every deploy fails.
      yield {
        message: `wait_timeout is ${shown(wait)}, and flyctl gives up on every machine that does not start within that`,
        at,
        hint: hint('wait_timeout', wait),
        severity: 'warning',
        failsAt: 'machine',
      }
    }
  },
})

/** Shorter than one question to the Machines API takes. */
const isHopeless = ({nanoseconds}: Timeout) => nanoseconds < millisecond

const shown = (timeout: Timeout) =>
  isHopeless(timeout) && timeout.nanoseconds > 0 ? `${timeout.nanoseconds} nanoseconds` : String(timeout)

function hint(key: string, timeout: Timeout): string {
  const {nanoseconds} = timeout
  if (nanoseconds < 0) return `Write ${key} = "5m", which is the default, or delete it.`
  if (!isHopeless(timeout)) return `Write seconds or minutes: ${key} = "${nanoseconds / millisecond}s"`
  return `A bare number counts nanoseconds. Write it as a text with its unit: ${key} = "${nanoseconds}s"`
}
