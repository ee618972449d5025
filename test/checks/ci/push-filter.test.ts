import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, it} from 'vitest'
import check from '../../../checks/ci/push-filter.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

const dockerfile = 'FROM node:22\nCOPY packages/db ./db\nCOPY src ./src\nCMD ["node", "src/main.js"]\n'
const files = {Dockerfile: dockerfile, 'src/main.js': '', 'packages/db/index.js': ''}
const push = (filter: string, more: Record<string, string> = {}) =>
  workflow({head: `on:\n  push:\n    ${filter}\n`, files: {...files, ...more}})
const ci = 'name: Shop CI\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n'
const after = (names: string, more = '', other: Record<string, string> = {}) =>
  workflow({
    head: `on:\n  workflow_run:\n    workflows: ${names}\n    types: [completed]\n${more}`,
    files: {...files, '.github/workflows/ci.yml': ci, ...other},
  })

testCheck(check, {
  clean: {
    'no filter': workflow({files}),
    'all that is deployed': push("paths: ['src/**', 'packages/**', Dockerfile, fly.toml]"),
    'one of the patterns fits': push("paths: ['./src/**', 'src/**', 'packages/**', Dockerfile, fly.toml]"),
    'a filter that fits nothing, and another workflow without one': push("paths: ['./**']", {
      '.github/workflows/all.yml': (workflow().files as Record<string, string>)[
        '.github/workflows/deploy.yml'
      ] as string,
    }),
    'a tag, for which no filter of paths counts': push(
      "tags: ['v*']\n    paths: ['./src/**', './packages/**', './Dockerfile', './fly.toml']",
    ),
    'a filter of what is not deployed': push("paths-ignore: ['docs/**', '**.md']"),
    'another workflow without one': push('paths: [src/**]', {
      '.github/workflows/all.yml': (workflow().files as Record<string, string>)[
        '.github/workflows/deploy.yml'
      ] as string,
    }),
    'patterns of branches': push("branches: ['release/**', 'v[0-9]+.[0-9]+', '!main, dev']"),
    'one name that is none beside one that is': push("branches: [main, '-dev']"),
    'the same names for tags, too': push("branches: ['main, dev']\n    tags: ['v*']"),
    'a repository whose branches are not known': push('branches: [main]'),
    'waits for a workflow that is there': after('["Shop CI"]'),
    'waits for one of two': after('[Lint, shop ci]'),
    'waits for one without a name': after('[.github/workflows/lint.yml]', '', {
      '.github/workflows/lint.yml': ci.replace('name: Shop CI\n', ''),
    }),
    'is started by a push, too': after('[CI]', '  push:\n    branches: [main]\n'),
    'waits for a workflow that GitHub makes': after('[pages-build-deployment]'),
    'one of the workflows cannot be read': after('[CI]', '', {'.github/workflows/lint.yml': 'name: [\n'}),
  },
  flagged: {
    'patterns that begin with a dot': {
      ...push("paths: ['./src/**', '/fly.toml']"),
      expect: [
        'warning .github/workflows/deploy.yml:3:13 "./src/**" and "/fly.toml" fit no path, and so no push starts this deploy: paths begin at the top of the repository, without ./ or /',
      ],
    },
    'a dash without a blank behind it': {
      ...push('branches:\n      -main'),
      expect: [
        'warning .github/workflows/deploy.yml:3:5 no branch can be called "-main", and so no push starts this deploy',
      ],
    },
    'two names in one text': {
      ...push('branches:\n      - main, dev'),
      expect: [
        'warning .github/workflows/deploy.yml:4:9 no branch can be called "main, dev", and so no push starts this deploy',
      ],
    },
    'a package that is copied, too': {
      ...push('paths: [src/**, Dockerfile]'),
      expect: [
        'info .github/workflows/deploy.yml:3:13 a push that changes fly.toml and packages/db alone starts no deploy: the filter of paths leaves it out',
      ],
    },
    'waits for the name of a file': {
      ...after('[ci.yml]', '  workflow_dispatch:\n'),
      expect: [
        'warning .github/workflows/deploy.yml:3:17 no workflow of the repository is called "ci.yml": this deploy waits for its end, which never comes',
      ],
    },
    'waits for a name that was changed': {
      ...after('\n      - CI'),
      expect: [
        'warning .github/workflows/deploy.yml:4:9 no workflow of the repository is called "CI": this deploy waits for its end, which never comes',
      ],
    },
    'a folder that is left out': {
      ...push("paths-ignore: ['**.md', 'packages/**']"),
      expect: [
        'info .github/workflows/deploy.yml:3:20 a push that changes packages/db alone starts no deploy: the filter of paths leaves it out',
      ],
    },
  },
})

it.each([
  ['main', 'warning the repository has no branch "main", and so no push starts this deploy: its main branch is trunk'],
  // Whoever deploys may make it then.
  ['production', 'info the repository has no branch "production" yet: a push to trunk starts no deploy'],
])('knows from a clone that no branch is called %s', async (name, expected) => {
  const project = push(`branches: [${name}]`).files as Record<string, string>
  const origin = temporary(project)
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {stdio: 'pipe'})
  git(origin, 'init', '-q', '-b', 'trunk')
  for (const path of Object.keys(project)) {
    mkdirSync(dirname(join(origin, path)), {recursive: true})
    writeFileSync(join(origin, path), project[path] as string)
  }
  git(origin, 'add', '.')
  git(origin, 'commit', '-qm', 'first')
  const clone = join(temporary({}), 'clone')
  git(origin, 'clone', '-q', origin, clone)
  const report = await preflight({root: clone, offline: true, only: ['ci/push-filter'], env: {}})
  const told = report.checks.flatMap(({findings}) => findings.map((each) => `${each.severity} ${each.message}`))
  expect(told).toEqual([expected])
})
