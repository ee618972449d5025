import {describe, expect, it} from 'vitest'
import type {Report} from '../../src/report/report.ts'
import {timeline, verdictInWords} from '../../src/report/timeline.ts'
import {type Checked, reportOf} from './reports.ts'

const states = (report: Report) =>
  Object.fromEntries(timeline(report).map(({name, state, reached}) => [name, reached ? state : `(${state})`]))

const passes = (failsAt: NonNullable<Checked['failsAt']>): Checked => ({id: `x/${failsAt}`, failsAt})
const everyPhase = (['gate', 'parse', 'build', 'release', 'machine', 'boot', 'health', 'runtime'] as const).map(passes)

describe('the timeline of a deploy', () => {
  it('is clear where every check passed', () => {
    expect(new Set(Object.values(states(reportOf(everyPhase))))).toEqual(new Set(['passed']))
  })

  it('ends at the first phase with an error; what is behind it is not reached', () => {
    const report = reportOf([...everyPhase, {id: 'a/b', failsAt: 'release', findings: [{}]}])
    expect(states(report)).toEqual({
      gate: 'passed',
      parse: 'passed',
      build: 'passed',
      release: 'breaks',
      machine: '(passed)',
      boot: '(passed)',
      health: '(passed)',
      runtime: '(passed)',
    })
  })

  it('puts a finding where the finding fails, not where its check usually does', () => {
    const report = reportOf([{id: 'a/b', failsAt: 'boot', findings: [{failsAt: 'validate'}]}])
    expect(states(report)).toMatchObject({parse: 'breaks'})
  })

  it('goes on over a warning', () => {
    const report = reportOf([...everyPhase, {id: 'a/b', failsAt: 'build', findings: [{severity: 'warning'}]}])
    expect(states(report)).toMatchObject({build: 'risky', release: 'passed'})
  })

  it('tells what nobody looked at from what is clear', () => {
    const report = reportOf([
      {id: 'a/b', failsAt: 'build', outcome: 'skipped', reason: 'there is no Dockerfile'},
      {id: 'a/c', failsAt: 'boot', outcome: 'unverified', reason: 'flyctl is not logged in'},
    ])
    expect(states(report)).toMatchObject({build: 'unchecked', boot: 'unverified', health: 'unchecked'})
  })

  it('does not call the access clear where Fly.io was not asked', () => {
    expect(states({...reportOf(everyPhase), scope: 'static'})).toMatchObject({gate: 'unchecked', parse: 'passed'})
  })
})

describe('the verdict in words', () => {
  it.each<[string, Checked[], string]>([
    ['go', everyPhase, 'Nothing is known that would stop this deploy.'],
    [
      'go with a warning',
      [{id: 'a/b', failsAt: 'build', findings: [{severity: 'warning'}]}],
      'Nothing is known that would stop this deploy; 1 warning is worth reading.',
    ],
    [
      'the first phase that fails',
      [
        {id: 'a/b', failsAt: 'boot', findings: [{message: 'the second'}]},
        {id: 'a/c', failsAt: 'build', findings: [{message: 'the first'}]},
      ],
      'The image build would fail: the first.',
    ],
    [
      'flyctl',
      [{id: 'a/b', failsAt: 'validate', findings: [{message: 'm'}]}],
      'flyctl would refuse the configuration: m.',
    ],
    [
      'a rule of the project',
      [{id: 'a/b', failsAt: 'policy', findings: [{message: 'm'}]}],
      "The project's own rule is broken: m.",
    ],
    [
      'what could not be verified',
      [{id: 'a/b', failsAt: 'gate', outcome: 'unverified', reason: 'flyctl is not logged in'}],
      'Whether the deploy would work could not be verified: flyctl is not logged in.',
    ],
  ])('%s', (_, checks, words) => {
    expect(verdictInWords(reportOf(checks))).toBe(words)
  })

  it('--strict', () => {
    const checks: Checked[] = [{id: 'a/b', failsAt: 'build', findings: [{severity: 'warning', message: 'm'}]}]
    expect(verdictInWords(reportOf(checks, {strict: true}))).toBe(
      'Nothing is proven to fail, but warnings block this deploy (--strict): m.',
    )
  })
})
