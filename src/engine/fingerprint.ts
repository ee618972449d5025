import {createHash} from 'node:crypto'
import type {Location} from '../check.ts'

/**
 * A name for a finding that stays when lines move: of the check, the file (or the place on Fly) and the message, in which
 * the numbers of lines do not count. Findings that are alike in all of these have the same.
 */
export function fingerprint(check: string, at: Location, message: string): string {
  const place = 'live' in at ? `live:${at.live}:${at.subject ?? ''}` : at.file
  const parts = [check, place, message.replace(/(:|\bline )\d+(:\d+)?/g, '$1')]
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}
