import {unsteering} from '../redact.ts'
import type {Part} from './index.ts'
import type {Report} from './report.ts'
import type {ReportSet} from './report-set.ts'

/** One JSON document: the report as it is (report.schema.json). */
export const json = (report: Report): string => stringify(report)

/** The same of many deploys (report-set.schema.json). */
export function jsonSet(parts: readonly Part[]): string {
  const reports = parts.map(({report}) => report)
  const set: ReportSet = {version: 1, verdict: verdictOf(reports), reports}
  return stringify(set)
}

/** One that may not go stops all: they are deployed from one commit. */
export const verdictOf = (reports: readonly Report[]): Report['verdict'] =>
  reports.every(({verdict}) => verdict === 'go') ? 'go' : 'no-go'

export const stringify = (value: unknown): string => `${unsteering(JSON.stringify(value, null, 2))}\n`
