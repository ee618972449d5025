import {describe, expect, it} from 'vitest'
import settingsBaseline from '../../../checks/settings/baseline.ts'
import {baselineText} from '../../../src/config/baseline.ts'
import {fingerprint} from '../../../src/engine/fingerprint.ts'
import type {BaselineEntry} from '../../../src/facts.ts'
import {check, line, testCheck} from '../../harness.ts'

const message = 'flyctl knows no key nonsense: whatever is written there has no effect'

const entry = (more: Partial<BaselineEntry> = {}): BaselineEntry => {
  const each = {check: 'fly-config/unknown-key', file: 'fly.toml', severity: 'error', message, ...more} as const
  return {...each, fingerprint: fingerprint(each.check, {file: each.file}, each.message)}
}

testCheck(settingsBaseline, {
  clean: {
    'no baseline': {files: {'fly.toml': 'app = "shop"\n'}},
    'a check that did not run': {
      files: {'fly.toml': 'app = "shop"\n', 'preflight-baseline.json': baselineText([entry()])},
    },
  },
  flagged: {
    'a check that there no longer is': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'preflight-baseline.json': baselineText([entry({check: 'fly-config/gone'})]),
      },
      expect: ['info preflight-baseline.json a finding of the baseline is gone: fly-config/gone'],
    },
  },
})

describe('a baseline', () => {
  const app = 'app = "shop"\n'
  const run = async (fly: string, entries: BaselineEntry[], more: Record<string, string> = {}, config?: string) => {
    const files = {'fly.toml': fly, 'preflight-baseline.json': baselineText(entries), ...more}
    const report = await check({
      files,
      options: {only: ['fly-config/unknown-key', 'fly-config/syntax', 'settings'], config},
    })
    return {
      findings: report.checks.flatMap(({findings}) => findings.map(line)),
      ignored: report.checks.flatMap(({ignored}) => ignored.map(({reason}) => reason)),
    }
  }
  /** The findings of a project as entries, the way preflight baseline writes them. */
  const entriesOf = async (fly: string) => {
    const report = await check({files: {'fly.toml': fly}, options: {only: ['fly-config/unknown-key']}})
    return report.checks.flatMap(({findings}) =>
      findings.map((each) => entry({severity: each.severity, message: each.message})),
    )
  }

  it('takes its findings out, wherever their lines have moved to', async () => {
    const entries = await entriesOf(`${app}nonsense = 1\n`)
    expect(entries).toHaveLength(1)
    expect(await run(`# more\n\n${app}\n\nnonsense = 1\n`, entries)).toEqual({
      findings: [],
      ignored: ['in the baseline'],
    })
  })

  it('lets new ones through', async () => {
    const entries = await entriesOf(`${app}nonsense = 1\n`)
    expect(await run(`${app}nonsense = 1\nrubbish = 1\n`, entries)).toEqual({
      findings: [expect.stringContaining('rubbish')],
      ignored: ['in the baseline'],
    })
  })

  it('holds as many of those that are alike as there were', async () => {
    const twice = `${app}[[vm]]\nnonsense = 1\n[[vm]]\nnonsense = 1\n`
    const [one] = await entriesOf(`${app}[[vm]]\nnonsense = 1\n`)
    const all = await entriesOf(twice)
    expect(all).toHaveLength(2)
    expect((await run(twice, all)).findings).toEqual([])
    expect((await run(twice, [one as BaselineEntry])).findings).toHaveLength(1)
  })

  it('tells what is gone from it', async () => {
    expect(await run(app, await entriesOf(`${app}nonsense = 1\nrubbish = 1\n`))).toEqual({
      findings: ['info preflight-baseline.json 2 findings of the baseline are gone: fly-config/unknown-key'],
      ignored: [],
    })
  })

  it('does not hold what was less severe then', async () => {
    const [one] = await entriesOf(`${app}nonsense = 1\n`)
    const asInfo = {...(one as BaselineEntry), severity: 'info' as const}
    expect((await run(`${app}nonsense = 1\n`, [asInfo])).ignored).toEqual([])
    expect((await run(`${app}nonsense = 1\n`, [{...asInfo, severity: 'error'}])).ignored).toHaveLength(1)
  })

  it('is one for each configuration that -c names', async () => {
    const [one] = await entriesOf(`${app}nonsense = 1\n`)
    const staging = {'fly.staging.toml': `${app}nonsense = 1\n`}
    const [same] = (await run(app, [one as BaselineEntry], staging, 'fly.staging.toml')).findings
    expect(same).toMatch(/^\w+ fly\.staging\.toml:2:1/)
    // The one that is taken without -c is the same with its name.
    expect((await run(`${app}nonsense = 1\n`, [one as BaselineEntry], {}, './fly.toml')).findings).toEqual([])
  })

  it('takes no file that cannot be read: nothing that is in it would be checked', async () => {
    const report = await check({files: {'fly.toml': 'app =\n'}, options: {only: ['fly-config']}})
    const findings = report.checks.flatMap(({id, findings}) =>
      findings.map((each) => entry({check: id, severity: each.severity, message: each.message})),
    )
    expect(findings).toHaveLength(1)
    expect((await run('app =\n', findings)).ignored).toEqual([])
  })

  it.each([
    ['no JSON', '<<<<<<<', /^preflight-baseline\.json is no JSON: /],
    ['another version', '{"version": 2}', 'preflight-baseline.json is of another version than 1'],
    [
      'no entries',
      '{"version": 1, "findings": [{}]}',
      'preflight-baseline.json has findings without check, severity or fingerprint',
    ],
  ])('that is broken is a usage error: %s', async (_, text, problem) => {
    const wrong = {name: 'UsageError', message: typeof problem === 'string' ? problem : expect.stringMatching(problem)}
    await expect(run(app, [], {'preflight-baseline.json': text})).rejects.toThrow(expect.objectContaining(wrong))
  })
})

describe('a fingerprint', () => {
  const of = (message: string, file = 'a') => fingerprint('x/y', {file, line: 3}, message)

  it('stays when lines move, and only then', () => {
    expect(of('see a.py:12:3 on line 4')).toBe(of('see a.py:99 on line 7'))
    expect(of('the secret S3_KEY is not set')).not.toBe(of('the secret S4_KEY is not set'))
    expect(of('x')).not.toBe(of('x', 'b'))
  })
})
