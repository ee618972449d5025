import check from '../../../checks/ci/expression-context.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const deploy = `      - run: flyctl deploy\n${token}`
const build = '  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n'

testCheck(check, {
  clean: {
    'the token that GitHub gives itself': workflow({
      steps: `${checkout}${setup}      - run: flyctl deploy --build-secret TOKEN=\${{ secrets.GITHUB_TOKEN }}\n${token}`,
    }),
    'a secret that a caller hands on under a name of its own': workflow({
      head: 'on: workflow_call\n',
      run: 'flyctl secrets set ID=${{ secrets.GITHUB_CLIENT_ID }}',
    }),
    'conditions on what can be asked': workflow({job: "    if: github.ref == 'refs/heads/main' && vars.DEPLOY\n"}),
    'what GitHub has, in capitals': workflow({run: 'SHA=x flyctl deploy --image-label ${{ github.SHA }}'}),
    'a property of GitHub that is not known here': workflow({
      run: 'flyctl deploy --image-label ${{ github.NEW_NAME }}',
    }),
    'a secret in env': workflow(),
    'the whole name of a branch, and how names begin': workflow({
      job: "    if: github.ref == 'Refs/heads/main' || startsWith(github.ref, 'refs/t') || startsWith(github.ref_name, 'v') || github.head_ref == 'next'\n",
    }),
    'a ref that is not the other, and one that is filled in': workflow({
      job: "    if: github.ref != 'main' && !(github.ref == 'main') && github.ref == '{{ x }}'\n",
    }),
    'a job that deploys nothing': workflow({
      steps: `${checkout}${setup}${deploy}${build.replace('runs-on', "if: github.ref == 'main'\n    runs-on")}`,
    }),
    'functions, literals, texts and operators': workflow({
      job: "    if: ${{ !cancelled() && github.event_name == 'push' && contains(fromJSON('[\"main\"]'), github.ref_name) && inputs.force != null }}\n",
      run: "flyctl deploy --build-arg A=${{ format('{0} NAME', github.sha) }} --build-arg B=${{ matrix[env.NAME].a-b || toJSON(GitHub.event.inputs) }}",
    }),
    'a blank beside the dot of a property': workflow({
      job: "    if: github . ref_name == 'main' || github.\n      ref_name == 'next'\n",
    }),
    'a context of Gitea, and a double quote, at which GitHub stops first': workflow({
      job: '    if: gitea.ref_name == github.ref_name || github.ref == "refs/heads/main"\n',
    }),
    'variables of the shell': workflow({run: 'flyctl deploy --build-arg SHA=$GITHUB_SHA --build-arg A=${GITHUB_REF}'}),
    'a text that only looks like it': workflow({job: "    if: github.event.head_commit.message != 'secrets.'\n"}),
    'env in the condition of a step': workflow({
      steps: `${checkout}${setup}      - if: env.DEPLOY == 'yes'\n        run: flyctl deploy\n${token}`,
    }),
    'a step before, by its id': workflow({
      steps: `${checkout}${setup}      - id: tag\n        run: date >> $GITHUB_OUTPUT\n      - run: flyctl deploy --image-label \${{ steps.tag.outputs.x }}\n${token}`,
    }),
    'a variable of the workflow': workflow({
      job: '    env:\n      IMAGE: registry.fly.io/shop:1\n',
      steps: `${checkout}${setup}      - run: flyctl deploy --image \${{ env.IMAGE }}\n${token}`,
    }),
    'one that a step before writes': workflow({
      steps: `${checkout}${setup}      - run: date >> $GITHUB_ENV\n      - run: flyctl deploy --image \${{ env.IMAGE }}\n${token}`,
    }),
    'one that a script may write': workflow({
      steps: `${checkout}${setup}      - run: ./ci/image.sh\n      - run: flyctl deploy --image \${{ env.IMAGE }}\n${token}`,
    }),
    'one that an action may set': workflow({
      steps: `${checkout}${setup}      - uses: acme/image@v1\n      - run: flyctl deploy --image \${{ env.IMAGE }}\n${token}`,
    }),
    'a job that it waits for': workflow({
      job: "    needs: [build]\n    if: needs.build.outputs.changed == 'true'\n",
      steps: `${checkout}${setup}${deploy}${build}`,
    }),
    'the data of an event that starts the workflow, of its caller, and of one among others': workflow({
      head: 'on:\n  workflow_run:\n    workflows: [Tests]\n',
      job: "    if: github.event.workflow_run.conclusion == 'success'\n",
      files: {
        '.github/workflows/called.yml': `on: workflow_call\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    if: github.event.release.draft == true\n    steps:\n      - run: flyctl deploy\n`,
        '.github/workflows/other.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    if: github.event_name == 'push' || github.event.workflow_run.conclusion == 'success'\n    steps:\n      - run: flyctl deploy\n`,
      },
    }),
  },
  flagged: {
    'a variable of the shell': {
      ...workflow({run: 'flyctl deploy --build-arg SHA=${{ GITHUB_SHA }}'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 run: cannot read GITHUB_SHA: GitHub refuses the whole workflow ("Unrecognized named-value: \'GITHUB_SHA\'")',
      ],
    },
    'a text without its quotes, in a condition': {
      ...workflow({job: '    if: github.ref_name == main\n'}),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 if: cannot read main: GitHub refuses the whole workflow ("Unrecognized named-value: \'main\'")',
      ],
    },
    'a secret that GitHub does not take': {
      ...workflow({run: 'flyctl secrets set ID=${{ secrets.GITHUB_CLIENT_ID }}'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 secrets.GITHUB_CLIENT_ID is always empty: GitHub takes no secret whose name begins with GITHUB_',
      ],
    },
    'a variable for all jobs': {
      ...workflow({head: 'on: push\nenv:\n  ORG: ${{ vars.GITHUB_ORG }}\n'}),
      expect: [
        'warning .github/workflows/deploy.yml:3:3 vars.GITHUB_ORG is always empty: GitHub takes no variable whose name begins with GITHUB_',
      ],
    },
    'a variable that nothing sets': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy --image \${{ env.IMAGE }}\n${token}`,
      }),
      expect: ['warning .github/workflows/deploy.yml:8:9 env.IMAGE is empty here: nothing in the workflow sets it'],
    },
    'a variable of the workflow, as if it were of GitHub': {
      ...workflow({
        steps: `${checkout}      - run: echo "IMAGE=\${REPO,,}" >> $GITHUB_ENV\n${setup}      - run: flyctl deploy --image ghcr.io/\${{ github.IMAGE }}:\${{ github.sha }}\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:9 github.IMAGE is empty: GitHub has nothing of that name there, and IMAGE is a variable of the workflow',
      ],
    },
    'secrets in an action of the project': {
      ...workflow({
        steps: `${checkout}      - uses: ./ci/deploy\n`,
        files: {
          'ci/deploy/action.yml':
            'runs:\n  using: composite\n  steps:\n    - run: flyctl deploy\n      shell: bash\n      env:\n        FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}\n',
        },
      }),
      expect: [
        `warning ci/deploy/action.yml:7:9 env.FLY_API_TOKEN: cannot read secrets in an action: GitHub refuses the action ("Unrecognized named-value: 'secrets'"), and its job fails`,
      ],
    },
    'a branch where GitHub has the whole name': {
      ...workflow({job: "    if: github.ref == 'main'\n"}),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 github.ref is never "main": GitHub has the whole name of the branch or tag there, and this deploys nothing',
      ],
    },
    'the data of an event that does not start the workflow': {
      ...workflow({job: "    if: ${{ github.event.workflow_run.conclusion == 'success' }}\n"}),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 github.event.workflow_run.conclusion is never "success": only the event workflow_run has it, which does not start this workflow, and this deploys nothing',
      ],
    },
    'one of several, in a step': {
      ...workflow({
        steps: `${checkout}${setup}      - if: startsWith(github.ref, 'v') || github.ref == 'refs/head/main'\n        run: flyctl deploy\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 github.ref is never "refs/head/main": GitHub has the whole name of the branch or tag there',
        'warning .github/workflows/deploy.yml:8:9 github.ref is never "v": GitHub has the whole name of the branch or tag there',
      ],
    },
    'the whole name where GitHub has the name alone': {
      ...workflow({job: "    if: github.ref_name == 'refs/heads/main'\n"}),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 github.ref_name is never "refs/heads/main": GitHub has the name alone there, and this deploys nothing',
      ],
    },
    'secrets in if': {
      ...workflow({job: "    if: secrets.FLY_API_TOKEN != ''\n"}),
      expect: [
        `warning .github/workflows/deploy.yml:5:5 if: cannot read secrets: GitHub refuses the whole workflow ("Unrecognized named-value: 'secrets'")`,
      ],
    },
    'secrets in the condition of a step': {
      ...workflow({
        steps: `${checkout}${setup}      - if: \${{ secrets.FLY_API_TOKEN != '' }}\n        run: flyctl deploy\n${token}`,
      }),
      expect: [
        `warning .github/workflows/deploy.yml:8:9 if: cannot read secrets: GitHub refuses the whole workflow ("Unrecognized named-value: 'secrets'")`,
      ],
    },
    'env in the condition of a job': {
      ...workflow({job: "    if: env.DEPLOY == 'yes'\n"}),
      expect: [
        `warning .github/workflows/deploy.yml:5:5 if: cannot read env: GitHub refuses the whole workflow ("Unrecognized named-value: 'env'")`,
      ],
    },
    'env in env': {
      ...workflow({job: '    env:\n      IMAGE: ${{ env.REGISTRY }}/shop\n'}),
      expect: [
        `warning .github/workflows/deploy.yml:6:7 jobs.deploy.env.IMAGE: cannot read env: GitHub refuses the whole workflow ("Unrecognized named-value: 'env'")`,
      ],
    },
    'a job that it does not wait for': {
      ...workflow({
        job: "    if: needs.build.outputs.changed == 'true'\n",
        steps: `${checkout}${setup}${deploy}${build}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 needs.build is empty here: the job does not wait for build (needs:), and the condition is not what it seems',
      ],
    },
    'a step of another name': {
      ...workflow({
        steps: `${checkout}${setup}      - id: meta\n        run: date >> $GITHUB_OUTPUT\n      - run: flyctl deploy --image-label \${{ steps.metadata.outputs.x }}\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:9 steps.metadata is empty here: no step before this one has the id metadata',
      ],
    },
  },
})
