import {Command, Errors} from '@oclif/core'
import {exitCodes} from '../engine/verdict.ts'
import {visible} from '../redact.ts'
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
      const message = error.message
        .replace(/\nSee more help with --help$/, '')
        .split('\n')
        .map((line) => line.trim())
        .join(' ')
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

  #fail(message: string, hint: string | undefined, code: number): void {
    // The words of the command line and names of files are in it.
    process.stderr.write(`preflight: ${visible(message)}\n${hint ? `${visible(hint)}\n` : ''}`)
    process.exitCode = code
  }
}
