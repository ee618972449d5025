import type {Path} from '../documents/document.ts'
import {handlersFit, type Service} from './services.ts'

/** What of a service needs an IPv4 address that the app shares with no other. */
export interface AddressDemand {
  /** Completes "services[0] …". */
  what: string
  path?: Path | undefined
  /** The proxy ends TLS, so it can tell apps on a shared address apart: fly.io/docs/networking/services. */
  tls: boolean
}

/** As flyctl decides (appconfig/config.go, DetermineIPType): by [[services]] alone, and by their exact handlers. */
export function addressDemands({protocol, ports, header}: Service): AddressDemand[] {
  if (header === '[http_service]') return []
  if (protocol === 'udp') return [{what: 'is UDP', tls: false}]
  if (protocol !== 'tcp') return []
  return ports.flatMap(({port, path, ranges}): AddressDemand[] => {
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
