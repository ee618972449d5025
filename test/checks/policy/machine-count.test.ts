import machineCount from '../../../checks/policy/machine-count.ts'
import {testCheck} from '../../harness.ts'

const machine = (group: string, more: object = {}) => ({
  id: group,
  region: 'ams',
  state: 'started',
  config: {metadata: {fly_process_group: group}, ...more},
})
const project = (policy: string, machines: object[], fly = '') => ({
  files: {'fly.toml': `app = "shop"\n${fly}`, 'preflight.toml': `[policy.machines]\n${policy}\n`},
  answers: {'status -a shop': JSON.stringify({Name: 'shop', Machines: machines})},
})
const service = '[http_service]\ninternal_port = 8080\n'

testCheck(machineCount, {
  clean: {
    'as many as are allowed': project('min-count = 2\nmax-count = 2', [machine('app'), machine('app')]),
    'a group that fly.toml does not have': project('max-count = 1', [machine('app'), machine('old'), machine('old')]),
    'a standby does not count': project('max-count = 1', [machine('app'), machine('app', {standbys: ['app']})]),
    'what is going does not count': project('max-count = 1', [
      machine('app'),
      {...machine('app'), state: 'destroying'},
    ]),
    'nothing is there yet, and two are allowed': project('min-count = 2', [], service),
    'nothing is there yet, and with a volume there will be one': project(
      'max-count = 1',
      [],
      `${service}[mounts]\nsource = "data"\ndestination = "/data"\n`,
    ),
    'nothing is there yet, and no service would have two': project('max-count = 1', []),
  },
  flagged: {
    'one too many': {
      ...project('max-count = 1', [machine('app'), machine('app')]),
      expect: ['error app(shop) the process group app has 2 machines, [policy.machines] allows 1'],
    },
    'too few': {
      ...project(
        'min-count = 2',
        [machine('web'), machine('web'), machine('job')],
        '[processes]\nweb = "a"\njob = "b"\n',
      ),
      expect: ['error app(shop) the process group job has 1 machine, [policy.machines] demands 2'],
    },
    'nothing is there yet, and two will be: a warning': {
      ...project('max-count = 1', [], service),
      expect: [
        'warning app(shop) the process group app has no machine yet: its first deploy makes two, [policy.machines] allows 1',
      ],
    },
  },
  skipped: {'no policy': {files: {'fly.toml': 'app = "shop"\n'}, reason: '[policy.machines] has no count'}},
})
