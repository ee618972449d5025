import {dirname} from 'node:path'
import {Flags} from '@oclif/core'
import type {NewFile} from '../init/files.ts'
import {UsageError} from '../usage-error.ts'
import {codeOf, makeFolder, OutputError, writeNew, writeWhole} from '../write-file.ts'
import {BaseCommand} from './base.ts'
import {Check} from './check.ts'

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
    const {exists, newFiles} = await import('../init/files.ts')
    const files = await newFiles(args.directory, flags.config, flags.workflow)
    const there = await Promise.all(files.map(({path}) => exists(path)))
    const fresh = files.filter((_, index) => flags.force || !there[index])
    for (const {name} of files) {
      if (!fresh.some((each) => each.name === name))
        process.stdout.write(`${name} is there already, and stays as it is.\n`)
    }
    if (fresh.length === 0) throw new UsageError('nothing is left to write', 'To overwrite what is there: --force')
    const asks = process.stdin.isTTY && process.stdout.isTTY && !flags.yes
    const agreed = asks ? await (await import('../init/ask.ts')).agrees(fresh) : true
    if (agreed === undefined) return this.endInterrupted()
    if (!agreed) {
      process.stdout.write('Nothing was written.\n')
      return
    }
    for (const file of fresh) await write(file, flags.force)
    process.stdout.write(next(fresh))
  }
}

async function write({name, path, text}: NewFile, force: boolean): Promise<void> {
  try {
    await makeFolder(dirname(path))
    await (force ? writeWhole : writeNew)(path, text)
  } catch (error) {
    throw new OutputError(`${name} cannot be written: ${codeOf(error)}`)
  }
}

function next(files: readonly NewFile[]): string {
  const steps = [
    ['preflight', 'what a deploy would meet today'],
    ['preflight baseline', 'if that is more than you want to cure now: only what is new breaks from then on'],
    ...(files.some(({name}) => name.endsWith('.yml'))
      ? [['flyctl tokens create deploy', 'a token for the workflow: the secret FLY_API_TOKEN of the repository']]
      : []),
  ]
  const width = Math.max(...steps.map(([command = '']) => command.length))
  const lines = steps.map(([command = '', meaning]) => `  ${command.padEnd(width)}  ${meaning}\n`)
  return `Written: ${files.map(({name}) => name).join(', ')}\nNext:\n${lines.join('')}`
}
