import {defineCheck, type Facts, handlersFit, keyPath} from '../../src/check.ts'

type Service = Facts['flyConfig']['services'][number]

export default defineCheck({
  id: 'fly-config/dedicated-ip',
  title: 'no service needs an address of its own',
  why: 'flyctl asks before it allocates a dedicated IPv4 address: a first deploy in CI leaves the app without any.',
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const needing = flyConfig.services.flatMap((service) => demands(service).map((demand) => ({service, ...demand})))
    const [first, ...others] = needing
    if (!first) return
    const place = ({service, path}: typeof first) => flyConfig.at(...(path ?? [...service.path, 'protocol']))
    yield {
      message: `${keyPath(first.service.path)} ${first.what}: at the first deploy flyctl asks for a dedicated IPv4 address, and in CI, where nobody answers, the app gets no address at all`,
      at: place(first),
      related: others.map(place),
      hint: needing.every(({tls}) => tls)
        ? 'If flyctl ips list shows no address, once: flyctl ips allocate-v6 and flyctl ips allocate-v4 --shared, which is enough for TLS.'
        : 'If flyctl ips list shows no dedicated v4 address, once: flyctl ips allocate-v4. An app that only other apps reach needs none.',
    }
  },
})

interface Demand {
  what: string
  path?: Service['path'] | undefined
  /** The proxy ends TLS, so it can tell apps on a shared address apart: fly.io/docs/networking/services. */
  tls: boolean
}

/** As flyctl decides (appconfig/config.go, DetermineIPType): by [[services]] alone, and by their exact handlers. */
function demands({protocol, ports, header}: Service): Demand[] {
  if (header === '[http_service]') return []
  if (protocol === 'udp') return [{what: 'is UDP', tls: false}]
  if (protocol !== 'tcp') return []
  return ports.flatMap(({port, path, ranges}): Demand[] => {
    // Mistakes that port-range and handlers tell: what is meant instead may need no address.
    if (ranges.some(([first, last]) => first < 1 || last > 65535 || first > last) || !handlersFit(port)) return []
    const handlers = port.handlers ?? []
    const has = (wanted: number) => ranges.some(([first, last]) => first <= wanted && wanted <= last)
    const tls = handlers.includes('tls')
    const other = ranges.find(([first, last]) => first !== last || (first !== 80 && first !== 443))
    if (other) return [{what: `has port ${other[0] === other[1] ? other[0] : other.join(' to ')}`, path, tls}]
    if (has(80) && handlers.join() !== 'http') return [{what: 'has port 80 with other handlers than http', path, tls}]
    if (has(443) && [...handlers].sort().join() !== 'http,tls')
      return [{what: 'has port 443 with other handlers than tls and http', path, tls}]
    return []
  })
}
