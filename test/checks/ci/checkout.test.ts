import check from '../../../checks/ci/checkout.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const steps = (before: string, run = 'flyctl deploy') =>
  workflow({steps: `${before}${setup}      - run: ${run}\n${token}`})

testCheck(check, {
  clean: {
    'checked out': steps(checkout),
    'cloned by hand': steps('      - run: git clone https://example.com/shop .\n'),
    'an artifact of another job': steps('      - uses: actions/download-artifact@v4\n'),
    'a ready image needs no files': steps('', 'flyctl deploy -a shop --image registry.fly.io/shop:1'),
    'an action that may do anything': steps('      - uses: acme/prepare@v1\n'),
  },
  flagged: {
    'nothing brings the files': {
      ...steps(''),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 no step before flyctl deploy checks the project out: flyctl finds no configuration in the empty folder',
      ],
    },
  },
})
