import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/internal-port',
  title: 'every service says on which port the app listens',
  why: 'Requests go to a port on which nobody listens, and are answered with 502.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['image'],
  *run({flyConfig, image}) {
    for (const {path, header, ports, internal_port: internalPort} of flyConfig.services) {
      const at = flyConfig.at(...path, 'internal_port')
      // flyctl leaves out a 0 (omitempty), and what is missing is 8080: fly.io/docs/reference/configuration.
      if (!internalPort) {
        const exposes = image?.final.exposes ?? []
        const exposed = exposes[0]
        if (ports.length === 0 || exposes.some(({port}) => port === 8080)) continue
        yield {
          message: `${keyPath(path)} has no internal_port, so its requests go to port 8080${exposed ? `, but the image exposes ${exposed.port}` : ''}`,
          at,
          ...(exposed && {related: [exposed.at]}),
          hint: `Write the port that the app listens on under ${header}: internal_port = ${exposed?.port ?? 8080}`,
          severity: exposed ? 'warning' : 'info',
          failsAt: 'health',
        }
      } else if (internalPort < 1 || internalPort > 65535) {
        yield {
          message: `internal_port of ${keyPath(path)} is ${internalPort}, it must be from 1 to 65535`,
          at,
          hint: 'Write the port that the app listens on: internal_port = 8080',
        }
      }
    }
  },
})
