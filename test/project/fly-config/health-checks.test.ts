import {describe, expect, it} from 'vitest'
import {Duration} from '../../../src/project/fly-config/duration.ts'
import {groupsWith} from '../../../src/project/fly-config/groups.ts'
import {timesOf} from '../../../src/project/fly-config/health-checks.ts'

describe('groupsWith', () => {
  const groups = (processes: Record<string, string>, named?: string[]) => groupsWith(named, {processes})

  it('without a group it is the default one, and so is an empty name', () => {
    expect(groups({})).toEqual(['app'])
    expect(groups({worker: 'b', web: 'a'}, [])).toEqual(['web'])
    expect(groups({worker: 'b', app: 'a'}, [''])).toEqual(['app'])
  })

  it('leaves out groups that do not exist', () => {
    expect(groups({web: 'a'}, ['web', 'nobody', 'web'])).toEqual(['web'])
    expect(groups({web: 'a'}, ['constructor'])).toEqual([])
  })
})

describe('timesOf', () => {
  const read = (text: string, duration: Duration, path: string[] = ['checks', 'web']) =>
    timesOf({interval: duration}, path, () => text).map(({shown, meant}) => [shown, meant?.toString()])[0]
  const milliseconds = (number: number) => new Duration(number * 1e6)

  it('shows a time as Go does', () => {
    expect(read('"90s"', milliseconds(90_000))).toEqual(['1m30s', undefined])
    expect(read('0', milliseconds(0))).toEqual(['0s', undefined])
  })

  it('says what a number means here, and what was meant', () => {
    expect(read('10', milliseconds(10))).toEqual(['10 (no unit, so milliseconds)', '10s'])
    expect(read('2.5', milliseconds(2))).toEqual(['2.5 (no unit, so milliseconds)', '2.5s'])
    expect(read('500', milliseconds(500))).toEqual(['500 (no unit, so milliseconds)', undefined])
    expect(read('1_500', milliseconds(1500))).toEqual(['1500 (no unit, so milliseconds)', '1.5s'])
    expect(read('10_000', new Duration(10_000), ['http_service', 'checks'])).toEqual([
      '10000 (no unit, so nanoseconds)',
      '10s',
    ])
  })
})
