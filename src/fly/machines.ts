import {booleanOf, eachOf, field, isReachable, numberOf, stateOf, textOf} from './json.ts'

/** A machine of the app, as the Machines API tells of it; what it does not tell is undefined. */
export interface Machine {
  id: string
  name: string | undefined
  region: string
  /** `created`, `started`, `stopped`, `suspended`, `destroyed`, and states that pass. */
  state: string
  /** Whether it belongs to Fly Launch: deploy leaves others as they are. */
  managed: boolean
  /** The process group that it runs. */
  group: string
  /** The release that it runs; 0: none of Fly Launch. */
  release: number
  /** As `flyctl status` shows it: `shop:deployment-01K2Z6`. */
  image: string | undefined
  /** `hourly`, `daily` …: Fly starts it by itself. */
  schedule: string | undefined
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
    managed: textOf(metadata, 'fly_platform_version') === 'v2',
    // Old machines have it under its earlier name (fly-go, MachineConfig.ProcessGroup).
    group: textOf(metadata, 'fly_process_group') ?? textOf(metadata, 'process_group') ?? 'app',
    release: Number(textOf(metadata, 'fly_release_version') ?? 0) || 0,
    image: imageOf(field(json, 'image_ref')),
    schedule: textOf(config, 'schedule'),
    guest: cpuKind && cpus && memoryMb ? {cpuKind, cpus, memoryMb} : undefined,
    mounts: eachOf(field(config, 'mounts'), (mount) => {
      const [volume, path] = [textOf(mount, 'volume'), textOf(mount, 'path')]
      return volume && path ? {volume, path, name: textOf(mount, 'name')} : undefined
    }),
    checks: eachOf(field(json, 'checks'), (check) => {
      const [name, status] = [textOf(check, 'name'), stateOf(check, 'status')]
      return name && status ? {name, status, output: textOf(check, 'output')} : undefined
    }),
    events: eachOf(field(json, 'events'), readEvent).sort((one, other) => other.at - one.at),
    standbyFor: eachOf(field(config, 'standbys'), (standby) => (typeof standby === 'string' ? standby : undefined)),
    reachable: isReachable(json),
    cordoned: booleanOf(json, 'cordoned'),
  }
}

/** fly-go ImageRefWithVersion. */
function imageOf(ref: unknown): string | undefined {
  const [repository, tag] = [textOf(ref, 'repository'), textOf(ref, 'tag')]
  const version = textOf(field(ref, 'labels'), 'fly.version')
  return repository && tag ? `${repository}:${tag}${version ? ` (${version})` : ''}` : undefined
}

/**
 * fly-go MachineEvent: an exit event holds `request.exit_event` with `exit_code`, `oom_killed` and `requested_stop`, and
 * one of a machine that is started again has it one step further in, in `MonitorEvent`.
 */
function readEvent(json: unknown): MachineEvent | undefined {
  const type = textOf(json, 'type')
  if (!type) return undefined
  const request = field(json, 'request')
  const exit = field(field(request, 'MonitorEvent'), 'exit_event') ?? field(request, 'exit_event')
  return {
    type,
    status: stateOf(json, 'status'),
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
