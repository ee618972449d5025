import {formats} from '../report/index.ts'
import {BaseCommand} from './base.ts'
import {inspectable} from './inspect.ts'
import {word} from './word.ts'

const shells = ['bash', 'zsh', 'fish'] as const

export class Completion extends BaseCommand {
  static override summary = 'Print a script that completes commands, flags and checks in a shell.'
  static override examples = [
    'source <(<%= config.bin %> <%= command.id %> bash)',
    'source <(<%= config.bin %> <%= command.id %> zsh)',
    '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/preflight.fish',
  ]
  static override args = {shell: word({required: true, options: [...shells], description: shells.join(', ')})}

  async run(): Promise<void> {
    const {args} = await this.parse(Completion)
    const [{commands}, {commandWords}, {checks}, {groupOf}] = await Promise.all([
      import('./index.ts'),
      import('../completion/words.ts'),
      import('../../checks/index.ts'),
      import('../engine/plan.ts'),
    ])
    const ids = checks.map(({id}) => id)
    const words = commandWords(commands, {
      'ID|GROUP': [...new Set(checks.map(groupOf)), ...ids],
      id: ids,
      fact: inspectable,
      shell: shells,
      format: formats,
    })
    const print = {
      bash: async () => (await import('../completion/bash.ts')).bashCompletion,
      zsh: async () => (await import('../completion/zsh.ts')).zshCompletion,
      fish: async () => (await import('../completion/fish.ts')).fishCompletion,
    }[args.shell as (typeof shells)[number]]
    process.stdout.write((await print())(words))
  }
}
