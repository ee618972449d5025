import {readFile} from 'node:fs/promises'
import {Args, Flags} from '@oclif/core'
import {exitCode} from '../engine/verdict.ts'
import {verdictOf} from '../report/json.ts'
import type {Report} from '../report/report.ts'
import {UsageError} from '../usage-error.ts'
import {BaseCommand} from './base.ts'
import {Check} from './check.ts'
import {outputsOf} from './outputs.ts'
import {readPage} from './pages.ts'
import {writeReports} from './reports.ts'

export class Merge extends BaseCommand {
  static override summary = 'Join the JSON reports of several runs into one verdict.'
  static override description =
    'For a matrix of GitHub Actions, where each job checks one deploy: the last job joins what they wrote.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reports/*.json',
    '<%= config.bin %> <%= command.id %> reports/*.json --format markdown=summary.md --format json=all.json',
  ]
  static override strict = false
  static override args = {
    report: Args.string({required: true, description: 'a JSON report of preflight, or a set of them'}),
  }
  static override flags = {
    format: Check.flags.format,
    json: Flags.boolean({description: 'the same as --format json', exclusive: ['format']}),
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Merge)
    const outputs = flags.json ? [{format: 'json', file: undefined}] : await outputsOf(flags.format ?? ['pretty'])
    const reports = (await Promise.all((argv as string[]).map(readReports))).flat()
    const parts = reports.map((report) => ({
      report,
      context: {
        strict: false,
        prefix: report.target.root.startsWith('/') ? '' : report.target.root,
        file: async () => undefined,
        page: (docs: string) => readPage(this.config.root, docs),
      },
    }))
    await writeReports(outputs, parts, true)
    process.exitCode = exitCode(verdictOf(reports))
  }
}

async function readReports(file: string): Promise<Report[]> {
  let data: unknown
  try {
    data = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : `cannot be read: ${(error as NodeJS.ErrnoException).code}`
    throw new UsageError(`${file} ${why}`, 'Name what preflight --json has written.')
  }
  const {reportSchema} = await import('../report/report.ts')
  const {reportSetSchema} = await import('../report/report-set.ts')
  const set = reportSetSchema.safeParse(data)
  if (set.success) return set.data.reports
  const one = reportSchema.safeParse(data)
  if (one.success) return [one.data]
  throw new UsageError(
    `${file} is no report of this version of preflight`,
    'Name what preflight --json has written; all reports must come from the same version.',
  )
}
