import {defineCheck, type Facts, type Finding, keyPath} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Service = FlyConfig['services'][number]
type Port = Service['ports'][number]

export default defineCheck({
  id: 'fly-config/duplicate-port',
  title: 'no two services have the same port',
  why: 'A request for a port that two services have reaches whichever of them, and the health checks of one may fail.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const earlier: Service[] = []
    for (const service of flyConfig.services.filter(({strayFrom}) => !strayFrom)) {
      yield* twiceIn(service, flyConfig)
      for (const other of earlier) {
        const found = clash(service, other, flyConfig)
        if (!found) continue
        yield found
        break
      }
      earlier.push(service)
    }
  },
})

const protocolOf = ({protocol}: Service) => protocol || 'tcp'

function clash(service: Service, other: Service, flyConfig: FlyConfig): Finding | undefined {
  if (protocolOf(service) !== protocolOf(other)) return undefined
  const [name, otherName] = [keyPath(service.path), keyPath(other.path)]
  const together = service.groups.filter((group) => other.groups.includes(group))
  const internalPort = service.internal_port

  // The words of Fly.io's staff in superfly/flyctl#3522 and #1635.
  if (together.length > 0 && internalPort && internalPort === other.internal_port) {
    const checked = service.checks.length + other.checks.length > 0
    return {
      message: `${otherName} and ${name} both have internal_port ${internalPort}: Fly.io keeps only one of them${checked ? ', and health checks of the other can fail' : ''}`,
      at: flyConfig.at(...service.path, 'internal_port'),
      related: [flyConfig.at(...other.path, 'internal_port')],
      hint:
        other.header === '[http_service]' && service.ports.every(({port}) => port.port === 80 || port.port === 443)
          ? 'Delete this [[services]]: [http_service] has ports 80 and 443. Its checks become [[http_service.checks]].'
          : 'Make one [[services]] of them, with the ports and checks of both.',
      failsAt: checked ? 'health' : 'silent',
    }
  }
  const shared = sharedPorts(service, other)
  const [port] = shared
  if (!port) return undefined
  const which = shared.map(({text}) => text).join(' and ')
  const ports = `${/^\d+$/.test(which) ? 'port' : 'ports'} ${which}`
  return {
    message:
      together.length > 0
        ? `${otherName} and ${name} both have ${ports}: a request reaches only one of them`
        : // "Fly Proxy doesn't know about process groups": fly.io/docs/launch/processes
          `${otherName} (${other.groups.join(', ')}) and ${name} (${service.groups.join(', ')}) both have ${ports}: Fly.io spreads the requests over the machines of both`,
    at: flyConfig.at(...(port.path ?? service.path)),
    related: [flyConfig.at(...(port.otherPath ?? other.path))],
    hint: 'Give one of them another port, or make it an app of its own.',
  }
}

/** The public ports that both have. */
function sharedPorts(service: Service, other: Service) {
  const shared: {text: string; path: Port['path']; otherPath: Port['path']}[] = []
  for (const port of service.ports) {
    for (const otherPort of other.ports) {
      const text = overlap(port, otherPort)
      if (text) shared.push({text, path: port.path, otherPath: otherPort.path})
    }
  }
  return shared
}

function overlap({ranges}: Port, other: Port): string | undefined {
  for (const [first, last] of ranges) {
    for (const [otherFirst, otherLast] of other.ranges) {
      const [from, to] = [Math.max(first, otherFirst), Math.min(last, otherLast)]
      if (from <= to) return from === to ? `${from}` : `${from} to ${to}`
    }
  }
  return undefined
}

function* twiceIn({ports, path: service}: Service, flyConfig: FlyConfig): Generator<Finding> {
  for (const [index, port] of ports.entries()) {
    for (const before of ports.slice(0, index)) {
      const text = overlap(port, before)
      if (!text) continue
      yield {
        message: `port ${text} stands twice in ${keyPath(service)}: only one of the two can take its traffic`,
        at: flyConfig.at(...(port.path ?? service)),
        related: [flyConfig.at(...(before.path ?? service))],
        hint: 'Make one [[services.ports]] of them, with the handlers that are meant.',
      }
      break
    }
  }
}
