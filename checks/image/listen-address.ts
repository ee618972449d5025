import {defineCheck} from '../../src/check.ts'

/** Addresses that only the machine itself can reach. */
const loopback = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/

/** Node and Python hand the address to getaddrinfo, which knows no brackets. */
const looksUp = /^(?:uvicorn|flask run|fastapi run|next start|vite preview)$|\.(?:[cm]?[jt]sx?|py)$/

export default defineCheck({
  id: 'image/listen-address',
  title: 'the server listens where Fly.io can reach it',
  why: "Fly.io's proxy connects from outside the machine: what listens on 127.0.0.1 alone never gets a request.",
  severity: 'error',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig', 'listeners'],
  *run({flyConfig, listeners}) {
    const told = new Set<string>()
    for (const [group, {by, server, everywhere, code, at, certain, sockets}] of listeners) {
      const service = flyConfig.services.find(
        ({groups, protocol, internal_port: inside, ports, strayFrom}) =>
          groups.includes(group) && protocol !== 'udp' && !strayFrom && (inside || ports.length > 0),
      )
      // Several groups may start the same command of the image.
      if (!service || sockets.length === 0 || told.has(by)) continue
      const related = [flyConfig.at(...service.path, 'internal_port'), ...(code ? [at] : [])]
      const hint = `Let it listen on every address: ${code ? everywhere : `${server} ${everywhere}`}`
      const hosts = sockets.flatMap(({host}) => host ?? [])
      const [host] = hosts
      if (host && hosts.length === sockets.length && hosts.every(({value}) => loopback.test(value))) {
        told.add(by)
        yield {
          message: `${by} starts ${server} on ${host.value}, which only the machine itself reaches: it must be 0.0.0.0`,
          at: code ?? at,
          related,
          hint,
          // A secret may set the variable that decides, and no file shows secrets.
          ...(!(certain && hosts.every(({fixed}) => fixed)) && {severity: 'warning'}),
        }
      } else if (host && /^\[.*\]$/.test(host.value) && looksUp.test(server)) {
        told.add(by)
        const bare = host.value.slice(1, -1)
        yield {
          message: `${by} starts ${server} on ${host.value}, which it looks up as a name and does not find: brackets are for an address with a port`,
          at: code ?? at,
          related,
          hint: `Write ${bare === '::' ? '0.0.0.0' : bare}.`,
          severity: 'warning',
          failsAt: 'boot',
        }
      } else if (sockets.every(({onlyIPv6}) => onlyIPv6)) {
        told.add(by)
        yield {
          message: `${by} starts ${server} on ::, where it takes IPv6 alone and Fly.io connects by IPv4: it must be 0.0.0.0`,
          at: code ?? at,
          related,
          hint,
          severity: 'warning',
        }
      }
    }
  },
})
