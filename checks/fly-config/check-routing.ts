import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/check-routing',
  title: 'a failing health check keeps traffic away',
  why: 'Fly.io goes on sending requests to a machine that fails a check under [checks]: only checks of a service count for that.',
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {services, checks, config} = flyConfig
    const groupsWithServiceChecks = services
      .filter((service) => service.checks.length > 0)
      .flatMap(({processes}) => flyConfig.groupsOf(processes))
    for (const {check, path, groups} of checks) {
      const port = check.port ?? config.http_service?.internal_port
      const service = services.find(
        ({internal_port, processes}) =>
          internal_port &&
          internal_port === port &&
          flyConfig
            .groupsOf(processes)
            .some((group) => groups.includes(group) && !groupsWithServiceChecks.includes(group)),
      )
      if (!service) continue
      const ofHttp = service.path[0] === 'http_service'
      yield {
        message: `${keyPath(path)} checks ${keyPath(service.path)} during a deploy, but Fly.io sends requests to a machine that fails it`,
        at: flyConfig.at(...path),
        related: [flyConfig.at(...service.path)],
        hint:
          ofHttp && check.type === 'tcp'
            ? 'Write [[http_service.checks]] with a path to ask for, in its place or beside it.'
            : `Write it as [[${ofHttp ? 'http_service.checks' : `services.${check.type}_checks`}]], without type and port.`,
      }
      return
    }
  },
})
