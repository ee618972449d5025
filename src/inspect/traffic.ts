import type {FileLocation} from '../check.ts'
import type {FactStore, Facts} from '../facts.ts'

/** The way of requests to one process group: from the public ports to what answers. */
export interface InspectedRoute {
  /** `[http_service]` or `[[services]]`. */
  service: string
  protocol: string
  /** `443 (tls, http)`; empty where the service is reached inside the organisation only. */
  ports: string[]
  internalPort: number
  /** The process group whose machines get the requests. */
  group: string
  /** What its machines start, as it is written; null where the base image alone knows. */
  command: string | null
  /** The server in it and its addresses; null where none is seen. */
  listens: {server: string; addresses: string[]} | null
  /** Where it is said: the service, the port in it, and what starts the server. */
  at: {service: FileLocation; port: FileLocation; server: FileLocation | null; code: FileLocation | null}
}

/** One for each service and process group, in the order of fly.toml. */
export async function inspectTraffic(facts: FactStore): Promise<InspectedRoute[]> {
  const flyConfig = await facts.value('flyConfig')
  if (!flyConfig) return []
  const [listeners, processes] = await Promise.all([facts.value('listeners'), facts.value('processes')])
  const http = flyConfig.config.http_service
  return flyConfig.services
    .filter(({strayFrom, ports, internal_port: port}) => !strayFrom && (port || ports.length > 0))
    .flatMap(({header, protocol, ports, internal_port: internalPort, groups, path}) =>
      groups.map((group) => {
        const listener = listeners?.get(group)
        const by = flyConfig.config.processes?.[group] ? `[processes] ${group}` : 'CMD'
        const redirects = header === '[http_service]' && http?.force_https
        return {
          service: header,
          protocol: protocol || 'tcp',
          ports: ports.flatMap(({port, ranges}) => {
            const spoken = redirects && port.port === 80 ? 'to https' : (port.handlers ?? []).join(', ')
            return ranges.map(([first, last]) => `${range(first, last)}${spoken && ` (${spoken})`}`)
          }),
          internalPort: internalPort || 8080,
          group,
          command: flyConfig.config.processes?.[group] || commandOf(processes, by),
          listens: listener ? {server: listener.server, addresses: listener.sockets.map(address)} : null,
          at: {
            service: flyConfig.at(...path),
            port: flyConfig.at(...path, 'internal_port'),
            server: listener?.at ?? null,
            code: listener?.code ?? null,
          },
        }
      }),
    )
}

const range = (first: number, last: number) => (first === last ? `${first}` : `${first}–${last}`)

/** `0.0.0.0:8000`; `?` for what is not known. */
function address({host, port}: Listener['sockets'][number]): string {
  const name = host === undefined ? '?' : host.value || '*'
  return `${name.includes(':') ? `[${name.replace(/^\[|\]$/g, '')}]` : name}:${port?.value ?? '?'}`
}

type Listener = Facts['listeners'] extends ReadonlyMap<string, infer Each> ? Each : never

/** The last command that the image starts: what stands before it prepares. */
const commandOf = (processes: Facts['processes'] | undefined, by: string): string | null =>
  processes?.commands.findLast((command) => command.by === by)?.text ?? null
