import check from '../../../checks/ci/unattended.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

const run = (command: string) => workflow({run: command})

testCheck(check, {
  clean: {
    'the answer is a flag': run('flyctl scale count 2 --yes'),
    'its short form': run('flyctl scale count 2 -y'),
    'a deploy asks nothing': run('flyctl deploy'),
    'all that volumes create asks': run('flyctl volumes create data --yes --region fra'),
    'a word that may be the flag': run('flyctl scale count 2 $FLAGS'),
    'a failure that is let pass': run('flyctl apps destroy shop || true'),
  },
  flagged: {
    'scale count': {
      ...run('flyctl scale count 2'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl scale count asks for --yes, and stops where nobody can answer',
      ],
    },
    'apps create without a name': {
      ...run('flyctl apps create'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl apps create asks for a name and --org, and stops where nobody can answer',
      ],
    },
  },
})
