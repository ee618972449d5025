import {Command, Errors} from '@oclif/core'
import {exitCodes} from '../engine/verdict.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import {OutputError} from './outputs.ts'

/** Every command ends with the documented exit code, with and without --json, and never with a stack trace. */
export abstract class BaseCommand extends Command {
  protected override async catch(error: Error): Promise<void> {
    if (error instanceof UsageError) return this.#fail(error.message, error.hint, exitCodes.usage.code)
    if (error instanceof OutputError) return this.#fail(error.message, undefined, exitCodes.broken.code)
    // oclif's own errors: an unknown flag, a missing value, an argument too many.
    if (error instanceof Errors.CLIError) {
      const message = error.message.replace(/\nSee more help with --help$/, '').replace(/\s*\n\s*/g, ' ')
      const unknown = /^Nonexistent flags?: (--[\w-]+)/.exec(message)?.[1]
      const flags = Object.keys((this.constructor as typeof Command).flags ?? {}).map((name) => `--${name}`)
      const meant = unknown === undefined ? '' : `.${didYouMean(unknown, flags)}`
      return this.#fail(`${message}${meant}`, `See: preflight ${this.id} --help`, exitCodes.usage.code)
    }
    const where =
      error.stack
        ?.split('\n')
        .find((line) => /^\s+at /.test(line))
        ?.trim() ?? ''
    return this.#fail(`preflight itself broke: ${error.message} (${where})`, 'Please report it.', exitCodes.broken.code)
  }

  /** Ends on Ctrl-C what the signal is given to. */
  protected interruption(): AbortSignal {
    const interrupt = new AbortController()
    // Not `once`: while flyctl is being ended, a second Ctrl-C must not leave it behind.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupt.abort())
    return interrupt.signal
  }

  protected endInterrupted(): void {
    process.stderr.write('\npreflight: interrupted\n')
    process.exitCode = exitCodes.interrupted.code
  }

  #fail(message: string, hint: string | undefined, code: number): void {
    process.stderr.write(`preflight: ${message}\n${hint ? `${hint}\n` : ''}`)
    process.exitCode = code
  }
}
