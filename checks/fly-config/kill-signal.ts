import {defineCheck, keyPath, quote} from '../../src/check.ts'

const accepted = new Set([
  // fly-go's list (machine_types.go, StopConfig), without SIGUSR2.
  ...['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGUSR1', 'SIGTERM'],
  // The docs' list has this one besides: fly.io/docs/reference/configuration.
  'SIGSTOP',
  // The further ones of superfly/flyctl#5210, which would have flyctl refuse all others.
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
  title: 'kill_signal is a signal that Fly.io sends',
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
      const upper = signal.trim().toUpperCase()
      const meant = [upper, `SIG${upper}`, numbers.get(upper) ?? ''].find((each) => accepted.has(each))
      yield {
        // Refused although Fly.io's docs name it: superfly/flyctl#4721.
        message:
          signal === 'SIGUSR2'
            ? `${keyPath(path)} is "SIGUSR2", which the docs name and the Machines API refuses`
            : `${keyPath(path)} is ${quote(signal)}, it must be a signal that Fly.io knows, such as "SIGTERM"`,
        at: flyConfig.at(...path),
        ...(meant
          ? flyConfig.write(path, meant)
          : {
              hint: 'Use SIGINT, SIGTERM, SIGQUIT, SIGHUP or SIGUSR1, and let the program, or a script that starts it, react to that.',
            }),
      }
    }
  },
})
