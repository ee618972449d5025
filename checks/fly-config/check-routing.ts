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
    const {services, topLevelChecks, config} = flyConfig
    const checkedByService = services.flatMap(({checks, groups}) => (checks.length > 0 ? groups : []))
    for (const {check, path, groups} of topLevelChecks) {
      const port = check.port ?? config.http_service?.internal_port
      const unchecked = groups.filter((group) => !checkedByService.includes(group))
      const service = services.find(
        (each) =>
          each.internal_port && each.internal_port === port && each.groups.some((group) => unchecked.includes(group)),
      )
      if (!service) continue
      const ofHttp = service.path[0] === 'http_service'
      yield {
        message: `${keyPath(path)} checks ${keyPath(service.path)} during a deploy only: afterwards, Fly.io sends requests to a machine that fails it, too`,
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
