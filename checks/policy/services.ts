import {defineCheck, type Facts, type Finding, keyPath} from '../../src/check.ts'

type Policy = Facts['settings']['policy']
type FlyConfig = Facts['flyConfig']
type Service = FlyConfig['services'][number]

export default defineCheck({
  id: 'policy/services',
  title: 'every service does what the policy demands',
  why: "The project's own rule in preflight.toml is broken.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'flyConfig'],
  *run({settings: {policy}, flyConfig}) {
    const rules = [policy.forceHttps, policy.healthChecks, policy.autoStop, policy.minMachinesRunning]
    if (rules.every((rule) => rule === undefined)) return '[policy.services] has no rule'
    for (const service of flyConfig.services) {
      if (service.strayFrom || service.protocol === 'udp') continue
      yield* forceHttps(service, flyConfig, policy)
      yield* healthChecks(service, flyConfig, policy)
      yield* autoStop(service, flyConfig, policy)
      yield* minMachinesRunning(service, flyConfig, policy)
    }
  },
})

function* forceHttps({path, ports}: Service, flyConfig: FlyConfig, {forceHttps: rule}: Policy): Iterable<Finding> {
  if (!rule?.value) return
  const ofHttpService = path[0] === 'http_service'
  const plain = ports.filter(({port: {handlers = []}}) => handlers.includes('http') && !handlers.includes('tls'))
  for (const {port, path: portPath} of plain) {
    const forced = ofHttpService ? flyConfig.config.http_service?.force_https : port.force_https
    if (forced) continue
    const at = [...(portPath ?? path), 'force_https']
    yield {
      message: `${keyPath(at)} is ${forced ?? 'not set'}, [policy.services] demands that plain HTTP is redirected to https`,
      at: flyConfig.at(...at),
      related: [rule.at],
      ...flyConfig.write(at, true),
    }
  }
}

function* healthChecks({path, groups}: Service, flyConfig: FlyConfig, {healthChecks: rule}: Policy): Iterable<Finding> {
  // Containers have checks of their own.
  if (!rule?.value || flyConfig.hasContainers) return
  const unchecked = groups.find((group) => !flyConfig.checkedGroups.includes(group))
  if (unchecked === undefined) return
  yield {
    message: `${keyPath(path)} has no health check for the process group ${unchecked}, [policy.services] demands one`,
    at: flyConfig.at(...path),
    related: [rule.at],
    hint: `Give it one: preflight explain fly-config/check-missing shows how.`,
  }
}

function* autoStop(service: Service, flyConfig: FlyConfig, {autoStop: rule}: Policy): Iterable<Finding> {
  // flyctl stops nothing where nothing is written.
  const {path, auto_stop_machines: written = 'off'} = service
  if (!rule || (written === 'off') === (rule.value === 'off')) return
  const at = [...path, 'auto_stop_machines']
  yield {
    message: `${keyPath(at)} is "${written}", [policy.services] demands that idle machines are ${rule.value === 'off' ? 'left running' : 'stopped'}`,
    at: flyConfig.at(...at),
    related: [rule.at],
    ...flyConfig.write(at, rule.value === 'off' ? 'off' : 'stop'),
  }
}

function* minMachinesRunning(service: Service, flyConfig: FlyConfig, policy: Policy): Iterable<Finding> {
  const {minMachinesRunning: rule} = policy
  const {path, min_machines_running: written = 0, auto_stop_machines: stops = 'off'} = service
  // Where no machine is stopped, each one that there is runs.
  if (!rule || written >= rule.value || stops === 'off') return
  const at = [...path, 'min_machines_running']
  yield {
    message: `${keyPath(at)} is ${written}, [policy.services] demands at least ${rule.value}`,
    at: flyConfig.at(...at),
    related: [rule.at],
    ...flyConfig.write(at, rule.value),
  }
}
