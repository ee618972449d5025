import type {Fact, FactStore} from '../facts.ts'
import {ask} from './ask.ts'
import type {FlyClient} from './client.ts'
import {numberOf, textOf} from './json.ts'

/** A size by its name, `shared-cpu-1x`; `memoryMb` is the least that it has. */
export interface VmSize {
  cpuKind: string
  cpus: number
  memoryMb: number
}

/** flyctl has the table built in: it asks nobody. */
export const loadVmSizes = (client: FlyClient, facts: FactStore): Promise<Fact<ReadonlyMap<string, VmSize>>> =>
  ask(client, facts, ['platform', 'vm-sizes'], (json) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
    const sizes = new Map<string, VmSize>()
    for (const [name, size] of Object.entries(json)) {
      const [cpuKind, cpus, memoryMb] = [textOf(size, 'cpu_kind'), numberOf(size, 'cpus'), numberOf(size, 'memory_mb')]
      if (cpuKind && cpus && memoryMb) sizes.set(name, {cpuKind, cpus, memoryMb})
    }
    return sizes.size > 0 ? sizes : undefined
  })
