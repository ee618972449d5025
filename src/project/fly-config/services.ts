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
  /** `path` is undefined for the two ports that [http_service] brings. */
  ports: {port: Port; path: Path | undefined}[]
  checks: ServiceCheck[]
}

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
  const checksAt = (type: ServiceCheck['type'], checks: readonly HttpCheck[], path: Path): ServiceCheck[] =>
    checks.map((check, index) => {
      const at = [...path, index]
      return {type, check, path: at, times: timesOf(check, at, textOf)}
    })
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
        {port: {port: 80, handlers: ['http']}, path: undefined},
        {port: {port: 443, handlers: ['http', 'tls']}, path: undefined},
      ],
      checks: checksAt('http', checks, [...path, 'checks']),
    })
  }
  services.forEach(({ports = [], tcp_checks = [], http_checks = [], ...rest}, position) => {
    const path = ['services', position]
    result.push({
      ...rest,
      path,
      header: '[[services]]',
      groups: groupsWith(rest.processes, config),
      ports: ports.map((port, index) => ({port, path: [...path, 'ports', index]})),
      checks: [
        ...checksAt('tcp', tcp_checks, [...path, 'tcp_checks']),
        ...checksAt('http', http_checks, [...path, 'http_checks']),
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
export function machineChecksOf(config: Config, services: readonly Service[]): {check: MachineCheck; path: Path}[] {
  const owners = [{machine_checks: config.machine_checks, path: []}, ...services]
  return owners.flatMap(({machine_checks: checks = [], path}) =>
    checks.map((check, index) => ({check, path: [...path, 'machine_checks', index]})),
  )
}
