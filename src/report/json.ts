import type {Report} from './report.ts'

/** One JSON document: the report as it is (report.schema.json). */
export const json = (report: Report): string => stringify(report)

/** The same data for every reader; what could steer a terminal or a CI system that shows it is escaped. */
export const stringify = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]|(?<=##)\[/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`
