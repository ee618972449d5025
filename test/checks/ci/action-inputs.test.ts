import check from '../../../checks/ci/action-inputs.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const project = (step: string, files: Record<string, string> = {}, before = checkout) =>
  workflow({steps: `${before}${step}${setup}      - run: flyctl deploy\n${token}`, files})
const java = (inputs: string, tag = 'v4') => `      - uses: actions/setup-java@${tag}\n        with:\n${inputs}`
const node = (inputs: string, tag = 'v4') => `      - uses: actions/setup-node@${tag}\n        with:\n${inputs}`
const version = '          java-version: 21\n'
const cache = '          cache: npm\n'

testCheck(check, {
  clean: {
    'all that it wants': project(java(`${version}          distribution: temurin\n`)),
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
