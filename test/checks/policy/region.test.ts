import region from '../../../checks/policy/region.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from '../ci/workflows.ts'

const policy = '[policy]\nregions = ["ams", "fra"]\n'
const project = (fly: string) => ({files: {'fly.toml': `app = "shop"\n${fly}`, 'preflight.toml': policy}})
const deploy = (run: string, fly: string) => ({files: {...workflow({run}).files, ...project(fly).files}})

testCheck(region, {
  clean: {
    'an allowed region': project('primary_region = "fra"\n'),
    'a list of allowed regions': project('primary_region = "fra, ams"\n'),
    'the region of a deploy is a variable': deploy(
      'flyctl deploy --primary-region $REGION',
      'primary_region = "ams"\n',
    ),
    'each deploy names a region, and so that of the file does not count': deploy(
      'flyctl deploy --primary-region ams',
      'primary_region = "iad"\n',
    ),
  },
  flagged: {
    'another region': {
      ...project('primary_region = "iad"\n'),
      expect: ['error fly.toml:2:1 primary_region is "iad", [policy] allows "ams" or "fra"'],
    },
    'one of a list': {
      ...project('primary_region = "fra,lhr"\n'),
      expect: ['error fly.toml:2:1 primary_region is "fra,lhr", [policy] allows "ams" or "fra"'],
    },
    'no region at all: a warning': {
      ...project(''),
      expect: [
        'warning fly.toml:1:1 fly.toml has no primary_region: where new machines are made is decided elsewhere, and [policy] allows "ams" or "fra"',
      ],
    },
    'the region of a deploy': {
      ...deploy('flyctl deploy --primary-region iad', 'primary_region = "ams"\n'),
      expect: [
        'error .github/workflows/deploy.yml:8:14 this deploy asks for the region "iad", [policy] allows "ams" or "fra"',
      ],
    },
  },
  skipped: {'no policy': {files: {'fly.toml': 'app = "shop"\n'}, reason: '[policy] has no regions'}},
})
