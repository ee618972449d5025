import {defineCheck, doneBeforeMachines, type Facts, keyPath} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']

export default defineCheck({
  id: 'fly-config/check-port',
  title: 'every check under [checks] has a port to ask',
  why: 'flyctl cannot make the machine of a check without a port, and stops after the release command has already run.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {config, services, topLevelChecks} = flyConfig
    const http = services.find(({header}) => header === '[http_service]')
    for (const {check, path, groups} of topLevelChecks) {
      const name = keyPath(path)
      if (check.port !== undefined) {
        if (check.port > 0 && check.port < 65536) continue
        yield {
          message: `${name}.port is ${check.port}, it must be a port from 1 to 65535: this check never passes`,
          at: flyConfig.at(...path, 'port'),
          hint: hintFor(groups, flyConfig),
          severity: 'warning',
          failsAt: 'health',
        }
        continue
      }
      // Only machines of groups that exist are ever made (internal/appconfig/machines.go, updateMachineConfig).
      const without = groups.find((group) => !http?.groups.includes(group))
      if (without !== undefined) {
        const owner = config.processes ? `the process group ${without} has` : 'there is'
        yield {
          message: `${name} has no port, and ${owner} no [http_service] to take it from${doneBeforeMachines(config)}`,
          at: flyConfig.at(...path),
          related: http ? [flyConfig.at('http_service')] : [],
          hint: hintFor([without], flyConfig),
        }
      } else if (groups.length > 0 && !http?.internal_port) {
        yield {
          message: `${name} has no port, and [http_service] has no internal_port to take it from: it asks port 0, and never passes`,
          at: flyConfig.at(...path),
          related: [flyConfig.at('http_service')],
          hint: hintFor(groups, flyConfig),
          severity: 'warning',
          failsAt: 'health',
        }
      }
    }
  },
})

function hintFor(groups: readonly string[], {services, setting}: FlyConfig): string {
  const service = services.find((each) => each.internal_port && each.groups.some((group) => groups.includes(group)))
  return service?.internal_port
    ? `Write ${setting('port', service.internal_port)}, the internal_port of ${keyPath(service.path)}.`
    : `Write the port on which the app listens: ${setting('port', 8080)}`
}
