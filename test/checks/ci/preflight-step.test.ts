import preflightStep from '../../../checks/ci/preflight-step.ts'
import {testCheck} from '../../harness.ts'

const {'preflight.toml': _, ...untried} = workflow('      - run: flyctl deploy\n').files

function workflow(steps: string) {
  return {
    files: {
      'fly.toml': 'app = "shop"\n',
      'preflight.toml': '',
      '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
    },
  }
}

testCheck(preflightStep, {
  clean: {
    'by the action': workflow('      - uses: OWNER/preflight@v0\n      - run: flyctl deploy\n'),
    'by a script': workflow('      - run: npm run preflight\n      - run: flyctl deploy\n'),
    'nothing is deployed': workflow('      - run: flyctl status\n'),
  },
  flagged: {
    'a deploy, once however many there are': {
      ...workflow('      - run: flyctl deploy\n      - run: flyctl deploy --app other\n'),
      expect: ['info .github/workflows/deploy.yml:6:9 this workflow deploys without running preflight first'],
    },
  },
  skipped: {
    'the project has not taken preflight up': {files: untried, reason: 'the project has no preflight.toml'},
  },
})
