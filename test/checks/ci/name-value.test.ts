import check from '../../../checks/ci/name-value.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

const run = (command: string) => workflow({run: command})
const at = 'warning .github/workflows/deploy.yml:8:9'
const stops = 'where flyctl wants NAME=VALUE: it stops before it does anything'

testCheck(check, {
  clean: {
    'a name and a value': run('flyctl deploy --build-arg COMMIT=abc --build-arg=TAG=1 -e A=b'),
    'a name with an expression': run('flyctl deploy --build-arg "KEY=${{ secrets.KEY }}"'),
    'a label with a name': run('flyctl deploy --label "sha=${GITHUB_SHA::7}" --label $LABEL'),
    'an empty value': run('flyctl deploy --build-arg COMMIT='),
    'a value with =': run('flyctl secrets set TOKEN=abc== -a shop'),
    'a value from standard input': run('flyctl secrets set KEY=- -a shop'),
    'a variable of the shell, which may hold both': run('flyctl deploy --build-arg $ARG'),
    'a secret that is named for several': run('flyctl deploy --build-arg ${{ secrets.BUILD_ARGS }}'),
    'an output that holds the name, too': run('flyctl deploy --build-arg ${{ steps.meta.outputs.build-arg }}'),
    'secrets by a variable': run('flyctl secrets set ${{ secrets.ALL }} -a shop'),
    'the argument of docker, which takes the environment': run('docker build --build-arg COMMIT .'),
    'a word of another command': run('flyctl secrets unset TOKEN -a shop'),
    'its failure does not matter': run('flyctl secrets set TOKEN || true'),
  },
  flagged: {
    'a name alone, as docker takes it': {
      ...run('flyctl deploy --remote-only --build-arg COMMIT_SHA'),
      expect: [`${at} "COMMIT_SHA" stands alone behind --build-arg, ${stops}`],
    },
    'in another line than the program': {
      ...workflow({
        run: '|\n          flyctl machine run \\\n            --app shop \\\n            "$IMAGE" \\\n            python -m shop.cli clean',
      }),
      expect: [`warning .github/workflows/deploy.yml:12:13 A word stands alone behind -m, ${stops}`],
    },
    'the first of several': {
      ...run('flyctl deploy --build-arg COMMIT --build-arg A=1'),
      expect: [`${at} "COMMIT" stands alone behind --build-arg, ${stops}`],
    },
    'a value alone': {
      ...run('flyctl deploy --build-arg ${{ vars.ANALYTICS_ID }}'),
      expect: [`${at} the value of vars.ANALYTICS_ID stands alone behind --build-arg, ${stops}`],
    },
    'what an earlier step has found out': {
      ...run('flyctl deploy --build-arg ${{ steps.ruby.outputs.version }}'),
      expect: [`${at} the value of steps.ruby.outputs.version stands alone behind --build-arg, ${stops}`],
    },
    'the commit': {
      ...run('flyctl deploy --build-arg ${{ github.sha }}'),
      expect: [`${at} the value of github.sha stands alone behind --build-arg, ${stops}`],
    },
    'a label without a name': {
      ...run('flyctl deploy --label "sha-${GITHUB_SHA::7}"'),
      expect: [`${at} the value of GITHUB_SHA stands alone behind --label, ${stops}`],
    },
    'a secret with blanks around =': {
      ...run('flyctl secrets set TOKEN = s3cr3t -a shop'),
      expect: [`${at} "TOKEN" stands alone behind flyctl secrets set, ${stops}`],
    },
    'a value that nobody else should see': {
      ...run('flyctl secrets set s3cr3t -a shop'),
      expect: [`${at} A word stands alone behind flyctl secrets set, ${stops}`],
    },
  },
})
