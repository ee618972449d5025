import {defineCheck, keyPath, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/udp',
  title: 'UDP services ask only for what UDP can have',
  why: 'Packets reach a port on which the app does not listen, or a machine that is stopped in the middle of a session.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  // fly.io/docs/networking/udp-and-tcp, and services.ports in fly.io/docs/reference/configuration.
  *run({flyConfig}) {
    for (const {
      path,
      protocol,
      ports,
      internal_port: internalPort,
      auto_stop_machines: autoStop,
    } of flyConfig.services) {
      if (protocol !== 'udp') continue
      const name = keyPath(path)
      for (const {port, path: portPath = path} of ports) {
        if (port.port !== undefined && internalPort && port.port !== internalPort) {
          yield {
            message: `UDP packets for port ${port.port} reach port ${port.port} of the machine, not internal_port ${internalPort}: Fly.io changes their address only`,
            at: flyConfig.at(...portPath, 'port'),
            related: [flyConfig.at(...path, 'internal_port')],
            hint: `Let the app listen on fly-global-services:${port.port}, and write ${flyConfig.setting('internal_port', port.port)}`,
          }
        }
        const [first, last] = [port.start_port, port.end_port]
        const isBeside = internalPort && first && last && (internalPort < first || internalPort > last)
        if (isBeside) {
          yield {
            message: `UDP packets for the ports ${first} to ${last} reach these ports of the machine, not internal_port ${internalPort}: Fly.io changes their address only`,
            at: flyConfig.at(...portPath, 'start_port'),
            related: [flyConfig.at(...path, 'internal_port')],
            hint: `Let the app listen on fly-global-services at each of these ports, or write port = ${internalPort} alone.`,
          }
        }
        if (port.handlers?.length) {
          yield {
            message: `${name} is UDP and has the handlers ${port.handlers.join(', ')}, which are for TCP connections`,
            at: flyConfig.at(...portPath, 'handlers'),
            hint: 'Delete handlers.',
          }
        }
      }
      if (autoStop && autoStop !== 'off') {
        const at = [...path, 'auto_stop_machines']
        yield {
          message: `${name} is UDP and has auto_stop_machines ${quote(autoStop)}: Fly.io measures connections and requests, so packets neither keep a machine running nor start it`,
          at: flyConfig.valueAt(...at),
          ...flyConfig.write(at, 'off'),
        }
      }
    }
  },
})
