import {describe, expect, it} from 'vitest'
import {checks} from '../../checks/index.ts'
import pkg from '../../package.json' with {type: 'json'}
import {commandNames} from '../../src/commands/names.ts'
import {preflight, temporary} from '../cli.ts'

const run = (...args: string[]) => preflight(args, {cwd: temporary({})})

describe('preflight list', () => {
  it('prints a line for each check, in the order of the plan', async () => {
    const {code, stdout} = await run('list')
    expect(code).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((each) => each.split(' ')[0]),
    ).toEqual(checks.map(({id}) => id))
  })

  it('--json gives them as data', async () => {
    const list = JSON.parse((await run('list', '--json')).stdout)
    expect(list).toHaveLength(checks.length)
    expect(list[0]).toMatchObject({id: 'git/clean', group: 'git', severity: 'warning', facts: ['git'], offline: true})
  })
})

describe('preflight explain', () => {
  it("prints the check's page", async () => {
    const {code, stdout} = await run('explain', 'dockerfile/libpq')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^# dockerfile\/libpq\n\nlibpq is where the Postgres driver needs it\.\n/)
  })

  it.each([
    [['explain', 'dockerfile/libp'], /there is no check dockerfile\/libp\. Did you mean dockerfile\/libpq\?/],
    [['explain'], /^preflight: ID is missing: the id of the check\n/],
  ])('%s is a usage error', async (args, message) => {
    const {code, stderr} = await run(...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})

describe('help and version', () => {
  it('--help prints the flags and every exit code', async () => {
    const {code, stdout} = await run('check', '--help')
    expect(code).toBe(0)
    for (const word of [
      '--offline',
      '--only',
      '--skip',
      '--strict',
      '-c,',
      '-a,',
      '--flyctl',
      '--timeout',
      '--quiet',
      '--json',
    ]) {
      expect(stdout).toContain(word)
    }
    expect(stdout).toMatch(
      /Exit codes:\n\s+0 +GO\n\s+1 +NO-GO: an error.*\n(?:.*verified\n)?\s+2 +wrong usage or configuration\n\s+3 +preflight itself broke, or could not write its report\n\s+130 +interrupted\n/,
    )
  })

  it('bare --help names the commands', async () => {
    expect((await run('--help')).stdout).toMatch(/check[\s\S]*explain[\s\S]*list/)
  })

  // The first needs an eighth of the program, and gets no more of it.
  it.each(commandNames)('%s --help says what help does', async (name) => {
    const [short, long] = await Promise.all([run(name, '--help'), run('help', name)])
    expect(short).toMatchObject({code: 0, stderr: ''})
    expect(short).toEqual(long)
  })

  it('--version', async () => {
    expect((await run('--version')).stdout).toContain(pkg.version)
  })
})
