import type {Unreadable} from './reader.ts'

export interface Encoding {
  /** Whoever reads the file later takes UTF-16 with a byte order mark too, as pip does. */
  utf16?: boolean
  /** It reads bytes, as BuildKit does, so that no byte is wrong; each that is no UTF-8 counts as one character. */
  anyBytes?: boolean
}

/** The text that bytes are, or why they are none. */
export function decode(bytes: Uint8Array, {utf16, anyBytes}: Encoding = {}): string | Unreadable {
  const wide = wideEncoding(bytes)
  if (wide && utf16) return new TextDecoder(wide).decode(bytes)
  if (wide) return {kind: 'not-utf8', reason: 'is saved as UTF-16 (as PowerShell does), not as UTF-8', line: 1}
  try {
    const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
    const zero = text.indexOf('\0')
    return zero < 0 ? text : binary(lineOf(bytes, bytes.indexOf(0)))
  } catch {
    if (anyBytes && !bytes.includes(0)) return new TextDecoder('latin1').decode(bytes)
    const at = firstInvalidByte(bytes)
    const line = lineOf(bytes, at)
    if (bytes.includes(0)) return binary(line)
    const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0')
    return {kind: 'not-utf8', reason: `is not UTF-8: the byte 0x${byte} on line ${line} is no character`, line}
  }
}

/** What a byte order mark of two bytes says. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

const binary = (line: number): Unreadable => ({kind: 'binary', reason: 'is a binary file, not text', line})

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1
  for (let at = 0; at < offset; at++) if (bytes[at] === 0x0a) line++
  return line
}

/** The offset of the first byte that no UTF-8 decoder accepts: behind the longest valid text, found by bisection. */
function firstInvalidByte(bytes: Uint8Array): number {
  const valid = (end: number, stream: boolean) => {
    try {
      new TextDecoder('utf-8', {fatal: true}).decode(bytes.subarray(0, end), {stream})
      return true
    } catch {
      return false
    }
  }
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    // `stream` lets a character be cut off at the end: what is valid so far grows with the length.
    if (valid(middle, true)) low = middle
    else high = middle - 1
  }
  // The character that could not be completed begins at most three bytes before.
  while (low > 0 && !valid(low, false)) low--
  return Math.min(low, bytes.length - 1)
}
