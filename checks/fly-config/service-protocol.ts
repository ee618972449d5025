import {defineCheck, keyPath, replace} from '../../src/check.ts'

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
      if (!protocol) {
        // Nothing can be said of a service without traffic: service-ports tells that.
        if (ports.length === 0) continue
        yield {
          message: `${keyPath(path)} has no protocol, it should say "tcp" or "udp"`,
          at: flyConfig.at(...path, 'protocol'),
          hint: `Write protocol = "tcp" under ${header}.`,
          severity: 'info',
        }
      } else {
        const isHandler = !/^(tcp|udp)$/i.test(protocol)
        yield {
          message: `protocol of ${keyPath(path)} is ${JSON.stringify(protocol)}, it must be "tcp" or "udp"`,
          at: flyConfig.at(...path, 'protocol'),
          hint: `Write protocol = "${meant}"${isHandler && meant === 'tcp' ? ', and for HTTP handlers = ["http"], for HTTPS ["tls", "http"] on its ports' : ''}.`,
          fix: replace(flyConfig.valueAt(...path, 'protocol'), `"${meant}"`),
        }
      }
    }
  },
})
