import check from '../../../checks/ci/token.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const deploy = (env: string, job = '') =>
  workflow({job, steps: `${checkout}${setup}      - run: flyctl deploy\n${env}`})

const calling = (secrets: string, job = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    '.github/workflows/deploy.yml': `on: workflow_call\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n${job}    steps:\n${checkout}${setup}      - run: flyctl deploy\n${token}`,
    '.github/workflows/main.yml': `on: push\njobs:\n  fly:\n    uses: ./.github/workflows/deploy.yml\n${secrets}`,
  },
})
const twoDeploys = (flags: string, secret: string) =>
  workflow({
    files: {
      '.github/workflows/second.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}${setup}      - run: flyctl deploy ${flags}\n${token.replace('secrets.FLY_API_TOKEN', `secrets.${secret}`)}`,
    },
  })

const action = (given: string) =>
  workflow({
    steps: `${checkout}${setup}      - uses: ./ci/deploy\n${given}`,
    files: {
      'ci/deploy/action.yml':
        'inputs:\n  token:\n    required: true\nruns:\n  using: composite\n  steps:\n    - run: flyctl deploy\n      shell: bash\n      env:\n        FLY_API_TOKEN: ${{ inputs.token }}\n',
    },
  })

testCheck(check, {
  clean: {
    'a step before that may write one': workflow({
      steps: `${checkout}${setup}      - run: ./login >> "$GITHUB_ENV"\n      - run: flyctl deploy\n`,
    }),
    'a file that the shell reads': workflow({
      steps: `${checkout}${setup}      - run: source ci/env.sh && flyctl deploy\n`,
    }),
    'a computer of their own': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: self-hosted\n    steps:\n${checkout}      - run: flyctl deploy\n`,
      },
    },
    'an action of the project that is given it': action(
      '        with:\n          token: ${{ secrets.FLY_API_TOKEN }}\n',
    ),
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
    'a caller that hands on every secret': calling('    secrets: inherit\n'),
    'a caller that hands it on under another name': calling(
      '    secrets:\n      FLY_API_TOKEN: ${{ secrets.FLY_TOKEN }}\n',
    ),
    'a job in an environment, which has secrets of its own': calling('', '    environment: production\n'),
    'a command that needs none': workflow({steps: `${checkout}${setup}      - run: flyctl version\n`}),
    'two apps, each with its token': twoDeploys('-a shop-staging', 'FLY_STAGING_TOKEN'),
  },
  flagged: {
    'a flag that passes it without quotes': {
      ...workflow({
        steps: `${checkout}${setup}      - run: |\n          flyctl deploy \\\n            --access-token \${{ secrets.FLY_API_TOKEN }}\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:13 --access-token is ${{ secrets.FLY_API_TOKEN }} without quotes: a token of flyctl tokens create is two words, FlyV1 and another, and flyctl takes the second for an argument',
      ],
    },
    'a script that sets it without quotes': {
      ...workflow({
        steps: `${checkout}${setup}      - run: |\n          export FLY_API_TOKEN=\${{ secrets.FLY }}\n          flyctl deploy\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 FLY_API_TOKEN is ${{ secrets.FLY }} without quotes: a token of flyctl tokens create is two words, FlyV1 and another, and the shell takes the second for a word of its own',
      ],
    },
    'a file of settings in another job, and a token by another name': {
      ...workflow({
        head: 'on: push\n',
        steps: `${checkout}${setup}      - run: flyctl deploy\n        env:\n          FLY_API_TOKEN_SHOP: \${{ secrets.FLY_API_TOKEN_SHOP }}\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: cp .env.example .env\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:11 flyctl does not read FLY_API_TOKEN_SHOP: without FLY_API_TOKEN it stops with "no access token available"',
      ],
    },
    'an action that brings a package manager': {
      ...workflow({steps: `${checkout}${setup}      - uses: pnpm/action-setup@v4\n      - run: flyctl deploy\n`}),
      expect: [
        'warning .github/workflows/deploy.yml:9:9 this step has no FLY_API_TOKEN: flyctl stops with "no access token available"',
      ],
    },
    'an action of the project that is given none': {
      ...action(''),
      expect: [
        'warning ci/deploy/action.yml:10:9 FLY_API_TOKEN is empty: flyctl stops with "no access token available"',
      ],
    },
    'a caller that hands on nothing': {
      ...calling(''),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job fly calls this workflow without the secret FLY_API_TOKEN: FLY_API_TOKEN is empty, and flyctl stops with "no access token available"',
      ],
    },
    'an empty value': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy\n        env:\n          FLY_API_TOKEN: ''\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:11 FLY_API_TOKEN is empty: flyctl stops with "no access token available"',
      ],
    },
    'a name without the braces': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy\n        env:\n          FLY_API_TOKEN: secrets.FLY_API_TOKEN\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:11 FLY_API_TOKEN is the text secrets.FLY_API_TOKEN itself, as env: fills in nothing but ${{ … }}: Fly.io refuses it as a token',
      ],
    },
    'secrets that are set without a token': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl secrets set A=b --stage\n      - run: flyctl deploy\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step has no FLY_API_TOKEN: flyctl stops with "no access token available"',
      ],
    },
    'one app by two secrets': {
      ...twoDeploys('', 'FLY_TOKEN'),
      expect: [
        'info .github/workflows/second.yml:10:11 shop is deployed here with the secret FLY_TOKEN, and elsewhere with FLY_API_TOKEN: one that is not set is empty, and flyctl stops with "no access token available"',
      ],
    },
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
