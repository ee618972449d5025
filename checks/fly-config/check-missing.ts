import {defineCheck, type Facts, keyPath} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Service = FlyConfig['services'][number]

export default defineCheck({
  id: 'fly-config/check-missing',
  title: 'every TCP service has a health check',
  why: 'Without one a deploy counts as good as soon as the machine has started, and an app that answers nobody replaces the one that did.',
  // Advice: most apps are deployed well without one, as fly launch writes none.
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['queueWorkers'],
  *run({flyConfig, queueWorkers = []}) {
    const {services, checkedGroups, config, hasContainers} = flyConfig
    if (hasContainers) return 'containers may have health checks of their own'
    if (config.deploy?.strategy === 'bluegreen' && checkedGroups.length === 0) {
      return 'a bluegreen deploy without health checks is told by fly-config/bluegreen-checks'
    }
    // [[machine_checks]] only run during a deploy, and flyctl does not count them either (strategy_bluegreen.go).
    for (const service of services) {
      // No check of a worker passes: image/worker-port tells that it gets requests.
      const isWorker = (group: string) => queueWorkers.some((each) => each.group === group)
      const unchecked = service.groups.find((group) => !checkedGroups.includes(group) && !isWorker(group))
      // No check speaks UDP; a service without ports, which nothing reaches, is told by fly-config/service-ports.
      if (!unchecked || service.protocol === 'udp' || service.strayFrom || service.ports.length === 0) continue
      yield {
        message: `${config.processes ? `the process group ${unchecked}` : keyPath(service.path)} has no health check: a deploy counts as good once the machine has started, even if the app never answers`,
        at: flyConfig.at(...service.path),
        hint: checkFor(service, flyConfig),
      }
      return
    }
  },
})

/** The text to paste, in one line. */
function checkFor({path, ports, internal_port}: Service, {format, services, setting}: FlyConfig): string {
  const ofHttp = path[0] === 'http_service'
  const asksHttp = ports.some(({port}) => port.handlers?.includes('http'))
  const check = asksHttp
    ? {grace_period: '10s', interval: '30s', timeout: '5s', method: 'GET', path: '/'}
    : {grace_period: '10s', interval: '15s', timeout: '2s'}
  const key = ofHttp ? 'checks' : asksHttp ? 'http_checks' : 'tcp_checks'
  const one = services.filter((each) => each.path[0] === 'services').length < 2
  const which = one || !internal_port ? '' : ` of internal_port ${internal_port}`
  const table = format !== 'toml' ? String(path[0]) : ofHttp ? '[http_service]' : '[[services]]'
  return `Directly under ${table}${ofHttp ? '' : which} write ${setting(key, [check])}${asksHttp ? ', with a path that answers 200' : ''}`
}
