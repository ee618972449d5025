import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage, rootImage} from '../../dockerfile/parse.ts'
import {plainName} from '../base/base-images.ts'
import type {Build} from '../build.ts'
import {isRoot} from './ownership.ts'

/** A port below 1024 on which something listens that does not run as root. */
export interface PrivilegedPort {
  port: number
  user: string
  /** The USER of the image. */
  by: FileLocation
  at: FileLocation
  /** The server that ends there, though Fly.io sends requests to another port; else it is internal_port itself. */
  server: string | undefined
  /** What tells the server its port. */
  variable: string | undefined
}

/** Images whose programs have no rights of their own. In others a file may have them, as in that of Caddy. */
const plain =
  /^(?:node|python|ruby|golang|rust|elixir|erlang|php|perl|debian|ubuntu|alpine|buildpack-deps|nginx|httpd|openjdk|eclipse-temurin|scratch|busybox|oven\/bun|denoland\/deno|gcr\.io\/distroless\/[\w-]+|mcr\.microsoft\.com\/dotnet\/[\w-]+|quay\.io\/(?:evl\.ms|fullstaq)[\w/-]*)(?::|$)/

/** What lets another user listen there after all. */
const otherWays = /setcap|cap_net_bind|authbind|sudo|doas|gosu|su-exec|caddy|frankenphp|ip_unprivileged_port_start/i

/**
 * Docker lets everybody listen on every port of a container. On a machine of Fly.io it is as in every Linux: flyctl adds
 * 8000 to such a port of EXPOSE when it writes internal_port (scanner/rails.go).
 */
export async function loadPrivilegedPorts(facts: FactStore): Promise<Fact<PrivilegedPort[]>> {
  const [[build, {services, at}], listeners, dockerfile, gems] = await Promise.all([
    facts.needAll('build', 'flyConfig'),
    facts.value('listeners'),
    facts.value('dockerfile'),
    facts.value('gems'),
  ])
  const user = plainUser(build)
  if (!user || otherWays.test(dockerfile?.file.text ?? '')) return known([])
  const found: PrivilegedPort[] = []
  const {name, at: by} = user
  for (const {internal_port: port, path, protocol, strayFrom} of services) {
    if (!port || port >= 1024 || protocol === 'udp' || strayFrom) continue
    const place = at(...path, 'internal_port')
    const [own] = [...(listeners ?? [])].flatMap(([, {sockets}]) =>
      sockets.flatMap((socket) => (socket.port?.value === port ? (socket.port.variable ?? []) : [])),
    )
    found.push({port, user: name, by, at: place, server: undefined, variable: own})
  }
  // Before 0.1.16 Thruster said nothing and let Puma go on (basecamp/thruster, CHANGELOG.md).
  const thruster = [...(gems?.values() ?? [])].flatMap((lock) => lock.gems.get('thruster')?.version ?? [])
  const ends = thruster.length > 0 && thruster.every((version) => !/^0\.(?:0\.|1\.(?:\d|1[0-5])(?:-|$))/.test(version))
  for (const [, {server, sockets, at: place}] of listeners ?? []) {
    const [port] = sockets.flatMap((socket) => socket.port ?? [])
    if (server !== 'thrust' || !ends || !port || port.value >= 1024) continue
    if (services.some(({internal_port: inside}) => inside === port.value)) continue
    found.push({port: port.value, user: name, by, at: place, server: 'Thruster', variable: port.variable})
  }
  return known(found)
}

/** As whom the final image runs, where that is written, is not root, and nothing else is there that may give rights. */
function plainUser({final: {stage, config}}: Build): {name: string; at: FileLocation} | undefined {
  const {user} = config
  const written = lineage(stage).flatMap(({instructions}) => instructions.filter(({keyword}) => keyword === 'USER'))
  const at = written.at(-1)?.at
  const isPlain = plain.test(plainName(rootImage(stage) ?? ''))
  return isRoot(user) || user.includes('$') || !at || !isPlain ? undefined : {name: user, at}
}
