import {defineCheck, type Facts} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Timeout = NonNullable<NonNullable<FlyConfig['config']['deploy']>['wait_timeout']>
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
        message: `deploy.release_command_timeout is ${shown(release)}, and no release command ends within that: the deploy stops there`,
        at: flyConfig.at('deploy', 'release_command_timeout'),
        ...cure('release_command_timeout', release, flyConfig),
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
        message: 'deploy.wait_timeout is 0, and flyctl then gives up on the health checks at once',
        at,
        ...cure('wait_timeout', wait, flyConfig),
        severity: 'warning',
        failsAt: 'health',
      }
    } else if (command) {
      yield {
        message: `deploy.wait_timeout is ${shown(wait)}, and the machine of the release command does not start within that: the deploy stops there`,
        at,
        ...cure('wait_timeout', wait, flyConfig),
        ...((waitGiven || !isHopeless(wait)) && {severity: 'warning'}),
      }
    } else if (strategy !== 'immediate') {
      // Machines that are stopped stay so, and are not waited for: not every deploy fails.
      yield {
        message: `deploy.wait_timeout is ${shown(wait)}, and flyctl gives up on every machine that does not start within that`,
        at,
        ...cure('wait_timeout', wait, flyConfig),
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

function cure(key: string, timeout: Timeout, {write}: FlyConfig) {
  const {nanoseconds} = timeout
  if (nanoseconds <= 0) return write(['deploy', key], '5m', ', which is the default, or delete it.')
  if (!isHopeless(timeout)) return write(['deploy', key], `${nanoseconds / millisecond}s`)
  // Large numbers are meant in milliseconds.
  const seconds = nanoseconds >= 10_000 ? nanoseconds / 1000 : nanoseconds
  return write(['deploy', key], `${seconds}s`, '. A bare number counts nanoseconds.')
}
