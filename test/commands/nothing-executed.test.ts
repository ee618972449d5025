import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, cpSync, existsSync, readdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {preflight, sample, temporary} from '../cli.ts'

/** A folder with a repository in which everything that can be run leaves a file behind in `marks`. */
function trapped(): {cwd: string; marks: string} {
  const marks = temporary({})
  const leave = (name: string) => `touch '${join(marks, name)}'`
  const script = (name: string) => `#!/bin/sh\n${leave(name)}\n`
  const python = (name: string) => `open(${JSON.stringify(join(marks, name))}, "w").close()\n`
  const programs = {
    'entrypoint.sh': script('entrypoint'),
    git: script('git'),
    flyctl: script('flyctl'),
    'node_modules/.bin/flyctl': script('bin-flyctl'),
    'node_modules/.bin/git': script('bin-git'),
    'bin/monitor': script('fsmonitor'),
  }
  const cwd = temporary({
    ...programs,
    'package.json': JSON.stringify({
      name: 'x',
      scripts: {preinstall: leave('npm'), prepare: leave('npm'), start: leave('npm')},
    }),
    'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
    '.npmrc': `script-shell=${join(marks, '..')}\nnode-options=--require ./mark.js\n`,
    'mark.js': `require('fs').writeFileSync(${JSON.stringify(join(marks, 'node'))}, '')`,
    'conftest.py': python('conftest'),
    'sitecustomize.py': python('sitecustomize'),
    'setup.py': python('setup'),
    Makefile: `all:\n\t${leave('make')}\n`,
    '.envrc': leave('direnv'),
    '.gitattributes': '* filter=mark diff=mark merge=mark\n',
    'data.txt': 'a\n',
    'fly.toml':
      'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n[processes]\nweb = "./entrypoint.sh"\n',
    Dockerfile: `FROM python:3.12-slim\nCOPY . .\nRUN ${leave('run')} && npm ci && pip install -e .\nCMD ["./entrypoint.sh"]\n`,
  })
  for (const folder of ['alembic', 'app']) cpSync(join(sample, folder), join(cwd, folder), {recursive: true})
  cpSync(join(sample, 'alembic.ini'), join(cwd, 'alembic.ini'))
  writeFileSync(join(cwd, 'alembic/env.py'), python('env'))
  for (const name of Object.keys(programs)) chmodSync(join(cwd, name), 0o755)
  const run = (command: string) => execFileSync('sh', ['-c', command], {cwd, stdio: 'pipe'})
  run('git init -q -b main && git add -A && git -c user.name=x -c user.email=x@example.com commit -qm first')
  for (const hook of [
    'post-index-change',
    'post-checkout',
    'fsmonitor-watchman',
    'pre-auto-gc',
    'reference-transaction',
  ]) {
    writeFileSync(join(cwd, '.git/hooks', hook), script(`hook-${hook}`), {mode: 0o755})
  }
  const config: [string, string][] = [
    ['core.fsmonitor', join(cwd, 'bin/monitor')],
    ['core.hooksPath', join(cwd, '.git/hooks')],
    ['core.sshCommand', leave('ssh')],
    ['core.gitProxy', leave('proxy')],
    ['core.pager', leave('pager')],
    ['pager.status', 'true'],
    ['core.askPass', leave('askpass')],
    ['credential.helper', `!${leave('credential')}`],
    ['filter.mark.clean', `${leave('clean')}; cat`],
    ['filter.mark.smudge', `${leave('smudge')}; cat`],
    ['filter.mark.required', 'true'],
    ['filter.a=b.process', leave('process')],
    ['diff.external', leave('diff')],
    ['diff.mark.textconv', leave('textconv')],
    ['diff.mark.command', leave('diff-command')],
    ['merge.mark.driver', leave('merge')],
    ['gpg.program', leave('gpg')],
    ['alias.status', `!${leave('alias')}`],
    ['remote.origin.url', `ext::sh -c ${leave('remote')}`],
    ['remote.origin.uploadpack', leave('uploadpack')],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
    ['extensions.partialClone', 'origin'],
    ['protocol.ext.allow', 'always'],
  ]
  for (const [name, value] of config) execFileSync('git', ['config', name, value], {cwd})
  writeFileSync(join(cwd, '.git/info/attributes'), 'fly.toml filter=a=b\n')
  // So that git must read them, through the filters, to know whether they have changed.
  for (const name of ['data.txt', 'app/main.py', 'fly.toml']) utimesSync(join(cwd, name), 1, 1)
  for (const mark of readdirSync(marks)) rmSync(join(marks, mark))
  return {cwd, marks}
}

describe('nothing of the checked project is executed', () => {
  it('the traps work: git itself walks into them', () => {
    const {cwd, marks} = trapped()
    spawnSync('git', ['status'], {cwd})
    expect(readdirSync(marks)).toEqual(expect.arrayContaining(['clean', 'fsmonitor', 'process']))
  })

  it.each([
    ['check', ['--flyctl', '/nowhere/flyctl']],
    ['check, with flyctl on PATH', ['--skip', 'live/health']],
    ['check --all', ['--all', '--offline']],
    ['--matrix', ['--all', '--matrix']],
    ['inspect image', ['inspect', 'image']],
    ['inspect processes', ['inspect', 'processes']],
    ['inspect migrations', ['inspect', 'migrations']],
    ['inspect environment', ['inspect', 'environment']],
    ['inspect fly-config', ['inspect', 'fly-config']],
    ['explain', ['explain', 'git/clean']],
    ['list', ['list']],
  ])('%s', async (_, args) => {
    const {cwd, marks} = trapped()
    const {code, stdout, stderr} = await preflight(args, {cwd, flyctl: 'healthy'})
    expect([0, 1], stderr).toContain(code)
    expect(stdout).not.toContain('git status failed')
    expect(readdirSync(marks)).toEqual([])
    expect(existsSync(join(cwd, '.git/index.lock'))).toBe(false)
  })
})
