import type {Path} from '../documents/document.ts'
import {Duration} from './duration.ts'
import type {FlyConfig} from './fly-config.ts'

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

/** The times that a health check sets. */
export function timesOf(
  flyConfig: Pick<FlyConfig, 'textOf'>,
  check: Readonly<Partial<Record<Key, Duration>>>,
  path: Path,
): CheckTime[] {
  return keys.flatMap((key) => {
    const duration = check[key]
    if (!duration) return []
    const text = flyConfig.textOf(...path, key)?.replaceAll('_', '') ?? ''
    const number = text === '' ? Number.NaN : Number(text)
    // The patches know [checks] and [[services]] only: in [http_service] fly-go's own unit is left (patches.go).
    const unit = path[0] === 'http_service' ? 'nanoseconds' : 'milliseconds'
    return [
      {
        key,
        path: [...path, key],
        duration,
        shown: Number.isNaN(number) || number === 0 ? String(duration) : `${text} (no unit, so ${unit})`,
        meant: meaning(number),
      },
    ]
  })
}

/** No time of a service check is longer than a minute: up to 60 are seconds. Fly.io's documentation counts in thousands. */
function meaning(number: number): Duration | undefined {
  if (number > 0 && number <= 60) return new Duration(number * 1e9)
  return number >= 1000 && number <= 60_000 ? new Duration(number * 1e6) : undefined
}
