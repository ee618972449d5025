import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/env-port',
  title: 'PORT in [env] is a port that gets traffic',
  why: 'An app that listens on PORT hears nothing when Fly.io sends its requests to another internal_port.',
  // Not every app reads PORT.
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {services, config} = flyConfig
    const port = Number(config.env?.PORT)
    const internal = services.flatMap(({internal_port, path}) => (internal_port ? [{internal_port, path}] : []))
    const [first] = internal
    if (!Number.isInteger(port) || port < 1 || !first) return
    if (internal.some(({internal_port}) => internal_port === port)) return
    yield {
      message: `PORT is ${port}, but requests go to ${[...new Set(internal.map((each) => each.internal_port))].join(' and ')}, the internal_port of ${keyPath(first.path)}`,
      at: flyConfig.at('env', 'PORT'),
      related: internal.map(({path}) => flyConfig.at(...path, 'internal_port')),
      hint: `Make them the same: PORT = "${first.internal_port}", or internal_port = ${port}.`,
    }
  },
})
