import check from '../../../checks/ci/flyctl-command.ts'
import {testCheck} from '../../harness.ts'
import {checkout, token, workflow} from './workflows.ts'

const run = (command: string) => workflow({run: command})
const action = (args: string) =>
  workflow({
    steps: `${checkout}      - uses: superfly/flyctl-actions@1.5\n        with:\n          args: "${args}"\n${token}`,
  })
const at = 'warning .github/workflows/deploy.yml:8:9'

testCheck(check, {
  clean: {
    'a command of a group': run('flyctl secrets set A=1 -a shop'),
    'another name of one': run('flyctl volumes ls -a shop'),
    'another name of a group below it': run('flyctl volumes snapshot list vol_123'),
    'a group alone, for its help': run('flyctl secrets'),
    'a word that is not known': run('flyctl secrets $VERB -a shop'),
    'a group that may get more commands': run('flyctl mpg brandnew'),
    'a command that the table does not have': run('flyctl brandnew'),
    'a flag of flyctl before the command of the group': run('flyctl secrets --access-token "$TOKEN" set A=1 -a shop'),
    'the arguments of the action': action('deploy --remote-only'),
    'the argument of a command': run('flyctl scale memory 512 -a shop'),
  },
  flagged: {
    'a slip in the command itself': {
      ...run('flyctl depoly --remote-only'),
      expect: [`${at} flyctl has no command depoly: it stops with "unknown command"`],
    },
    'a command that other programs have': {
      ...run('flyctl exec -a shop -- sh -c "php artisan optimize"'),
      expect: [`${at} flyctl has no command exec: it stops with "unknown command"`],
    },
    'one that flyctl deploy does by itself': {
      ...run('flyctl wait --app shop --timeout 60'),
      expect: [`${at} flyctl has no command wait: it stops with "unknown command"`],
    },
    'a letter too few': {
      ...run('flyctl deply'),
      expect: [`${at} flyctl has no command deply: it stops with "unknown command"`],
    },
    'a command that flyctl does not have': {
      ...run('flyctl config unset DATABASE_URL -a shop'),
      expect: [`${at} flyctl config has no command unset: it stops at the first flag`],
    },
    'a slip': {
      ...run('flyctl secrets unsett TOKEN'),
      expect: [`${at} flyctl secrets has no command unsett: it prints its help, and the workflow goes on`],
    },
    'flyctl once more, in the arguments of the action': {
      ...action('fly secrets set A=1'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 superfly/flyctl-actions puts flyctl before args: flyctl fly secrets set stops with "unknown command"',
      ],
    },
    'one that was taken away': {
      ...run('fly scale set min=1'),
      expect: [`${at} flyctl scale has no command set: it prints its help, and the workflow goes on`],
    },
  },
})
