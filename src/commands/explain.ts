import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {Args} from '@oclif/core'
import {checks} from '../../checks/index.ts'
import {answersTo} from '../check.ts'
import {noCheck} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import {BaseCommand} from './base.ts'

export class Explain extends BaseCommand {
  static override summary = 'Print the page of a check: why it is right, what is bad, what is good, and the cure.'
  static override examples = ['<%= config.bin %> <%= command.id %> dockerfile/libpq']
  static override args = {id: Args.string({required: true, description: 'the id of the check'})}

  async run(): Promise<void> {
    const {args} = await this.parse(Explain)
    const check = checks.find((each) => answersTo(args.id, each))
    if (!check) {
      throw new UsageError(noCheck(args.id, checks), 'See them all: preflight list')
    }
    process.stdout.write(await readFile(join(this.config.root, 'checks', `${check.id}.md`), 'utf8'))
  }
}
