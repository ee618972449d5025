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
    'only a step that may not run installs it: a warning': {
      ...project(
        '[policy.packages]\nfinal = ["curl"]\n',
        'FROM debian\nARG DEBUG\nRUN if [ -n "$DEBUG" ]; then apt-get install -y curl; fi\n',
      ),
      expect: ['warning Dockerfile:1:1 the final stage does not install curl, which [policy.packages] demands'],
    },
    'a step that is not understood may install it: a warning': {
      ...project('[policy.packages]\nfinal = ["curl"]\n', 'FROM debian\nRUN ./setup.sh\n'),
      expect: ['warning Dockerfile:1:1 the final stage does not install curl, which [policy.packages] demands'],
    },
    'an Alpine group that is removed again': {
      ...project(
        '[policy.packages]\nfinal = ["gcc", "libpq"]\n',
        'FROM alpine:3.20\nRUN apk add libpq && apk add --virtual .build gcc && apk del .build\n',
      ),
      expect: ['error Dockerfile:1:1 the final stage does not install gcc, which [policy.packages] demands'],
    },
    'a stage that is not there': {
      ...project('[policy.packages]\nbuild = ["gcc"]\n', 'FROM debian\n'),
      expect: ['error preflight.toml:2:1 [policy.packages] names the stage build, from which the image is not made'],
    },
  },
  skipped: {'no policy': {...project('', 'FROM debian\n'), reason: '[policy.packages] demands none'}},
})
