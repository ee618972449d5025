import concurrency from '../../../checks/ci/concurrency.ts'
import {testCheck} from '../../harness.ts'

const workflow = (top: string, job: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    '.github/workflows/deploy.yml': `on: push\n${top}jobs:\n  deploy:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - run: flyctl deploy\n`,
  },
})

testCheck(concurrency, {
  clean: {
    'of the job': workflow('', '    concurrency: deploy\n'),
    'of the workflow': workflow('concurrency: deploy\n', ''),
    'the next one waits': workflow('', '    concurrency:\n      group: deploy\n      cancel-in-progress: false\n'),
    'cancelled in pull requests alone': workflow(
      `concurrency:\n  group: deploy\n  cancel-in-progress: \${{ github.event_name == 'pull_request' }}\n`,
      '',
    ),
    'the job has its own, and that counts': workflow(
      'concurrency:\n  group: all\n  cancel-in-progress: true\n',
      '    concurrency: deploy\n',
    ),
    'nothing is deployed': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/status.yml':
          'on: push\njobs:\n  status:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl status\n',
      },
    },
  },
  flagged: {
    'no group': {
      ...workflow('', ''),
      expect: [
        'info .github/workflows/deploy.yml:3:3 nothing keeps two runs of the job deploy from deploying at the same time: one fails at the leases of the machines, or the older one wins',
      ],
    },
    'the next one ends it': {
      ...workflow('', '    concurrency:\n      group: deploy\n      cancel-in-progress: true\n'),
      expect: [
        'info .github/workflows/deploy.yml:7:7 cancel-in-progress ends a deploy of the job deploy wherever it is: some machines are then on the new version, some on the old',
      ],
    },
  },
})
