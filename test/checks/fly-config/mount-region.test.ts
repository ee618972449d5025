import mountRegion from '../../../checks/fly-config/mount-region.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const mount = '[mounts]\nsource = "data"\ndestination = "/data"\n'
const message =
  'primary_region is missing: a volume and its machine may be made in two different regions, which Fly.io refuses'

testCheck(mountRegion, {
  clean: {
    'a region, whichever': toml(`primary_region = "ams"\n${mount}`),
    'no volume': toml('app = "shop"\n'),
    'a volume that no machine mounts': toml(`${mount}processes = ["nobody"]\n`),
    'the workflow names the region': {
      files: {'fly.toml': mount, '.github/workflows/deploy.yml': 'run: flyctl deploy --primary-region=ams\n'},
    },
  },
  flagged: {
    'no region': {...toml(`app = "shop"\n${mount}`), expect: [`warning fly.toml:2:2 ${message}`]},
    'an empty region': {
      ...toml(`app = "shop"\nprimary_region = ""\n${mount}`),
      expect: [`warning fly.toml:2:1 ${message}`],
    },
    'only in the environment, which flyctl does not read': {
      ...toml(`[env]\nPRIMARY_REGION = "ams"\n${mount}`),
      expect: [`warning fly.toml:3:2 ${message}`],
    },
    'in YAML': {
      files: {'fly.yaml': 'app: shop\nmounts:\n  - source: data\n    destination: /data\n'},
      expect: [`warning fly.yaml:3:5 ${message}`],
    },
  },
})
