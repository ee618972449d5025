import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/service-ports',
  title: 'every service has a port that takes its traffic',
  why: 'A service without ports gets no traffic, neither from the internet nor over a private address of the app.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {config, services} = flyConfig
    for (const {path, ports, internal_port: internalPort, strayFrom} of services) {
      if (ports.length > 0 || strayFrom) continue
      yield {
        message: `${keyPath(path)} has no ports, so Fly.io's proxy sends it no traffic, and flyctl warns at every deploy`,
        at: flyConfig.at(...path, 'ports'),
        hint: `Add [[services.ports]] with the port to reach it on, or delete this [[services]]: other apps of the organization reach ${config.app ?? 'APP'}.internal:${internalPort || 8080} without it.`,
      }
    }
  },
})
