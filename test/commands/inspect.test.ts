import {execFileSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {preflight, temporary} from '../cli.ts'

const project = {
  'fly.toml': 'app = "shop"\n[deploy]\nwait_timeout = "5m"\n',
  Dockerfile:
    'FROM scratch\nENV A=1 API_TOKEN=hunter22\nWORKDIR /app\nCOPY app.py ./\nEXPOSE 8000\nCMD ["python", "app.py"]\n',
  'app.py': '',
}

describe('preflight inspect', () => {
  it('image: shows the configuration and where each file comes from', async () => {
    const {code, stdout} = await preflight(['inspect', 'image'], {cwd: temporary(project)})
    expect(code).toBe(0)
    expect(stdout).toContain('WorkingDir    /app\n')
    expect(stdout).toContain('Cmd           ["python","app.py"]\n')
    expect(stdout).toContain('  /app/app.py  app.py  Dockerfile:4\n')
    expect(stdout).not.toContain('hunter22')
  })

  it("image --json: in Docker's own names", async () => {
    const {stdout} = await preflight(['inspect', 'image', '--json'], {cwd: temporary(project)})
    expect(JSON.parse(stdout)).toMatchObject({
      config: {WorkingDir: '/app', User: '', Entrypoint: null, Cmd: ['python', 'app.py'], ExposedPorts: ['8000/tcp']},
      files: [{path: '/app/app.py', source: 'app.py', at: {file: 'Dockerfile', line: 4}}],
      unknown: [],
    })
  })

  it('image: leaves to the base image what no instruction sets', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM golang:1.24\nRUN go version\n'})
    const {config} = JSON.parse((await preflight(['inspect', 'image', '--json'], {cwd})).stdout)
    expect(config).toMatchObject({WorkingDir: '', User: '', Entrypoint: null, Cmd: null})
  })

  it('image: shows all files of a large one', async () => {
    const many = Object.fromEntries(Array.from({length: 300}, (_, index) => [`src/a-file-with-a-name-${index}`, '']))
    const cwd = temporary({'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM scratch\nCOPY src /app/src\n', ...many})
    const {stdout} = await preflight(['inspect', 'image', '--json'], {cwd})
    expect(JSON.parse(stdout).files).toHaveLength(300)
    const text = await preflight(['inspect', 'image'], {cwd})
    expect(text.stdout).toContain('/app/src/a-file-with-a-name-299')
  })

  it('processes: shows what the machines run, and what that starts', async () => {
    const cwd = temporary({
      'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "flask db upgrade"\n',
      Dockerfile: 'FROM debian\nWORKDIR /app\nCOPY start.sh ./\nCMD ["./start.sh"]\n',
      'start.sh': '#!/bin/sh\nset -e\n[ -n "$SEED" ] && ./seed\nexec gunicorn app:app\n',
    })
    const {stdout} = await preflight(['inspect', 'processes'], {cwd})
    expect(stdout).toContain('release_command\n  flask db upgrade  fly.toml:3\n')
    expect(stdout).toContain('CMD\n  ./start.sh  Dockerfile:4\n')
    expect(stdout).toContain('  ./seed  start.sh:3  (not sure to run)\n')
    const data = JSON.parse((await preflight(['inspect', 'processes', '--json'], {cwd})).stdout)
    expect(data.at(-1)).toMatchObject({by: 'CMD', command: 'gunicorn app:app', at: {file: 'start.sh', line: 4}})
  })

  it('processes: the settings that a program reads are no script', async () => {
    const cwd = temporary({
      'fly.toml': 'app = "shop"\n',
      Dockerfile:
        'FROM debian\nCOPY litestream.yml /etc/litestream.yml\nCMD ["litestream", "replicate", "-config", "/etc/litestream.yml"]\n',
      'litestream.yml': 'dbs:\n  - path: /data/shop.db\n',
    })
    const {stdout} = await preflight(['inspect', 'processes'], {cwd})
    expect(stdout).toBe('CMD\n  litestream replicate -config /etc/litestream.yml  Dockerfile:3\n')
  })

  it('migrations: draws the revisions, heads on top', async () => {
    const revision = (id: string, down: string, more = '') =>
      `"""the ${id} one"""\nrevision = "${id}"\ndown_revision = ${down}\n${more}\ndef upgrade(): pass\n`
    const cwd = temporary({
      'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': 'from alembic import context\ncontext.run_migrations()\n',
      'alembic/versions/1.py': revision('aaaa', 'None', 'branch_labels = ("shop",)'),
      'alembic/versions/2.py': revision('bbbb', '"aaaa"'),
      'alembic/versions/3.py': revision('cccc', '"aaaa"', 'depends_on = "bbbb"'),
    })
    const {stdout} = await preflight(['inspect', 'migrations'], {cwd})
    expect(stdout).toBe(`alembic.ini  alembic
3 revisions, 2 heads

  ●    cccc (head) needs bbbb  3.py:2  the cccc one
  │ ●  bbbb (head)             2.py:2  the bbbb one
  ├─╯
  ●    aaaa (base) [shop]      1.py:2  the aaaa one

alembic upgrade head fails: 2 heads
Run by: release_command (fly.toml:3): alembic upgrade head
New: the heads, and perhaps what is below (git knows no main branch to compare with); --since REF tells which
`)
    const data = JSON.parse((await preflight(['inspect', 'migrations', '--json'], {cwd})).stdout)
    expect(data).toMatchObject([
      {
        config: 'alembic.ini',
        heads: ['bbbb', 'cccc'],
        bases: ['aaaa'],
        upgradeHead: 'fails',
        revisions: [
          {
            id: 'cccc',
            parents: ['aaaa'],
            dependsOn: ['bbbb'],
            isHead: true,
            at: {file: 'alembic/versions/3.py', line: 2},
          },
          {id: 'bbbb'},
          {id: 'aaaa', labels: ['shop'], isHead: false},
        ],
      },
    ])
  })

  it('migrations --since: marks what is new', async () => {
    const cwd = temporary({
      'fly.toml': 'app = "shop"\n',
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': '',
      'alembic/versions/1.py': 'revision = "aaaa"\ndown_revision = None\n',
    })
    const identity = '-c user.name=x -c user.email=x@example.com'
    execFileSync('bash', ['-ec', `git init -q -b main; git add -A; git ${identity} commit -qm first; git tag v1`], {
      cwd,
    })
    writeFileSync(join(cwd, 'alembic/versions/2.py'), 'revision = "bbbb"\ndown_revision = "aaaa"\n')
    const {stdout} = await preflight(['inspect', 'migrations', '--since', 'v1'], {cwd})
    expect(stdout).toContain('bbbb (new) (head)')
    expect(stdout).toContain('aaaa (base)')
    expect(stdout).toMatch(/^New: 1 revision that the merge base with v1 \([0-9a-f]{7}\) lacks$/m)
    const data = JSON.parse((await preflight(['inspect', 'migrations', '--since', 'v1', '--json'], {cwd})).stdout)
    expect(data[0]).toMatchObject({since: {ref: 'v1', isMergeBase: true}, revisions: [{isNew: true}, {isNew: false}]})
  })

  it('environment: shows what the code reads, and never a value', async () => {
    const cwd = temporary({
      'fly.toml': 'app = "shop"\n',
      'app.py': 'import os\nKEY = os.environ["API_KEY"]\nMODE = os.getenv("MODE", "hunter22")\n',
    })
    const {stdout} = await preflight(['inspect', 'environment'], {cwd})
    expect(stdout).toBe('Required\n  API_KEY\n    app.py:2\n\nOptional\n  MODE\n    app.py:3  it has a default\n')
    const data = JSON.parse((await preflight(['inspect', 'environment', '--json'], {cwd})).stdout)
    expect(data[0]).toMatchObject({name: 'API_KEY', required: true, reads: [{at: {file: 'app.py', line: 2}}]})
  })

  it('fly-config: shows what flyctl understands', async () => {
    const {stdout} = await preflight(['inspect', 'fly-config', '--json'], {cwd: temporary(project)})
    expect(JSON.parse(stdout)).toEqual({app: 'shop', deploy: {wait_timeout: '5m0s'}})
  })

  it('fly-config: hides what looks like a secret, and cuts off what is too long to be read', async () => {
    const long = 'a'.repeat(30_000)
    const cwd = temporary({'fly.toml': `[env]\nAPI_TOKEN = "hunter22"\nLONG = "${long}"\n`})
    const {stdout} = await preflight(['inspect', 'fly-config', '--json'], {cwd})
    expect(JSON.parse(stdout)).toEqual({env: {API_TOKEN: '[secret]', LONG: `${'a'.repeat(5000)}…`}})
  })

  it('live: shows which calls were made, when, and what used them', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n'})
    const {code, stdout} = await preflight(['inspect', 'live', '-a', 'shop'], {cwd, flyctl: 'deploy-token'})
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+ calls of flyctl in [\d.]+ m?s, for shop\n/)
    expect(stdout).toMatch(/\nflyctl status -a shop +[\d.]+ m?s {2}│ *█+ *│\n {2}app \(.* and \d+ more\)\n/)
    expect(stdout).toMatch(/\n {2}no answer: flyctl mpg list -o acme-widgets: .*status 403/)
    expect(stdout).toMatch(
      /\nNot known\n[\s\S]* {2}managedPostgres +absent {2}this token may not run flyctl mpg list\n/,
    )
  })

  it('live --json: as data, in milliseconds from the first call', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n'})
    const {stdout} = await preflight(['inspect', 'live', '--json'], {cwd, flyctl: 'healthy'})
    const {app, calls, facts, durationMs} = JSON.parse(stdout)
    expect({app, facts}).toMatchObject({
      app: 'shop',
      facts: expect.arrayContaining([{fact: 'app', state: 'ok', reason: null}]),
    })
    const status = calls.find(({command}: {command: string}) => command === 'flyctl status -a shop')
    expect(status).toMatchObject({problem: null, usedBy: [{fact: 'app', checks: expect.arrayContaining(['live/app'])}]})
    expect(status.startedAt).toBeGreaterThan(0)
    expect(status.startedAt + status.durationMs).toBeLessThanOrEqual(durationMs + 1)
  })

  it('live: without flyctl says so, and interrupted ends it', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n'})
    const {stdout} = await preflight(['inspect', 'live', '--flyctl', '/nowhere/flyctl'], {cwd})
    expect(stdout).toMatch(/\n {2}session +failed {2}flyctl is not installed\n/)
    const outcome = await preflight(['inspect', 'live'], {cwd, flyctl: 'hanging', interruptAt: '"status"'})
    expect(outcome).toEqual({code: 130, stdout: '', stderr: '\npreflight: interrupted\n'})
  })

  it('says what there is to see, and why something cannot be seen', async () => {
    const unknown = await preflight(['inspect', 'imag'], {cwd: temporary(project)})
    expect(unknown).toMatchObject({code: 2, stdout: ''})
    expect(unknown.stderr).toContain('there is nothing to inspect called imag. Did you mean image?')
    const absent = await preflight(['inspect', 'image'], {cwd: temporary({'fly.toml': 'app = "shop"'})})
    expect(absent).toMatchObject({code: 2, stdout: ''})
    expect(absent.stderr).toContain('image cannot be shown: there is no Dockerfile')
  })
})

it('a COPY of what git ignores is a warning: a step before the deploy may make it', async () => {
  const cwd = temporary({
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM debian\nCOPY dist ./dist\n',
    '.gitignore': 'dist/\n',
  })
  execFileSync('git', ['init', '--quiet'], {cwd})
  const {code, stdout} = await preflight(['--offline', '--only', 'dockerfile/copy-source', '--json'], {cwd})
  expect(code).toBe(0)
  expect(JSON.parse(stdout).checks[0].findings).toMatchObject([
    {severity: 'warning', message: 'dist is not in the build context, which is the folder where flyctl runs'},
  ])
})
