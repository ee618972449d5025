import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/check-service',
  title: 'checks stand at the service that they check',
  why: 'Checks below the header of another kind of service make a second one, which has no port: they never pass.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {services, config} = flyConfig
    // github.com/superfly/flyctl/issues/3675
    for (const {path, checks} of services) {
      const [first] = checks
      const kind = path[0]
      const meant = services.find((each) => each.internal_port && each.path[0] !== kind)
      const written = kind === 'services' ? config.services?.[Number(path[1])] : config.http_service
      const isStray = Object.keys(written ?? {}).every((key) => key.endsWith('checks') || key === 'processes')
      if (!first || !isStray || !meant) continue
      const header = kind === 'services' ? '[[http_service.checks]]' : '[[services.http_checks]]'
      yield {
        message: `this check is not one of ${keyPath(meant.path)}: it belongs to a service of its own, which has no internal_port, and never passes`,
        at: flyConfig.at(...first.path),
        related: [flyConfig.at(...meant.path)],
        hint: `Write ${header} in place of ${kind === 'services' ? `[[services.${String(first.path.at(-2))}]]` : '[[http_service.checks]]'}.`,
      }
    }
  },
})
