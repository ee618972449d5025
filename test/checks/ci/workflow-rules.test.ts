import check from '../../../checks/ci/workflow-rules.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

testCheck(check, {
  clean: {
    'conditions on what can be asked': workflow({job: "    if: github.ref == 'refs/heads/main'\n"}),
    'a secret in env': workflow(),
    'a text that only looks like it': workflow({job: "    if: github.event.head_commit.message != 'secrets.'\n"}),
    'a job that exists': workflow({
      job: '    needs: [test]\n',
      steps: `${checkout}${setup}      - run: flyctl deploy\n${token}  test:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}`,
    }),
  },
  flagged: {
    'secrets in if': {
      ...workflow({job: "    if: secrets.FLY_API_TOKEN != ''\n"}),
      expect: [
        `warning .github/workflows/deploy.yml:5:5 if: cannot read secrets: GitHub refuses the whole workflow ("Unrecognized named-value: 'secrets'")`,
      ],
    },
    'needs what is not there': {
      ...workflow({job: '    needs: tests\n'}),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 the job deploy needs tests, which the workflow does not have: GitHub refuses the whole workflow',
      ],
    },
    'uses and run in one step': {
      ...workflow({steps: `${checkout}        run: flyctl deploy\n${token}`}),
      expect: [
        'warning .github/workflows/deploy.yml:6:7 a step has either uses or run: GitHub refuses the whole workflow',
      ],
    },
  },
})
