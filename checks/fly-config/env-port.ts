import {defineCheck, type Facts, type FileLocation, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/env-port',
  title: 'PORT is a port that gets traffic',
  why: 'An app that listens on PORT hears nothing when Fly.io sends its requests to another internal_port.',
  // Not every app reads PORT.
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['image', 'listeners', 'processes'],
  *run({flyConfig, image, listeners, processes}) {
    const services = flyConfig.services.filter(({internal_port, ports}) => internal_port || ports.length > 0)
    const [first] = services
    const isKnown = (group: string) => listeners?.get(group)?.sockets.some((socket) => socket.port)
    const ofImage = portOf(image)
    // Where the server is known, image/listen-port says more than an ENV; where EXPOSE is written, dockerfile/exposed-port does.
    const counts =
      ofImage !== undefined &&
      flyConfig.config.env?.PORT === undefined &&
      image?.final.exposes?.length === 0 &&
      !services.some(({groups}) => groups.some(isKnown))
    const port = flyConfig.envPort ?? (counts ? ofImage.port : undefined)
    if (!port || !first || services.some(({internal_port}) => (internal_port || 8080) === port)) return
    if (services.some(({internal_port}) => !internal_port))
      return 'internal_port is missing: told by fly-config/internal-port'
    if (processes?.proxy) return 'a proxy takes the requests and hands them on'
    // A script or a command sets it anew, or names the port: PORT=8080 node server.js, --port 8080.
    const isSaid = ({internal_port}: (typeof services)[number]) =>
      processes?.find(new RegExp(`(?<![\\w.])${internal_port}(?!\\w)`))
    if (!flyConfig.envPort && (processes?.mayAssign('PORT') || services.every(isSaid))) return
    // A variable of the server itself goes before PORT: NITRO_PORT, UVICORN_PORT, ASPNETCORE_HTTP_PORTS.
    const set = new Map<string, string>([
      ...[...(image?.final.env ?? [])].map(([name, {value}]) => [name, value ?? ''] as const),
      ...Object.entries(flyConfig.config.env ?? {}),
    ])
    const isNamed = ({internal_port}: (typeof services)[number]) =>
      [...set].some(
        ([name, value]) =>
          name !== 'PORT' && ofServers.test(name) && new RegExp(`(?:^|[:=])${internal_port}$`).test(value),
      )
    if (services.every(isNamed)) return 'another variable names that port'
    // The Dockerfile says that two servers listen: one of them may hand requests on to the other.
    const exposed = new Set(image?.final.exposes?.map((each) => each.port))
    if (exposed.has(port) && services.every(({internal_port}) => exposed.has(internal_port ?? 0))) return
    const targets = [...new Set(services.map(({internal_port}) => internal_port))]
    // A server whose command names its port does not ask for PORT; code may, in a way that is not seen.
    const namesPort = (group: string): boolean => {
      const {certain = false, sockets = [], code} = listeners?.get(group) ?? {}
      return certain && !code && sockets.length > 0 && sockets.every(({port}) => port?.fixed)
    }
    if (services.every(({groups}) => groups.length > 0 && groups.every(namesPort)))
      return 'the commands name their ports: image/listen-port'
    // The server of the code says itself what it listens on; PORT may be for what it hands requests on to.
    const hears = (group: string, target: number | undefined): boolean =>
      listeners?.get(group)?.sockets.some((socket) => socket.port?.fixed && socket.port.value === target) ?? false
    if (services.every(({groups, internal_port}) => groups.some((group) => hears(group, internal_port)))) return
    yield {
      message: `PORT${flyConfig.envPort ? '' : ' in the image'} is ${port}, but requests go to ${targets.join(' and ')}, the internal_port of ${keyPath(first.path)}`,
      at: flyConfig.envPort ? flyConfig.at('env', 'PORT') : flyConfig.at(...first.path, 'internal_port'),
      related: [
        ...(flyConfig.envPort || !ofImage ? [] : [ofImage.at]),
        ...services.map(({path}) => flyConfig.at(...path, 'internal_port')),
        ...(image?.final.exposes ?? []).filter((exposed) => exposed.port === port).map(({at}) => at),
      ],
      hint: `Make them the same: ${flyConfig.setting('internal_port', port)}, or ${flyConfig.envPort ? flyConfig.setting('PORT', String(first.internal_port)) : `ENV PORT=${first.internal_port}`}`,
    }
  },
})

const ofServers = /(?:PORTS?|ADDR|ADDRESS|LISTEN|BIND|ASPNETCORE_URLS|CMD_ARGS)$/

/** The PORT that the Dockerfile sets, where it is a number. */
function portOf(image: Facts['image'] | undefined): {port: number; at: FileLocation} | undefined {
  const set = image?.final.env.get('PORT')
  const port = /^\d{2,5}$/.test(set?.value ?? '') ? Number(set?.value) : 0
  return set && port > 0 && port < 65536 ? {port, at: set.at} : undefined
}
