import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/check-timing',
  title: 'health checks have time to pass',
  why: 'A check that gives up at once, or begins only after flyctl has stopped waiting for it, fails the deploy of a healthy app.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {wait_timeout: configured, strategy} = flyConfig.config.deploy ?? {}
    // How long flyctl waits for checks (internal/command/deploy/machines.go). Less than a second is a mistake of its own.
    const wait = configured?.seconds ?? 300
    const waits = strategy !== 'immediate' && wait >= 1
    for (const {times} of [...flyConfig.topLevelChecks, ...flyConfig.services.flatMap(({checks}) => checks)]) {
      for (const {key, path, duration, shown, meant} of times) {
        const ofService = path[0] !== 'checks'
        const {seconds} = duration
        if (key !== 'interval' && !ofService && seconds > 0 && seconds < 0.1) {
          yield {
            message: `${keyPath(path)} is ${shown}: ${key === 'timeout' ? 'hardly any app answers so fast' : 'as good as none'}`,
            at: flyConfig.at(...path),
            ...flyConfig.write(path, String(meant ?? '10s')),
          }
        } else if (key === 'grace_period' && waits && seconds >= wait && !(ofService && seconds > 60)) {
          // Above a minute Fly.io lowers that of a service, which service-check-timing tells.
          yield {
            message: `${keyPath(path)} is ${shown}, but flyctl waits only ${configured ?? '5m'} for checks to pass`,
            at: flyConfig.at(...path),
            related: configured ? [flyConfig.at('deploy', 'wait_timeout')] : [],
            hint: `Shorten grace_period, or let flyctl wait longer: ${flyConfig.setting('wait_timeout', `${Math.ceil(seconds / 60) + 5}m`)} under [deploy].`,
          }
        }
      }
    }
  },
})
