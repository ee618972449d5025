import {isAbsolute} from 'node:path'
import {Flags} from '@oclif/core'
import {exitCode} from '../engine/verdict.ts'
import {verdictOf} from '../report/json.ts'
import {BaseCommand} from './base.ts'
import {Check} from './check.ts'
import {outputsOf} from './outputs.ts'
import {readPage} from './pages.ts'
import {writeSet} from './reports.ts'
import {word} from './word.ts'

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
    report: word({
      required: true,
      description: 'a JSON report of preflight, a set of them, or a folder of such files',
    }),
  }
  static override flags = {
    format: Check.flags.format,
    json: Flags.boolean({description: 'the same as --format json', exclusive: ['format']}),
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Merge)
    const outputs = flags.json ? [{format: 'json', file: undefined}] : await outputsOf(flags.format ?? ['pretty'])
    this.endAtOnce(this.interruption())
    const {readReports} = await import('../report/read.ts')
    const reports = (await readReports(argv as string[])).reports.map(({report}) => report)
    const parts = reports.map((report) => ({
      report,
      context: {
        strict: false,
        prefix: isAbsolute(report.target.root) ? '' : report.target.root,
        file: async () => undefined,
        page: (docs: string) => readPage(this.config.root, docs),
      },
    }))
    await writeSet(outputs, parts)
    process.exitCode = exitCode(verdictOf(reports))
  }
}
