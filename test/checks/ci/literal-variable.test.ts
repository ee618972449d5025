import check from '../../../checks/ci/literal-variable.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, workflow} from './workflows.ts'

const step = (uses: string, input: string) =>
  workflow({
    head: 'on: push\nenv:\n  APP: shop\n',
    steps: `${checkout}${setup}      - uses: ${uses}\n        with:\n          ${input}\n      - run: flyctl deploy\n`,
  })
const at = 'warning .github/workflows/deploy.yml:12:'
const told = (what: string) => `is given ${what} as these very characters: no shell fills it in below with:`

testCheck(check, {
  clean: {
    'an expression': step('docker/build-push-action@v6', 'tags: registry.fly.io/${{ env.APP }}:latest'),
    'a price': step('docker/build-push-action@v6', 'tags: shop:1$5'),
    'an argument of the build, which may hold any character': step(
      'docker/build-push-action@v6',
      'build-args: A=$PASS',
    ),
    'secrets with a character of their own': step(
      'superfly/fly-pr-review-apps@1.6.0',
      'secrets: KEY=pa$word COST=$5 URL=postgres://$USER@db',
    ),
    'an action that runs what it is given': step('appleboy/ssh-action@v1', 'script: echo $APP ${APP}'),
    'the patterns of metadata': step('docker/metadata-action@v5', 'tags: type=raw,value={{branch}}'),
    'PATH that has the folders of the system beside it': workflow({
      job: '    env:\n      PATH: /usr/local/bin:/usr/bin:/bin:$PATH\n',
    }),
    'PATH in a shell, and one of an expression': workflow({
      job: '    env:\n      PATH: ${{ env.HOME }}/bin:/usr/bin:/bin\n',
      run: 'PATH=$HOME/.fly/bin:$PATH flyctl deploy',
    }),
    'a shell': workflow({run: 'flyctl deploy --app $APP --config ${CONFIG}'}),
  },
  flagged: {
    'PATH below env': {
      ...workflow({job: '    env:\n      PATH: $HOME/.fly/bin:$PATH\n', run: 'flyctl deploy'}),
      expect: [
        'warning .github/workflows/deploy.yml:6:7 PATH is $HOME/.fly/bin:$PATH as these very characters: no shell fills it in below env:, and the step finds no command',
      ],
    },
    'a secret that is a variable and nothing else': {
      ...step('superfly/fly-pr-review-apps@1.6.0', 'secrets: A=1 DATABASE_URL=$DATABASE_URL'),
      expect: [`${at}11 secrets of superfly/fly-pr-review-apps ${told('$DATABASE_URL')}`],
    },
    'the tag of an image': {
      ...step('docker/build-push-action@v6', 'tags: registry.fly.io/${APP}:latest'),
      expect: [`${at}11 tags of docker/build-push-action ${told('${APP}')}`],
    },
    'the name of an app': {
      ...step('superfly/fly-pr-review-apps@1.3.0', 'name: $APP_NAME-pr-${{ github.event.number }}'),
      expect: [`${at}11 name of superfly/fly-pr-review-apps ${told('$APP_NAME')}`],
    },
    'with the word env': {
      ...step('actions/checkout@v4', 'ref: ${env.REF}'),
      expect: [`${at}11 ref of actions/checkout ${told('${env.REF}')}`],
    },
  },
})
