import check from '../../../checks/ci/reusable-workflow.ts'
import {testCheck} from '../../harness.ts'

const called = (on: string) =>
  `on:\n  ${on}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n`
const project = (call: string, on = 'workflow_call:', path = 'deploy.yml') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    '.github/workflows/deploy.yml': called(on),
    '.github/workflows/main.yml': `on: push\njobs:\n  fly:\n    uses: ./.github/workflows/${path}\n${call}`,
  },
})
const inputs = (rest: string) => `workflow_call:\n    inputs:\n      app: ${rest}`
const secrets = 'workflow_call:\n    secrets:\n      TOKEN: {required: true}'

const reads = (call: string, job = '', secret = 'FLY_API_TOKEN') => ({
  files: {
    ...project(call).files,
    '.github/workflows/deploy.yml': `on: workflow_call\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n${job}    env:\n      FLY_API_TOKEN: \${{ secrets.${secret} }}\n    steps:\n      - run: flyctl deploy\n`,
  },
})

const rights = ({caller = '', all = '', job = '', called = ''}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    '.github/workflows/deploy.yml': `on: workflow_call\n${called}jobs:\n  deploy:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - run: flyctl deploy\n`,
    '.github/workflows/main.yml': `on: push\n${all}jobs:\n  fly:\n    uses: ./.github/workflows/deploy.yml\n${caller}`,
  },
})

/** A workflow that stands, or is called, elsewhere than GitHub looks. */
const elsewhere = (uses: string, file: string, job = 'fly') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    [file]: called('workflow_call:'),
    '.github/workflows/main.yml': `on: push\njobs:\n  ${job}:\n    uses: ${uses}\n    secrets: inherit\n`,
  },
})

testCheck(check, {
  clean: {
    'a secret that a build without flyctl reads': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/test.yml':
          'on: workflow_call\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make cover\n        env:\n          TOKEN: ${{ secrets.CODECOV_TOKEN }}\n',
        '.github/workflows/main.yml':
          'on: push\njobs:\n  test:\n    uses: ./.github/workflows/test.yml\n  deploy:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n',
      },
    },
    'an action of the project is another thing': {
      files: {
        ...project('').files,
        '.github/workflows/main.yml':
          'on: push\njobs:\n  fly:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./deploy\n',
        'deploy/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: flyctl deploy\n      shell: bash\n',
      },
    },
    'one that only names it': elsewhere(
      '.github/workflows/lint.yml # beside .github/workflows/deploy.yml',
      '.github/workflows/deploy.yml',
      'lint',
    ),
    'another one outside is not about the deploy': elsewhere('./lint.yml', '.github/workflows/deploy.yml', 'lint'),
    'the rights that it asks for': rights({
      caller: '    permissions:\n      contents: write\n',
      all: 'permissions:\n  contents: read\n',
      job: '    permissions:\n      contents: read\n',
    }),
    'rights by what the repository gives to all': rights({job: '    permissions:\n      contents: write\n'}),
    'all rights': rights({caller: '    permissions: write-all\n', called: 'permissions:\n  deployments: write\n'}),
    'none that it asks for': rights({all: 'permissions:\n  contents: read\n'}),
    'its own are less than those above': rights({
      all: 'permissions: read-all\n',
      called: 'permissions: write-all\n',
      job: '    permissions:\n      contents: read\n',
    }),
    'a workflow that asks for nothing': project(''),
    'what is required': project('    with:\n      app: shop\n', inputs('{type: string, required: true}')),
    'what has a default': project('', inputs('{type: string, required: true, default: shop}')),
    'all secrets at once': project('    secrets: inherit\n', secrets),
    'the secrets that it reads are handed over': reads('    secrets: inherit\n'),
    'an environment may have them': reads('', '    environment: production\n'),
    'the token of GitHub is there': reads('', '', 'GITHUB_TOKEN'),
    'a workflow of another repository': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/main.yml':
          'on: push\njobs:\n  fly:\n    uses: acme/flyctl/.github/workflows/deploy.yml@main\n',
      },
    },
    'a workflow that is not about flyctl': {
      files: {
        ...project('').files,
        '.github/workflows/main.yml':
          'on: push\njobs:\n  test:\n    uses: ./.github/workflows/test.yml\n  fly:\n    uses: ./.github/workflows/deploy.yml\n',
        '.github/workflows/test.yml': 'on: workflow_call\n',
      },
    },
  },
  flagged: {
    'an input that a build without flyctl does not have': {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/build.yml':
          'on:\n  workflow_call:\n    inputs:\n      artifact: {type: boolean}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
        '.github/workflows/main.yml':
          'on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n    with:\n      artifact: true\n      HOSTS: a\n  deploy:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n',
      },
      expect: [
        'warning .github/workflows/main.yml:7:7 .github/workflows/build.yml has no input HOSTS: GitHub refuses the whole workflow ("Invalid input, HOSTS is not defined in the referenced workflow")',
      ],
    },
    'a workflow outside of the folder': {
      ...elsewhere('./ci/deploy.yaml', 'ci/deploy.yaml'),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job fly calls ./ci/deploy.yaml: GitHub refuses the whole workflow, for a workflow is called by ./.github/workflows/ and its name',
      ],
    },
    'a path without ./': {
      ...elsewhere('.github/workflows/deploy.yml', '.github/workflows/deploy.yml'),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job fly calls .github/workflows/deploy.yml: GitHub refuses the whole workflow, for a workflow is called by ./.github/workflows/ and its name',
      ],
    },
    'a path without ./, and nothing else about Fly.io': {
      ...elsewhere('.github/workflows/deploy.yml', '.github/workflows/deploy.yml', 'api'),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job api calls .github/workflows/deploy.yml: GitHub refuses the whole workflow, for a workflow is called by ./.github/workflows/ and its name',
      ],
    },
    'more rights than its caller has': {
      ...rights({
        all: 'permissions:\n  contents: read\n',
        job: '    permissions:\n      id-token: write\n      contents: read\n',
      }),
      expect: [
        'warning .github/workflows/main.yml:6:5 the job deploy of .github/workflows/deploy.yml asks for id-token: write, and the job fly, which calls it, is allowed id-token: none: GitHub refuses the whole workflow',
      ],
    },
    'more rights, for all of its jobs': {
      ...rights({caller: '    permissions: read-all\n', called: 'permissions:\n  deployments: write\n'}),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job deploy of .github/workflows/deploy.yml asks for deployments: write, and the job fly, which calls it, is allowed deployments: read: GitHub refuses the whole workflow',
      ],
    },
    'all rights, of a caller with some': {
      ...rights({caller: '    permissions: {contents: read}\n', called: 'permissions: read-all\n'}),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job deploy of .github/workflows/deploy.yml asks for read-all, and the job fly, which calls it, is allowed less: GitHub refuses the whole workflow',
      ],
    },
    'secrets that nobody hands over': {
      ...reads(''),
      expect: [
        'warning .github/workflows/main.yml:4:5 .github/workflows/deploy.yml reads the secret FLY_API_TOKEN, and the job fly hands no secrets over: it is empty there',
      ],
    },
    'a workflow that there is not': {
      ...project('', 'workflow_call:', 'fly-deploy.yml'),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job fly calls .github/workflows/fly-deploy.yml, which the repository does not have: GitHub refuses the whole workflow',
      ],
    },
    'one that nobody can call': {
      ...project('', 'push:'),
      expect: [
        'warning .github/workflows/main.yml:4:5 the job fly calls .github/workflows/deploy.yml, which is not made for it: GitHub refuses a workflow without on: workflow_call there',
      ],
    },
    'an input that is not given': {
      ...project('', inputs('{type: string, required: true}')),
      expect: [
        'warning .github/workflows/main.yml:4:5 .github/workflows/deploy.yml requires the input app, which the job fly does not give: GitHub refuses the whole workflow',
      ],
    },
    'an input of another name': {
      ...project('    with:\n      apps: shop\n', inputs('{type: string}')),
      expect: [
        'warning .github/workflows/main.yml:6:7 .github/workflows/deploy.yml has no input apps: GitHub refuses the whole workflow ("Invalid input, apps is not defined in the referenced workflow")',
      ],
    },
    'secrets of another name': {
      ...project('    secrets:\n      FLY: ${{ secrets.FLY }}\n', secrets),
      expect: [
        'warning .github/workflows/main.yml:4:5 .github/workflows/deploy.yml requires the secret TOKEN, which the job fly does not give: GitHub refuses the whole workflow',
        'warning .github/workflows/main.yml:6:7 .github/workflows/deploy.yml has no secret FLY: GitHub refuses the whole workflow ("Invalid secret, FLY is not defined in the referenced workflow")',
      ],
    },
  },
})
