import check from '../../../checks/ci/flyctl-installed.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const deploy = (run = 'flyctl deploy') => `      - run: ${run}\n${token}`

testCheck(check, {
  clean: {
    'a script that asks whether it is there': workflow({
      steps: `${checkout}      - run: ./status.sh\n${token}`,
      files: {'status.sh': 'if command -v flyctl; then\n  flyctl status\nfi\n'},
    }),
    'setup-flyctl stands before': workflow(),
    'the installer makes both names': workflow({
      steps: `${checkout}      - run: curl -L https://fly.io/install.sh | sh\n${deploy('fly deploy')}`,
    }),
    'an action of the project may install it': workflow({
      steps: `${checkout}      - uses: ./.github/actions/prepare\n${deploy()}`,
    }),
    'a script that calls flyctl so itself': workflow({
      steps: `${checkout}${setup}      - run: |\n          fly() { flyctl "$@"; }\n          fly deploy\n${token}`,
    }),
    "a runner of one's own": {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: self-hosted\n    steps:\n${checkout}${deploy()}`,
      },
    },
    'a container that has it': workflow({job: '    container: flyio/flyctl\n', steps: `${checkout}${deploy()}`}),
    'the old action is flyctl': workflow({
      steps: `${checkout}      - uses: superfly/flyctl-actions@1.5\n        with:\n          args: deploy\n${token}`,
    }),
  },
  flagged: {
    'nothing installs it': {
      ...workflow({steps: `${checkout}${deploy()}`}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 nothing before this step installs flyctl, which the runner ubuntu-latest does not have',
      ],
    },
    'it is installed behind the call': {
      ...workflow({steps: `${checkout}${deploy()}${setup}`}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 nothing before this step installs flyctl, which the runner ubuntu-latest does not have',
      ],
    },
    'it is called fly': {
      ...workflow({steps: `${checkout}${setup}${deploy('fly deploy')}`}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step calls fly, but setup-flyctl installs flyctl only: "fly: command not found"',
      ],
    },
  },
})
