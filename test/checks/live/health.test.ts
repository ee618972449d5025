import health from '../../../checks/live/health.ts'
import {testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const files = {'fly.toml': 'app = "shop"\n'}
const machine = (id: string, health: string, state = 'started'): MachineWords => ({id, health, state, group: 'web'})

testCheck(health, {
  clean: {
    'they pass': {files, answers: status([machine('a', 'passing'), machine('b', 'passing')])},
    'a warning is not a failure': {files, answers: status([machine('a', 'warning')])},
    'a stopped machine is asked nothing': {files, answers: status([machine('a', 'critical', 'stopped')])},
  },
  flagged: {
    'one of two fails': {
      files,
      answers: status([machine('a', 'passing'), machine('b', 'critical')]),
      expect: ['warning app(b) the health check alive fails on 1 of 2 running machines of the group web: b'],
    },
  },
})
