import health from '../../../checks/live/health.ts'
import {testCheck} from '../../harness.ts'

const files = {'fly.toml': 'app = "shop"\n'}
const machine = (id: string, status: string, state = 'started') => ({
  id,
  region: 'iad',
  state,
  config: {metadata: {fly_process_group: 'web', fly_platform_version: 'v2'}},
  checks: [{name: 'alive', status, output: 'connection refused'}],
})
const machines = (...Machines: unknown[]) => ({
  'status -a shop': JSON.stringify({Name: 'shop', Deployed: true, Version: 3, Machines}),
})

testCheck(health, {
  clean: {
    'they pass': {files, answers: machines(machine('a', 'passing'), machine('b', 'passing'))},
    'a warning is not a failure': {files, answers: machines(machine('a', 'warning'))},
    'a stopped machine is asked nothing': {files, answers: machines(machine('a', 'critical', 'stopped'))},
  },
  flagged: {
    'one of two fails': {
      files,
      answers: machines(machine('a', 'passing'), machine('b', 'critical')),
      expect: ['warning app(b) the health check alive fails on 1 of 2 running machines of the group web: b'],
    },
  },
})
