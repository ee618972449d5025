import {describe, expect, it} from 'vitest'
import type {ReportedFinding} from '../../src/report/report.ts'
import {workflow} from '../checks/ci/workflows.ts'
import {check, line} from '../harness.ts'
import type {Files} from '../memory.ts'

const fly = 'app = "shop"\n'
const python = {'fly.toml': fly, Dockerfile: 'FROM python:3.13-slim\nCOPY . .\nRUN pip install -r requirements.txt\n'}

/** In each kind of file: a project with one finding of the check, and what a comment looks like there. */
const cases: [kind: string, id: string, file: string, files: Files, comment?: (text: string) => string][] = [
  ['fly.toml', 'fly-config/unknown-key', 'fly.toml', {'fly.toml': `${fly}[env]\nA = "1"\n[nonsense]\n`}],
  ['fly.yaml', 'fly-config/unknown-key', 'fly.yaml', {'fly.yaml': 'app: shop\nnonsense: 1\n'}],
  [
    'a Dockerfile',
    'dockerfile/multi-stage',
    'Dockerfile',
    {'fly.toml': fly, Dockerfile: 'FROM debian\nRUN apt-get install -y gcc\n'},
  ],
  [
    'the middle of an instruction',
    'dockerfile/multi-stage',
    'Dockerfile',
    {'fly.toml': fly, Dockerfile: 'FROM debian\nRUN apt-get update && \\\n  apt-get install -y \\\n    gcc\n'},
  ],
  [
    'Python',
    'python/reserved-attribute',
    'models.py',
    {...python, 'models.py': 'class Note(Base):\n    metadata = Column(JSON)\n'},
  ],
  [
    'a shell script',
    'image/command-program',
    'start.sh',
    {
      'fly.toml': fly,
      Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
      'start.sh': '#!/bin/sh\n\npsql -c "select 1"\n',
    },
  ],
  [
    'a workflow',
    'ci/flyctl-flags',
    '.github/workflows/deploy.yml',
    workflow({run: 'flyctl deploy --region fra'}).files as Files,
  ],
  [
    'the script of a workflow',
    'ci/flyctl-flags',
    '.github/workflows/deploy.yml',
    workflow({run: '|\n          echo deploying\n          flyctl deploy --verbos'}).files as Files,
  ],
  [
    'requirements.txt',
    'python/package-name',
    'requirements.txt',
    {...python, 'requirements.txt': 'flask\nplaywright.async_api>=1.40\n'},
  ],
  [
    'alembic.ini',
    'alembic/config',
    'alembic.ini',
    {
      'fly.toml': `${fly}[deploy]\nrelease_command = "alembic upgrade head"\n`,
      Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install alembic\n',
      'alembic.ini': '[alembic]\nscript_location = nowhere\n',
    },
    (text) => `; ${text}`,
  ],
  [
    'JavaScript',
    'node/import-package',
    'server.js',
    {
      'fly.toml': fly,
      'package.json': '{"dependencies": {}}',
      'package-lock.json': '{"packages": {}}',
      'server.js': "'use strict'\nimport fetch from 'node-fetch'\n",
    },
    (text) => `// ${text}`,
  ],
  [
    'JavaScript, between asterisks',
    'node/import-package',
    'server.js',
    {
      'fly.toml': fly,
      'package.json': '{"dependencies": {}}',
      'package-lock.json': '{"packages": {}}',
      'server.js': "'use strict'\nimport fetch from 'node-fetch'\n",
    },
    (text) => `/* ${text} */`,
  ],
]

describe('a comment on the line before excuses a finding', () => {
  it.each(cases)('in %s', async (_, id, file, files, comment = (text) => `# ${text}`) => {
    const run = async (text: string) => {
      const report = await check({files: {...files, [file]: text}, options: {only: [id, 'settings']}})
      return {
        findings: report.checks.flatMap(({findings}) => findings),
        ignored: report.checks.flatMap((each) => each.ignored),
      }
    }
    const text = String(files[file])
    const [finding, ...others] = (await run(text)).findings
    expect(others).toEqual([])
    expect(finding?.location).toMatchObject({file})
    const {line: at} = (finding as ReportedFinding).location as {line: number}
    const lines = text.split('\n')
    const indent = /^\s*/.exec(lines[at - 1] as string)?.[0] ?? ''
    lines.splice(at - 1, 0, `${indent}${comment(`preflight-ignore ${id} -- it is right here`)}`)
    const excused = await run(lines.join('\n'))
    expect(excused.findings.map(line)).toEqual([])
    expect(excused.ignored).toEqual([
      {finding: expect.objectContaining({message: finding?.message}), reason: 'it is right here'},
    ])
  })
})

describe('a comment with a date', () => {
  const run = async (until: string) => {
    const text = `${fly}# preflight-ignore fly-config/unknown-key until ${until} -- the new flyctl has it\nnonsense = 1\n`
    const report = await check({files: {'fly.toml': text}, options: {only: ['fly-config/unknown-key', 'settings']}})
    return report.checks.flatMap(({findings}) => findings.map(({message}) => message))
  }

  it('counts up to and including that day', async () => {
    expect(await run('2026-07-01')).toEqual([])
  })

  it('and is told of from the next one', async () => {
    expect(await run('2026-06-30')).toEqual([
      expect.stringContaining('nonsense'),
      'the ignore of fly-config/unknown-key ended on 2026-06-30',
    ])
  })
})
