import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/check-interval',
  title: 'checks under [checks] run at most every 2 seconds',
  why: 'flyctl refuses a configuration with a shorter interval; a number without a unit is milliseconds.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {times} of flyConfig.topLevelChecks) {
      for (const {key, path, duration, shown, meant} of times) {
        // internal/appconfig/validation.go, validateChecksSection
        if (key !== 'interval' || duration.seconds >= 2) continue
        yield {
          message: `${keyPath(path)} is ${shown}, it must be 2s or more`,
          at: flyConfig.at(...path),
          ...flyConfig.write(path, String(meant && meant.seconds >= 2 ? meant : '15s')),
        }
      }
    }
  },
})
