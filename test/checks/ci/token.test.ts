import check from '../../../checks/ci/token.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const deploy = (env: string, job = '') =>
  workflow({job, steps: `${checkout}${setup}      - run: flyctl deploy\n${env}`})

testCheck(check, {
  clean: {
    'the step has it': deploy(token),
    'the job has it': deploy('', '    env:\n      FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}\n'),
    'the workflow has it': workflow({
      head: 'on: push\nenv:\n  FLY_ACCESS_TOKEN: ${{ secrets.FLY }}\n',
      steps: `${checkout}${setup}      - run: flyctl deploy\n`,
    }),
    'a flag passes it': workflow({
      steps: `${checkout}${setup}      - run: flyctl deploy -t "\${{ secrets.FLY_API_TOKEN }}"\n`.replace('\\$', '$'),
    }),
    'the script sets it': workflow({
      steps:
        `${checkout}${setup}      - run: export FLY_API_TOKEN="$TOKEN" && flyctl deploy\n        env:\n          TOKEN: \${{ secrets.T }}\n`.replace(
          '\\$',
          '$',
        ),
    }),
    'another action may bring it': workflow({
      steps: `${checkout}${setup}      - uses: acme/secrets@v1\n      - run: flyctl deploy\n`,
    }),
  },
  flagged: {
    'no token at all': {
      ...deploy(''),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step has no FLY_API_TOKEN: flyctl stops with "no access token available"',
      ],
    },
    'a name that flyctl does not read': {
      ...deploy(token.replace('FLY_API_TOKEN:', 'FLY_TOKEN:')),
      expect: [
        'warning .github/workflows/deploy.yml:10:11 flyctl does not read FLY_TOKEN: without FLY_API_TOKEN it stops with "no access token available"',
      ],
    },
    'only another step has it': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl status\n${token}      - run: flyctl deploy\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:11:9 this step has no FLY_API_TOKEN: flyctl stops with "no access token available"',
      ],
    },
  },
})
