import changes from '../../../checks/live/changes.ts'
import {testCheck} from '../../harness.ts'
import {neverDeployed} from '../../machines.ts'

const toml = (...lines: string[]) => ({files: {'fly.toml': ['app = "shop"', ...lines, ''].join('\n')}})
const deployed = (config: object) => ({'config show -a shop': JSON.stringify({app: 'shop', ...config})})

testCheck(changes, {
  clean: {
    'nothing differs': {
      ...toml('[http_service]', 'internal_port = 8080', 'auto_stop_machines = "stop"', '[env]', 'A = "1"'),
      answers: deployed({http_service: {internal_port: 8080, auto_stop_machines: true}, env: {A: '1'}}),
    },
    'off is what it is without': {
      ...toml('[http_service]', 'internal_port = 8080', 'auto_stop_machines = "off"', 'min_machines_running = 0'),
      answers: deployed({http_service: {internal_port: 8080}}),
    },
    'one size written in two ways': {
      ...toml('[[vm]]', 'memory = "1gb"'),
      answers: deployed({vm: [{memory: '1024mb'}]}),
    },
    'times are not compared': {
      ...toml('kill_timeout = "1m"'),
      answers: deployed({kill_timeout: '60s'}),
    },
    'a variable that the deploy sets by --env': {
      files: {
        ...toml().files,
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy --remote-only --env SHA=1\n',
      },
      answers: deployed({env: {SHA: '0'}}),
    },
  },
  flagged: {
    'a port, a variable and a process': {
      ...toml('[env]', 'A = "2"', 'B = "1"', '[processes]', 'web = "serve"', '[http_service]', 'internal_port = 8080'),
      answers: deployed({env: {A: '1'}, http_service: {internal_port: 3000}, primary_region: 'iad'}),
      expect: [
        'info fly.toml:3:1 this deploy changes 5 settings of shop: env.A has another value; env.B is new; processes.web is new (serve); http_service.internal_port goes from 3000 to 8080; primary_region is gone',
      ],
    },
    'what is set by hand is set back': {
      ...toml('[[vm]]', 'memory = "256mb"'),
      answers: deployed({vm: [{memory: '1gb'}]}),
      expect: ['info fly.toml:3:1 this deploy changes a setting of shop: vm[0].memory goes from 1024 MB to 256 MB'],
    },
  },
  skipped: {
    'the first deploy': {
      ...toml(),
      answers: neverDeployed,
      reason: 'the app has never been deployed',
    },
  },
})
