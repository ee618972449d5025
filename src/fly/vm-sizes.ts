import {absent, type Fact, type FactStore} from '../facts.ts'
import {ask} from './ask.ts'
import type {FlyClient} from './client.ts'
import {numberOf, textOf} from './json.ts'

/** A size by its name, `shared-cpu-1x`; `memoryMb` is the least that it has. */
export interface VmSize {
  cpuKind: string
  cpus: number
  memoryMb: number
}

/** flyctl has the table built in: it is asked for only where ours, of another day, does not have what is written. */
export async function loadVmSizes(client: FlyClient, facts: FactStore): Promise<Fact<ReadonlyMap<string, VmSize>>> {
  const config = await facts.value('flyConfig')
  if (!config?.guests.some(({used, machine}) => used && !machine)) return absent('every machine size is known')
  return ask(client, facts, ['platform', 'vm-sizes'], (json) => {
    if (typeof json !== 'object' || json === null) return undefined
    // Once a list, with the names in it, and CPUClass and CPUCores in the place of cpu_kind and cpus.
    const entries = Array.isArray(json)
      ? json.map((size): [string, unknown] => [textOf(size, 'Name') ?? '', size])
      : Object.entries(json)
    const sizes = new Map<string, VmSize>()
    for (const [name, size] of entries) {
      const cpuKind = textOf(size, 'cpu_kind') ?? textOf(size, 'CPUClass')
      const cpus = numberOf(size, 'cpus') ?? numberOf(size, 'CPUCores')
      const memoryMb = numberOf(size, 'memory_mb')
      if (name && cpuKind && cpus && memoryMb) sizes.set(name, {cpuKind, cpus, memoryMb})
    }
    return sizes.size > 0 ? sizes : undefined
  })
}
