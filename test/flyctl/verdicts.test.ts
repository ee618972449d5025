import {describe, expect, it} from 'vitest'
import type {ReportedFinding} from '../../src/report/report.ts'
import {check} from '../harness.ts'
import {type Verdict, verdicts} from './verdicts.ts'

/** What preflight says of a fly.toml that stands alone. */
async function findings(text: string): Promise<ReportedFinding[]> {
  const report = await check({files: {'fly.toml': text}, options: {offline: true, only: ['fly-config']}})
  return report.checks.flatMap((each) => each.findings)
}

const errorsAt = (found: ReportedFinding[], phase: string) =>
  found.filter(({severity, failsAt}) => severity === 'error' && failsAt === phase)

/** flyctl's word for the first thing that stops it. */
function classOf(found: ReportedFinding[]): Verdict['class'] {
  if (errorsAt(found, 'parse').length > 0) return 'load'
  if (errorsAt(found, 'decode').length > 0) return 'unmarshal'
  return errorsAt(found, 'validate').length > 0 ? 'invalid' : 'ok'
}

describe("preflight's verdict on a fly.toml is flyctl's own", () => {
  it.each(verdicts.map((verdict) => [verdict.name, verdict] as const))('%s', async (_, verdict) => {
    const found = await findings(verdict.text)
    expect(classOf(found), JSON.stringify(found)).toBe(verdict.class)
    if (verdict.class === 'load' && verdict.row) {
      expect(errorsAt(found, 'parse')[0]?.location).toMatchObject({line: verdict.row})
    }
    if (verdict.class === 'load' || verdict.class === 'unmarshal') return
    const unknown = found.flatMap(({location}) => ('keyPath' in location ? [location.keyPath] : []))
    expect(unknown).toEqual(expect.arrayContaining(verdict.strict ?? []))
    if (verdict.machine) expect(errorsAt(found, 'machine')).not.toEqual([])
  })
})
