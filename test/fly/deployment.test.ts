import {describe, expect, it} from 'vitest'
import type {App} from '../../src/fly/app.ts'
import {deployedMachines, exitsOf, isFirstDeploy, machinesByGroup, nameMachines} from '../../src/fly/deployment.ts'
import {readMachines} from '../../src/fly/machines.ts'
import {type MachineWords, status} from '../machines.ts'

const machinesOf = (...words: MachineWords[]) =>
  readMachines(JSON.parse(status(words)['status -a shop'] as string).Machines)
const app = (rest: Partial<App>): App => ({
  name: 'shop',
  organization: 'acme-widgets',
  paidPlan: true,
  deployed: true,
  status: 'deployed',
  release: 12,
  machines: [],
  hostname: undefined,
  ...rest,
})

describe('whether flyctl makes what a new app needs', () => {
  it.each([
    ['never deployed', app({deployed: false, status: 'pending'}), true],
    ['scaled to nothing', app({}), false],
    ['suspended', app({status: 'suspended'}), false],
    ['with machines of Fly Launch, whatever the status', app({deployed: false, machines: machinesOf({})}), false],
    ['with machines of others only', app({machines: machinesOf({unmanaged: true})}), true],
    ['two answers that differ', app({status: 'pending'}), undefined],
  ])('%s', (_, one, expected) => {
    expect(isFirstDeploy(one)).toBe(expected)
  })
})

it('a deploy goes by the machines of Fly Launch, group by group', () => {
  const one = app({machines: machinesOf({group: 'worker'}, {group: 'app'}, {group: 'app'}, {unmanaged: true})})
  expect(deployedMachines(one).map(({id}) => id)).toEqual(['m1', 'm2', 'm3'])
  expect([...machinesByGroup(one)].map(([group, machines]) => [group, machines.length])).toEqual([
    ['app', 2],
    ['worker', 1],
  ])
})

it('how a machine ended counts from its last update', () => {
  const [machine] = machinesOf({events: ['start', 'exit 137 oom', 'start', 'update', 'exit 1']})
  expect(machine && exitsOf(machine).map(({exit}) => exit)).toEqual([{code: 137, outOfMemory: true, requested: false}])
})

it('names some machines and counts the others', () => {
  expect(nameMachines(machinesOf({}))).toBe('the machine m1')
  expect(nameMachines(machinesOf({}, {}))).toBe('the machines m1 and m2')
  expect(nameMachines(machinesOf({}, {}, {}, {}))).toBe('the machines m1, m2 and 2 more')
})

describe('a machine as the Machines API tells of it', () => {
  const read = (machine: object) => readMachines([{id: 'm1', region: 'iad', state: 'started', ...machine}])[0]

  it('has its group under an older name too', () => {
    expect(read({config: {metadata: {process_group: 'worker'}}})?.group).toBe('worker')
  })

  it('has an image with its version, as flyctl status shows it', () => {
    const ref = {repository: 'flyio/postgres-flex', tag: '15', labels: {'fly.version': 'v0.0.41'}}
    expect(read({image_ref: ref})?.image).toBe('flyio/postgres-flex:15 (v0.0.41)')
    expect(read({image_ref: {}})?.image).toBeUndefined()
  })

  it('has the exit of an event in one of two places', () => {
    const request = {exit_event: {exit_code: 1}, MonitorEvent: {exit_event: {exit_code: 137, oom_killed: true}}}
    const events = [
      {type: 'exit', timestamp: 2, request},
      {type: 'exit', timestamp: 1, request: {exit_event: {exit_code: 1}}},
    ]
    expect(read({events})?.events.map(({exit}) => exit?.code)).toEqual([137, 1])
  })
})
