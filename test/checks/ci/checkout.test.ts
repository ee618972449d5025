import check from '../../../checks/ci/checkout.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const steps = (before: string, run = 'flyctl deploy') =>
  workflow({steps: `${before}${setup}      - run: ${run}\n${token}`})

/** A first step, before the checkout, of a job whose steps work in a folder. */
const early = (first: string, {folder = 'src', job = '', runner = 'ubuntu-latest'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ${runner}\n${job}    defaults:\n      run:\n        working-directory: ${folder}\n    steps:\n${first}${checkout}${setup}      - run: flyctl deploy\n${token}`,
  },
})
const asks = '      - run: test -n "$TOKEN"\n'

/** A version that git tells, in a workflow that the main branch starts. */
const version = (command: string, {on = 'on: {push: {branches: [main]}}', depth = ''} = {}) =>
  workflow({
    head: `${on}\n`,
    steps: `      - uses: actions/checkout@v4\n${depth}      - run: ${command}\n${setup}      - run: flyctl deploy\n${token}`,
  })
const describe = 'echo "VERSION=$(git describe --tags --abbrev=0)" >> $GITHUB_ENV'

testCheck(check, {
  clean: {
    'a version, with the history': version(describe, {depth: '        with:\n          fetch-depth: 0\n'}),
    'a version of the tag that starts it': version(describe, {on: 'on: {push: {tags: ["v*"]}}'}),
    'a version, or the commit': version('git describe --tags --always'),
    'a version, or none': version('git describe --tags || echo none'),
    'a version whose tags are fetched': version('git fetch --tags --unshallow && git describe --tags'),
    'the checkout comes first': early(''),
    'the step before it works at the top': early(`${asks}        working-directory: .\n`),
    'the folder is the top': early(asks, {folder: './'}),
    'a folder that is there': early(asks, {folder: '/tmp'}),
    'a folder that the run tells': early(asks, {folder: '${{ inputs.folder }}'}),
    'a machine of its own, which keeps what it has': early(asks, {runner: 'self-hosted'}),
    'such a machine with the label of a system': early(asks, {runner: '[self-hosted, ubuntu-22.04]'}),
    'a container': early(asks, {job: '    container: node:22\n'}),
    'a step makes the folder before': early(`      - run: mkdir -p src\n        working-directory: .\n${asks}`),
    'it may not run': early(`${asks}        if: github.event_name == 'push'\n`),
    'an action alone': early('      - uses: actions/setup-node@v4\n'),
    'checked out': steps(checkout),
    'cloned by hand': steps('      - run: git clone https://example.com/shop .\n'),
    'an artifact of another job': steps('      - uses: actions/download-artifact@v4\n'),
    'an archive of another workflow': steps('      - run: unzip release.zip\n'),
    'a configuration that a step writes': steps('      - run: echo "$CONFIG" > fly.toml\n'),
    'a ready image needs no files': steps('', 'flyctl deploy -a shop --image registry.fly.io/shop:1'),
    'an action that may do anything': steps('      - uses: acme/prepare@v1\n'),
  },
  flagged: {
    'a version by a tag that the checkout lacks': {
      ...version(describe),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 git describe looks for a tag, and actions/checkout brings one commit without any: it stops with "No names found", and what is deployed gets no version',
      ],
    },
    'a step before the checkout works in a folder of the project': {
      ...early(asks),
      expect: [
        'warning .github/workflows/deploy.yml:9:7 this step works in src, which is not there before the project is checked out: the job ends with it, and deploys nothing',
      ],
    },
    'nothing brings the files': {
      ...steps(''),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 no step before flyctl deploy checks the project out: flyctl finds no configuration in the empty folder',
      ],
    },
  },
})
