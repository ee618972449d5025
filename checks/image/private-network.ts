import {defineCheck, type Facts, keyPath} from '../../src/check.ts'

type PrivateCall = Facts['privateCalls'][number]

export default defineCheck({
  id: 'image/private-network',
  title: 'what is called by .internal answers there',
  why: "APP.internal leads straight to the machines, by IPv6 and past Fly.io's proxy: nothing translates the port or the protocol, and nothing starts a machine.",
  // The caller may be told another address by a secret.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'appName', 'privateCalls'],
  uses: ['listeners'],
  *run({flyConfig, appName: {name}, privateCalls, listeners}) {
    const flycast = `call ${name}.flycast, which goes through the proxy (flyctl ips allocate-v6 --private)`
    const told = new Set<string>()
    for (const [group, {by, server, code, at, certain, sockets}] of listeners ?? []) {
      for (const call of privateCalls) {
        if (!isFor(call, group) || told.has(by)) continue
        const says = `${call.at.file} calls ${call.text}`
        const fourAlone = sockets.find(({host, port}) => host?.value === '0.0.0.0' && port && port.value === call.port)
        if (fourAlone) {
          told.add(by)
          yield {
            message: `${by} starts ${server} on 0.0.0.0, which is IPv4 alone, and ${says}: the private network of Fly.io is IPv6, and the connection is refused`,
            at: code ?? at,
            related: [call.at],
            hint: `Let it listen at [::] where that takes IPv4, too, or ${flycast}.`,
          }
          continue
        }
        const ports = sockets.map(({port}) => port?.value)
        const isOne = certain && (flyConfig.groups.length === 1 || call.group !== undefined)
        // Another port may be one that is not seen; nobody means port 80 who has a server elsewhere.
        if (call.port !== 80 || !isOne || ports.length === 0 || ports.some((port) => !port || port === 80)) continue
        told.add(by)
        yield {
          message: `${says}, which is port 80, and ${by} starts ${server} on port ${ports[0]}: nothing answers`,
          at: call.at,
          related: [code ?? at],
          hint: `Write ${call.text}:${ports[0]}, or ${flycast}.`,
        }
      }
    }
    const [service] = flyConfig.services
    const [group, another] = flyConfig.groups
    if (!service || service.strayFrom || group === undefined || another || !mayAllStop(flyConfig)) return
    // What the app's own machine calls is up when it does.
    const call = privateCalls.find((each) => isFor(each, group) && each.at.file !== flyConfig.file)
    if (!call) return
    const path = [...service.path, 'auto_stop_machines']
    yield {
      message: `${keyPath(path)} stops the last machine when no requests come through the proxy, and ${call.at.file} calls ${call.text}, which starts none again`,
      at: flyConfig.at(...path),
      related: [call.at],
      hint: `Let one machine run: ${flyConfig.setting('min_machines_running', 1)} under ${keyPath(service.path)}. Or ${flycast}.`,
    }
  },
})

const isFor = ({group}: PrivateCall, of: string): boolean => group === undefined || group === of

const mayAllStop = ({services}: Facts['flyConfig']): boolean =>
  services.every(({auto_stop_machines: stop, min_machines_running: least = 0}) => stop && stop !== 'off' && least === 0)
