import check from '../../../checks/ci/action-inputs.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const project = (step: string, files: Record<string, string> = {}, before = checkout) =>
  workflow({steps: `${before}${step}${setup}      - run: flyctl deploy\n${token}`, files})
const java = (inputs: string, tag = 'v4') => `      - uses: actions/setup-java@${tag}\n        with:\n${inputs}`
const node = (inputs: string, tag = 'v4') => `      - uses: actions/setup-node@${tag}\n        with:\n${inputs}`
const python = (version: string) =>
  `      - uses: actions/setup-python@v5\n        with:\n          python-version: ${version}\n`
const version = '          java-version: 21\n'
const cache = '          cache: npm\n'

const ruby = (version: string, gemfile: string, more = '          bundler-cache: true\n') =>
  project(`      - uses: ruby/setup-ruby@v1\n        with:\n          ruby-version: ${version}\n${more}`, {
    Gemfile: `source "https://rubygems.org"\n${gemfile}\ngem "rails"\n`,
  })

const own = (inputs: string, run: string, given: string) =>
  project(`      - uses: ./.github/actions/prepare\n        with:\n          ${given}\n`, {
    '.github/actions/prepare/action.yml': `name: prepare\ninputs:\n${inputs}runs:\n  using: composite\n  steps:\n    - run: ${run}\n`,
  })

testCheck(check, {
  clean: {
    'the Ruby of the Gemfile': ruby('3.3.10', 'ruby "3.3.10"'),
    'the newest of its kind': ruby('3.3', 'ruby "3.3.10"'),
    'a Gemfile that takes several': ruby('3.3.0', 'ruby ">= 3.3.0"'),
    'another Ruby, without Bundler': ruby('3.3.0', 'ruby "3.3.10"', ''),
    'an action of the project with all': own(
      '  app-name:\n    required: true\n',
      'echo ${{ inputs.app-name }}\n      shell: bash',
      'App-Name: shop',
    ),
    'an input that has a default, and one that is like no other': own(
      '  app-name:\n    default: shop\n  region: {}\n',
      'echo\n      shell: sh',
      'app_name: shop',
    ),
    'all that it wants': project(java(`${version}          distribution: temurin\n`)),
    'a name in capitals': project(java(`${version}          Distribution: temurin\n`)),
    'version 1 had no distributions': project(java(version, 'v1')),
    'a file may say which Java': project(java('          java-version-file: .sdkmanrc\n'), {
      '.sdkmanrc': 'java=21-tem\n',
    }),
    'a step that only runs sometimes': project(
      java(version).replace('        with', '        if: false\n        with'),
    ),
    'the lock file is there': project(node(cache), {'package-lock.json': '{}'}),
    'that of yarn will do': project(node(cache), {'yarn.lock': ''}),
    'it is named': project(node(`${cache}          cache-dependency-path: web/package-lock.json\n`), {
      'web/package-lock.json': '{}',
    }),
    'versions of Python': project(python("'3.10'") + python('3.12') + python('"3.20"') + python('3') + python('3.0')),
    'another number with a nought behind it': project(node('          node-version: 20.10\n')),
    'a version of Python by the matrix': project(python('${{ matrix.python }}')),
    'no cache': project(node("          cache: ''\n")),
    'an expression': project(node('          cache: ${{ inputs.cache }}\n')),
    'a step before makes it': project(node(cache), {}, `${checkout}      - run: npm i --package-lock-only\n`),
    'another repository is checked out': project(
      node(cache),
      {},
      `${checkout}        with:\n          repository: shop/web\n`,
    ),
    'a requirements.txt anywhere': project(
      '      - uses: actions/setup-python@v5\n        with:\n          cache: pip\n',
      {'api/requirements.txt': ''},
    ),
  },
  flagged: {
    'another Ruby than that of the Gemfile': {
      ...ruby('3.3.0', 'ruby "3.3.10"'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 ruby-version is 3.3.0, and the Gemfile wants exactly 3.3.10: Bundler stops, and the job deploy ends before it deploys',
      ],
    },
    'a version of Python that YAML cuts short': {
      ...project(python('3.10')),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 python-version: 3.10 is the number 3.1 to YAML: actions/setup-python finds no Python 3.1 and stops, and the job deploy ends before it deploys',
      ],
    },
    'a run of an action without a shell': {
      ...own('  app-name: {}\n', 'echo', 'app-name: shop'),
      expect: [
        'warning .github/actions/prepare/action.yml:7:5 a run of .github/actions/prepare/action.yml names no shell: GitHub refuses the action ("Required property is missing: shell"), and the job deploy ends before it deploys',
      ],
    },
    'an input of another name': {
      ...own('  fly-token:\n    required: true\n', 'echo\n      shell: sh', 'fly_token: x'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 ./.github/actions/prepare has no input fly_token: GitHub only warns of that, and fly-token of the action is empty',
      ],
    },
    'no distribution': {
      ...project(java(version)),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 actions/setup-java is not given distribution: it stops with "Input required and not supplied", and the job deploy ends before it deploys',
      ],
    },
    'a lock file in a folder': {
      ...project(node(cache), {'web/package-lock.json': '{}'}),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 cache: npm lets actions/setup-node look for "package-lock.json", "npm-shrinkwrap.json" or "yarn.lock" at the top of the repository, and there is none: it stops, and the job deploy ends before it deploys',
      ],
    },
    'behind pnpm/action-setup': {
      ...project(
        node(cache.replace('npm', 'pnpm')),
        {},
        `${checkout}      - uses: pnpm/action-setup@v4\n        with:\n          version: 10\n`,
      ),
      expect: [
        'warning .github/workflows/deploy.yml:12:11 cache: pnpm lets actions/setup-node look for "pnpm-lock.yaml" at the top of the repository, and there is none: it stops, and the job deploy ends before it deploys',
      ],
    },
    'nothing for pip': {
      ...project('      - uses: actions/setup-python@v5\n        with:\n          cache: pip\n'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 cache: pip lets actions/setup-python look for "requirements.txt" or "pyproject.toml" in the repository, and there is none: it stops, and the job deploy ends before it deploys',
      ],
    },
  },
})
