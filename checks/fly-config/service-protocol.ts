import {defineCheck, keyPath, oneOf, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/service-protocol',
  title: 'the protocol of every service is tcp or udp',
  why: 'Fly.io knows no other protocol: HTTP and TLS are handlers of a TCP port.',
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, header, protocol, ports} of flyConfig.services) {
      if (protocol === 'tcp' || protocol === 'udp') continue
      const meant = /^(udp|quic)/i.test(protocol ?? '') ? 'udp' : 'tcp'
      const at = [...path, 'protocol']
      if (!protocol) {
        // Nothing can be said of a service without traffic: service-ports tells that.
        if (ports.length === 0) continue
        yield {
          message: `${keyPath(path)} has no protocol, it should say ${oneOf(['tcp', 'udp'])}`,
          at: flyConfig.at(...at),
          hint: `Under ${header} write ${flyConfig.setting('protocol', 'tcp')}`,
          severity: 'info',
        }
      } else {
        const isHandler = !/^(tcp|udp)$/i.test(protocol)
        yield {
          message: `${keyPath(at)} is ${quote(protocol)}, it must be ${oneOf(['tcp', 'udp'])}`,
          at: flyConfig.at(...at),
          ...flyConfig.write(
            at,
            meant,
            isHandler && meant === 'tcp'
              ? `, and on its ports ${flyConfig.setting('handlers', ['http'])} for HTTP, ${flyConfig.setting('handlers', ['tls', 'http'])} for HTTPS`
              : '',
          ),
        }
      }
    }
  },
})
