import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/service-check-timing',
  title: 'times of service checks are kept as they are written',
  why: 'Fly.io raises times below one second and lowers those above one minute, so the check runs with other times than the file says.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {times} of flyConfig.services.flatMap(({checks}) => checks)) {
      for (const {key, path, duration, shown, meant} of times) {
        const {seconds} = duration
        // internal/appconfig/validation.go, validateSingleServiceCheckDuration
        const isShort = seconds < 1 && !(key === 'grace_period' && seconds === 0)
        if (!isShort && seconds <= 60) continue
        yield {
          message: `${keyPath(path)} is ${shown}, and Fly.io ${isShort ? 'raises it to 1s' : 'lowers it to 1m'}`,
          at: flyConfig.at(...path),
          ...flyConfig.write(path, String(meant ?? (isShort ? '1s' : '1m'))),
        }
      }
    }
  },
})
