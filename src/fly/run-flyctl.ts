/** The only place that starts flyctl: without a shell, in an environment that cannot redirect it, with a time limit. */
import {afterWaiting} from '../after-waiting.ts'
import {redact} from '../redact.ts'
import {type Refusal, refusal} from './answers.ts'

export interface CallOptions {
  /** For each call, in milliseconds. */
  timeout: number
  env: Readonly<Record<string, string | undefined>>
  signal: AbortSignal
}

/** Variables that would redirect a call, or put text before its JSON. */
const removed = `FLY_APP FLY_ORG FLY_ORGANIZATION FLY_REGION FLY_JSON FLY_VERBOSE FLY_LOG_GQL_ERRORS LOG_LEVEL
  FLY_GHA_ERROR_ANNOTATION CLICOLOR_FORCE FLY_UPDATE_CHECK FLY_INCIDENTS_CHECK FLYCTL_OUTPUT_HAR FLY_FORCE_REGION
  FLY_FORCE_INSTANCE_ID FLY_FORCE_TRACE DEV`.split(/\s+/)

function childEnvironment(env: CallOptions['env']): Record<string, string> {
  // Windows does not tell fly_app from FLY_APP.
  const nameOf = (name: string) => (process.platform === 'win32' ? name.toUpperCase() : name)
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !removed.includes(nameOf(name)))
  return {
    // An empty FLY_ACCESS_TOKEN stays: it hides FLY_API_TOKEN from this flyctl as it does from the one that deploys.
    ...Object.fromEntries(kept),
    FLY_SEND_METRICS: '0',
    FLY_NO_UPDATE_CHECK: '1',
    FLY_NO_INCIDENTS_CHECK: '1',
    NO_COLOR: '1',
  } as Record<string, string>
}

/** How flyctl is spoken of: its arguments say which call, and hold no secrets. */
export const commandLine = (args: readonly string[]): string =>
  redact(`flyctl ${args.filter((word) => word !== '--json').join(' ')}`)

const interrupted: Refusal = {ok: false, cause: 'interrupted', message: 'interrupted'}

/** What one call printed; never rejects. */
export async function runFlyctl(
  name: string,
  args: readonly string[],
  options: CallOptions & {cwd: string},
): Promise<{ok: true; stdout: string} | Refusal> {
  // There flyctl may be a .cmd, whose interpreter reads what it is given once more, and names of apps are the project's.
  if (process.platform === 'win32' && args.some((word) => /[^\w.:/=@,-]/.test(word)))
    return {ok: false, cause: 'other', message: `${commandLine(args)} is not asked: that is no name on Fly.io`}
  const {execa} = await import('execa')
  if (options.signal.aborted) return interrupted
  const ownGroup = process.platform !== 'win32'
  const child = execa(name, args, {
    cwd: options.cwd,
    env: childEnvironment(options.env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    maxBuffer: 32 * 1024 * 1024,
    // A group of its own, so that a wrapper script's children end with it and cannot hold the pipes open.
    detached: ownGroup,
    cleanup: true,
  })
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (ownGroup && child.pid) process.kill(-child.pid, signal)
      else child.kill(signal)
    } catch {
      // it has ended by itself
    }
  }
  let timedOut = false
  const stop = () => {
    kill('SIGTERM')
    setTimeout(() => {
      kill('SIGKILL')
      // What left the group cannot be ended; it must not hold this end of the pipes open.
      child.stdout.destroy()
      child.stderr.destroy()
    }, 1000).unref()
  }
  const endWaiting = afterWaiting(options.timeout, () => {
    timedOut = true
    stop()
  })
  options.signal.addEventListener('abort', stop, {once: true})
  const result = await child
  endWaiting()
  options.signal.removeEventListener('abort', stop)

  const no = (cause: Refusal['cause'], message: string): Refusal => ({ok: false, cause, message})
  if (options.signal.aborted) return interrupted
  const command = commandLine(args)
  if (timedOut) return no('timed-out', `${command} gave no answer within ${options.timeout / 1000} s`)
  if (result.code === 'ENOENT' || result.code === 'ENOTDIR') return no('not-installed', `${name} is not there`)
  if (result.code === 'EACCES' || result.code === 'EPERM') return no('not-installed', `${name} may not be executed`)
  if (result.code === 'ENOEXEC') return no('not-installed', `${name} is no program for this machine`)
  if (result.isMaxBuffer) return no('garbage', `${command} printed more than 32 MB`)
  if (result.signal) return no('crashed', `${command} was ended by ${result.signal}`)
  if (result.exitCode !== 0) {
    const {stdout, stderr} = result
    // A configuration folder that cannot be written is told on stdout.
    const said = stderr.trim() === '' ? (/^Error\b.*/m.exec(stdout.slice(0, 5000))?.[0] ?? '') : stderr
    return refusal(command, result.exitCode, said, `exit code ${result.exitCode}`)
  }
  return {ok: true, stdout: result.stdout}
}
