import {visible, visibleLines} from '../redact.ts'
import {noCheck} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import {BaseCommand} from './base.ts'
import {useColor} from './color.ts'
import {readPage} from './pages.ts'
import {word} from './word.ts'

export class Explain extends BaseCommand {
  static override summary = 'Print the page of a check: why it is right, what is bad, what is good, and the cure.'
  static override examples = ['<%= config.bin %> <%= command.id %> dockerfile/libpq']
  static override args = {id: word({required: true, description: 'the id of the check'})}

  async run(): Promise<void> {
    const {args} = await this.parse(Explain)
    const page = args.id.startsWith('custom/') ? await ownPage(args.id) : await this.#page(args.id)
    process.stdout.write(process.stdout.isTTY ? await forTerminal(page) : page)
  }

  async #page(id: string): Promise<string> {
    const [{checks}, {answersTo}] = await Promise.all([import('../../checks/index.ts'), import('../engine/plan.ts')])
    const check = checks.find((each) => answersTo(id, each))
    if (!check) throw new UsageError(noCheck(id, checks), 'See them all: preflight list')
    const page = await readPage(this.config.root, `checks/${check.id}.md`)
    if (page === undefined) throw new Error(`the page of ${check.id} is not in the package`)
    return page
  }
}

/** The page of a check that the project in this folder has of its own; nothing of it is executed. */
async function ownPage(id: string): Promise<string> {
  const [{ownChecks}, {ProjectReader}] = await Promise.all([
    import('../preflight.ts'),
    import('../project/files/reader.ts'),
  ])
  const own = await ownChecks()
  const page = own.find((each) => each.id === id)?.docs
  if (page?.endsWith('.md')) {
    const read = await new ProjectReader('.').read(page)
    if (!read.ok) throw new UsageError(`${page} ${read.reason}`)
    return visibleLines(read.file.text)
  }
  if (page !== undefined) return `${id} has no page; it is ${visible(page)}\n`
  throw new UsageError(own.length > 0 ? noCheck(id, own) : `there is no check ${id}: no [custom] in preflight.toml`)
}

/** Elsewhere than on a terminal the page is Markdown as it was written. */
async function forTerminal(page: string): Promise<string> {
  const {showPage} = await import('../view/page.ts')
  return showPage(page, {color: useColor(process.stdout), width: process.stdout.columns})
}
