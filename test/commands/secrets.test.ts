import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {formats} from '../../src/report/index.ts'
import {preflight, sample, temporary} from '../cli.ts'

/** Part of every secret in the recordings `planted…`, of the variables, and of the project below. */
const planted = /pl4nted/i
const env = {
  FLY_API_TOKEN: 'FlyV1 fm2_pl4ntedAAAABBBBCCCC,fm2_pl4ntedDDD',
  FLY_ACCESS_TOKEN: 'fo1_pl4nted0123456789',
  DATABASE_URL: 'postgres://shop:pl4nted-password@db.internal:5432/shop',
}

/** The first two words of every call that preflight may make. */
const harmless = ['version --json', 'auth whoami', 'tokens debug', 'status -a', 'config show', 'releases -a'].concat(
  ['secrets', 'volumes', 'ips', 'certs', 'postgres', 'mpg', 'redis', 'apps', 'orgs'].map((each) => `${each} list`),
  ['regions', 'vm-sizes'].map((each) => `platform ${each}`),
)

it.each(['planted', 'planted-errors', 'planted-garbage', 'planted-start'])(
  'no secret of the recording "%s" is in any report, in what inspect live shows, nor on stderr',
  async (flyctl) => {
    const folder = temporary({})
    const files = formats
      .filter((format) => format !== 'pretty')
      .map((format) => [format, join(folder, format)] as const)
    const reports = ['--format', 'pretty', ...files.flatMap(([format, file]) => ['--format', `${format}=${file}`])]
    const commands = [reports, ['inspect', 'live'], ['inspect', 'live', '--json']]
    const outcomes = await Promise.all(commands.map((args) => preflight(args, {cwd: sample, flyctl, env})))
    expect(outcomes[0]?.stdout).toMatch(/^(NO-)?GO /m)
    for (const {stdout} of outcomes.slice(1)) expect(stdout).toContain('flyctl version')
    for (const {stdout, stderr} of outcomes) expect(stdout + stderr).not.toMatch(planted)
    for (const [format, file] of files) expect(readFileSync(file, 'utf8'), format).not.toMatch(planted)
  },
)

it('no call prints values: tokens, passwords and URLs are never asked for', async () => {
  const log = join(temporary({}), 'calls')
  await preflight(['-q'], {cwd: sample, flyctl: 'healthy', env: {PREFLIGHT_CALLS: log}})
  await preflight(['inspect', 'live'], {cwd: sample, flyctl: 'no-app', env: {PREFLIGHT_CALLS: log}})
  const commands = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as {args: string[]}).args.slice(0, 2).join(' '))
  expect(commands.length).toBeGreaterThan(5)
  expect(commands.filter((command) => !harmless.includes(command))).toEqual([])
})
