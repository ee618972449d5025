import {Config, run} from '@oclif/core'
import {exitCodes} from './engine/verdict.ts'
import pkg from '../package.json' with {type: 'json'}

const commandNames = ['check', 'explain', 'list', 'help']

/**
 * Runs the command line. Bare `preflight`, or one that begins with a flag or a folder, means `preflight check`.
 * `commands`: where oclif finds the commands, relative to `root`.
 */
export async function main(argv: readonly string[], root: string, commands?: string): Promise<void> {
  // A reader that has seen enough (`preflight | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  const [first] = argv
  const words =
    first !== undefined && (commandNames.includes(first) || /^(-h|--help|-v|--version)$/.test(first))
      ? [...argv]
      : ['check', ...argv]
  try {
    const oclif = {...pkg.oclif, ...(commands && {commands: {...pkg.oclif.commands, target: commands}})}
    await run(words, await Config.load({root, pjson: {...pkg, oclif} as never}))
  } catch (error) {
    // Only what fails before a command runs gets here; the commands catch their own.
    const code = (error as {oclif?: {exit?: number}}).oclif?.exit
    if (code === 0) return
    process.stderr.write(`preflight: ${error instanceof Error ? error.message.split('\n')[0] : error}\n`)
    process.exitCode = code === undefined ? exitCodes.broken.code : exitCodes.usage.code
  }
}
