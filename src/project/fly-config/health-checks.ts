import type {Path} from '../documents/document.ts'
import {Duration} from './duration.ts'
import type {FlyConfig} from './fly-config.ts'
import {groupsWith} from './groups.ts'
import type {Config} from './keys.ts'

type Written = NonNullable<Config['checks']>[string]

/** One of [checks], which belong to process groups and to no service. */
export interface TopLevelCheck {
  path: Path
  check: Written
  /** The groups whose machines get it. */
  groups: readonly string[]
  times: readonly CheckTime[]
}

export interface HttpCheck {
  path: Path
  check: FlyConfig['services'][number]['checks'][number]['check']
  groups: readonly string[]
}

export function topLevelChecksOf(config: Config, textOf: TextOf): TopLevelCheck[] {
  return Object.entries(config.checks ?? {}).map(([name, check]) => {
    const path = ['checks', name]
    return {path, check, groups: groupsWith(check.processes, config), times: timesOf(check, path, textOf)}
  })
}

/**
 * The checks that ask the app by http, with their groups. What listens on a port of no service is another program: Postgres
 * has its own checks on 5500. One without a port takes that of http_service (flyctl, machines.go).
 */
export function httpChecks({services, topLevelChecks}: Pick<FlyConfig, 'services' | 'topLevelChecks'>): HttpCheck[] {
  const ports = new Set(services.map(({internal_port: port}) => port))
  return [
    ...services.flatMap(({checks, groups}) =>
      checks.filter(({type}) => type === 'http').map((each) => ({...each, groups})),
    ),
    ...topLevelChecks.filter(({check}) => check.type === 'http' && (check.port === undefined || ports.has(check.port))),
  ]
}

const keys = ['interval', 'timeout', 'grace_period'] as const
type Key = (typeof keys)[number]

/** One of the three times of a health check. */
export interface CheckTime {
  key: Key
  path: Path
  duration: Duration
  /** What the file says: `10ms`, `10 (no unit, so milliseconds)`. */
  shown: string
  /** What whoever wrote a number without its unit most likely meant. */
  meant: Duration | undefined
}

/** A value as the file writes it: `"10s"` with its quotes, `10_000`. */
export type TextOf = (path: Path) => string | undefined

/** The times that a health check sets. */
export function timesOf(
  check: Readonly<Partial<Record<Key, Duration>>>,
  checkPath: Path,
  textOf: TextOf,
): readonly CheckTime[] {
  return keys.flatMap((key) => {
    const duration = check[key]
    if (!duration) return []
    const path = [...checkPath, key]
    const text = textOf(path)?.replaceAll('_', '') ?? ''
    const number = text === '' ? Number.NaN : Number(text)
    // The patches know [checks] and [[services]] only: in [http_service] fly-go's own unit is left (patches.go).
    const unit = path[0] === 'http_service' ? 'nanoseconds' : 'milliseconds'
    const shown = Number.isNaN(number) || number === 0 ? String(duration) : `${text} (no unit, so ${unit})`
    return [{key, path, duration, shown, meant: meaning(number)}]
  })
}

/** No time of a service check is longer than a minute: up to 60 are seconds. Fly.io's documentation counts in thousands. */
function meaning(number: number): Duration | undefined {
  if (number > 0 && number <= 60) return new Duration(number * 1e9)
  return number >= 1000 && number <= 60_000 ? new Duration(number * 1e6) : undefined
}
