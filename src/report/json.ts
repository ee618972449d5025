import type {ReporterContext} from './index.ts'
import type {Report} from './report.ts'
import type {ReportSet} from './report-set.ts'

/** One JSON document: the report as it is (report.schema.json), or a set of them (report-set.schema.json). */
export const json = (reports: readonly Report[], {isSet}: Pick<ReporterContext, 'isSet'>): string =>
  `${JSON.stringify(isSet ? setOf(reports) : reports[0], null, 2)}\n`

const setOf = (reports: readonly Report[]): ReportSet => ({
  version: 1,
  verdict: verdictOf(reports),
  reports: [...reports],
})

/** One that may not go stops all: they are deployed from one commit. */
export const verdictOf = (reports: readonly Report[]): Report['verdict'] =>
  reports.every(({verdict}) => verdict === 'go') ? 'go' : 'no-go'
