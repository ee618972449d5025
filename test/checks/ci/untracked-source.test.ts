import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import check from '../../../checks/ci/untracked-source.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const files = {
  Dockerfile: 'FROM nginx:1\nCOPY site/ /usr/share/nginx/html/\n',
  'site/index.html': '',
  '.gitignore': 'site/\n',
}
const after = (step: string, more: Record<string, string> = files) =>
  workflow({steps: `${checkout}${step}${setup}      - run: flyctl deploy\n${token}`, files: more})

/** What a build makes, and nobody has here. */
const jar = {
  Dockerfile: 'FROM eclipse-temurin:21\nCOPY target/shop.jar app.jar\n',
  'pom.xml': '<project/>\n',
  '.gitignore': 'target/\n',
}

testCheck(check, {
  clean: {
    'git has it': workflow({files: {...files, '.gitignore': ''}}),
    'the folder above the context is the context': workflow({files: {Dockerfile: 'FROM nginx:1\nCOPY .. /srv/\n'}}),
    'a step makes it': after('      - run: hugo -d site\n'),
    'a step builds something': after('      - run: npm run build\n'),
    'an artifact of another job': after('      - uses: actions/download-artifact@v4\n'),
    'a step builds what git ignores': workflow({
      steps: `${checkout}      - run: ./mvnw package\n${setup}      - run: flyctl deploy\n${token}`,
      files: jar,
    }),
    'a stage that nothing needs': workflow({
      files: {...files, Dockerfile: 'FROM nginx:1 AS local\nCOPY site/ /srv/\nFROM nginx:1\n'},
    }),
    'another target': workflow({run: 'flyctl deploy --build-target slim', files}),
    'a ready image': workflow({run: 'flyctl deploy --image shop:1', files}),
    'no workflow deploys this configuration': {
      files: {'fly.toml': 'app = "shop"\n', ...files, '.github/workflows/x.yml': 'flyctl: 1\njobs: {}\n'},
    },
  },
  flagged: {
    'git ignores it, and it is here': {
      ...workflow({files}),
      expect: [
        "warning Dockerfile:2:1 site is here, and git does not have it: in the workflow's checkout COPY does not find it",
      ],
    },
  },
})

it.each([
  ['', ['.github/workflows/deploy.yml:8']],
  ['      - run: ./mvnw package\n', []],
  ['      - run: ./prepare.sh\n', []],
])('tells of what git ignores where no step builds it', async (step, expected) => {
  expect(await foundIn(after(step, jar).files)).toEqual(expected)
})

it('says nothing of the folder of git itself, which each checkout has', async () => {
  const {files: all} = workflow({files: {Dockerfile: 'FROM golang:1.25\nCOPY .git/ ./.git\nCOPY .git/HEAD ./\n'}})
  expect(await foundIn(all)).toEqual([])
})

it('tells of it where a stage was to have it of a folder that is copied as a whole', async () => {
  const files = {
    Dockerfile:
      'FROM node:22 AS build\nWORKDIR /app\nCOPY shop/ shop/\nFROM node:22\nCOPY --from=build /app/shop/identity.md ./\n',
    'shop/index.js': '',
    '.gitignore': 'shop/identity.md\n',
  }
  expect(await foundIn(after('', files).files)).toEqual(['.github/workflows/deploy.yml:8'])
})

it('says nothing of what a RUN of the stage makes, where settings name it', async () => {
  const files = {
    Dockerfile:
      'FROM node:22 AS build\nWORKDIR /app\nCOPY package.json tsconfig.json ./\nCOPY src/ src/\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/built /app/built\n',
    'package.json': '{"scripts": {"build": "tsc"}}',
    'tsconfig.json': '{"compilerOptions": {"outDir": "./built"}}',
    'src/index.ts': '',
    '.gitignore': 'built\n',
  }
  expect(await foundIn(after('', files).files)).toEqual([])
})

async function foundIn(all: unknown): Promise<unknown[]> {
  const root = temporary(all as Record<string, string>)
  execFileSync('git', ['-C', root, 'init', '-q'])
  execFileSync('git', ['-C', root, 'add', '-A'])
  const report = await preflight({root, offline: true, only: ['ci/untracked-source'], env: {}})
  const found = report.checks.flatMap(({findings}) => findings)
  return found.map(({location}) => 'file' in location && `${location.file}:${location.line}`)
}
