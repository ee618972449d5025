const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/** A span of time, as Go's time.Duration holds it: whole nanoseconds. */
export class Duration {
  readonly nanoseconds: number

  constructor(nanoseconds: number) {
    this.nanoseconds = Math.trunc(nanoseconds)
  }

  /**
   * Go's time.ParseDuration: `1h30m`, `1.5s`, `-5ms`, `0`; every number needs its unit, and there are no days.
   * Undefined for anything else.
   */
  static parse(text: string): Duration | undefined {
    if (/^[-+]?0$/.test(text)) return new Duration(0)
    if (!/^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined
    let sum = 0
    for (const [, number, unit] of text.matchAll(/(?<![\d.])([\d.]+)([a-zµμ]+)/g)) {
      // Each part is cut off to whole nanoseconds.
      sum += Math.trunc(Math.round(Number(number) * (units[unit as string] as number) * 1e3) / 1e3)
    }
    return Math.abs(sum) > 2 ** 63 ? undefined : new Duration(text.startsWith('-') ? -sum : sum)
  }

  get seconds(): number {
    return this.nanoseconds / 1e9
  }

  /** Go's form: `1m30s`, `1.5s`, `300ns`, `0s`. */
  toString(): string {
    const size = Math.abs(this.nanoseconds)
    const sign = this.nanoseconds < 0 ? '-' : ''
    if (size === 0) return '0s'
    if (size < 1e3) return `${sign}${size}ns`
    if (size < 1e6) return `${sign}${size / 1e3}µs`
    if (size < 1e9) return `${sign}${size / 1e6}ms`
    const hours = Math.floor(size / 3600e9)
    const minutes = Math.floor((size % 3600e9) / 60e9)
    const rest = `${(size % 60e9) / 1e9}s`
    if (hours > 0) return `${sign}${hours}h${minutes}m${rest}`
    return minutes > 0 ? `${sign}${minutes}m${rest}` : `${sign}${rest}`
  }
}
