import type {Report} from './report.ts'

/** One JSON document: the report as it is (report.schema.json). */
export const json = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
