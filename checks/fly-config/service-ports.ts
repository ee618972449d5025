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
    // A public port that is written as the inner one is taken for the app's own; any other is chosen.
    const all = services.flatMap((service) => service.ports.map((each) => ({...each, service})))
    const takes = (wanted: number) =>
      all.some(({ranges}) => ranges.some(([from, to]) => from <= wanted && wanted <= to))
    const own = all.find(({port, service}) => port.port === service.internal_port && port.handlers?.includes('http'))
    if (!own?.path || services.length > 1 || takes(80) || takes(443)) return
    yield {
      message: `port ${own.port.port} is the only one that takes requests: browsers ask port 443 for https://${config.app ?? 'APP'}.fly.dev, where nobody answers`,
      at: flyConfig.at(...own.path, 'port'),
      hint: `Write port = 443 with handlers = ["tls", "http"], and port = 80 with handlers = ["http"]; internal_port stays ${own.service.internal_port}.`,
    }
  },
})
