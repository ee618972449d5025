import {createContext, Script} from 'node:vm'

const script = new Script('call()')
const context = createContext({call: undefined})

/** For a check that reads what is in memory already: a thousand times what it needs. In milliseconds. */
const most = 20_000

/**
 * Calls a function that nobody can be sure of to return, and throws when it takes too long. On Ctrl-C it ends at once,
 * which nothing else would see before it returned; then who listens for the signal gets it.
 */
export function inTime<T>(call: () => T, limit = most): T {
  try {
    context.call = call
    return script.runInContext(context, {timeout: limit, breakOnSigint: true}) as T
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new Error(`it did not end within ${limit / 1000} seconds`)
    // At once: sent to the process, it would arrive after the report.
    if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' && !process.emit('SIGINT', 'SIGINT')) {
      process.kill(process.pid, 'SIGINT')
    }
    throw error
  }
}
