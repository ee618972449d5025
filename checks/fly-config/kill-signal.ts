import {defineCheck} from '../../src/check.ts'

/** fly-go's list (machine_types.go, StopConfig) and the docs'; the rest of the second line Linux's signals that end a program. */
const accepted = new Set([
  ...['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGUSR1', 'SIGTERM', 'SIGSTOP'],
  ...['SIGABRT', 'SIGALRM', 'SIGFPE', 'SIGILL', 'SIGPIPE', 'SIGSEGV', 'SIGTRAP'],
])
const numbers = new Map([
  ['1', 'SIGHUP'],
  ['2', 'SIGINT'],
  ['3', 'SIGQUIT'],
  ['9', 'SIGKILL'],
  ['10', 'SIGUSR1'],
  ['15', 'SIGTERM'],
])

export default defineCheck({
  id: 'fly-config/kill-signal',
  title: 'kill_signal is a signal that Fly sends',
  why: 'flyctl takes any text; the Machines API knows few signals, and is asked only when the image is built and migrated.',
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const written = [
      {signal: flyConfig.config.kill_signal, path: ['kill_signal']},
      ...flyConfig.machineChecks.map(({check, path}) => ({signal: check.kill_signal, path: [...path, 'kill_signal']})),
    ]
    for (const {signal, path} of written) {
      if (signal === undefined || accepted.has(signal)) continue
      yield {message: problem(signal), at: flyConfig.at(...path), hint: cure(signal)}
    }
  },
})

/** Refused although Fly's docs name it: github.com/superfly/flyctl/issues/4721. */
const problem = (signal: string): string =>
  signal === 'SIGUSR2'
    ? 'kill_signal is "SIGUSR2", which the docs name and the Machines API refuses'
    : `kill_signal is "${signal}", it must be a signal that Fly.io knows, such as "SIGTERM"`

function cure(signal: string): string {
  const upper = signal.trim().toUpperCase()
  const meant = [upper, `SIG${upper}`, numbers.get(upper) ?? ''].find((each) => accepted.has(each))
  return meant
    ? `Write kill_signal = "${meant}"`
    : 'Use SIGINT, SIGTERM, SIGQUIT, SIGHUP or SIGUSR1, and let the program, or a script that starts it, react to that.'
}
