import check from '../../../checks/ci/workflow-rules.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

testCheck(check, {
  clean: {
    'every kind of event': workflow({
      head: 'on: [push, pull_request, merge_group, schedule, workflow_dispatch, release]\n',
    }),
    'what each event can be asked for': workflow({
      head: 'on:\n  push:\n    branches: [main]\n    paths-ignore: [docs]\n  pull_request:\n    types: [opened]\n    paths: [api]\n  workflow_run:\n    workflows: [Tests]\n    types: [completed]\n    branches: [main]\n  release:\n    types: [published]\n  workflow_dispatch:\n    inputs:\n      tag: {}\n  sponsorship:\n    tags: [a]\n',
    }),
    'an event that GitHub may have got since': workflow({head: 'on: [push, sponsorship_changed]\n'}),
    'a step with a key that GitHub may know by now': workflow({
      steps: `${checkout}${setup}      - name: Both\n        parallel: true\n      - run: flyctl deploy\n${token}`,
    }),
    'a command over several lines': workflow({
      run: 'flyctl deploy\n          --remote-only\n          --config fly.toml',
    }),
    'commands that are joined on purpose': workflow({run: 'cd api &&\n          flyctl deploy'}),
    'commands with an empty line between them': workflow({run: '\n          echo a\n\n          flyctl deploy'}),
    'a command that another one starts': workflow({run: 'doppler run --\n          flyctl deploy'}),
    'an expression over several lines': workflow({
      steps: `${checkout}      - uses: actions/cache@v4\n        with:\n          path: x\n          key: >-\n            \${{ hashFiles(\n              'a',\n              'b') }}-x\n      - run: flyctl deploy\n${token}`,
    }),
    'braces in a text of an expression': workflow({
      steps: `${checkout}      - run: echo "\${{ format('{0} }}', github.sha) }} \${NAME}"\n      - run: flyctl deploy\n${token}`,
    }),
    'braces that an action fills in itself': workflow({
      steps: `${checkout}      - uses: acme/slack@v2\n        with:\n          message: 'v{{ env.VERSION }}'\n      - run: flyctl deploy\n${token}`,
    }),
    'keys that go together': workflow({
      job: '    timeout-minutes: 5\n    environment: production\n',
      steps: `${checkout}${setup}      - run: flyctl deploy\n        working-directory: api\n        shell: bash\n${token}`,
    }),
    'a key that GitHub may know by now': workflow({job: '    snapshot: fast\n'}),
    'keys of a step and of a job, each in its place': workflow({
      job: '    services:\n      db:\n        image: postgres:16\n    defaults:\n      run:\n        working-directory: api\n        shell: bash\n',
    }),
    'a job that exists': workflow({
      job: '    needs: [test]\n',
      steps: `${checkout}${setup}      - run: flyctl deploy\n${token}  test:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}`,
    }),
    'a comment behind a command': workflow({run: 'flyctl deploy --remote-only # the builder of "Fly.io"'}),
    'a # within a quote in a block': workflow({run: '|\n          echo "Deploying #3"\n          flyctl deploy'}),
    'a quote that cmd of Windows does not miss': workflow({
      steps: `${checkout}${setup}      - run: echo "is #3"\n        shell: cmd\n      - run: flyctl deploy\n${token}`,
    }),
    'double quotes around an expression, in a text of it, and of YAML': workflow({
      job: `    if: "github.ref == 'refs/heads/main'"\n`,
      run: `|\n          echo "\${{ format('{0} is "x"', github.sha) }}" "\${{ github.sha }}"\n          docker inspect --format '{{ index "a" }}'\n          flyctl deploy`,
    }),
    'a text of an expression that has its braces': workflow({
      run: `|\n          echo "\${{ '\${{' }} \${{ '\${{ "a" }}' }}"\n          flyctl deploy`,
    }),
    'functions of GitHub, in any case, and those of the shell and of a text': workflow({
      job: `    if: \${{ !Cancelled() && startswith(github.ref, 'toLower(x)') && hashFiles('a') != '' }}\n`,
      run: `|\n          lower() { echo "\${1,,}"; }\n          lower(\${{ github.sha }}) && flyctl deploy`,
    }),
    'a # within quotes of YAML': workflow({run: `'flyctl deploy --image-label "is #3"'`}),
  },
  flagged: {
    'a condition of a step without its end': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy\n        if: \${{ github.ref == 'main'\n${token}`,
      }),
      expect: [
        "warning .github/workflows/deploy.yml:9:9 ${{ github.ref == 'main' does not end with }}: GitHub refuses the whole workflow",
      ],
    },
    'a condition without its end': {
      ...workflow({job: "    if: ${{ github.ref == 'refs/heads/main'\n"}),
      expect: [
        "warning .github/workflows/deploy.yml:5:5 ${{ github.ref == 'refs/heads/main' does not end with }}: GitHub refuses the whole workflow",
      ],
    },
    'a condition that stands beside the jobs': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  if: github.ref_name == github.event.repository.default_branch\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n',
      },
      expect: [
        'warning .github/workflows/deploy.yml:3:3 if stands below jobs, where each key is a job with keys of its own, and this one has none: GitHub refuses the whole workflow',
      ],
    },
    'a job whose steps are comments': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n',
      },
      expect: ['warning .github/workflows/deploy.yml:3:3 the job test has no steps: GitHub refuses the whole workflow'],
    },
    'steps that begin below strategy': {
      files: {
        ...workflow({}).files,
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        node: [20]\n      steps:\n        - uses: actions/setup-node@v4\n          with:\n            node-version: ${{ matrix.node }}\n        - run: flyctl deploy\n',
      },
      expect: [
        'warning .github/workflows/deploy.yml:8:7 steps stands in strategy, which has no such key: GitHub refuses the whole workflow ("Unexpected value \'steps\'")',
      ],
    },
    'the name of the file, which was pasted with it': {
      files: {
        ...workflow({}).files,
        '.github/workflows/deploy.yml': `.github/workflows/deploy.yml:\n\n${workflow({}).files?.['.github/workflows/deploy.yml']}`,
      },
      expect: [
        'warning .github/workflows/deploy.yml:1:1 a workflow has no key .github/workflows/deploy.yml: GitHub refuses the whole workflow ("Unexpected value \'.github/workflows/deploy.yml\'")',
      ],
    },
    'a trigger that stands beside on': {
      files: {
        ...workflow({}).files,
        '.github/workflows/deploy.yml': `workflow_dispatch:\n${workflow({}).files?.['.github/workflows/deploy.yml']}`,
      },
      expect: [
        'warning .github/workflows/deploy.yml:1:1 a workflow has no key workflow_dispatch: GitHub refuses the whole workflow ("Unexpected value \'workflow_dispatch\'")',
      ],
    },
    'a filter that stands beside its event': {
      ...workflow({head: 'on:\n  push:\n    branches: [main]\n  paths:\n    - "web/**"\n'}),
      expect: [
        'warning .github/workflows/deploy.yml:4:3 paths stands beside the events of on, and is none: GitHub refuses the whole workflow ("Unexpected value \'paths\'")',
      ],
    },
    'an event that there is not': {
      ...workflow({head: 'on:\n  merge:\n    branches: [main]\n'}),
      expect: [
        'warning .github/workflows/deploy.yml:2:3 GitHub has no event merge: it refuses the whole workflow ("Unexpected value \'merge\'")',
      ],
    },
    'an event with another sign': {
      ...workflow({head: 'on: [push, workflow-dispatch]\n'}),
      expect: [
        'warning .github/workflows/deploy.yml:1:12 GitHub has no event workflow-dispatch: it refuses the whole workflow ("Unexpected value \'workflow-dispatch\'")',
      ],
    },
    'a dash before the command of a step': {
      ...workflow({steps: `${checkout}${setup}      - name: Deploy\n      - run: flyctl deploy\n${token}`}),
      expect: [
        'warning .github/workflows/deploy.yml:8:7 this step has neither uses nor run: GitHub refuses the whole workflow',
      ],
    },
    'double quotes in a condition': {
      ...workflow({job: '    if: github.ref == "refs/heads/main"\n'}),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 an expression has "refs/heads/main", and GitHub knows single quotes only: it refuses the whole workflow ("Unexpected symbol")',
      ],
    },
    'double quotes in the expression of a command': {
      ...workflow({run: '|\n          flyctl deploy\n          echo ${{ contains(github.ref, "main") }}'}),
      expect: [
        'warning .github/workflows/deploy.yml:10:11 an expression has "main", and GitHub knows single quotes only: it refuses the whole workflow ("Unexpected symbol")',
      ],
    },
    'a function that GitHub does not have': {
      ...workflow({run: '|\n          flyctl deploy --image ghcr.io/${{ toLower(github.repository) }}:1'}),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 an expression calls toLower(), and GitHub has no function of that name: it refuses the whole workflow ("Unrecognized function: \'toLower\'")',
      ],
    },
    'a function that GitHub does not have, in a condition': {
      ...workflow({job: "    if: endWith(github.ref, '/main')\n"}),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 an expression calls endWith(), and GitHub has no function of that name: it refuses the whole workflow ("Unrecognized function: \'endWith\'")',
      ],
    },
    'a quote that YAML cuts off': {
      ...workflow({run: 'echo "Deploying #3 of the week" && flyctl deploy'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 YAML takes #3 of the week" && flyctl deploy for a comment: the shell gets the command without it, with a quote that never ends, and the step fails',
      ],
    },
    'commands below run: without |': {
      ...workflow({run: '\n          echo "A=1" >> .env\n          echo "B=2" >> .env\n          flyctl deploy'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 run: without | is one command: YAML joins its 3 lines by blanks, and echo becomes a word of the command before it',
      ],
    },
    'an action with a command without its shell': {
      ...workflow({
        steps: `${checkout}      - uses: ./ci/deploy\n${token}`,
        files: {'ci/deploy/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: flyctl deploy\n'},
      }),
      expect: [
        'warning ci/deploy/action.yml:4:5 a command in an action needs its shell: GitHub refuses the action ("Required property is missing: shell"), and its job fails',
      ],
    },
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
    'jobs that wait for each other': {
      ...workflow({
        job: '    needs: test\n',
        steps: `${checkout}${setup}      - run: flyctl deploy\n${token}  test:\n    needs: deploy\n    runs-on: ubuntu-latest\n    steps:\n${checkout}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:5:5 the jobs deploy, test wait for each other: GitHub refuses the whole workflow',
      ],
    },
    'a folder beside an action': {
      ...workflow({
        steps: `${checkout}      - uses: superfly/flyctl-actions@1.5\n        working-directory: api\n        with:\n          args: deploy\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 a step with uses cannot have working-directory: GitHub refuses the whole workflow',
      ],
    },
    'with beside a command': {
      ...workflow({steps: `${checkout}${setup}      - run: flyctl deploy\n        with:\n          args: x\n${token}`}),
      expect: [
        'warning .github/workflows/deploy.yml:9:9 a step with run cannot have with: GitHub refuses the whole workflow',
      ],
    },
    'env beside the call of a workflow': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/main.yml':
          'on: push\njobs:\n  deploy:\n    uses: ./.github/workflows/fly.yml\n    env:\n      FLY_API_TOKEN: x\n',
        '.github/workflows/fly.yml':
          'on: workflow_call\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n',
      },
      expect: [
        'warning .github/workflows/main.yml:5:5 a job that calls a workflow (uses) cannot have env: GitHub refuses the whole workflow',
      ],
    },
    'a key of a job in a step': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy\n        services:\n          db:\n            image: postgres:16\n${token}`,
      }),
      expect: [
        `warning .github/workflows/deploy.yml:9:9 a step has no key services: GitHub refuses the whole workflow ("Unexpected value 'services'")`,
      ],
    },
    'the folder of the steps as a key of the job': {
      ...workflow({job: '    working-directory: api\n'}),
      expect: [
        `warning .github/workflows/deploy.yml:5:5 a job has no key working-directory: GitHub refuses the whole workflow ("Unexpected value 'working-directory'")`,
      ],
    },
    'a job without a runner': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/fly.yml': 'on: push\njobs:\n  deploy:\n    steps:\n      - run: flyctl deploy\n',
      },
      expect: [
        'warning .github/workflows/fly.yml:3:3 the job deploy has no runs-on: GitHub refuses the whole workflow',
      ],
    },
    'a key that is misspelt': {
      ...workflow({steps: `${checkout}${setup}      - run: flyctl deploy\n        working_directory: api\n${token}`}),
      expect: [
        `warning .github/workflows/deploy.yml:9:9 a step has no key working_directory: GitHub refuses the whole workflow ("Unexpected value 'working_directory'")`,
      ],
    },
    'a variable where a key belongs': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy\n        FLY_API_TOKEN: \${{ secrets.FLY_API_TOKEN }}\n`,
      }),
      expect: [
        `warning .github/workflows/deploy.yml:9:9 a step has no key FLY_API_TOKEN: GitHub refuses the whole workflow ("Unexpected value 'FLY_API_TOKEN'")`,
      ],
    },
    'an input of the action beside it': {
      ...workflow({steps: `${checkout}        submodules: recursive\n${setup}      - run: flyctl deploy\n${token}`}),
      expect: [
        `warning .github/workflows/deploy.yml:7:9 a step has no key submodules: GitHub refuses the whole workflow ("Unexpected value 'submodules'")`,
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
    'what an event cannot be asked for': {
      ...workflow({
        head: 'on:\n  workflow_run:\n    workflows: [Tests]\n    paths: [api]\n  workflow_dispatch:\n    branches: [main]\n  push:\n    branches: [main]\n    branches-ignore: [old]\n',
      }),
      expect: [
        `warning .github/workflows/deploy.yml:4:13 workflow_run cannot be asked for paths: GitHub refuses the whole workflow ("Unexpected value 'paths'")`,
        `warning .github/workflows/deploy.yml:6:16 workflow_dispatch cannot be asked for branches: GitHub refuses the whole workflow ("Unexpected value 'branches'")`,
        'warning .github/workflows/deploy.yml:9:23 push has both branches and branches-ignore: GitHub refuses the whole workflow (it takes one of them)',
      ],
    },
  },
})
