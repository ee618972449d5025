import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {preflight, temporary} from '../cli.ts'
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

  it('wants to be told which reports', async () => {
    const {code, stderr} = await preflight(['dashboard'], {cwd: temporary({})})
    expect(code).toBe(2)
    expect(stderr).toMatch(/report/)
  })
})

describe('preflight --format html', () => {
  it('writes one page, beside other formats', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12-slim\n'})
    const {code, stdout} = await preflight(['--offline', '--format', 'html=a.html', '--format', 'json'], {cwd})
    expect(code).toBe(0)
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toMatch(
      /^<!doctype html>[\s\S]*<title>GO: shop<\/title>[\s\S]*<\/html>\n$/,
    )
    // What only pictures need is not in the data.
    expect(Object.keys(JSON.parse(stdout))).not.toContain('project')
  })
})
