/**
 * The machines that [[vm]] and deploy.release_command_vm ask for, as flyctl makes them up:
 * internal/appconfig/machines.go (computeToGuest), processgroups.go (ComputeForGroup), fly-go's machine_types.go.
 */
import type {DeployCommands} from '../deploys/deploy-commands.ts'
import type {Path} from '../documents/document.ts'
import {defaultGroup, groupsOf} from './groups.ts'
import type {Config} from './keys.ts'
import {parseMemory} from './size.ts'

type Compute = NonNullable<Config['vm']>[number]

export interface Guest {
  path: Path
  written: Compute
  /** The groups that it is written for and that exist: without `processes`, every one. */
  writtenFor: readonly string[]
  /** The groups whose machines it sizes: of several [[vm]] for a group, only one counts. */
  groups: readonly string[]
  /** Whether flyctl makes a machine of it: for a group, or for the release command. */
  used: boolean
  /** The size that it starts from, written or not. */
  size: string
  /** What is sent; undefined where flyctl itself refuses the size or the memory. */
  machine: Machine | undefined
  /** When it turns out that no such machine can be made. */
  failsAt: 'machine' | 'release'
  /** What has happened by then, to end a sentence. */
  byThen: string
}

export interface Machine {
  cpuKind: string
  cpus: number
  memoryMb: number
  gpuKind: string
}

/**
 * What the Machines API accepts of each kind of CPU: how many, and MB of memory for each of them.
 * From flyctl's internal/machine/update.go, fly-go, and the API's own answers: `invalid config.guest.memory_mb, minimum
 * required 512 MiB`, `… cannot exceed 2048 MiB`, `invalid config.guest.cpus` (superfly/flyctl#1648, #2329, #1636).
 * 32 CPUs and more are for machines with several GPUs (superfly/flyctl#4157).
 */
export const cpuKinds: ReadonlyMap<string, CpuKind> = new Map([
  ['shared', {counts: [1, 2, 4, 6, 8], least: 256, most: 2048, step: 256}],
  ['performance', {counts: [1, 2, 4, 6, 8, 10, 12, 14, 16, 32, 64, 128], least: 2048, most: 8192, step: 1024}],
])
export interface CpuKind {
  counts: readonly number[]
  least: number
  most: number
  step: number
}

const preset = (cpuKind: string, cpus: number, memoryMb: number, gpuKind = ''): Machine => ({
  cpuKind,
  cpus,
  memoryMb,
  gpuKind,
})

/** MachinePresets. */
export const machineSizes: ReadonlyMap<string, Machine> = new Map([
  ...[1, 2, 4, 6, 8].map((cpus): [string, Machine] => [`shared-cpu-${cpus}x`, preset('shared', cpus, cpus * 256)]),
  ...[1, 2, 4, 6, 8, 10, 12, 14, 16].map((cpus): [string, Machine] => [
    `performance-${cpus}x`,
    preset('performance', cpus, cpus * 2048),
  ]),
  ['a100-40gb', preset('performance', 8, 32768, 'a100-pcie-40gb')],
  ['a100-80gb', preset('performance', 8, 32768, 'a100-sxm4-80gb')],
  ['l40s', preset('performance', 8, 32768, 'l40s')],
  ['a10', preset('performance', 8, 32768, 'a10')],
])

export function guestsOf(config: Config): Guest[] {
  const {vm = [], deploy: {release_command: releaseCommand, release_command_vm: releaseVm} = {}} = config
  const all = groupsOf(config)
  const applies = ({processes}: Compute, group: string): boolean =>
    !processes?.length || names(processes, group) || (processes.includes('') && group === defaultGroup(config))
  // The last one that names the group, else the first one that applies to it.
  const counts = new Map(
    all.map((group) => [
      group,
      vm.findLast(({processes}) => names(processes, group)) ?? vm.find((each) => applies(each, group)),
    ]),
  )
  const guests = vm.map((written, index): Guest => {
    const groups = all.filter((group) => counts.get(group) === written)
    return {
      ...understand(written),
      path: ['vm', index],
      writtenFor: all.filter((group) => applies(written, group)),
      groups,
      used: groups.length > 0,
      failsAt: 'machine',
      byThen: doneBeforeMachines(config),
    }
  })
  if (!releaseVm) return guests
  return [
    ...guests,
    {
      ...understand(releaseVm),
      path: ['deploy', 'release_command_vm'],
      writtenFor: [],
      groups: [],
      used: Boolean(releaseCommand),
      failsAt: 'release',
      byThen: '',
    },
  ]
}

/** Whether the project's own deploy brings sizes on its command line, or does without the machine. */
export const decidedElsewhere = ({failsAt}: Guest, deploys: DeployCommands | undefined): boolean =>
  deploys?.commands.some(({flags}) =>
    [...flags].some((flag) => flag.startsWith('--vm-') || (failsAt === 'release' && flag === '--skip-release-command')),
  ) ?? false

/** The machines of one of these groups, by [[vm]], that fit; without one they keep the size that they have on Fly.io. */
export const guestOf = (
  groups: readonly string[],
  guests: readonly Guest[],
  deploys: DeployCommands | undefined,
  fits: (machine: Machine) => boolean,
): (Guest & {machine: Machine}) | undefined =>
  guests.find(
    (each): each is Guest & {machine: Machine} =>
      each.used &&
      !decidedElsewhere(each, deploys) &&
      groups.some((group) => each.groups.includes(group)) &&
      each.machine !== undefined &&
      fits(each.machine),
  )

/** flyctl makes the machines last (internal/command/deploy/machines_deploymachinesapp.go): news where something is migrated. */
export const doneBeforeMachines = ({deploy}: Config): string =>
  deploy?.release_command ? '; the release command has run by then' : ''

const names = (processes: readonly string[] | undefined, group: string): boolean => processes?.includes(group) ?? false

/** Empty texts and zeros count as not written. A memory that cannot be read is refused even where memory_mb overrides it. */
function understand(written: Compute): Pick<Guest, 'written' | 'size' | 'machine'> {
  const size = written.size || (written.gpu_kind ? 'performance-8x' : 'shared-cpu-1x')
  const start = machineSizes.get(size)
  const memory = written.memory ? parseMemory(written.memory) : undefined
  const machine =
    start && !(written.memory && !memory)
      ? {
          cpuKind: written.cpu_kind || start.cpuKind,
          cpus: written.cpus || start.cpus,
          memoryMb: written.memory_mb || memory || start.memoryMb,
          gpuKind: written.gpu_kind || start.gpuKind,
        }
      : undefined
  return {written, size, machine}
}
