import {booleanOf, eachOf, field, numberOf, textOf} from './json.ts'

/** A machine of the app, as the Machines API tells of it; what it does not tell is undefined. */
export interface Machine {
  id: string
  name: string | undefined
  region: string
  /** `created`, `started`, `stopped`, `suspended`, `destroyed`, and states that pass. */
  state: string
  /** The process group that it runs. */
  group: string
  /** The release that it runs; 0: none of Fly Launch. */
  release: number
  guest: {cpuKind: string; cpus: number; memoryMb: number} | undefined
  mounts: {volume: string; name: string | undefined; path: string}[]
  checks: {name: string; status: string; output: string | undefined}[]
  /** Newest first. */
  events: MachineEvent[]
  /** The machines that it stands in for. */
  standbyFor: string[]
  /** What its host cannot say of it is not known. */
  reachable: boolean
  cordoned: boolean
}

export interface MachineEvent {
  type: string
  status: string | undefined
  /** In milliseconds since 1970. */
  at: number
  /** Why the machine ended. */
  exit: {code: number | undefined; outOfMemory: boolean; requested: boolean} | undefined
}

export const readMachines = (list: unknown): Machine[] => eachOf(list, readMachine)

function readMachine(json: unknown): Machine | undefined {
  const [id, region, state] = [textOf(json, 'id'), textOf(json, 'region'), textOf(json, 'state')]
  if (!id || !region || !state) return undefined
  const config = field(json, 'config') ?? field(json, 'incomplete_config')
  const metadata = field(config, 'metadata')
  const guest = field(config, 'guest')
  const [cpuKind, cpus, memoryMb] = [textOf(guest, 'cpu_kind'), numberOf(guest, 'cpus'), numberOf(guest, 'memory_mb')]
  return {
    id,
    name: textOf(json, 'name'),
    region,
    state,
    group: textOf(metadata, 'fly_process_group') ?? 'app',
    release: Number(textOf(metadata, 'fly_release_version') ?? 0) || 0,
    guest: cpuKind && cpus && memoryMb ? {cpuKind, cpus, memoryMb} : undefined,
    mounts: eachOf(field(config, 'mounts'), (mount) => {
      const [volume, path] = [textOf(mount, 'volume'), textOf(mount, 'path')]
      return volume && path ? {volume, path, name: textOf(mount, 'name')} : undefined
    }),
    checks: eachOf(field(json, 'checks'), (check) => {
      const [name, status] = [textOf(check, 'name'), textOf(check, 'status')]
      return name && status ? {name, status, output: textOf(check, 'output')} : undefined
    }),
    events: eachOf(field(json, 'events'), readEvent).sort((one, other) => other.at - one.at),
    standbyFor: eachOf(field(config, 'standbys'), (standby) => (typeof standby === 'string' ? standby : undefined)),
    reachable: ['ok', undefined].includes(textOf(json, 'host_status')),
    cordoned: booleanOf(json, 'cordoned'),
  }
}

/** fly-go MachineEvent: an exit event holds `request.exit_event` with `exit_code`, `oom_killed` and `requested_stop`. */
function readEvent(json: unknown): MachineEvent | undefined {
  const type = textOf(json, 'type')
  if (!type) return undefined
  const exit = field(field(json, 'request'), 'exit_event')
  return {
    type,
    status: textOf(json, 'status'),
    at: numberOf(json, 'timestamp') ?? 0,
    exit:
      typeof exit === 'object' && exit !== null
        ? {
            code: numberOf(exit, 'exit_code'),
            outOfMemory: booleanOf(exit, 'oom_killed'),
            requested: booleanOf(exit, 'requested_stop'),
          }
        : undefined,
  }
}
