import {defineCheck, type Facts, keyPath} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Service = FlyConfig['services'][number]

export default defineCheck({
  id: 'fly-config/check-missing',
  title: 'what serves has a health check',
  why: 'Without one a deploy counts as good as soon as the machine has started, and an app that answers nobody replaces the one that did.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {services, checks, groups, config} = flyConfig
    // [[machine_checks]] only run during a deploy, and flyctl does not count them either (strategy_bluegreen.go).
    const checked = new Set([
      ...checks.flatMap((check) => check.groups),
      ...services.flatMap((service) => (service.checks.length > 0 ? flyConfig.groupsOf(service.processes) : [])),
    ])
    const uncheckedGroup = ({protocol, processes}: Service) =>
      // No check speaks UDP.
      protocol === 'udp'
        ? undefined
        : flyConfig.groupsOf(processes).find((group) => groups.includes(group) && !checked.has(group))
    const service = services.find(uncheckedGroup)
    // Containers may have health checks of their own, which other files name.
    const ownContainers = config.machine_config || config.experimental?.machine_config || config.build?.compose
    // Then flyctl refuses the deploy, which is a finding of its own.
    if (config.deploy?.strategy === 'bluegreen' && checked.size === 0) return
    if (service && !ownContainers) {
      const served = config.processes ? `the process group ${uncheckedGroup(service)}` : keyPath(service.path)
      yield {
        message: `${served} has no health check: a deploy counts as good once the machine has started, even if the app never answers`,
        at: flyConfig.at(...service.path),
        hint: checkFor(service, flyConfig),
      }
    }
  },
})

/** The text to paste, in one line. */
function checkFor({path, ports, internal_port}: Service, {format, services}: FlyConfig): string {
  const ofHttp = path[0] === 'http_service'
  const asksHttp = ports.some(({port}) => port.handlers?.includes('http'))
  const check = asksHttp
    ? {grace_period: '10s', interval: '30s', timeout: '5s', method: 'GET', path: '/'}
    : {grace_period: '10s', interval: '15s', timeout: '2s'}
  const item = Object.entries(check)
    .map(([key, value]) => (format === 'toml' ? `${key} = "${value}"` : `"${key}": "${value}"`))
    .join(', ')
  const key = ofHttp ? 'checks' : asksHttp ? 'http_checks' : 'tcp_checks'
  const assigned = {toml: `${key} =`, json: `"${key}":`, yaml: `${key}:`}[format]
  const one = services.filter((each) => each.path[0] === 'services').length < 2
  const which = one || !internal_port ? '' : ` of internal_port ${internal_port}`
  const table = format !== 'toml' ? String(path[0]) : ofHttp ? '[http_service]' : '[[services]]'
  return `Directly below ${table}${ofHttp ? '' : which} write ${assigned} [{${item}}]${asksHttp ? ', with a path that answers 200' : ''}`
}
