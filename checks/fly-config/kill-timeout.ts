import {defineCheck, keyPath} from '../../src/check.ts'

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
    const path = ['kill_timeout']
    if (timeout && timeout.seconds > longest) {
      yield {
        message: `kill_timeout is ${timeout}, it must be at most 5m`,
        at: flyConfig.at(...path),
        ...flyConfig.write(path, '5m', '. What needs longer must be made to continue after a restart.'),
      }
    } else if (timeout && timeout.seconds < 1) {
      yield {
        message: `kill_timeout is ${timeout}, so the app is killed before it can finish a request`,
        at: flyConfig.at(...path),
        ...flyConfig.write(path, '5s'),
        severity: 'warning',
        failsAt: 'runtime',
      }
    }
    // These machines run in rolling and canary deploys only, and so nothing is sure to fail.
    for (const {check, path: of} of flyConfig.machineChecks) {
      const at = [...of, 'kill_timeout']
      const {kill_timeout: wanted} = check
      if (!wanted || (wanted.seconds >= 1 && wanted.seconds <= longest)) continue
      const nanoseconds = wanted.seconds > 0 && wanted.seconds < 1e-3
      yield {
        message: nanoseconds
          ? `${keyPath(at)} is ${wanted}: here a number without a unit counts nanoseconds`
          : `${keyPath(at)} is ${wanted}, it must be between 1s and 5m`,
        at: flyConfig.at(...at),
        ...flyConfig.write(at, nanoseconds ? `${wanted.nanoseconds}s` : '5s'),
        severity: 'warning',
        failsAt: wanted.seconds > longest ? 'machine' : 'silent',
      }
    }
  },
})
