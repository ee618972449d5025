import check from '../../../checks/ci/action-reference.ts'
import {testCheck} from '../../harness.ts'
import {checkout, token, workflow} from './workflows.ts'

const uses = (action: string) =>
  workflow({steps: `${checkout}      - uses: ${action}\n      - run: flyctl deploy\n${token}`})

testCheck(check, {
  clean: {
    'a branch': uses('superfly/flyctl-actions/setup-flyctl@master'),
    'a tag': uses('superfly/flyctl-actions/setup-flyctl@v1'),
    'a whole commit': uses('superfly/flyctl-actions/setup-flyctl@fc53c09e1bc3be6f54706524e3b82c4f462f77be'),
    'the old action with a tag that has it': uses('superfly/flyctl-actions@1.3'),
    'an action of somebody else': uses('acme/flyctl@v7'),
    'an image, which has no version': uses('docker://flyio/flyctl'),
  },
  flagged: {
    'a name that superfly does not have': {
      ...uses('superfly/flyctl-action/setup-flyctl@master'),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 superfly has no action flyctl-action/setup-flyctl: GitHub cannot find it, and the job does not start',
      ],
    },
    'a version that does not exist': {
      ...uses('superfly/flyctl-actions/setup-flyctl@v2'),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 superfly/flyctl-actions/setup-flyctl has no version v2: GitHub cannot find it, and the job does not start',
      ],
    },
    'a version from before setup-flyctl': {
      ...uses('superfly/flyctl-actions/setup-flyctl@1.3'),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 superfly/flyctl-actions/setup-flyctl has no version 1.3: GitHub cannot find it, and the job does not start',
      ],
    },
    'no version': {
      ...uses('actions/setup-node'),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 uses: actions/setup-node names no version, which GitHub refuses before the first job starts',
      ],
    },
  },
})
