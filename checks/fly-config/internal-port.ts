import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/internal-port',
  title: 'requests go to a port that is named',
  why: 'Requests go to a port on which nobody listens, and are answered with 502.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['image'],
  *run({flyConfig, image}) {
    for (const {path, header, ports, internal_port: internalPort, strayFrom} of flyConfig.services) {
      const at = [...path, 'internal_port']
      // flyctl leaves out a 0 (omitempty), and what is missing is 8080: fly.io/docs/reference/configuration.
      if (!internalPort) {
        const named = flyConfig.envPort
          ? [{port: flyConfig.envPort, at: flyConfig.at('env', 'PORT'), says: 'PORT is'}]
          : (image?.final.exposes ?? []).map((each) => ({...each, says: 'the image exposes'}))
        if (ports.length === 0 || strayFrom || named.some(({port}) => port === 8080)) continue
        const [likely] = named
        yield {
          message: `${keyPath(path)} has no internal_port, so its requests go to port 8080${likely ? `, but ${likely.says} ${likely.port}` : ''}`,
          at: flyConfig.at(...at),
          ...(likely && {related: [likely.at]}),
          hint: `Write the port that the app listens on under ${header}: ${flyConfig.setting('internal_port', likely?.port ?? 8080)}`,
          severity: likely ? 'warning' : 'info',
          failsAt: 'health',
        }
      } else if (internalPort < 1 || internalPort > 65535) {
        yield {
          message: `${keyPath(at)} is ${internalPort}, it must be from 1 to 65535`,
          at: flyConfig.at(...at),
          hint: `Write the port that the app listens on: ${flyConfig.setting('internal_port', flyConfig.envPort ?? 8080)}`,
        }
      }
    }
  },
})
