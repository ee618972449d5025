import {describe, expect, it} from 'vitest'
import type {CheckReport, ReportedFinding} from '../../src/report/report.ts'
import {check} from '../harness.ts'
import {type Verdict, verdicts} from './verdicts.ts'

/** What preflight says of a fly.toml that stands alone. */
async function checksOf(text: string): Promise<CheckReport[]> {
  const report = await check({files: {'fly.toml': text}, options: {offline: true, only: ['fly-config']}})
  return report.checks
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
    const checks = await checksOf(verdict.text)
    const found = checks.flatMap(({findings}) => findings)
    expect(classOf(found), JSON.stringify(found)).toBe(verdict.class)
    if (verdict.class === 'load' && verdict.row) {
      expect(errorsAt(found, 'parse')[0]?.location).toMatchObject({line: verdict.row})
    }
    if (verdict.class === 'load' || verdict.class === 'unmarshal') return
    const unknown = checks
      .filter(({id}) => id === 'fly-config/unknown-key')
      .flatMap(({findings}) => findings.flatMap(({location}) => ('keyPath' in location ? [location.keyPath] : [])))
    expect(unknown).toEqual(expect.arrayContaining(verdict.strict ?? []))
    if (verdict.machine) expect(errorsAt(found, 'machine')).not.toEqual([])
  })
})

/** flyctl's own words, and the checks that say the same. */
const rules: readonly [RegExp, ...ids: string[]][] = [
  [/Could not parse command|Can't shell split/, 'command-syntax'],
  [/could not parse command/, 'machine-conversion'],
  [/unsupported deployment strategy/, 'deploy-strategy'],
  [/canary deployment strategy is not supported/, 'strategy-mounts'],
  [/interval is too short/, 'check-interval'],
  [/timeout is too long/, 'check-timeout'],
  [/Can't process top level check|^Missing or invalid check type/, 'check-type', 'machine-conversion'],
  [/has no port set/, 'check-port'],
  [/this will be (raised|lowered)/, 'service-check-timing'],
  [/must expose at least one port/, 'service-ports'],
  [/invalid restart policy/, 'restart-policy', 'machine-conversion'],
  [/initial_size/, 'mount-size'],
  [/snapshot_retention/, 'mount-snapshots'],
  [/auto_extend_size/, 'mount-auto-extend'],
  [/for compression/, 'compression'],
  [/has no processes set/, 'service-processes'],
  [/no processes are defined with that name/, 'unknown-group'],
  [/machine (size|preset)/, 'vm-size'],
  [/^invalid size|memory cannot be zero/, 'vm-memory'],
  [/no such file or directory|^container |compose file/, 'containers'],
]

describe('each of its reasons is told by the check for it', () => {
  const reasonsOf = ({says = [], machine = []}: Verdict) => [...says, ...machine.map(([, error]) => error)]

  it.each(verdicts.filter((each) => reasonsOf(each).length > 0).map((each) => [each.name, each] as const))(
    '%s',
    async (_, verdict) => {
      const told = (await checksOf(verdict.text)).filter(({findings}) => findings.length > 0).map(({id}) => id)
      for (const reason of reasonsOf(verdict)) {
        const ids = rules.filter(([pattern]) => pattern.test(reason)).flatMap(([, ...of]) => of)
        expect(ids, reason).not.toEqual([])
        expect(told, reason).toEqual(expect.arrayContaining(ids.map((id) => `fly-config/${id}`)))
      }
    },
  )
})
