/** What flyctl deploy makes of the app's machines: internal/command/deploy/machines.go. */
import {compare} from '../compare.ts'
import type {Facts} from '../facts.ts'
import {groupBy} from '../group-by.ts'
import type {App} from './app.ts'
import type {Machine, MachineEvent} from './machines.ts'

/** The machines that it updates: it does not touch those that somebody made without Fly Launch. */
export const deployedMachines = ({machines}: App): Machine[] => machines.filter(({managed}) => managed)

/** Whether a deploy goes through all of them, for checks that look at each: `flyctl deploy --only-machines …` does not. */
export const updatesAll = ({deployCommands}: {deployCommands: Facts['deployCommands'] | undefined}): true | string =>
  !deployCommands?.picksMachines || 'a deploy picks the machines that it updates'

/** The same by process group, the groups in the order of their names. */
export function machinesByGroup(app: App): Map<string, Machine[]> {
  const groups = groupBy(deployedMachines(app), ({group}) => group)
  return new Map([...groups].sort(([one], [other]) => compare(one, other)))
}

/**
 * Whether deploy makes what a new app needs, such as volumes (setFirstDeploy, setMachinesForDeployment). It goes by what
 * the Machines API says of the app, GraphQL says it too: undefined where the two do not agree.
 */
export function isFirstDeploy(app: App): boolean | undefined {
  if (deployedMachines(app).length > 0) return false
  // Machines, and none of Fly Launch.
  if (app.machines.length > 0) return true
  const wasDeployed = app.status === 'deployed' || app.status === 'suspended'
  return wasDeployed === app.deployed ? !wasDeployed : undefined
}

/** How it ended since it was last updated, the newest first: what was before ran another release, or had other memory. */
export function exitsOf({events}: Machine): (MachineEvent & {exit: NonNullable<MachineEvent['exit']>})[] {
  const update = events.findIndex(({type}) => type === 'update' || type === 'launch')
  return events.slice(0, update < 0 ? undefined : update).flatMap((event) => {
    const {exit} = event
    return exit ? [{...event, exit}] : []
  })
}

/** `the machine 17811953c92e18`, `the machines 17811953c92e18, e784e4d1a09683 and 3 more`. */
export function nameMachines(machines: readonly Machine[]): string {
  const ids = machines.map(({id}) => id)
  const [first, second, ...more] = ids
  if (second === undefined) return `the machine ${first}`
  if (more.length === 0) return `the machines ${first} and ${second}`
  return `the machines ${first}, ${second} and ${more.length} more`
}
