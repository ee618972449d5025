import {defineCheck} from '../../src/check.ts'

/** In seconds. */
const longest = 300

export default defineCheck({
  id: 'fly-config/kill-timeout',
  title: 'kill_timeout is between one second and five minutes',
  why: 'The Machines API refuses a longer one when the image is built and migrated; a shorter one cuts requests off.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {kill_timeout: timeout} = flyConfig.config
    if (timeout && timeout.seconds > longest) {
      yield {
        message: `kill_timeout is ${timeout}, it must be at most 5m: Fly.io refuses to make such a machine`,
        at: flyConfig.at('kill_timeout'),
        hint: 'Write kill_timeout = "5m". What needs longer must be made to continue after a restart.',
      }
    } else if (timeout && timeout.seconds < 1) {
      yield {
        message: `kill_timeout is ${timeout}, so the app is killed before it can finish a request`,
        at: flyConfig.at('kill_timeout'),
        hint: 'A bare number is whole seconds: write kill_timeout = 5, or "1500ms" for less than that.',
        severity: 'warning',
        failsAt: 'runtime',
      }
    }
    // These machines run in rolling and canary deploys only, and so nothing is sure to fail.
    for (const {check, path} of flyConfig.machineChecks) {
      const seconds = check.kill_timeout?.seconds
      if (seconds === undefined || (seconds >= 1 && seconds <= longest)) continue
      const nanoseconds = seconds > 0 && seconds < 1e-3
      yield {
        message: nanoseconds
          ? `kill_timeout is ${check.kill_timeout}: here a number without a unit counts nanoseconds`
          : `kill_timeout is ${check.kill_timeout}, it must be between 1s and 5m`,
        at: flyConfig.at(...path, 'kill_timeout'),
        hint: `Write it with its unit: kill_timeout = "${nanoseconds ? `${check.kill_timeout?.nanoseconds}s` : '5s'}"`,
        severity: 'warning',
        failsAt: seconds > longest ? 'machine' : 'silent',
      }
    }
  },
})
