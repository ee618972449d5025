import strategyMounts from '../../../checks/fly-config/strategy-mounts.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'

testCheck(strategyMounts, {
  clean: {
    'rolling, which keeps volumes': toml(`[deploy]\nstrategy = "rolling"\n${mount}`),
    'the default': toml(`[deploy]\nrelease_command = "a"\n${mount}`),
    'canary without volumes': toml('[deploy]\nstrategy = "canary"\n'),
    'no mount in the array': toml('mounts = []\n[deploy]\nstrategy = "canary"\n'),
  },
  flagged: {
    canary: {
      ...toml(`[deploy]\n  strategy = "canary"\n${mount}`),
      expect: [
        'error fly.toml:2:3 deploy.strategy is "canary" and the app mounts a volume: flyctl refuses the two together',
      ],
    },
    'canary, with the older [mount]': {
      ...toml('[deploy]\nstrategy = "canary"\n[mount]\nsource = "data"\ndestination = "/data"\n'),
      expect: [
        'error fly.toml:2:1 deploy.strategy is "canary" and the app mounts a volume: flyctl refuses the two together',
      ],
    },
    'bluegreen, which flyctl lets pass': {
      files: {'fly.json': '{"deploy": {"strategy": "bluegreen"}, "mounts": [{"source": "a", "destination": "/a"}]}'},
      expect: [
        'warning fly.json:1:13 deploy.strategy is "bluegreen" and the app mounts a volume, which Fly.io does not support: a new machine cannot have the volume while the old one holds it',
      ],
    },
  },
})
