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

testCheck(check, {
  clean: {
    'no filter': workflow({files}),
    'all that is deployed': push("paths: ['src/**', 'packages/**', Dockerfile, fly.toml]"),
    'a filter of what is not deployed': push("paths-ignore: ['docs/**', '**.md']"),
    'another workflow without one': push('paths: [src/**]', {
      '.github/workflows/all.yml': (workflow().files as Record<string, string>)[
        '.github/workflows/deploy.yml'
      ] as string,
    }),
    'a repository whose branches are not known': push('branches: [main]'),
  },
  flagged: {
    'a package that is copied, too': {
      ...push('paths: [src/**, Dockerfile]'),
      expect: [
        'info .github/workflows/deploy.yml:3:13 a push that changes fly.toml and packages/db alone starts no deploy: the filter of paths leaves it out',
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

it('knows from a clone that no branch has that name', async () => {
  const project = push('branches: [main]').files as Record<string, string>
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
  const messages = report.checks.flatMap(({findings}) => findings.map(({message}) => message))
  expect(messages).toEqual([
    'the repository has no branch "main", and so no push starts this deploy: its main branch is trunk',
  ])
})
