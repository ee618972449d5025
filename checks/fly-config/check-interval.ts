import {defineCheck, keyPath, timesOf} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/check-interval',
  title: 'checks under [checks] run at most every 2 seconds',
  why: 'flyctl refuses a configuration with a shorter interval; a number without a unit is milliseconds.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {check, path} of flyConfig.checks) {
      for (const {key, path: at, duration, shown, meant} of timesOf(flyConfig, check, path)) {
        // internal/appconfig/validation.go, validateChecksSection
        if (key !== 'interval' || duration.seconds >= 2) continue
        yield {
          message: `${keyPath(at)} is ${shown}, it must be 2s or more`,
          at: flyConfig.at(...at),
          hint: `Write interval = "${meant && meant.seconds >= 2 ? meant : '15s'}"`,
        }
      }
    }
  },
})
