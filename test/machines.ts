/** Answers of flyctl about machines, from the few words that a test is about. */

export interface MachineWords {
  id?: string
  group?: string
  region?: string
  state?: string
  /** Of `size`, `shared-cpu-1x` or `performance-2x`; in MB. */
  memory?: number
  cpus?: number
  cpuKind?: string
  /** The volume that it has, by its name. */
  volume?: string
  /** Where that is mounted. */
  path?: string
  image?: string
  schedule?: string
  /** What its health check `alive` says. */
  health?: string
  standbyFor?: string[]
  cordoned?: boolean
  host?: string
  /** Made without Fly Launch. */
  unmanaged?: boolean
  /** Newest first: `exit 1`, `exit 137 oom`, `exit 0 requested`, or the type of another event. */
  events?: string[]
}

/** What `flyctl status -a shop` prints. */
export function status(machines: MachineWords[], {deployed = true, paidPlan = true} = {}): Record<string, string> {
  const answer = {
    Name: 'shop',
    Deployed: deployed,
    Status: deployed ? 'deployed' : 'pending',
    Version: deployed ? 12 : 0,
    Organization: {Slug: 'acme-widgets', PaidPlan: paidPlan},
    Machines: machines.map(machine),
  }
  return {'status -a shop': JSON.stringify(answer)}
}

/** The same of an app that is made and never was deployed. */
export const neverDeployed = status([], {deployed: false})

function machine(words: MachineWords, index: number) {
  const {id = `m${index + 1}`, group = 'app', region = 'iad', state = 'started', host = 'ok'} = words
  const config = {
    guest: {cpu_kind: words.cpuKind ?? 'shared', cpus: words.cpus ?? 1, memory_mb: words.memory ?? 256},
    metadata: {
      fly_process_group: group,
      fly_release_version: '12',
      ...(!words.unmanaged && {fly_platform_version: 'v2'}),
    },
    ...(words.volume !== undefined && {
      mounts: [{volume: `vol_${id}`, name: words.volume, path: words.path ?? '/data'}],
    }),
    ...(words.schedule && {schedule: words.schedule}),
    ...(words.standbyFor && {standbys: words.standbyFor}),
  }
  return {
    id,
    state,
    region,
    image_ref: {repository: 'shop', tag: words.image ?? 'deployment-12'},
    ...(host === 'ok' ? {config} : {incomplete_config: config}),
    events: (words.events ?? []).map((event, age) => ({
      type: event.split(' ')[0],
      timestamp: Date.UTC(2026, 5, 30, 12) - age * 60_000,
      ...(event.startsWith('exit') && {request: {exit_event: exitOf(event)}}),
    })),
    ...(words.health && {checks: [{name: 'alive', status: words.health, output: 'connection refused'}]}),
    host_status: host,
    cordoned: words.cordoned ?? false,
  }
}

const exitOf = (event: string) => ({
  exit_code: Number(event.split(' ')[1]),
  oom_killed: event.includes('oom'),
  requested_stop: event.includes('requested'),
})

export interface VolumeWords {
  id?: string
  name?: string
  region?: string
  /** The machine that has it. */
  machine?: string
  host?: string
}

/** What `flyctl volumes list -a shop` prints. */
export const volumes = (list: VolumeWords[]): Record<string, string> => ({
  'volumes list -a shop': JSON.stringify(
    list.map(({id, name = 'data', region = 'iad', machine: attached, host = 'ok'}, index) => ({
      id: id ?? `vol_${index + 1}`,
      name,
      state: 'created',
      size_gb: 1,
      region,
      attached_machine_id: attached ?? null,
      host_status: host,
    })),
  ),
})
