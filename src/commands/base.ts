import {Command, Errors} from '@oclif/core'
import {exitCodes} from '../engine/verdict.ts'
import {visible} from '../redact.ts'
import {UsageError} from '../usage-error.ts'
import {OutputError, removeUnfinished} from '../write-file.ts'
import {type FlagWords, usageWords, valueOfSwitch} from './usage-words.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** For flyctl to end, which is killed after a second, in milliseconds. */
const patience = 2000

function endBySignal(): void {
  removeUnfinished()
  for (const signal of signals) process.removeAllListeners(signal)
  process.kill(process.pid, 'SIGINT')
}

/** Every command ends with the documented exit code, with and without --json, and never with a stack trace. */
export abstract class BaseCommand extends Command {
  protected override async init(): Promise<void> {
    await super.init()
    const wrong = valueOfSwitch(this.argv, this.#flags)
    if (wrong !== undefined) throw new UsageError(wrong, `See: preflight ${this.id} --help`)
  }

  get #flags(): Record<string, FlagWords> {
    return (this.constructor as typeof Command).flags ?? {}
  }

  protected override async catch(error: Error): Promise<void> {
    if (error instanceof UsageError) return this.#fail(error.message, error.hint, exitCodes.usage.code)
    if (error instanceof OutputError) return this.#fail(error.message, undefined, exitCodes.broken.code)
    // oclif's own errors: an unknown flag, a missing value, an argument too many.
    if (error instanceof Errors.CLIError) {
      return this.#fail(
        usageWords(error.message, this.#flags),
        `See: preflight ${this.id} --help`,
        exitCodes.usage.code,
      )
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
    for (const signal of signals) process.on(signal, () => interrupt.abort())
    // What does not end by itself: a check of the project that waits for something, a folder on a server that is gone.
    interrupt.signal.addEventListener('abort', () => setTimeout(endBySignal, patience).unref())
    return interrupt.signal
  }

  /**
   * From here on an interrupt ends at once: who reads the report may never take it. By the signal itself, which shells
   * tell as 130, since an exit would wait for the pipe.
   */
  protected endAtOnce(interruption: AbortSignal): void {
    interruption.addEventListener('abort', endBySignal)
  }

  protected endInterrupted(): void {
    process.stderr.write('\npreflight: interrupted\n')
    process.exitCode = exitCodes.interrupted.code
  }

  #fail(message: string, hint: string | undefined, code: number): void {
    // The words of the command line and names of files are in it.
    process.stderr.write(`preflight: ${visible(message)}\n${hint ? `${visible(hint)}\n` : ''}`)
    process.exitCode = code
  }
}
