import type {Path} from '../documents/document.ts'
import {groupsWith} from './groups.ts'
import {type CheckTime, type TextOf, timesOf} from './health-checks.ts'
import type {Config} from './keys.ts'

type Written = NonNullable<Config['services']>[number]
type HttpCheck = NonNullable<Written['http_checks']>[number]
export type MachineCheck = NonNullable<Config['machine_checks']>[number]
export type Port = NonNullable<Written['ports']>[number]

/** One service, from [http_service] or [[services]]. */
export interface Service extends Omit<Written, 'ports' | 'tcp_checks' | 'http_checks'> {
  path: Path
  /** How its table is written. */
  header: '[http_service]' | '[[services]]'
  /** The groups whose machines get its requests. */
  groups: readonly string[]
  ports: readonly ServicePort[]
  checks: readonly ServiceCheck[]
  /**
   * The service that this one's settings are most likely for. `[services.concurrency]` beside [http_service] makes a
   * service that is nothing but these settings: github.com/superfly/flyctl/issues/3675.
   */
  strayFrom: Service | undefined
}

export interface ServicePort {
  port: Port
  /** Undefined for the two ports that [http_service] brings. */
  path: Path | undefined
  /** The public ports, both ends included. */
  ranges: readonly Range[]
}
export type Range = readonly [first: number, last: number]

export interface ServiceCheck {
  type: 'tcp' | 'http'
  check: HttpCheck
  path: Path
  times: readonly CheckTime[]
}

/** [http_service], which is TCP on ports 80 and 443, then [[services]] (internal/appconfig/service.go, AllServices). */
export function servicesOf(config: Config, textOf: TextOf): Service[] {
  const {http_service: http, services = []} = config
  const result: Service[] = []
  if (http) {
    const {checks = [], ...rest} = http
    const path = ['http_service']
    result.push({
      ...rest,
      path,
      header: '[http_service]',
      groups: groupsWith(http.processes, config),
      protocol: 'tcp',
      ports: [
        {port: {port: 80, handlers: ['http']}, path: undefined, ranges: [[80, 80]]},
        {port: {port: 443, handlers: ['http', 'tls']}, path: undefined, ranges: [[443, 443]]},
      ],
      checks: checksAt([...path, 'checks'], 'http', checks),
      strayFrom: undefined,
    })
  }
  for (const [position, {ports = [], tcp_checks = [], http_checks = [], ...rest}] of services.entries()) {
    const path = ['services', position]
    result.push({
      ...rest,
      path,
      header: '[[services]]',
      groups: groupsWith(rest.processes, config),
      ports: ports.map((port, index) => ({port, path: [...path, 'ports', index], ranges: portRanges(port)})),
      checks: [
        ...checksAt([...path, 'tcp_checks'], 'tcp', tcp_checks),
        ...checksAt([...path, 'http_checks'], 'http', http_checks),
      ],
      strayFrom: undefined,
    })
  }
  const whole = result.filter((service) => !isSettings(service, config))
  return result.map((service) => (whole.includes(service) ? service : {...service, strayFrom: whole[0]}))

  function checksAt(path: Path, type: ServiceCheck['type'], checks: readonly HttpCheck[]): ServiceCheck[] {
    return checks.map((check, index) => {
      const at = [...path, index]
      return {type, check, path: at, times: timesOf(check, at, textOf)}
    })
  }
}

/** Without a port inside the machine, and none outside that somebody has asked for. */
function isSettings({header, ports, internal_port: internalPort}: Service, {http_service: http = {}}: Config): boolean {
  if (internalPort) return false
  const settings = ['checks', 'machine_checks', 'concurrency', 'processes']
  return header === '[http_service]' ? Object.keys(http).every((key) => settings.includes(key)) : ports.length === 0
}

/** A missing end of a range is open (fly-go, MachinePort). */
export function portRanges({port, start_port: first, end_port: last}: Port): Range[] {
  const ranges: Range[] = port === undefined ? [] : [[port, port]]
  if (first !== undefined || last !== undefined) ranges.push([first ?? 1, last ?? 65535])
  return ranges
}

/** fly.io/docs/networking/services. */
export const handlers = ['http', 'tls', 'pg_tls', 'proxy_proto'] as const

/** Whether the handlers of a port exist (edge_http is in Fly.io's API only), and speak what browsers speak on it. */
export function handlersFit({port, handlers: written = []}: Port): boolean {
  if (written.some((handler) => ![...handlers, 'edge_http'].includes(handler))) return false
  if (port === 80) return !written.includes('tls')
  return port !== 443 || !written.includes('http') || written.includes('tls')
}

/** Every machine check with its place: of a service, or of the app as a whole. */
export function machineChecksOf(config: Config, services: readonly Service[]): {check: MachineCheck; path: Path}[] {
  const owners = [{machine_checks: config.machine_checks, path: []}, ...services]
  return owners.flatMap(({machine_checks: checks = [], path}) =>
    checks.map((check, index) => ({check, path: [...path, 'machine_checks', index]})),
  )
}
