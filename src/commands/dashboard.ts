import {join} from 'node:path'
import {Flags} from '@oclif/core'
import {visible} from '../redact.ts'
import {plural} from '../report/words.ts'
import {BaseCommand} from './base.ts'
import {word} from './word.ts'

export class Dashboard extends BaseCommand {
  static override summary = 'Make a web site of many reports: which apps are GO, what blocks them, and since when.'
  static override description =
    'It works from the disk and loads nothing. What is no report is refused (exit code 2), so that none is left out unseen.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reports',
    '<%= config.bin %> <%= command.id %> shop.json api.json --output site',
  ]
  static override strict = false
  static override args = {
    report: word({required: true, description: 'JSON reports of preflight, sets of them, or folders of both'}),
  }
  static override flags = {
    output: Flags.string({
      char: 'o',
      default: 'preflight-dashboard',
      helpValue: 'DIR',
      description: 'the folder to write to',
    }),
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Dashboard)
    this.endAtOnce(this.interruption())
    const {dashboard} = await import('../dashboard/index.ts')
    const {writePages} = await import('../dashboard/write.ts')
    const {pages, apps, reports, copies} = await dashboard(argv as string[])
    await writePages(flags.output, pages)
    const remark = copies > 0 ? ` (and ${copies} twice)` : ''
    process.stdout.write(
      `${plural(apps, 'app')}, ${plural(reports, 'report')}${remark}: ${visible(join(flags.output, 'index.html'))}\n`,
    )
  }
}
