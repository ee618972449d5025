/** The reporters by name; each is imported when it is asked for. */
import type {InspectedProject} from '../inspect/project.ts'
import type {TextFile} from '../project/files/text.ts'
import type {Report} from './report.ts'

export interface ReporterContext {
  color: boolean
  /** Columns of the terminal; undefined where the text goes elsewhere. */
  width: number | undefined
  /** Warnings block too: reports for people say so. */
  strict: boolean
  /** The working directory from the top of the repository, with `/`; empty at the top. */
  prefix: string
  /** A file that the run has read, for code frames. */
  file(path: string): Promise<TextFile | undefined>
  /** The text of a check's page, by the path that the report gives it. */
  page(docs: string): Promise<string | undefined>
  /** What the run knows of the project beside the report, for pictures; nothing is worked out before it is asked for. */
  project?(): Promise<InspectedProject>
}

/** Turns a report into text. */
export type Reporter = (report: Report, context: ReporterContext) => string | Promise<string>

/** One of the deploys of a repository, and what its run has read. */
export interface Part {
  report: Report
  context: ReporterContext
}
/** Turns the reports of all deploys of a repository into one text. */
export type SetReporter = (parts: readonly Part[]) => string | Promise<string>

interface Format {
  /** What it is for, in one line of `--help`. */
  use: string
  load(): Promise<Reporter>
  /** For `--all` and `merge`. */
  loadSet(): Promise<SetReporter>
}

const all: Readonly<Record<string, Format>> = {
  pretty: {
    use: 'for a person at a terminal (the default)',
    load: async () => (await import('./pretty.ts')).pretty,
    loadSet: async () => (await import('./pretty.ts')).prettySet,
  },
  json: {
    use: 'all of it as data, with a schema',
    load: async () => (await import('./json.ts')).json,
    loadSet: async () => (await import('./json.ts')).jsonSet,
  },
  sarif: {
    use: 'SARIF 2.1.0, for code scanning and editors',
    load: async () => (await import('./sarif.ts')).sarif,
    loadSet: async () => (await import('./sarif.ts')).sarifSet,
  },
  junit: {
    use: 'JUnit XML, for the test results of a CI system',
    load: async () => (await import('./junit.ts')).junit,
    loadSet: async () => (await import('./junit.ts')).junitSet,
  },
  github: {
    use: 'annotations in the log of GitHub Actions, on the changed lines',
    load: async () => (await import('./github.ts')).github,
    loadSet: async () => (await import('./github.ts')).githubSet,
  },
  gitlab: {
    use: 'Code Quality of GitLab, on the merge request',
    load: async () => (await import('./gitlab.ts')).gitlab,
    loadSet: async () => (await import('./gitlab.ts')).gitlabSet,
  },
  markdown: {
    use: 'for a comment on a pull request, or a job summary',
    load: async () => (await import('./markdown.ts')).markdown,
    loadSet: async () => (await import('./markdown.ts')).markdownSet,
  },
  html: {
    use: 'a page for a browser: the deploy, the findings, pictures',
    load: async () => (await import('./html/index.ts')).htmlReport,
    loadSet: async () => (await import('./html/index.ts')).htmlSet,
  },
  prometheus: {
    use: 'metrics, for the textfile collector of node_exporter',
    load: async () => (await import('./prometheus.ts')).prometheus,
    loadSet: async () => (await import('./prometheus.ts')).prometheusSet,
  },
}

export const formats: readonly string[] = Object.keys(all)

export const formatUses: readonly (readonly [string, string])[] = Object.entries(all).map(([name, {use}]) => [
  name,
  use,
])

export const reporter = (format: string): Promise<Reporter> => (all[format] as Format).load()
export const setReporter = (format: string): Promise<SetReporter> => (all[format] as Format).loadSet()
