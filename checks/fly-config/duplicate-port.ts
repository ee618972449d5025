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
    const services = flyConfig.services.filter(({strayFrom}) => !strayFrom)
    const within = new Owners()
    const outside = new Map<string, Owners>()
    const inside = new Map<string, number>()
    for (const [index, service] of services.entries()) {
      yield* twiceIn(service, flyConfig, within)
      const protocol = service.protocol || 'tcp'
      const owners = outside.get(protocol) ?? new Owners()
      outside.set(protocol, owners)
      const ranges = service.ports.flatMap((port) => port.ranges)
      const targets = service.internal_port
        ? service.groups.map((group) => `${protocol} ${service.internal_port} ${group}`)
        : []
      // Of several the first is told.
      const earlier = [owners.first(ranges), ...targets.map((target) => inside.get(target))]
      const [first] = earlier.filter((each) => each !== undefined).sort((a, b) => a - b)
      const found = first === undefined ? undefined : clash(service, services[first] as Service, flyConfig)
      if (found) yield found
      owners.add(ranges, index)
      for (const target of targets) if (!inside.has(target)) inside.set(target, index)
    }
  },
})

/** Which of the things that are put in, by their numbers, was the first to have each port. */
class Owners {
  /** The number and 1. */
  readonly #first = new Uint32Array(65536)

  add(ranges: Port['ranges'], number: number): void {
    eachPort(ranges, (port) => {
      this.#first[port] ||= number + 1
    })
  }

  /** The first that has one of these ports. */
  first(ranges: Port['ranges']): number | undefined {
    let first = Number.POSITIVE_INFINITY
    eachPort(ranges, (port) => {
      first = Math.min(first, this.#first[port] || first)
    })
    return first < Number.POSITIVE_INFINITY ? first - 1 : undefined
  }

  clear(ranges: Port['ranges']): void {
    eachPort(ranges, (port) => {
      this.#first[port] = 0
    })
  }
}

function eachPort(ranges: Port['ranges'], visit: (port: number) => void): void {
  for (const [first, last] of ranges) {
    for (let port = Math.max(first, 0); port <= Math.min(last, 65535); port++) visit(port)
  }
}

function clash(service: Service, other: Service, flyConfig: FlyConfig): Finding | undefined {
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
  // Of a group that does not exist it is told as such.
  if (service.groups.length === 0 || other.groups.length === 0) return undefined
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
    hint:
      !service.internal_port && other.header === '[http_service]'
        ? 'Delete this one: [http_service] has ports 80 and 443 by itself, and this names no internal_port to hand requests on to.'
        : 'Give one of them another port, or make it an app of its own.',
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

function* twiceIn({ports, path: service}: Service, flyConfig: FlyConfig, owners: Owners): Generator<Finding> {
  for (const [index, port] of ports.entries()) {
    const before = ports[owners.first(port.ranges) ?? -1]
    owners.add(port.ranges, index)
    if (!before) continue
    yield {
      message: `port ${overlap(port, before)} stands twice in ${keyPath(service)}: only one of the two can take its traffic`,
      at: flyConfig.at(...(port.path ?? service)),
      related: [flyConfig.at(...(before.path ?? service))],
      hint: 'Make one [[services.ports]] of them, with the handlers that are meant.',
    }
  }
  for (const {ranges} of ports) owners.clear(ranges)
}
