import {execFileSync} from 'node:child_process'
import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {foreignCode} from '../../src/config/trust.ts'
import {type Options, preflight, type Report} from '../../src/preflight.ts'
import * as cli from '../cli.ts'
import {temporary} from '../cli.ts'
import {line} from '../harness.ts'

const own = join(import.meta.dirname, '../projects/own-checks')

/** A check that finds nothing, with these keys in the place of its own. */
const source = (keys: string, run = '*run() {}') =>
  `export default {id: 'custom/rule', title: 'the rule holds', why: 'x.', severity: 'error', failsAt: 'policy', needs: [], ${run}, ${keys}}\n`
const project = (rule: string, more: Record<string, string> = {}) =>
  temporary({
    'fly.toml': 'app = "shop"\n',
    'preflight.toml': '[custom]\nchecks = ["./checks/*.js"]\n',
    'checks/rule.js': rule,
    ...more,
  })
const run = (root: string, options: Options = {}) =>
  preflight({root, offline: true, env: {}, only: ['custom'], ...options})
const said = ({checks}: Report) =>
  checks.flatMap(({outcome, reason, findings}) =>
    outcome === 'failed' ? findings.map(line) : [`${outcome}: ${reason}`],
  )

describe("a project's own check", () => {
  it('is tested with the harness of preflight itself', () => {
    const tests = execFileSync(process.execPath, ['--test', '--test-reporter=tap', 'preflight/tests/snapshots.js'], {
      cwd: own,
      encoding: 'utf8',
    })
    expect(tests).toMatch(/^# pass 4$/m)
  })

  it('needs no node_modules: fly-preflight/check is the preflight that runs', async () => {
    const rule = `import {defineCheck, quote} from 'fly-preflight/check'\nexport default defineCheck(${source("*run() { yield {message: quote('x'), at: {file: 'fly.toml'}} }").replace('export default ', '').trim()})\n`
    const {code, stdout} = await cli.preflight(['--offline', '-q', '--only', 'custom'], {cwd: project(rule)})
    expect({code, stdout: stdout.split('\n').slice(0, 2)}).toEqual({
      code: 1,
      stdout: ['error "x"', '  fly.toml  custom/rule'],
    })
  })

  it('has a severity, ignores and a level in preflight.toml as any other', async () => {
    const finds = source("*run() { yield {message: 'wrong', at: {file: 'fly.toml', line: 1}} }")
    const settings = (more: string) => ({'preflight.toml': `[custom]\nchecks = ["./checks/rule.js"]\n${more}`})
    const level = (word: string) => run(project(finds, settings(`[checks]\n"custom/rule" = "${word}"\n`)))
    expect(said(await level('error'))).toEqual(['error fly.toml:1 wrong'])
    expect(await level('warning')).toMatchObject({verdict: 'go', summary: {warnings: 1}})
    await expect(level('off')).rejects.toThrow('nothing is left to check')
    const ignore = '[[ignore]]\ncheck = "custom/rule"\nreason = "x"\n'
    expect(await run(project(finds, settings(ignore)))).toMatchObject({verdict: 'go', summary: {ignored: 1}})
  })

  it.runIf(process.platform !== 'win32')('is a regular file: a pipe would be waited for', async () => {
    const root = project(source(''))
    execFileSync('mkfifo', [join(root, 'checks/pipe.js')])
    await expect(run(root)).rejects.toThrow('preflight.toml:2:11: checks/pipe.js is not a regular file')
  })

  it('is explained by the page beside it', async () => {
    expect((await cli.preflight(['explain', 'custom/snapshots'], {cwd: own})).stdout).toMatch(/^# custom\/snapshots\n/)
    const cwd = project(source(''))
    expect((await cli.preflight(['explain', 'custom/rule'], {cwd})).stdout).toBe(
      'custom/rule has no page; it is ./checks/rule.js\n',
    )
    const evil = cli.temporary({
      'preflight.toml': '[custom]\nchecks = ["rule.mjs"]\n',
      'rule.mjs': '',
      'rule.md': '# x\u001b[2J\u202e\n\n\t##[error]y\n::error::z\n',
    })
    expect((await cli.preflight(['explain', 'custom/rule'], {cwd: evil})).stdout).toBe(
      '# x\ufffd[2J\ufffd\n\n    ## [error]y\n: :error::z\n',
    )
    expect(await cli.preflight(['explain', 'custom/rul'], {cwd})).toMatchObject({
      code: 2,
      stderr: 'preflight: there is no check custom/rul. Did you mean custom/rule?\n',
    })
  })

  it.each([
    ['throws', '*run() { undefined.x }', /^unverified: the check broke: Cannot read properties of undefined/],
    [
      'finds without a place',
      "*run() { yield {message: 'x'} }",
      /the check broke: it yielded a finding without a place/,
    ],
    ['finds nothing to say', "*run() { yield {at: {file: 'fly.toml'}} }", /it yielded a finding without a message/],
    [
      'does not say whether it applies',
      'appliesTo: () => undefined, *run() {}',
      /appliesTo must return true, or the reason/,
    ],
    ['is no generator', "run() { return [{message: 'x'}] }", /run must be a generator/],
  ])('that %s is unverified, and blocks', async (_, rule, reason) => {
    const report = await run(project(source('', rule)))
    expect(report.verdict).toBe('no-go')
    expect(said(report)).toEqual([expect.stringMatching(reason)])
  })
})

describe('a file that is no check is one usage error', () => {
  it.each([
    [
      'an import that is not there',
      "import 'nowhere'\n",
      /checks\/rule\.js cannot be loaded: Cannot find package 'nowhere'/,
    ],
    ['code that throws', 'throw new Error("no")\n', 'checks/rule.js cannot be loaded: no'],
    [
      'no default export',
      'export const a = 1\n',
      'checks/rule.js: its default export must be a check: defineCheck({…})',
    ],
    [
      'another id',
      source("id: 'git/clean'"),
      'checks/rule.js: id is "git/clean"; it must be "custom/rule", after the file',
    ],
    ['no title', source('title: undefined'), /checks\/rule\.js: title is missing; it must be a text/],
    [
      'a severity that there is not',
      source("severity: 'fatal'"),
      /severity is "fatal"; it must be error, warning, info/,
    ],
    ['a word for whether it applies', source("appliesTo: 'always'"), /appliesTo is "always"; it must be a function/],
    [
      'a fact that there is not',
      source("needs: ['flyconfig']"),
      './checks/rule.js: there is no fact flyconfig. Did you mean flyConfig?',
    ],
  ])('%s', async (_, rule, message) => {
    await expect(run(project(rule))).rejects.toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    )
  })

  it.each([
    [
      'nothing fits',
      '["./cheks/*.js"]',
      'preflight.toml:2:11: ./cheks/*.js is no file of a check: .js, .mjs or .ts, tests left out',
    ],
    [
      'a * in a folder',
      '["./*/rule.js"]',
      "preflight.toml:2:11: ./*/rule.js has a * in a folder; it may stand in the file's name only",
    ],
    [
      'two of one name',
      '["./checks/*.js", "./more/*.js"]',
      'preflight.toml:2:28: more/rule.js and checks/rule.js would both be custom/rule',
    ],
  ])('in [custom]: %s', async (_, list, message) => {
    const cwd = project(source(''), {'preflight.toml': `[custom]\nchecks = ${list}\n`, 'more/rule.js': source('')})
    await expect(run(cwd)).rejects.toThrow(expect.objectContaining({name: 'UsageError', message}))
  })
})

describe('in a pull request from a fork', () => {
  const event = (head: string | null, base = 'acme/shop') => ({
    pull_request: {head: {repo: head === null ? null : {full_name: head, fork: true}}, base: {repo: {full_name: base}}},
  })
  const eventFile = (content: unknown) => {
    const path = join(temporary({}), 'event.json')
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
  const env = () => ({GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: eventFile(event('eve/shop'))})
  const leaves = `import {writeFileSync} from 'node:fs'\nwriteFileSync(new URL('trace', import.meta.url), '')\n${source('')}`

  it('its code is not executed, and what it would say is unverified', async () => {
    const cwd = project(leaves)
    const report = await run(cwd, {env: env()})
    expect(report.verdict).toBe('no-go')
    expect(said(report)).toEqual([
      "unverified: the project's own checks are not run for a pull request from a fork (eve/shop); --allow-custom runs them",
    ])
    expect(existsSync(join(cwd, 'checks/trace'))).toBe(false)
  })

  it.each([
    ['--allow-custom', {allowCustom: true}, {}],
    ['PREFLIGHT_ALLOW_CUSTOM', {}, {PREFLIGHT_ALLOW_CUSTOM: '1'}],
  ])('%s executes it', async (_, options, more) => {
    const cwd = project(leaves)
    expect((await run(cwd, {...options, env: {...env(), ...more}})).verdict).toBe('go')
    expect(existsSync(join(cwd, 'checks/trace'))).toBe(true)
  })

  it('--skip custom goes without it: that is the word of a person', async () => {
    const report = await run(project(leaves), {only: ['custom', 'fly-config/syntax'], skip: ['custom'], env: env()})
    expect(report.verdict).toBe('go')
    expect(said(report)).toContain('skipped: --skip custom')
    // Said for many projects alike, it is no mistake where there are none.
    const root = temporary({'fly.toml': 'app = "shop"\n'})
    expect((await run(root, {only: ['fly-config/syntax'], skip: ['custom']})).verdict).toBe('go')
    await expect(run(root)).rejects.toThrow('nothing is left to check')
  })

  it.each([
    ['a branch of the repository', event('acme/shop'), undefined],
    ['a branch of a repository that is a fork itself', event('eve/shop', 'eve/shop'), undefined],
    ['a fork', event('eve/shop'), 'a pull request from a fork (eve/shop)'],
    ['a fork that was deleted', event(null), 'a pull request from a fork (deleted since)'],
    [
      'a workflow that runs after one of a fork',
      {workflow_run: {head_repository: {full_name: 'eve/shop'}}, repository: {full_name: 'acme/shop'}},
      'a pull request from a fork (eve/shop)',
    ],
    [
      'a workflow that runs after one of its own',
      {workflow_run: {head_repository: {full_name: 'acme/shop'}}, repository: {full_name: 'acme/shop'}},
      undefined,
    ],
    ['a push', {ref: 'refs/heads/main', repository: {full_name: 'acme/shop'}}, undefined],
    ['what cannot be read', '{', 'a pull request of which it is not known where it comes from'],
  ])('%s', (_, content, from) => {
    const reason = from && `the project's own checks are not run for ${from}; --allow-custom runs them`
    expect(foreignCode({GITHUB_EVENT_PATH: eventFile(content)})).toBe(reason)
  })

  it('a merge request of a fork on GitLab', () => {
    const ids = (source: string) => ({CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source, CI_MERGE_REQUEST_PROJECT_ID: '1'})
    expect(foreignCode(ids('1'))).toBeUndefined()
    expect(foreignCode(ids('2'))).toMatch(/a merge request from a fork \(2\)/)
  })
})

it('on the command line: --allow-custom, and one line with exit code 2 for a file that is no check', async () => {
  const outcome = await cli.preflight(['--offline', '-q', '--allow-custom'], {cwd: project('export default\n')})
  expect(outcome).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'preflight: checks/rule.js cannot be loaded: Unexpected end of input\nSee where: node --check checks/rule.js\n',
  })
})

it('preflight inspect executes none', async () => {
  const cwd = project("throw new Error('executed')\n")
  expect((await cli.preflight(['inspect', 'fly-config'], {cwd})).code).toBe(0)
})
