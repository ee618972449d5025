import {describe, expect, it} from 'vitest'
import * as z from 'zod'
import {gitlab} from '../../src/report/gitlab.ts'
import {context, go, noGo, samples} from './samples.ts'

/** What GitLab's documentation requires of a report. */
const schema = z.array(
  z.strictObject({
    description: z.string().min(1),
    check_name: z.string().min(1),
    fingerprint: z.string().min(1),
    severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
    location: z.strictObject({
      path: z.string().regex(/^(?!\.?\/)/),
      lines: z.strictObject({begin: z.int().min(1)}),
    }),
  }),
)

describe('Code Quality of GitLab', () => {
  it.each(samples)('has what GitLab requires, and no fingerprint twice: %s', async (_, report) => {
    const issues = schema.parse(JSON.parse(await gitlab(report, context)))
    expect(new Set(issues.map(({fingerprint}) => fingerprint)).size).toBe(issues.length)
  })

  it('has the heaviest first, each at a file from the top of the repository', async () => {
    const issues = schema.parse(JSON.parse(await gitlab(noGo, context)))
    expect(
      issues.map(({severity, check_name, location}) => [severity, check_name, location.path, location.lines.begin]),
    ).toEqual([
      ['blocker', 'dockerfile/exposed-port', 'apps/shop/fly.toml', 6],
      ['blocker', 'live/required-secrets', 'apps/shop/fly.toml', 1],
      ['major', 'git/clean', 'apps/shop/fly.toml', 1],
      ['info', 'dockerfile/exposed-port', 'apps/shop/Dockerfile', 1],
      ['critical', 'live/app', 'apps/shop/fly.toml', 1],
      ['minor', 'live/postgres', 'apps/shop/fly.toml', 1],
    ])
  })

  it('is an empty list where nothing was found', async () => {
    expect(await gitlab(go, context)).toBe('[]\n')
  })
})
