import {describe, expect, it} from 'vitest'
import unusedIgnore from '../../../checks/settings/unused-ignore.ts'
import {check, line, testCheck} from '../../harness.ts'

const nameless = '[env]\nA = "1"\n'

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

  it('a comment takes the finding on the line behind it out, and none that only points there', async () => {
    const comment = '# preflight-ignore dockerfile/exposed-port -- the sidecar listens there\n'
    const ports = async (beforePort: string, beforeExpose: string) => {
      const files = {
        'fly.toml': `app = "shop"\n[http_service]\n${beforePort}internal_port = 8080\n`,
        Dockerfile: `FROM debian\n${beforeExpose}EXPOSE 9000\n`,
      }
      const {checks, summary} = await check({files, options: {only: ['dockerfile/exposed-port', 'settings']}})
      return {findings: checks.flatMap(({findings}) => findings.map(line)), ignored: summary.ignored}
    }
    expect(await ports(comment, '')).toEqual({findings: [], ignored: 1})
    expect(await ports('', comment)).toEqual({
      findings: [
        'warning fly.toml:3:1 internal_port is 8080, but the image exposes 9000',
        'warning Dockerfile:2:1 the ignore of dockerfile/exposed-port matches no finding',
      ],
      ignored: 0,
    })
  })

  it('a comment does not reach a finding on its own line', async () => {
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

  it('a comment in a file that is no UTF-8 counts too', async () => {
    const Dockerfile = Buffer.from(
      'FROM python:3.12-slim\n# caf\u00e9\n# preflight-ignore dockerfile/multi-stage -- compiles at run time\nRUN apt-get install -y gcc\n',
      'latin1',
    )
    const report = await check({
      files: {'fly.toml': 'app = "shop"', Dockerfile},
      options: {only: ['dockerfile/multi-stage', 'settings']},
    })
    expect(report.checks.flatMap(({findings}) => findings.map(line))).toEqual([])
    expect(report.summary.ignored).toBe(1)
  })

  it('one whose check did not run is not called unused', async () => {
    const settings = '[[ignore]]\ncheck = "dockerfile/libpq"\nreason = "x"\n'
    expect(await run({'fly.toml': 'app = "shop"', 'preflight.toml': settings})).toMatchObject({
      verdict: 'go',
      findings: [],
    })
  })
})
