import {describe, expect, it} from 'vitest'
import unusedIgnore from '../../../checks/settings/unused-ignore.ts'
import {check, line, testCheck} from '../../harness.ts'

const nameless = '[http_service]\ninternal_port = 8080\n'

testCheck(unusedIgnore, {
  clean: {'no ignores': {files: {'fly.toml': 'app = "shop"'}}},
  flagged: {
    'one whose day has passed': {
      files: {
        'fly.toml': nameless,
        'preflight.toml': '[[ignore]]\ncheck = "fly-config/app-name"\nreason = "later"\nuntil = 2026-06-30\n',
      },
      expect: ['warning preflight.toml:1:3 the ignore of fly-config/app-name ended on 2026-06-30'],
    },
  },
})

describe('ignores in a whole run', () => {
  const run = async (files: Record<string, string>) => {
    const report = await check({files, options: {only: ['fly-config', 'settings']}})
    return {
      verdict: report.verdict,
      findings: report.checks.flatMap(({findings}) => findings.map(line)),
      ignored: report.summary.ignored,
    }
  }

  it('one that matches takes the finding out and is not unused', async () => {
    const settings = '[[ignore]]\ncheck = "fly-config/app-name"\nreason = "given by CI"\nuntil = 2026-12-31\n'
    expect(await run({'fly.toml': nameless, 'preflight.toml': settings})).toEqual({
      verdict: 'go',
      findings: [],
      ignored: 1,
    })
  })

  it('a comment covers the line behind it', async () => {
    const text = `# preflight-ignore fly-config/app-name -- given by CI\n${nameless}`
    expect(await run({'fly.toml': text})).toMatchObject({
      verdict: 'no-go',
      findings: [
        'error fly.toml:1:1 fly.toml names no app',
        'warning fly.toml:1:1 the ignore of fly-config/app-name matches no finding',
      ],
    })
  })

  it('one that matches nothing is told', async () => {
    const settings = '[[ignore]]\ncheck = "fly-config/app-name"\npath = "other.toml"\nreason = "x"\n'
    expect(await run({'fly.toml': 'app = "shop"', 'preflight.toml': settings})).toMatchObject({
      verdict: 'go',
      findings: ['warning preflight.toml:1:3 the ignore of fly-config/app-name matches no finding'],
    })
  })

  it('a comment without a reason, or with an id that no check has, is told', async () => {
    const text = '# preflight-ignore git/clean\n# preflight-ignore git/claen -- typo\napp = "shop"\n'
    expect(await run({'fly.toml': text})).toMatchObject({
      verdict: 'go',
      findings: [
        'warning fly.toml:1:1 this comment ignores nothing: it lacks an id or a reason',
        'warning fly.toml:2:1 this comment ignores git/claen, which is no check',
      ],
    })
  })

  it('one whose check did not run is not called unused', async () => {
    const settings = '[[ignore]]\ncheck = "dockerfile/libpq"\nreason = "x"\n'
    expect(await run({'fly.toml': 'app = "shop"', 'preflight.toml': settings})).toMatchObject({
      verdict: 'go',
      findings: [],
    })
  })
})
