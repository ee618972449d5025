import {describe, expect, it} from 'vitest'
import {check} from '../harness.ts'

// Work that grows with the square of these would not end before the time limit of a test.
const long = 120_000
const runs: Record<string, string> = {
  'blank lines': '\n'.repeat(long),
  blanks: ` ${' '.repeat(long)}x`,
  redirections: `flyctl deploy ${'>'.repeat(long)}x`,
  'the word postgres': 'postgres'.repeat(long / 8),
  'the word alembic': 'alembic '.repeat(long / 8),
  digits: '0'.repeat(long),
  slashes: '/'.repeat(long),
  quotes: '"'.repeat(long),
  'comments that ignore nothing': '# preflight-ignore\n'.repeat(long / 20),
}
const app = {
  'fly.toml': 'app = "shop"\n[processes]\nweb = "./run.sh"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
  Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nCMD ["./run.sh"]\n',
  'alembic/env.py': 'from alembic import context\n',
}
/** Each kind of text that is searched by patterns, with the run in its middle. */
const around = (run: string) => ({
  ...app,
  Dockerfile: `${app.Dockerfile}RUN echo ${run}\n`,
  'requirements.txt': `alembic\n${run}\npsycopg ${run} ; x\n`,
  'alembic.ini': `[alembic]\nscript_location = alembic\na${run} = b\n`,
  'run.sh': `#!/bin/sh\n${run}\nexec uvicorn app.main:app\n`,
  'app/main.py': `import os\n"""\n${run}\n"""\nos.environ["A"]\n`,
  'server.js': `// ${run}\nrequire("express")().listen(8080)\n`,
  'main.go': `package main\n/*\n${run}\n*/\n`,
  'config/runtime.exs': `# ${run}\n`,
  Gemfile: `# ${run}\n`,
  '.npmrc': `${run}\n`,
  'README.md': run,
  '.github/workflows/deploy.yml': `on: push\njobs:\n  d:\n    runs-on: x\n    steps:\n      - run: |\n          flyctl deploy ${run.replaceAll('\n', '\n          ')}\n`,
})

describe('a project with a long run of', () => {
  it.each(Object.entries(runs))('%s', async (_, run) => {
    const report = await check({files: around(run), options: {offline: true}})
    expect(report.checks.filter(({reason}) => /broke: /.test(reason ?? ''))).toEqual([])
  })
})

it('a configuration of nginx with blocks in blocks', async () => {
  const files = {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM nginx:1.29\nCOPY web.conf /etc/nginx/conf.d/default.conf\n',
    'web.conf': 'if a{'.repeat(long / 3),
  }
  const report = await check({files, options: {offline: true}})
  expect(report.checks.find(({id}) => id === 'image/nginx-syntax')?.findings).toHaveLength(1)
})
