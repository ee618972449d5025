import {expect, it} from 'vitest'
import killSignal from '../../../checks/fly-config/kill-signal.ts'
import {checkOne, testCheck} from '../../harness.ts'

const signal = (text: string) => ({files: {'fly.toml': `kill_signal = "${text}"\n`}})

testCheck(killSignal, {
  clean: {
    SIGTERM: signal('SIGTERM'),
    'SIGSTOP, which the docs name': signal('SIGSTOP'),
    'none, which is SIGINT': {files: {'fly.toml': 'app = "shop"'}},
  },
  flagged: {
    'without SIG': {
      ...signal('TERM'),
      expect: ['warning fly.toml:1:1 kill_signal is "TERM", it must be a signal that Fly.io knows, such as "SIGTERM"'],
    },
    'one that the docs name': {
      ...signal('SIGUSR2'),
      expect: ['warning fly.toml:1:1 kill_signal is "SIGUSR2", which the docs name and the Machines API refuses'],
    },
    'in a machine check': {
      files: {'fly.toml': '[[machine_checks]]\ncommand = ["true"]\nkill_signal = "9"\n'},
      expect: [
        'warning fly.toml:3:1 machine_checks[0].kill_signal is "9", it must be a signal that Fly.io knows, such as "SIGTERM"',
      ],
    },
  },
})

it.each([
  ['sigterm', 'Write kill_signal = "SIGTERM"'],
  ['15', 'Write kill_signal = "SIGTERM"'],
  ['quit', 'Write kill_signal = "SIGQUIT"'],
  [
    'SIGWINCH',
    'Use SIGINT, SIGTERM, SIGQUIT, SIGHUP or SIGUSR1, and let the program, or a script that starts it, react to that.',
  ],
])('says what to write for %s', async (written, hint) => {
  expect((await checkOne(signal(written), killSignal)).findings[0]?.hint).toBe(hint)
})
