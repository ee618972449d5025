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
    if (args.id.startsWith('custom/')) return this.#own(args.id)
    const check = checks.find((each) => answersTo(args.id, each))
    if (!check) {
      throw new UsageError(noCheck(args.id, checks), 'See them all: preflight list')
    }
    process.stdout.write(await readFile(join(this.config.root, 'checks', `${check.id}.md`), 'utf8'))
  }

  /** The page of a check that the project in this folder has of its own; nothing of it is executed. */
  async #own(id: string): Promise<void> {
    const {ownChecks} = await import('../preflight.ts')
    const own = await ownChecks()
    const check = own.find((each) => each.id === id)
    if (!check)
      throw new UsageError(own.length > 0 ? noCheck(id, own) : `there is no check ${id}: no [custom] in preflight.toml`)
    const page = check.docs as string
    process.stdout.write(page.endsWith('.md') ? await readFile(page, 'utf8') : `${id} has no page; it is ${page}\n`)
  }
}
