import {expect, it} from 'vitest'
import {guestsOf} from '../../../src/project/fly-config/guests.ts'
import type {Config} from '../../../src/project/fly-config/keys.ts'

type Vm = NonNullable<Config['vm']>[number]
const machineOf = (vm: Vm) => guestsOf({vm: [vm]})[0]?.machine

it('starts from a size, and what else is written overrides it', () => {
  expect(machineOf({})).toEqual({cpuKind: 'shared', cpus: 1, memoryMb: 256, gpuKind: ''})
  expect(machineOf({size: 'performance-2x'})).toEqual({cpuKind: 'performance', cpus: 2, memoryMb: 4096, gpuKind: ''})
  expect(machineOf({size: 'shared-cpu-1x', cpus: 2})).toMatchObject({cpus: 2, memoryMb: 256})
  expect(machineOf({cpu_kind: 'performance'})).toMatchObject({cpuKind: 'performance', cpus: 1, memoryMb: 256})
  expect(machineOf({memory: '1gb', memory_mb: 512})).toMatchObject({memoryMb: 512})
  expect(machineOf({size: '', memory: '', cpu_kind: '', cpus: 0, memory_mb: 0})).toMatchObject({cpus: 1, memoryMb: 256})
  expect(machineOf({memory: '-5'})).toMatchObject({memoryMb: -5})
})

it('starts from a larger size where a GPU is asked for', () => {
  expect(machineOf({gpu_kind: 'l40s'})).toEqual({
    cpuKind: 'performance',
    cpus: 8,
    memoryMb: 16384,
    gpuKind: 'l40s',
  })
  expect(machineOf({size: 'a10'})).toMatchObject({gpuKind: 'a10', memoryMb: 32768})
})

it('has no machine where flyctl refuses', () => {
  expect(machineOf({size: 'shared-cpu-3x'})).toBeUndefined()
  expect(machineOf({size: 'constructor'})).toBeUndefined()
  expect(machineOf({memory: '1 gigabyte'})).toBeUndefined()
  expect(machineOf({memory: '0', memory_mb: 512})).toBeUndefined()
})

const groups = (processes: readonly (readonly string[] | undefined)[], written: readonly string[]) =>
  guestsOf({
    processes: Object.fromEntries(written.map((name) => [name, ''])),
    vm: processes.map((each) => (each ? {processes: [...each]} : {})),
  }).map((guest) => guest.groups)

it('counts one [[vm]] for each group', () => {
  expect(groups([undefined], [])).toEqual([['app']])
  expect(groups([undefined], ['web', 'worker'])).toEqual([['web', 'worker']])
  expect(groups([undefined, ['worker']], ['web', 'worker'])).toEqual([['web'], ['worker']])
  expect(groups([['web'], ['web'], undefined], ['web'])).toEqual([[], ['web'], []])
  expect(groups([undefined, undefined], ['web'])).toEqual([['web'], []])
  expect(groups([['nobody']], ['web'])).toEqual([[]])
  expect(groups([['']], ['app', 'web'])).toEqual([['app']])
})

it('needs the machine of the release command only where there is one', () => {
  const vm = {size: 'shared-cpu-2x'}
  expect(guestsOf({deploy: {release_command_vm: vm}})).toMatchObject([{used: false}])
  expect(guestsOf({deploy: {release_command: 'true', release_command_vm: vm}})).toMatchObject([
    {used: true, path: ['deploy', 'release_command_vm'], failsAt: 'release'},
  ])
})
