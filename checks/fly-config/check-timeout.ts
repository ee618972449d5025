import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/check-timeout',
  title: 'checks under [checks] wait at most 60 seconds',
  why: 'flyctl refuses a configuration with a longer timeout.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {times} of flyConfig.topLevelChecks) {
      for (const {key, path, duration, shown} of times) {
        // internal/appconfig/validation.go, validateChecksSection
        if (key !== 'timeout' || duration.seconds <= 60) continue
        yield {
          message: `${keyPath(path)} is ${shown}, it must be 60s or less`,
          at: flyConfig.at(...path),
          ...flyConfig.write(path, '10s', '. An app that needs long to start gets time by grace_period.'),
        }
      }
    }
  },
})
