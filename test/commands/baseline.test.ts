import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {preflight, temporary} from '../cli.ts'
import {steering} from '../steering.ts'

const old = {
  'fly.toml': '[env]\nA = "1"\n[nonsense]\n[http_service]\ninternal_port = 8080\n',
  Dockerfile: 'FROM debian\nEXPOSE 9000\n',
}
const offline = ['--offline', '--only', 'fly-config', '--only', 'dockerfile']
const baseline = (cwd: string, ...args: string[]) => preflight(['baseline', ...offline, ...args], {cwd})
const held = (cwd: string): {check: string; severity: string}[] =>
  JSON.parse(readFileSync(join(cwd, 'preflight-baseline.json'), 'utf8')).findings

describe('preflight baseline', () => {
  it('writes what is found today, and from then on only new findings break', async () => {
    const cwd = temporary({...old, 'fly.toml': `app = "shop"\n${old['fly.toml']}`})
    const {code, stdout, stderr} = await baseline(cwd)
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toMatch(/^preflight-baseline\.json holds \d+ warnings?.*\. Commit it: from now on/)
    expect(held(cwd).map(({check}) => check)).toContain('fly-config/unknown-key')
    expect((await preflight([...offline, '-q', '--strict'], {cwd})).stdout).toMatch(/^GO /)
    writeFileSync(join(cwd, 'fly.toml'), `app = "shop"\n${old['fly.toml']}\n[rubbish]\n`)
    const later = await preflight([...offline, '-q', '--strict'], {cwd})
    expect(later.code).toBe(1)
    expect(later.stdout.match(/^(error|warning) /gm)).toHaveLength(1)
  })

  it('written again, it loses what is gone and keeps what was not looked at', async () => {
    const cwd = temporary({...old, 'fly.toml': `app = "shop"\n${old['fly.toml']}`})
    await baseline(cwd)
    writeFileSync(join(cwd, 'fly.toml'), 'app = "shop"\n')
    const {stdout} = await preflight(['baseline', '--offline', '--only', 'fly-config/unknown-key'], {cwd})
    expect(stdout).toMatch(/; 0 new, 1 gone\. Commit it/)
    expect(held(cwd).map(({check}) => check)).toContain('dockerfile/exposed-port')
    expect(held(cwd).map(({check}) => check)).not.toContain('fly-config/unknown-key')
  })

  it('says what breaks all the same', async () => {
    const {code, stdout} = await baseline(temporary(old))
    expect(code).toBe(0)
    expect(stdout).toMatch(/\nNo baseline takes what these found, and it still breaks: fly-config\/app-name\n$/)
  })

  it('cannot hold what could not be verified', async () => {
    const cwd = temporary({...old, 'fly.toml': 'app = "shop"\n'})
    const {stdout} = await preflight(['baseline', '--only', 'live'], {cwd, flyctl: 'offline'})
    expect(stdout).toMatch(/Could not be verified, and still breaks: live\/session, live\/app/)
  })

  it('writes nothing where there is nothing to write', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n'})
    const {stdout} = await preflight(['baseline', '--offline', '--only', 'fly-config'], {cwd})
    expect(stdout).toBe('There is nothing to put into a baseline: no check finds anything.\n')
    expect(existsSync(join(cwd, 'preflight-baseline.json'))).toBe(false)
  })

  it('has nothing in it that steers a terminal which shows it', async () => {
    const name = 'x\u009b2J\u202e\u200f'
    const cwd = temporary({'fly.toml': `app = "shop"\n["${name}"]\n`})
    await baseline(cwd)
    expect(readFileSync(join(cwd, 'preflight-baseline.json'), 'utf8')).not.toMatch(steering)
    expect(JSON.stringify(held(cwd))).toContain(name)
  })

  it('that is something else is refused, and nothing of it told', async () => {
    const cwd = temporary({...old, 'preflight-baseline.json': 'hunter2hunter2\n'})
    const {code, stderr} = await preflight(offline, {cwd})
    expect(code).toBe(2)
    expect(stderr).toMatch(/^preflight: preflight-baseline\.json is no JSON: Unexpected token 'h'\n/)
  })

  it('holds no value of a secret', async () => {
    const fly = 'app = "shop"\n[env]\nAPI_TOKEN = "fo1_abcdefghijklmnop"\nREDIS_URL = "redis://:hunter2hunter2@host"\n'
    const cwd = temporary({'fly.toml': fly})
    await baseline(cwd)
    expect(held(cwd).length).toBeGreaterThan(0)
    expect(readFileSync(join(cwd, 'preflight-baseline.json'), 'utf8')).not.toMatch(/fo1_abc|hunter2/)
  })
})
