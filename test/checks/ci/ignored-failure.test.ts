import check from '../../../checks/ci/ignored-failure.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const step = (keys: string) => workflow({steps: `${checkout}${setup}      - run: flyctl deploy\n${keys}${token}`})

testCheck(check, {
  clean: {
    'a deploy that fails its step': workflow(),
    'another command may fail': workflow({run: 'flyctl status || true'}),
    'bash that is asked for stops at a pipe': workflow({
      steps: `${checkout}${setup}      - run: flyctl deploy | tee log\n        shell: bash\n${token}`,
    }),
    'what follows || fails, too': workflow({run: 'flyctl deploy || exit 1'}),
    '--detach=false': workflow({run: 'flyctl deploy --detach=false'}),
  },
  flagged: {
    'continue-on-error': {
      ...step('        continue-on-error: true\n'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step may fail without failing its job (continue-on-error: true): a deploy that did not happen looks like one that did',
      ],
    },
    '|| true': {
      ...workflow({run: 'flyctl deploy || true'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 what follows flyctl deploy hides its failure (|| true): the step is green although nothing was deployed',
      ],
    },
    'a pipe': {
      ...workflow({run: 'flyctl deploy 2>&1 | tee log'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 what follows flyctl deploy hides its failure (|): the step is green although nothing was deployed',
      ],
    },
    '--detach': {
      ...workflow({run: 'flyctl deploy --detach'}),
      expect: [
        'info .github/workflows/deploy.yml:8:9 --detach returns before the machines are updated: the workflow is green whatever becomes of them',
      ],
    },
  },
})
