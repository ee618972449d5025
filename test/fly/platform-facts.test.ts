import {describe, expect, it} from 'vitest'
import {json, liveFactsOf} from './live.ts'

const read = async (fact: 'regions' | 'vmSizes' | 'flyctl', command: string, said: string) => {
  const found = await liveFactsOf({answers: {[command]: said}}).get(fact)
  return found.state === 'ok' ? found.value : found
}

describe('regions', () => {
  it('are read, also in the old shape', async () => {
    const today = json([{code: 'iad', name: 'Ashburn, Virginia (US)', requires_paid_plan: false}])
    const old = json([{Code: 'bom', Name: 'Mumbai, India', RequiresPaidPlan: true, Latitude: 1}, {Code: ''}])
    expect(await read('regions', 'platform regions', today)).toEqual([
      {code: 'iad', name: 'Ashburn, Virginia (US)', paidPlan: false},
    ])
    expect(await read('regions', 'platform regions', old)).toEqual([
      {code: 'bom', name: 'Mumbai, India', paidPlan: true},
    ])
  })

  it.each(['[]', 'null', '{}'])('%s is no answer: every region would look closed', async (said) => {
    expect(await read('regions', 'platform regions', said)).toMatchObject({state: 'failed'})
  })
})

describe('sizes', () => {
  it('are read, also in the old shape', async () => {
    const size = {cpuKind: 'shared', cpus: 1, memoryMb: 256}
    const today = json({'shared-cpu-1x': {cpu_kind: 'shared', cpus: 1, memory_mb: 256}, broken: {}})
    const old = json([{Name: 'shared-cpu-1x', CPUCores: 1, CPUClass: 'shared', MemoryGB: 0.25, MemoryMB: 256}])
    for (const said of [today, old]) {
      expect(await read('vmSizes', 'platform vm-sizes', said)).toEqual(new Map([['shared-cpu-1x', size]]))
    }
  })

  it('are not asked for where each one that is written is known', async () => {
    const guests = [
      {used: true, machine: {}},
      {used: false, machine: undefined},
    ]
    const facts = liveFactsOf({config: {guests}, answers: {'platform vm-sizes': 'Error: this was asked'}})
    expect(await facts.get('vmSizes')).toEqual({state: 'absent', reason: 'every machine size is known'})
  })

  it.each(['[]', 'null', '{}'])('%s is no answer', async (said) => {
    expect(await read('vmSizes', 'platform vm-sizes', said)).toMatchObject({state: 'failed'})
  })
})

describe('flyctl', () => {
  it('names its version', async () => {
    expect(await read('flyctl', 'version', '{"Name":"fly","Version":"0.4.88-pr1.2"}')).toEqual({
      version: '0.4.88-pr1.2',
    })
  })

  it.each([
    ['another program prints its number', '7.11.2'],
    ['another program prints JSON', '{"Name": "concourse", "Version": "7.11.2"}'],
    ['another program knows no such command', "Error: unknown command `version'"],
  ])('%s: it is not flyctl', async (_, said) => {
    expect(await read('flyctl', 'version', said)).toMatchObject({state: 'failed', problem: {kind: 'missing'}})
  })

  it('that cannot start says why', async () => {
    const said = 'Error: failed ensuring config directory perms: open /root/.fly: permission denied'
    expect(await read('flyctl', 'version', said)).toEqual({
      state: 'failed',
      reason: 'flyctl version: failed ensuring config directory perms: open /root/.fly: permission denied',
    })
  })
})
