import {defineCheck, type Facts, type Finding, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'image/listen-port',
  title: 'the server listens on the port that gets the requests',
  why: 'Nobody listens on internal_port: the health checks fail, and every request is answered with 502.',
  severity: 'error',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig', 'listeners'],
  uses: ['image', 'privilegedPorts'],
  *run({flyConfig, listeners, image, privilegedPorts = []}) {
    const exposed = image?.final.exposes?.map(({port}) => port) ?? []
    yield* checkedElsewhere(flyConfig, listeners, exposed)
    for (const [group, {by, server, code, at, certain, sockets, noHttp}] of listeners) {
      if (noHttp) {
        const asked = flyConfig.services.find(
          ({groups, ports, strayFrom}) =>
            groups.includes(group) && !strayFrom && ports.some(({port}) => port.handlers?.includes('http')),
        )
        if (!asked) continue
        yield {
          message: `${by} starts ${server} alone, which speaks FastCGI and no HTTP: nothing in the machine answers on port ${asked.internal_port ?? 8080}`,
          at,
          related: [flyConfig.at(...asked.path, 'internal_port')],
          hint: 'Start nginx or Caddy beside it in the same machine, or take an image with a server: php:8-apache, dunglas/frankenphp.',
          ...(!certain && {severity: 'warning'}),
        }
        continue
      }
      const ports = sockets.flatMap(({port}) => port ?? [])
      // A server whose ports are not all known may well listen on the right one.
      if (ports.length === 0 || ports.length < sockets.length) continue
      const services = flyConfig.services.filter(
        ({groups, protocol, ports: outside, internal_port: port, strayFrom}) =>
          groups.includes(group) && protocol !== 'udp' && !strayFrom && (port || outside.length > 0),
      )
      const [service] = services
      const isHeard = (port: number | undefined) => ports.some(({value}) => value === (port || 8080))
      // One that fits shows that the group serves; another may be for something that the server's own code starts.
      if (!service || services.some(({internal_port: port}) => isHeard(port))) continue
      const inside = new Set(services.map(({internal_port: port}) => port || 8080))
      const values = [...new Set(ports.map(({value}) => value))]
      const fixed = ports.every((port) => port.fixed)
      // fly-config/env-port tells that PORT is another one, fly-config/internal-port what is missing.
      if (!fixed && flyConfig.envPort && values.includes(flyConfig.envPort)) continue
      if (!service.internal_port && [...exposed, flyConfig.envPort].some((port) => port && isHeard(port))) continue
      const {path, header, internal_port: internalPort} = service
      const runsCode = code && server !== 'nginx'
      const variable = ports.find((port) => port.variable)?.variable
      const listens = values.includes(0)
        ? `${by} starts ${server}, which takes any free port because ${variable} is set nowhere`
        : `${by} starts ${server} on port ${values.join(' and ')}`
      // image/privileged-port tells why nothing can listen there.
      const isOfRoot = privilegedPorts.some(({port}) => port === internalPort)
      const setVariable = variable ? flyConfig.setting(variable, String(internalPort || 8080)) : undefined
      yield {
        message: internalPort
          ? `internal_port is ${internalPort}, but ${listens}`
          : `${keyPath(path)} has no internal_port, so its requests go to port 8080, but ${listens}`,
        at: flyConfig.at(...path, 'internal_port'),
        related: code ? [code, at] : [at],
        hint: values.includes(0)
          ? `Write ${setVariable} under [env]: Fly.io sets no ${variable}.`
          : `Make them the same: ${flyConfig.setting('internal_port', values.find((port) => port >= 1024) ?? values[0] ?? 8080)} under ${header}${isOfRoot ? '' : `, or ${setVariable ? `${setVariable} under [env]` : `let ${server} listen on ${internalPort || 8080}`}`}.`,
        // A variable may be another one in the machine, with two ports one may have a listener of its own, and an EXPOSE
        // that agrees with fly.toml says that something else of the code may listen.
        ...(!(certain && fixed && inside.size === 1 && !(runsCode && exposed.includes(internalPort ?? 8080))) && {
          severity: 'warning',
        }),
      }
    }
  },
})

/** Checks of their own port, on which nothing of the project is seen to listen; that of a service is told with the service. */
function* checkedElsewhere(
  {topLevelChecks, services, at, setting}: Facts['flyConfig'],
  listeners: Facts['listeners'],
  exposed: readonly number[],
): Iterable<Finding> {
  for (const {path, check, groups} of topLevelChecks) {
    const {port: asked} = check
    if (
      !asked ||
      asked > 65535 ||
      exposed.includes(asked) ||
      services.some(({internal_port: port}) => (port || 8080) === asked)
    )
      continue
    for (const group of groups) {
      const {by, server, code, at: start, sockets = []} = listeners.get(group) ?? {}
      const ports = sockets.flatMap(({port}) => port?.value ?? [])
      if (
        !start ||
        ports.length === 0 ||
        ports.length < sockets.length ||
        ports.some((port) => port === 0 || port === asked)
      )
        continue
      yield {
        message: `${keyPath([...path, 'port'])} is ${asked}, but ${by} starts ${server} on port ${ports.join(' and ')}: the check never passes`,
        at: at(...path, 'port'),
        related: code ? [code, start] : [start],
        hint: `Write ${setting('port', ports[0] as number)}, or leave it to a check of the service.`,
        // Something else of the code may listen there.
        severity: 'warning',
      }
      break
    }
  }
}
