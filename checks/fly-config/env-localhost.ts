import {defineCheck, type Facts, localTarget, mayRunServers, notATarget} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']

export default defineCheck({
  id: 'fly-config/env-localhost',
  title: '[env] points to no server on localhost',
  why: 'In a machine of Fly.io runs this app alone: nothing answers on localhost, and every call to that server fails.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['processes', 'image'],
  *run({flyConfig, processes, image}) {
    const {build, env = {}} = flyConfig.config
    if (mayRunServers({flyConfig, processes, image})) return
    const own = ownPorts(flyConfig)
    for (const [name, value] of Object.entries(env)) {
      const found = localTarget(name, value)
      if (!found || (found.port !== undefined && own.has(found.port))) continue
      const shown = found.port === undefined ? found.host : `${found.host}:${found.port}`
      yield {
        message: `${name} points to ${shown}, where nothing listens in the machine unless its image starts it`,
        at: flyConfig.at('env', name),
        hint: `Write where it runs: another app on Fly.io is APP.internal, or APP.flycast through its proxy. With a password in it, set a secret instead: flyctl secrets set ${name}=…`,
        // What is meant by another name may be started by the image, or called by the browser.
        ...((!found.isService || build?.image) && {severity: 'info'}),
      }
    }
  },
})

/** Ports on which the app listens itself. */
function ownPorts({config, services: all}: FlyConfig): Set<string> {
  const checks = Object.values(config.checks ?? {})
  const ports = [...all.map((each) => each.internal_port), ...checks.map(({port}) => port)]
  const metrics = (config.metrics ?? []).map(({port}) => port)
  const settings = Object.entries(config.env ?? {}).flatMap(([name, value]) =>
    /PORT$/.test(name) ? value : (/(?:^|:)(\d{2,5})\/?$/.exec(notATarget.test(name) ? value : '')?.[1] ?? []),
  )
  return new Set(
    [...ports, ...metrics]
      .filter((port) => port !== undefined)
      .map(String)
      .concat(settings),
  )
}
