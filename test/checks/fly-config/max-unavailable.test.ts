import maxUnavailable from '../../../checks/fly-config/max-unavailable.ts'
import {testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const deploy = (text: string) => ({files: {'fly.toml': `[deploy]\n${text}\n`}})
const crashes = (value: string, when = 'every deploy but the first') =>
  `deploy.max_unavailable is ${value}, it must be more than 0: flyctl crashes with it as soon as it updates running machines, which is ${when}`
const live = (machine: MachineWords, more: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n[deploy]\nmax_unavailable = 0\n', ...more},
  answers: status([machine]),
})

testCheck(maxUnavailable, {
  clean: {
    'a part of the machines': deploy('max_unavailable = 0.01'),
    'a number of machines': deploy('strategy = "rolling"\nmax_unavailable = 1'),
    'the default': deploy('strategy = "rolling"'),
    'none, with another strategy': deploy('strategy = "bluegreen"'),
  },
  flagged: {
    'zero, with the default strategy': {
      ...deploy('max_unavailable = 0'),
      expect: [`warning fly.toml:2:1 ${crashes('0')}`],
    },
    'zero, and canary, which goes on as rolling': {
      ...deploy('strategy = "canary"\nmax_unavailable = 0.0'),
      expect: [`warning fly.toml:3:1 ${crashes('0')}`],
    },
    'zero, and a machine that runs': {...live({}), expect: [`error fly.toml:3:1 ${crashes('0', 'now')}`]},
    'zero, and one that is stopped': {...live({state: 'stopped'}), expect: [`warning fly.toml:3:1 ${crashes('0')}`]},
    'zero in the file, another value on the command line': {
      ...live({}, {'deploy.sh': 'fly deploy --max-unavailable 1\n'}),
      expect: [`warning fly.toml:3:1 ${crashes('0')}`],
    },
    'less than zero': {
      files: {'fly.json': '{"deploy": {"max_unavailable": -1}}'},
      expect: [`warning fly.json:1:13 ${crashes('-1')}`],
    },
    'with a strategy that has no use for it': {
      ...deploy('strategy = "immediate"\nmax_unavailable = 0.5'),
      expect: ['info fly.toml:3:1 deploy.max_unavailable is 0.5, and flyctl ignores it with the strategy "immediate"'],
    },
    'zero, where nobody reads it': {
      files: {'fly.yaml': 'deploy:\n  strategy: bluegreen\n  max_unavailable: 0\n'},
      expect: ['info fly.yaml:3:3 deploy.max_unavailable is 0, and flyctl ignores it with the strategy "bluegreen"'],
    },
  },
})
