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
    'an expression with one closing brace': {
      ...workflow({run: 'flyctl secrets set A=${{ secrets.A } B=${{ secrets.B }}'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 ${{ secrets.A } does not end with }}: GitHub refuses the whole workflow',
      ],
    },
    'an expression without $': {
      ...workflow({
        steps: `${checkout}      - uses: superfly/fly-pr-review-apps@1.2.0\n        with:\n          secrets: A={{ secrets.A }}\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 {{ secrets.A }} has no $ before it: GitHub leaves it as it is, and the braces become the value',
      ],
    },
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
