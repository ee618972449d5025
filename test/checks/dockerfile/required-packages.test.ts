import requiredPackages from '../../../checks/dockerfile/required-packages.ts'
import {testCheck} from '../../harness.ts'

const project = (policy: string, Dockerfile: string) => ({
  files: {'fly.toml': 'app = "shop"\n', 'preflight.toml': policy, Dockerfile},
})

testCheck(requiredPackages, {
  clean: {
    'by stage name and in the final stage': project(
      '[policy.packages]\nbuilder = ["gcc"]\nfinal = ["libpq5"]\n',
      'FROM debian AS builder\nRUN apt-get install -y gcc\nFROM debian\nRUN apt-get install -y libpq5=15.8-0\nCOPY --from=builder /app /app\n',
    ),
  },
  flagged: {
    'a package that is not installed': {
      ...project('[policy.packages]\nfinal = ["libpq5", "curl"]\n', 'FROM debian\nRUN apt-get install -y curl\n'),
      expect: ['error Dockerfile:1:1 the final stage does not install libpq5, which [policy.packages] demands'],
    },
    'a stage that is not there': {
      ...project('[policy.packages]\nbuild = ["gcc"]\n', 'FROM debian\n'),
      expect: ['error preflight.toml:2:1 [policy.packages] names the stage build, from which the image is not made'],
    },
  },
  skipped: {'no policy': {...project('', 'FROM debian\n'), reason: '[policy.packages] demands none'}},
})
