import {addressDemands, defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'live/ips',
  title: 'the services have the addresses that they need',
  why: 'Only the first deploy gives an app its addresses: without one the machines run and nobody reaches them.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'app', 'ips'],
  *run({flyConfig, app, ips}) {
    const [service] = flyConfig.services
    if (!service || app.machines.length === 0) return 'the first deploy gives the app its addresses'
    const has = (...types: string[]) => ips.some(({type}) => types.includes(type))
    // Flycast alone: meant for other apps of the organisation.
    if (!has('v4', 'v6', 'shared_v4')) {
      if (has('private_v6')) return
      yield {
        message: `${app.name} has no address: no request reaches ${keyPath(service.path)}, however healthy the machines are`,
        at: {live: 'ips', subject: app.name},
        related: [flyConfig.at(...service.path)],
        hint: `flyctl ips allocate-v6 -a ${app.name} && flyctl ips allocate-v4 --shared -a ${app.name}`,
      }
      return
    }
    if (has('v4')) return
    for (const each of flyConfig.services) {
      // With TLS the proxy can tell by the name which app of a shared address is meant.
      const demand = addressDemands(each).find(({tls}) => !tls)
      if (!demand) continue
      const udp = each.protocol === 'udp'
      yield {
        message: `${keyPath(each.path)} ${demand.what}, and ${app.name} has no IPv4 address of its own: ${udp ? 'no packet reaches it' : 'who has no IPv6 does not reach it'}`,
        at: flyConfig.at(...(demand.path ?? [...each.path, 'protocol'])),
        related: [{live: 'ips', subject: app.name}],
        hint: `flyctl ips allocate-v4 -a ${app.name} (a dedicated address is charged for)`,
      }
    }
  },
})
