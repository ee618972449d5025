import {access, mkdir, writeFile} from 'node:fs/promises'
import {dirname, join, relative, resolve, sep} from 'node:path'
import {Flags} from '@oclif/core'
import {settingsName} from '../config/extends.ts'
import {findOut} from '../init/found.ts'
import {settingsText} from '../init/settings-text.ts'
import {workflowText} from '../init/workflow-text.ts'
import {openFacts} from '../preflight.ts'
import {schemaAddress} from '../published.ts'
import {UsageError} from '../usage-error.ts'
import {BaseCommand} from './base.ts'
import {Check} from './check.ts'

interface NewFile {
  /** As it is named to the user. */
  name: string
  path: string
  text: string
}

export class Init extends BaseCommand {
  static override summary = 'Write a preflight.toml from what the project says of itself, and a workflow for GitHub.'
  static override description =
    'The workflow is written where there is a .github folder, or with --workflow. Nothing is overwritten without --force.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --workflow']
  static override args = {directory: Check.args.directory}
  static override flags = {
    config: Check.flags.config,
    workflow: Flags.boolean({description: 'write the workflow, too; --no-workflow: do not', allowNo: true}),
    force: Flags.boolean({description: 'overwrite what is there'}),
    yes: Flags.boolean({char: 'y', description: 'ask nothing'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Init)
    const root = resolve(args.directory ?? '.')
    const found = await findOut(await openFacts({root: args.directory, config: flags.config}))
    if ('reason' in found)
      throw new UsageError(
        `${found.reason}, and so nothing is known of the project`,
        'Run it where you would run flyctl deploy.',
      )
    const top = await topOf(root)
    const schema = schemaAddress(await exists(join(root, 'node_modules/fly-preflight')))
    const files = [{name: settingsName, path: join(root, settingsName), text: settingsText(found, schema)}]
    if (flags.workflow ?? (await exists(join(top, '.github')))) {
      const path = join(top, '.github/workflows/preflight.yml')
      const folder = relative(top, root).split(sep).join('/')
      files.push({name: relative(root, path), path, text: workflowText(folder)})
    }
    const there = await Promise.all(files.map(({path}) => exists(path)))
    const fresh = files.filter((_, index) => flags.force || !there[index])
    for (const {name} of files) {
      if (!fresh.some((each) => each.name === name))
        process.stdout.write(`${name} is there already, and stays as it is.\n`)
    }
    if (fresh.length === 0) throw new UsageError('nothing is left to write', 'To overwrite what is there: --force')
    if (process.stdin.isTTY && process.stdout.isTTY && !flags.yes && !(await agrees(fresh))) {
      process.stdout.write('Nothing was written.\n')
      return
    }
    for (const file of fresh) await write(file, flags.force)
    process.stdout.write(next(fresh))
  }
}

/** The top of the repository, which is where GitHub looks for workflows; without one, the folder itself. */
async function topOf(root: string): Promise<string> {
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) return folder
  }
  return root
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function agrees(files: readonly NewFile[]): Promise<boolean> {
  for (const {name, text} of files) process.stdout.write(`── ${name}\n${text}\n`)
  const {createInterface} = await import('node:readline/promises')
  const terminal = createInterface({input: process.stdin, output: process.stdout})
  const answer = await terminal.question(`Write ${files.map(({name}) => name).join(' and ')}? [y/N] `)
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

async function write({name, path, text}: NewFile, force: boolean): Promise<void> {
  try {
    await mkdir(dirname(path), {recursive: true})
    // `wx` fails where something has come there since.
    await writeFile(path, text, {flag: force ? 'w' : 'wx'})
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${(error as NodeJS.ErrnoException).code}`)
  }
}

function next(files: readonly NewFile[]): string {
  const steps = [
    ['preflight', 'what a deploy would meet today'],
    ['preflight baseline', 'if that is more than you want to cure now: only what is new breaks from then on'],
    ...(files.length > 1 || files[0]?.name !== settingsName
      ? [['flyctl tokens create deploy', 'a token for the workflow: the secret FLY_API_TOKEN of the repository']]
      : []),
  ]
  const width = Math.max(...steps.map(([command = '']) => command.length))
  const lines = steps.map(([command = '', meaning]) => `  ${command.padEnd(width)}  ${meaning}\n`)
  return `Written: ${files.map(({name}) => name).join(', ')}\nNext:\n${lines.join('')}`
}
