import check from '../../../checks/ci/sh-script.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const project = (run: string, text: string, job = '') =>
  workflow({
    job,
    steps: `${checkout}      - run: ${run}\n${setup}      - run: flyctl deploy\n${token}`,
    files: {'ops/verify.sh': text},
  })
const bash = '#!/usr/bin/env bash\nset -euo pipefail\ntest -n "$FLY_APP"\n'

testCheck(check, {
  clean: {
    'bash is called': project('bash ops/verify.sh', bash),
    'the script itself is called': project('./ops/verify.sh', bash),
    'a script of POSIX': project('sh ops/verify.sh', '#!/bin/sh\nset -eu\ntest -n "$FLY_APP"\n'),
    'a test that is only never true': project('sh ops/verify.sh', 'if [[ -n "$A" ]]; then echo a; fi\necho b\n'),
    'its failure is let pass': project('sh ops/verify.sh || true', bash),
    'a container': project('sh ops/verify.sh', bash, '    container: alpine\n'),
    'a script that is not there': project('sh ops/other.sh', bash),
  },
  flagged: {
    'an option': {
      ...project('sh ops/verify.sh', bash),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 sh ops/verify.sh is run by dash, and set -euo pipefail in ops/verify.sh is of bash: "set: Illegal option -o pipefail", and the job deploy ends before it deploys',
      ],
    },
    'an array': {
      ...project('cd ops && sh verify.sh', 'apps=(web api)\necho "${apps[@]}"\n'),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 sh verify.sh is run by dash, and apps=( in ops/verify.sh is of bash: "syntax error: "(" unexpected", and the job deploy ends before it deploys',
      ],
    },
  },
})
