import check from '../../../checks/ci/fly-actions.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const review = (inputs: string, env = token, head = 'on: pull_request\n') =>
  workflow({
    head,
    steps: `${checkout}      - uses: superfly/fly-pr-review-apps@1.2.0\n${inputs && `        with:\n          ${inputs}\n`}${env}`,
  })

testCheck(check, {
  clean: {
    'the version of flyctl': workflow({
      steps: `${checkout}${setup}        with:\n          version: 0.4.87\n      - run: flyctl deploy\n${token}`,
    }),
    'the arguments of the other action': workflow({
      steps: `${checkout}      - uses: superfly/flyctl-actions@1.5\n        with:\n          args: deploy\n${token}`,
    }),
    'a name of its own for each pull request': review('name: shop-pr-${{ github.event.number }}'),
    'no name': review(''),
    'an input that a later version may have': review('wireguard: yes'),
    'a version that was called by its day': workflow({
      steps: `${checkout}      - uses: superfly/flyctl-actions/setup-flyctl@master\n        with:\n          version: 2023.9.8\n      - run: flyctl deploy\n${token}`,
    }),
  },
  flagged: {
    'a command in an input of its own': {
      ...workflow({
        steps: `${checkout}      - uses: superfly/flyctl-actions@master\n        with:\n          app: shop\n          command: deploy\n          args: --remote-only --detach\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:11:11 flyctl-actions calls flyctl with its args alone, and these name no command (it has no input command): flyctl --remote-only --detach stops at the first flag',
      ],
    },
    'the version of the action, given for that of flyctl': {
      ...workflow({
        steps: `${checkout}${setup}        with:\n          version: 1.4\n      - run: flyctl deploy\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 setup-flyctl is to install flyctl 1.4, and there is none: its versions begin with 0',
      ],
    },
    'arguments that nobody reads': {
      ...workflow({steps: `${checkout}${setup}        with:\n          args: deploy --remote-only\n${token}`}),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 setup-flyctl reads no args: it installs flyctl, and flyctl deploy --remote-only is never called',
      ],
    },
    'one name for all': {
      ...review('name: shop'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 fly-pr-review-apps stops at the name shop: it must have the number of the pull request in it',
      ],
    },
    'no token': {
      ...review('', ''),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 fly-pr-review-apps has no FLY_API_TOKEN: flyctl stops with "no access token available"',
      ],
    },
    'a push, which is no pull request': {
      ...review('', token, 'on: push\n'),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 fly-pr-review-apps works for pull requests only, and this workflow is started by push: it stops',
      ],
    },
    'an input of another name': {
      ...review('secret: A=b'),
      expect: ['warning .github/workflows/deploy.yml:9:11 fly-pr-review-apps has no input secret, and leaves it aside'],
    },
  },
})
