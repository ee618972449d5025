import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {reportSchema} from '../../src/report/report.ts'
import {reportSetSchema} from '../../src/report/report-set.ts'
import {preflight, temporary} from '../cli.ts'

const good = {'fly.toml': 'app = "good"\n\n[build]\nimage = "nginx"\n'}
const monorepo = {
  'apps/good/fly.toml': good['fly.toml'],
  'apps/bad/fly.toml': 'app = "bad"\n\n[build]\ndockerfile = "Missing.Dockerfile"\n',
}

describe('--all', () => {
  it('checks every configuration, each where flyctl runs, and stops when one may not go', async () => {
    const {code, stdout} = await preflight(['--all', '--offline', '-q'], {cwd: temporary(monorepo)})
    expect(code).toBe(1)
    expect(stdout).toMatch(/^apps\/bad\/fly\.toml \(bad\)$/m)
    // As an editor opens it from here.
    expect(stdout).toMatch(/^ {2}apps\/bad\/fly\.toml:4:1 /m)
    expect(stdout).toMatch(
      /\nNO-GO {2}1 of 2 deploys\n {2}NO-GO {2}apps\/bad\/fly\.toml \(bad\) {2}1 error\n {2}GO {5}apps\/good/,
    )
  })

  it('writes one document that fits the schema, also for one configuration', async () => {
    const {code, stdout} = await preflight(['--all', '--offline', '--json'], {cwd: temporary(good)})
    const set = reportSetSchema.parse(JSON.parse(stdout))
    expect({code, verdict: set.verdict, roots: set.reports.map(({target}) => target.root)}).toEqual({
      code: 0,
      verdict: 'go',
      roots: ['.'],
    })
  })

  it('says what it is doing on stderr', async () => {
    const {stderr} = await preflight(['--all', '--offline'], {cwd: temporary(monorepo)})
    expect(stderr.trim().split('\n').sort()).toEqual(['✔ apps/good/fly.toml', '✖ apps/bad/fly.toml'])
  })

  it('asks flyctl once who is logged in', async () => {
    const calls = join(temporary({}), 'calls')
    await preflight(['--all', '-q', '--only', 'live'], {
      cwd: temporary(monorepo),
      flyctl: 'healthy',
      env: {PREFLIGHT_CALLS: calls},
    })
    const args = readFileSync(calls, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as {args: string[]}).args.join(' '))
    expect(args.filter((each) => each.startsWith('auth whoami'))).toHaveLength(1)
    expect(args).toContain('status -a good --json')
    expect(args).toContain('status -a bad --json')
  })

  it.each([
    ['no configuration at all', [], /^there is no fly\.toml in this folder or below it/m],
    ['one that is named beside', ['-c', 'fly.toml'], /--config.*--all|--all.*--config/],
  ])('%s is a usage error', async (_, args, message) => {
    const {code, stderr} = await preflight(['--all', '--offline', ...args], {cwd: temporary({'README.md': '# x\n'})})
    expect(stderr.replace(/^preflight: /gm, '')).toMatch(message)
    expect(code).toBe(2)
  })
})

describe('--matrix', () => {
  it('prints the deploys as the inputs of the action', async () => {
    const {code, stdout} = await preflight(['--matrix'], {
      cwd: temporary({...monorepo, 'fly.staging.toml': 'app = "s"\n'}),
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      include: [
        {name: 'apps/bad/fly.toml', 'working-directory': 'apps/bad', config: '', app: ''},
        {name: 'apps/good/fly.toml', 'working-directory': 'apps/good', config: '', app: ''},
        {name: 'fly.staging.toml', 'working-directory': '.', config: 'fly.staging.toml', app: ''},
      ],
    })
  })
})

it('--all and --matrix of a workspace whose members are deployed from its top', async () => {
  const cwd = temporary({
    'apps/web/fly.toml': 'app = "web"\n',
    'apps/web/Dockerfile':
      'FROM node:22-slim\nWORKDIR /app\nCOPY package.json ./\nCOPY apps/web apps/web\nCMD ["node", "apps/web/server.js"]\n',
    'apps/web/server.js': '',
    'apps/web/package.json': '{}',
    'package.json': '{}',
  })
  const {stdout} = await preflight(['--all', '--offline', '--json', '--only', 'dockerfile'], {cwd})
  const {reports} = reportSetSchema.parse(JSON.parse(stdout))
  expect(reports.map(({verdict, target: {root, config}}) => ({verdict, root, config}))).toEqual([
    {verdict: 'go', root: '.', config: 'apps/web/fly.toml'},
  ])
  const matrix = await preflight(['--matrix'], {cwd})
  expect(JSON.parse(matrix.stdout).include).toEqual([
    {name: 'apps/web/fly.toml', 'working-directory': 'apps/web', config: '', app: ''},
  ])
})

describe('merge', () => {
  const write = async (cwd: string) => {
    await preflight(['apps/good', '--offline', '--format', 'json=good.json'], {cwd})
    await preflight(['apps/bad', '--offline', '--format', 'json=bad.json'], {cwd})
  }

  it('joins reports into one verdict', async () => {
    const cwd = temporary(monorepo)
    await write(cwd)
    const {code, stdout} = await preflight(['merge', 'good.json', 'bad.json', '--json'], {cwd})
    const set = reportSetSchema.parse(JSON.parse(stdout))
    expect({code, verdict: set.verdict, apps: set.reports.map(({target}) => target.app)}).toEqual({
      code: 1,
      verdict: 'no-go',
      apps: ['good', 'bad'],
    })
    expect(reportSchema.parse(JSON.parse(readFileSync(join(cwd, 'good.json'), 'utf8')))).toEqual(set.reports[0])
  })

  it('takes a set, too, and says GO when all may go', async () => {
    const cwd = temporary(good)
    await preflight(['--all', '--offline', '--format', 'json=all.json'], {cwd})
    const {code, stdout} = await preflight(['merge', 'all.json'], {cwd})
    expect(code).toBe(0)
    expect(stdout).toMatch(/\nGO {2}1 deploy\n/)
  })

  it.each([
    ['a file that is not there', 'none.json', /^preflight: none\.json does not exist$/m],
    ['no JSON', 'fly.toml', /^preflight: fly\.toml is no JSON: /m],
    [
      'a report of another version',
      'other.json',
      /^preflight: other\.json is a report of version 7, and this preflight reads version 1$/m,
    ],
    ['other JSON', 'package.json', /^preflight: package\.json is no report of preflight: /m],
  ])('%s is a usage error', async (_, file, message) => {
    const {code, stderr, stdout} = await preflight(['merge', file], {
      cwd: temporary({...good, 'other.json': '{"version": 7}', 'package.json': '{"name": "x"}'}),
    })
    expect(stderr).toMatch(message)
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
  })
})
