import {Flags} from '@oclif/core'
import {BaseCommand} from './base.ts'
import {checkTable, describeCheck} from './check-table.ts'

export class List extends BaseCommand {
  static override summary = 'List the checks in the order in which they run.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']
  static override flags = {
    json: Flags.boolean({description: 'as data', exclusive: ['markdown']}),
    markdown: Flags.boolean({description: 'as the table in checks/README.md'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(List)
    const {checks} = await import('../../checks/index.ts')
    if (flags.json) process.stdout.write(`${JSON.stringify(checks.map(describeCheck), null, 2)}\n`)
    else if (flags.markdown) process.stdout.write(checkTable(checks))
    else {
      const width = Math.max(...checks.map(({id}) => id.length))
      for (const {id, severity, title} of checks)
        process.stdout.write(`${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`)
    }
  }
}
