/** The reporters by name; each is imported when it is asked for. */

import type {InspectedProject} from '../inspect/project.ts'
import type {TextFile} from '../project/text.ts'
import type {Report} from './report.ts'

export interface ReporterContext {
  color: boolean
  /** Columns of the terminal; undefined where the text goes elsewhere. */
  width: number | undefined
  /** Warnings block too: the pretty report says so. */
  strict: boolean
  /** A file that the run has read, for code frames. */
  file(path: string): Promise<TextFile | undefined>
  /** What the run knows of the project beside the report, for pictures; nothing is worked out before it is asked for. */
  project(): Promise<InspectedProject>
}

/** Turns a report into text. */
export type Reporter = (report: Report, context: ReporterContext) => string | Promise<string>

const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  json: async () => (await import('./json.ts')).json,
  html: async () => (await import('./html/index.ts')).htmlReport,
}

export const formats: readonly string[] = Object.keys(reporters)

export const reporter = (format: string): Promise<Reporter> => (reporters[format] as () => Promise<Reporter>)()
