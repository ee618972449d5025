import {Config, run} from '@oclif/core'
import pkg from '../package.json' with {type: 'json'}
import {commandNames} from './commands/names.ts'
import {exitCodes} from './engine/verdict.ts'
import {visible} from './redact.ts'
import {didYouMean} from './suggest.ts'
import {UsageError} from './usage-error.ts'

/**
 * Runs the command line. Bare `preflight`, or one that begins with a flag or a folder, means `preflight check`.
 * `commands`: where oclif finds the commands, relative to `root`.
 */
export async function main(argv: readonly string[], root: string, commands?: string): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    // oclif has set one that throws, which would end as a crash with the exit code of a no-go.
    stream.removeAllListeners('error')
    stream.on('error', onStreamError)
  }
  try {
    process.cwd() // fails where the current folder was removed
    const words = commandOf(argv)
    const oclif = {...pkg.oclif, commands: commandsFor(words[0], commands)}
    // oclif would load programs from the user's home, and say that it cannot read one.
    const config = await Config.load({root, userPlugins: false, pjson: {...pkg, oclif} as never})
    await run(words, config)
  } catch (error) {
    // Only what fails before a command runs gets here; the commands catch their own.
    const code = error instanceof UsageError ? exitCodes.usage.code : (error as {oclif?: {exit?: number}}).oclif?.exit
    if (code === 0) return
    const lost = lostFolder(error as NodeJS.ErrnoException)
    const message = lost ?? String(error instanceof Error ? error.message.split('\n')[0] : error)
    process.stderr.write(`preflight: ${visible(message)}\n`)
    process.exitCode = code === undefined && lost === undefined ? exitCodes.broken.code : exitCodes.usage.code
  }
}

/** Of dist/commands.cjs, only the one that runs: oclif prepares every command that it is given. */
function commandsFor(name: string | undefined, target: string | undefined): object {
  if (target !== undefined) return {...pkg.oclif.commands, target}
  return name !== undefined && commandNames.includes(name)
    ? {...pkg.oclif.commands, identifier: name}
    : pkg.oclif.commands
}

/** What is wrong with the current folder, where it is that. */
function lostFolder({syscall, code}: NodeJS.ErrnoException): string | undefined {
  if (syscall !== 'uv_cwd') return undefined
  return code === 'ENOENT' ? 'the current folder is no longer there' : `the current folder has no usable path: ${code}`
}

/** A command and its words, as oclif wants them. */
function commandOf(argv: readonly string[]): string[] {
  const [first = '', second] = argv
  if (argv.includes('--version')) return ['--version']
  if (first === 'help') {
    if (second === undefined || second.startsWith('-')) return ['--help']
    if (commandNames.includes(second)) return [second, '--help']
    throw new UsageError(`there is no command ${second}.${didYouMean(second, commandNames)}`)
  }
  return commandNames.includes(first) || /^(-h|--help|-v)$/.test(first) ? [...argv] : ['check', ...argv]
}

/** A reader that has seen enough (`preflight | head`) changes nothing: the exit code still tells. A full disk does. */
function onStreamError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || process.exitCode === exitCodes.broken.code) return
  process.stderr.write(`preflight: the output cannot be written: ${error.code}\n`)
  process.exitCode = exitCodes.broken.code
  process.on('exit', () => {
    process.exitCode = exitCodes.broken.code
  })
}
