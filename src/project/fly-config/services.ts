import type {Path} from '../documents/document.ts'
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
  /** `path` is undefined for the two ports that [http_service] brings. */
  ports: {port: Port; path: Path | undefined}[]
  checks: {type: 'tcp' | 'http'; check: HttpCheck; path: Path}[]
}

/** [http_service], which is TCP on ports 80 and 443, then [[services]] (internal/appconfig/service.go, AllServices). */
export function servicesOf({http_service: http, services = []}: Config): Service[] {
  const result: Service[] = []
  if (http) {
    const {checks = [], ...rest} = http
    const path = ['http_service']
    result.push({
      ...rest,
      path,
      header: '[http_service]',
      protocol: 'tcp',
      ports: [
        {port: {port: 80, handlers: ['http']}, path: undefined},
        {port: {port: 443, handlers: ['http', 'tls']}, path: undefined},
      ],
      checks: checks.map((check, index) => ({type: 'http', check, path: [...path, 'checks', index]})),
    })
  }
  services.forEach(({ports = [], tcp_checks = [], http_checks = [], ...rest}, position) => {
    const path = ['services', position]
    result.push({
      ...rest,
      path,
      header: '[[services]]',
      ports: ports.map((port, index) => ({port, path: [...path, 'ports', index]})),
      checks: [
        ...tcp_checks.map((check, index) => ({type: 'tcp' as const, check, path: [...path, 'tcp_checks', index]})),
        ...http_checks.map((check, index) => ({type: 'http' as const, check, path: [...path, 'http_checks', index]})),
      ],
    })
  })
  return result
}

/** The public ports of one entry as ranges, both ends included; a missing end is open (fly-go, MachinePort). */
export function portRanges({port, start_port: first, end_port: last}: Port): [first: number, last: number][] {
  const ranges: [number, number][] = port === undefined ? [] : [[port, port]]
  if (first !== undefined || last !== undefined) ranges.push([first ?? 1, last ?? 65535])
  return ranges
}

/** Every machine check with its place: of a service, or of the app as a whole. */
export function machineChecksOf(config: Config): {check: MachineCheck; path: Path}[] {
  const owners = [{machine_checks: config.machine_checks, path: []}, ...servicesOf(config)]
  return owners.flatMap(({machine_checks: checks = [], path}) =>
    checks.map((check, index) => ({check, path: [...path, 'machine_checks', index]})),
  )
}
