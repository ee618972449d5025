import type {Node} from '../documents/document.ts'

/** A value as Go's `%v` prints it: what flyctl puts in the place of a value of [env] that is no text. */
export function goText(node: Node): string {
  switch (node.type) {
    case 'string':
      return node.value
    case 'boolean':
      return String(node.value)
    case 'integer':
      return node.digits
    case 'float':
      return floatText(node.value)
    case 'date':
      return dateText(node.value)
    case 'null':
      return '<nil>'
    case 'array':
      return `[${node.items.map(goText).join(' ')}]`
    case 'table': {
      const entries = [...node.entries].sort(([a], [b]) => (a < b ? -1 : 1))
      return `map[${entries.map(([key, value]) => `${key}:${goText(value)}`).join(' ')}]`
    }
  }
}

/** The shortest digits, with an exponent from 1e+06 on and below 1e-04 (strconv's format g). */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [digits, exponent] = value.toExponential().split('e') as [string, string]
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** TOML's local dates and times in ISO form; one with an offset as Go prints a time: `2024-01-02 03:04:05 +0200 +0200`. */
export function dateText(written: string): string {
  const [, date, time, seconds = '00', fraction, offset] =
    /^(\d{4}-\d\d-\d\d)?[Tt ]?(\d\d:\d\d)?(?::(\d\d))?(\.\d+)?\s*([Zz]|[-+]\d\d?(?::?\d\d)?)?$/.exec(written) ?? []
  if (date === undefined && time === undefined) return written
  if (time === undefined) return date as string
  const clock = `${time}:${seconds}${fraction?.replace(/(?:\.|(?<!0))0+$/, '') ?? ''}`
  if (date === undefined) return clock
  if (offset === undefined) return `${date}T${clock}`
  const zone = /[Zz]/.test(offset) ? '+0000 UTC' : `${offset.replace(':', '')} ${offset.replace(':', '')}`
  return `${date} ${clock} ${zone}`
}

/** The same in JSON, which stands between a file's values and flyctl's configuration. */
export function dateJson(written: string): string {
  const [, date, clock, zone] = /^(\S+) (\S+) ([-+]\d{4})/.exec(dateText(written)) ?? []
  if (!date || !zone) return dateText(written)
  return `${date}T${clock}${zone === '+0000' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`
}
