/** The reporters by name; each is imported when it is asked for. */

import type {TextFile} from '../project/text.ts'
import type {Report} from './report.ts'

export interface ReporterContext {
  color: boolean
  /** Columns of the terminal; undefined where the text goes elsewhere. */
  width: number | undefined
  /** Warnings block too: the pretty report says so. */
  strict: boolean
  /** The deploys of a repository, however many there are, and not the one that was asked for. */
  isSet: boolean
  /** A file that the run of a report has read, for code frames. */
  file(report: Report, path: string): Promise<TextFile | undefined>
}

/** Turns reports into one text: those of one run, or of all deploys of a repository. */
export type Reporter = (reports: readonly Report[], context: ReporterContext) => string | Promise<string>

const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  json: async () => (await import('./json.ts')).json,
}

export const formats: readonly string[] = Object.keys(reporters)

export const reporter = (format: string): Promise<Reporter> => (reporters[format] as () => Promise<Reporter>)()
