import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {preflight, program, temporary} from '../cli.ts'

const app = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12-slim\nCMD ["sleep", "infinity"]\n'}
const nameless = {...app, 'fly.toml': '[http_service]\ninternal_port = 8080\n'}
const offline = (cwd: string, formats: readonly string[], env = {}) =>
  preflight(['--offline', '-q', ...formats.flatMap((format) => ['--format', format])], {cwd, env})

describe('--format', () => {
  it('writes several reports at once, and one to stdout', async () => {
    const cwd = temporary(nameless)
    const {code, stdout} = await offline(cwd, ['github', 'json=a.json', 'sarif=b.sarif', 'junit=c.xml'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error file=fly\.toml,line=1,/)
    expect(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8'))).toMatchObject({version: 1, verdict: 'no-go'})
    const {runs} = JSON.parse(readFileSync(join(cwd, 'b.sarif'), 'utf8'))
    expect(runs[0].tool.driver.rules[0].help.markdown).toMatch(/^# fly-config\/app-name\n/)
    expect(readFileSync(join(cwd, 'c.xml'), 'utf8')).toMatch(/^<\?xml /)
    expect(readdirSync(cwd).sort()).toEqual(['Dockerfile', 'a.json', 'b.sarif', 'c.xml', 'fly.toml'])
  })

  it('names files from the top of the repository', async () => {
    const top = temporary({'apps/shop/fly.toml': nameless['fly.toml'], 'apps/shop/Dockerfile': app.Dockerfile})
    execFileSync('git', ['init', '-q'], {cwd: top})
    const link = join(temporary({}), 'link')
    symlinkSync(join(top, 'apps/shop'), link)
    for (const cwd of [join(top, 'apps/shop'), link]) {
      expect((await offline(cwd, ['github'])).stdout).toMatch(/^::error file=apps\/shop\/fly\.toml,/)
    }
  })

  it('names them from the folder of the CI system where there is no repository', async () => {
    const top = temporary({'apps/shop/fly.toml': nameless['fly.toml'], 'apps/shop/Dockerfile': app.Dockerfile})
    const run = (env: Record<string, string>) => offline(join(top, 'apps/shop'), ['github'], env)
    expect((await run({GITHUB_WORKSPACE: top})).stdout).toMatch(/^::error file=apps\/shop\/fly\.toml,/)
    expect((await run({CI_PROJECT_DIR: '/elsewhere'})).stdout).toMatch(/^::error file=fly\.toml,/)
  })

  it('writes to what a link leads to, and leaves the link', async () => {
    const cwd = temporary({...app, 'kept/report.json': 'old'})
    symlinkSync('kept/report.json', join(cwd, 'report.json'))
    await offline(cwd, ['json=report.json'])
    expect(lstatSync(join(cwd, 'report.json')).isSymbolicLink()).toBe(true)
    expect(JSON.parse(readFileSync(join(cwd, 'kept/report.json'), 'utf8'))).toMatchObject({version: 1})
  })

  it('writes to nothing that somebody has put a link under', () => {
    const cwd = temporary({...app, mine: 'kept'})
    const script = 'ln -s mine .preflight-$$.tmp; exec "$0" "$1" --offline -q --format json=report.json'
    expect(spawnSync('bash', ['-c', script, process.execPath, program], {cwd}).status).toBe(0)
    expect(readFileSync(join(cwd, 'mine'), 'utf8')).toBe('kept')
  })

  it('does not write one report over another', async () => {
    const {code, stderr} = await offline(temporary(app), ['json=report', 'junit=./report'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^preflight: two reports cannot go to one file, \/.*\/report\n$/)
  })

  it('takes no folder for a file, and says so before the run', async () => {
    const cwd = temporary(app)
    mkdirSync(join(cwd, 'report'))
    for (const [file, reason] of [
      ['report', 'it is a folder'],
      ['other/', 'it is a folder'],
      ['fly.toml/report', 'ENOTDIR'],
    ]) {
      const {code, stderr} = await offline(cwd, [`json=${file}`])
      expect({code, stderr}).toEqual({
        code: 2,
        stderr: `preflight: the report cannot be written to ${file}: ${reason}\n`,
      })
    }
  })
})

describe('a report that cannot be written when the run is over', () => {
  it.runIf(existsSync('/dev/full'))(
    'is told in one line, with exit code 3, and the other reports are written',
    async () => {
      const cwd = temporary(app)
      const {code, stdout, stderr} = await offline(cwd, ['junit=/dev/full', 'pretty', 'json=report.json'])
      expect({code, stderr}).toEqual({
        code: 3,
        stderr: 'preflight: the report cannot be written to /dev/full: ENOSPC\n',
      })
      expect(stdout).toMatch(/^GO /m)
      expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({verdict: 'go'})
    },
  )

  it('leaves the one from before, and no half of a new one', () => {
    const cwd = temporary({...app, 'report.json': 'old'})
    // Files of more than 1 KiB cannot be written.
    const script = `ulimit -f 1; exec "$0" "$1" --offline -q --format json=report.json`
    const {status, stderr} = spawnSync('bash', ['-c', script, process.execPath, program], {cwd, encoding: 'utf8'})
    expect({status, stderr}).toEqual({
      status: 3,
      stderr: 'preflight: the report cannot be written to report.json: EFBIG\n',
    })
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('old')
    expect(readdirSync(cwd).sort()).toEqual(['Dockerfile', 'fly.toml', 'report.json'])
  })
})
