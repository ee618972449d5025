import {expect, it} from 'vitest'
import serviceProcesses from '../../../checks/fly-config/service-processes.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(serviceProcesses, {
  clean: {
    'no [processes]: the group is app': toml('[http_service]\ninternal_port = 80\n'),
    'an empty [processes] is none': toml('[processes]\n[http_service]\ninternal_port = 80\n'),
    'every service says it': toml(
      '[processes]\nweb = "x"\n[http_service]\nprocesses = ["web"]\n[[services]]\nprocesses = ["web"]\n',
    ),
    'groups without a service': toml('[processes]\nworker = "x"\n'),
    'checks and volumes may leave it out': toml(
      '[processes]\nweb = "x"\n[checks.a]\nport = 1\n[mounts]\nsource = "data"\n[[vm]]\nsize = "shared-cpu-1x"\n',
    ),
    'processes = ["web"] is dropped, so there is no group': toml('processes = ["web"]\n[http_service]\n'),
  },
  flagged: {
    'a service without it': {
      ...toml('[processes]\nweb = "x"\nworker = "y"\n[http_service]\ninternal_port = 80\n'),
      expect: [
        'error fly.toml:4:2 http_service has no processes: beside [processes] every service must name its group',
      ],
    },
    'even if app is the only group': {
      ...toml('[processes]\napp = ""\n[[services]]\nprocesses = []\n[[services]]\ninternal_port = 80\n'),
      expect: [
        'error fly.toml:4:1 services[0] has no processes: beside [processes] every service must name its group',
        'error fly.toml:5:3 services[1] has no processes: beside [processes] every service must name its group',
      ],
    },
    'in JSON, with the old form of processes': {
      files: {'fly.json': '{"processes": [{"name": "constructor", "command": "x"}], "http_service": {}}'},
      expect: [
        'error fly.json:1:58 http_service has no processes: beside [processes] every service must name its group',
      ],
    },
  },
})

it('says which group it is likely to be', async () => {
  const hint = async (text: string) => (await checkOne(toml(text), serviceProcesses)).findings[0]?.hint
  expect(await hint('[processes]\napi = "x"\nworker = "y"\n[http_service]\n')).toBe(
    'Under [http_service] write processes = ["api"], or another of worker',
  )
  expect(await hint('[processes]\njobs = "x"\n[[services]]\ninternal_port = 80\n')).toBe(
    'Under [[services]] write processes = ["jobs"]',
  )
})
