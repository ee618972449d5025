import check from '../../../checks/live/crashes.ts'
import {testCheck} from '../../harness.ts'
import {status} from '../../machines.ts'

const project = (...events: string[]) => ({
  files: {'fly.toml': 'app = "shop"\n'},
  answers: status([{events}]),
})

testCheck(check, {
  clean: {
    'a crash or two': project('start', 'exit 1', 'start', 'exit 1'),
    'it ended well, or was asked to': project('exit 0', 'exit 143 requested', 'exit 0', 'exit 143 requested'),
    'the release before': project('start', 'update', 'exit 1', 'exit 1', 'exit 1'),
    'memory, which live/memory tells': project('exit 137 oom', 'exit 137 oom', 'exit 137 oom'),
  },
  flagged: {
    'three times': {
      ...project('exit 3', 'start', 'exit 1', 'start', 'exit 1', 'update'),
      expect: [
        'info app(m1) the machine m1 of the group app crashed 3 times since it was updated, last with exit code 3',
      ],
    },
  },
})
