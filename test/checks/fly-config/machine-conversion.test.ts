import machineConversion from '../../../checks/fly-config/machine-conversion.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': `app = "shop"\n${text}`}})

testCheck(machineConversion, {
  clean: {
    'a group without a command': toml('[processes]\nweb = ""\n'),
    'checks and policies that flyctl knows': toml(
      '[checks.up]\ntype = "tcp"\nport = 80\n[[restart]]\npolicy = "never"\n',
    ),
    'a wrong check of a group that does not exist: no machine is made for it': toml(
      '[checks.up]\ntype = "HTTP"\nport = 80\nprocesses = ["worker"]\n',
    ),
  },
  flagged: {
    'a command with an open quote': {
      ...toml('[processes]\nweb = "echo \'hi"\nworker = "run"\n'),
      expect: [
        'error fly.toml:3:1 the process group web cannot become a machine: its command cannot be split into words',
      ],
    },
    'a check of no known type': {
      ...toml('[checks.up]\nport = 80\n'),
      expect: [
        'error fly.toml:2:2 the process group app cannot become a machine: the type of checks.up is neither "http" nor "tcp"',
      ],
    },
    'a restart policy that Docker has and Fly.io has not, once for each group': {
      ...toml('[processes]\na = "x"\nb = "x"\n[[restart]]\npolicy = "no"\nprocesses = ["a", "b"]\n'),
      expect: [
        'error fly.toml:6:1 the process group a cannot become a machine: its restart policy is none',
        'error fly.toml:6:1 the process group b cannot become a machine: its restart policy is none',
      ],
    },
  },
})
