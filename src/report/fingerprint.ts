import {createHash} from 'node:crypto'
import {redact} from '../redact.ts'
import type {ReporterContext} from './index.ts'
import type {Report, ReportedFinding} from './report.ts'
import {fromTop, place} from './words.ts'

/**
 * A name for each finding that stays when lines move: of the check, the file, the text of the line and the message, in
 * which numbers do not count. Of several that are alike in all of these, the later ones have their ordinal behind it.
 */
export async function fingerprints(report: Report, context: ReporterContext): Promise<Map<ReportedFinding, string>> {
  const seen = new Map<string, number>()
  const found = new Map<ReportedFinding, string>()
  for (const {id, findings, ignored} of report.checks) {
    for (const finding of [...findings, ...ignored.map((each) => each.finding)]) {
      const hash = createHash('sha256')
      for (const part of [id, ...(await whereabouts(finding, context)), plain(finding.message)]) {
        hash.update(part).update('\0')
      }
      const name = hash.digest('hex').slice(0, 32)
      const ordinal = (seen.get(name) ?? 0) + 1
      seen.set(name, ordinal)
      found.set(finding, ordinal === 1 ? name : `${name}:${ordinal}`)
    }
  }
  return found
}

async function whereabouts({location}: ReportedFinding, context: ReporterContext): Promise<string[]> {
  if ('live' in location) return [location.live, place(location)]
  const line = location.line === undefined ? '' : ((await context.file(location.file))?.line(location.line) ?? '')
  // Masked before: a hash of a short password could be tried out.
  return [fromTop(location.file, context), plain(redact(line))]
}

const plain = (text: string): string => text.replace(/\d+/g, '0').replace(/\s+/g, ' ').trim()
