import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {generator} from '../../src/report/html/page.ts'
import {preflight, program, temporary} from '../cli.ts'
import {reportOf} from '../report/reports.ts'

describe('preflight dashboard', () => {
  it('makes a site of the reports of preflight --json', async () => {
    const cwd = temporary({'shop/fly.toml': '[http_service]\ninternal_port = 8080\n', 'reports/.keep': ''})
    await preflight(['shop', '--offline', '--format', 'json=reports/shop.json'], {cwd})
    const {code, stdout, stderr} = await preflight(['dashboard', 'reports', '--output', 'site'], {cwd})
    expect({code, stdout, stderr}).toEqual({code: 0, stdout: '1 app, 1 report: site/index.html\n', stderr: ''})
    expect(readFileSync(join(cwd, 'site/index.html'), 'utf8')).toContain('fly.toml names no app')
  })

  it('refuses what is no report, in one line with its name, and writes nothing', async () => {
    const cwd = temporary({'r/good.json': JSON.stringify(reportOf([])), 'r/package.json': '{"name": "shop"}'})
    const {code, stdout, stderr} = await preflight(['dashboard', 'r'], {cwd})
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toMatch(/^preflight: r\/package\.json is no report of preflight: .*\nReports are made by .*\n$/)
    expect(existsSync(join(cwd, 'preflight-dashboard'))).toBe(false)
  })

  it('names its folder as nothing but text', async () => {
    const cwd = temporary({'a.json': JSON.stringify(reportOf([]))})
    const {stdout} = await preflight(['dashboard', 'a.json', '--output', 'x\n::error::y\u001b[2J'], {cwd})
    expect(stdout).toBe('1 app, 1 report: x ::error::y\ufffd[2J/index.html\n')
  })

  it.runIf(existsSync('/bin/bash'))(
    'leaves the pages from before, and no half of a new one, where the disk is full',
    () => {
      const cwd = temporary({'a.json': JSON.stringify(reportOf([])), 'site/index.html': `old ${generator}`})
      // Files of more than 1 KiB cannot be written.
      const script = `ulimit -f 1; exec "$0" "$1" dashboard a.json --output site`
      const {status, stderr} = spawnSync('bash', ['-c', script, process.execPath, program], {cwd, encoding: 'utf8'})
      expect({status, stderr}).toEqual({
        status: 3,
        stderr: 'preflight: the dashboard cannot be written to site: EFBIG\n',
      })
      expect(readFileSync(join(cwd, 'site/index.html'), 'utf8')).toBe(`old ${generator}`)
      expect(readdirSync(join(cwd, 'site'))).toEqual(['index.html'])
    },
  )

  it('wants to be told which reports', async () => {
    const {code, stderr} = await preflight(['dashboard'], {cwd: temporary({})})
    expect(code).toBe(2)
    expect(stderr).toMatch(/report/)
  })
})

describe('preflight --format html', () => {
  it('writes one page, beside other formats', async () => {
    const cwd = temporary({
      'fly.toml': 'app = "shop"\n',
      Dockerfile: 'FROM python:3.12-slim\nCMD ["sleep", "infinity"]\n',
    })
    const {code, stdout} = await preflight(['--offline', '--format', 'html=a.html', '--format', 'json'], {cwd})
    expect(code).toBe(0)
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toMatch(
      /^<!doctype html>[\s\S]*<title>GO: shop<\/title>[\s\S]*<\/html>\n$/,
    )
    // What only pictures need is not in the data.
    expect(Object.keys(JSON.parse(stdout))).not.toContain('project')
  })
})
