/**
 * Every key that flyctl knows, as data: a key that a new flyctl brings is one line here.
 * From flyctl's Config (internal/appconfig/config.go, service.go, toplevelcheck.go) and fly-go's machine_types.go.
 */
import type {Node} from '../documents/document.ts'
import {
  any,
  autostop,
  boolean,
  dead,
  duration,
  float,
  integer,
  list,
  map,
  persistRootfs,
  type Read,
  string,
  type Type,
  table,
  uint32,
} from './types.ts'

/** The flyctl whose keys these are, with its fly-go 0.9.6. */
export const flyctlVersion = '0.4.87'

const strings = list(string)

const guest = {
  size: string,
  memory: string,
  cpu_kind: string,
  cpus: integer,
  memory_mb: integer,
  max_memory_mb: integer,
  gpus: integer,
  gpu_kind: string,
  host_dedication_id: string,
  persist_rootfs: persistRootfs,
  kernel_args: strings,
  processes: strings,
}

const concurrency = table({
  type: string,
  hard_limit: integer,
  soft_limit: integer,
})

const tlsOptions = table({
  alpn: strings,
  versions: strings,
  default_self_signed: boolean,
})

const httpOptions = table({
  compress: boolean,
  response: table({
    headers: map(any),
    pristine: boolean,
  }),
  h2_backend: boolean,
  idle_timeout: uint32,
  headers_read_timeout: uint32,
  replay_cache: list(
    table({
      path_prefix: string,
      ttl_seconds: integer,
      type: string,
      name: string,
      allow_bypass: boolean,
    }),
  ),
})

const timing = {
  interval: duration,
  timeout: duration,
  grace_period: duration,
}

const request = {
  method: string,
  path: string,
  protocol: string,
  tls_skip_verify: boolean,
  tls_server_name: string,
  headers: map(string),
}

const machineChecks = list(
  table({
    command: strings,
    image: string,
    entrypoint: strings,
    kill_signal: string,
    kill_timeout: duration,
  }),
)

const scaling = {
  auto_stop_machines: autostop,
  auto_start_machines: boolean,
  min_machines_running: integer,
  processes: strings,
  concurrency,
}

export const configKeys = table({
  app: string,
  primary_region: string,
  kill_signal: string,
  kill_timeout: duration,
  swap_size_mb: integer,
  console_command: string,
  host_dedication_id: string,
  machine_config: string,
  container: string,

  build: table({
    builder: string,
    args: map(string),
    buildpacks: strings,
    image: string,
    settings: map(any),
    builtin: string,
    dockerfile: string,
    ignorefile: string,
    'build-target': string,
    compose: table({
      file: string,
    }),
    compression: string,
    compression_level: integer,
  }),

  deploy: table({
    strategy: string,
    max_unavailable: float,
    wait_timeout: duration,
    release_command: string,
    release_command_timeout: duration,
    release_command_vm: table(guest),
    seed_command: string,
  }),

  env: map(string),
  processes: map(string),

  mounts: list(
    table({
      source: string,
      destination: string,
      initial_size: string,
      snapshot_retention: integer,
      scheduled_snapshots: boolean,
      auto_extend_size_threshold: integer,
      auto_extend_size_increment: string,
      auto_extend_size_limit: string,
      processes: strings,
    }),
  ),

  http_service: table({
    internal_port: integer,
    force_https: boolean,
    ...scaling,
    tls_options: tlsOptions,
    http_options: httpOptions,
    checks: list(table({...timing, ...request})),
    machine_checks: machineChecks,
  }),

  services: list(
    table({
      protocol: string,
      internal_port: integer,
      ...scaling,
      ports: list(
        table({
          port: integer,
          start_port: integer,
          end_port: integer,
          handlers: strings,
          force_https: boolean,
          tls_options: tlsOptions,
          http_options: httpOptions,
          proxy_proto_options: table({
            version: string,
          }),
        }),
      ),
      tcp_checks: list(table(timing)),
      http_checks: list(table({...timing, ...request})),
      machine_checks: machineChecks,
    }),
  ),

  checks: map(
    table({
      port: integer,
      type: string,
      ...timing,
      ...request,
      processes: strings,
    }),
  ),

  machine_checks: machineChecks,

  vm: list(table(guest)),

  restart: list(
    table({
      policy: string,
      retries: integer,
      processes: strings,
    }),
  ),

  files: list(
    table({
      guest_path: string,
      local_path: string,
      secret_name: string,
      raw_value: string,
      processes: strings,
    }),
  ),

  statics: list(
    table({
      guest_path: string,
      url_prefix: string,
      tigris_bucket: string,
      index_document: string,
    }),
  ),

  metrics: list(
    table({
      port: integer,
      path: string,
      https: boolean,
      processes: strings,
    }),
  ),

  experimental: table({
    cmd: strings,
    entrypoint: strings,
    exec: strings,
    auto_rollback: dead(boolean, 'flyctl reads it and rolls nothing back'),
    enable_consul: dead(boolean, 'flyctl reads it and does nothing with it'),
    enable_etcd: dead(boolean, 'flyctl reads it and does nothing with it'),
    lazy_load_images: dead(boolean, 'Fly.io no longer loads images lazily'),
    attached: table({
      secrets: table({
        export: map(string),
      }),
    }),
    machine_config: string,
  }),
})

/** fly.toml as flyctl understands it, in its own names. */
export type Config = Read<typeof configKeys>

/**
 * The tables in which flyctl knows a key of this name that may have such a value, as they are written:
 * `[http_service]`, `[[services.ports]]`. At the top level `processes` is a table, and elsewhere a list of groups.
 */
export function tablesWith(key: string, value: Node): string[] {
  const found: string[] = []
  const mayHold = (type: Type<unknown>) => value.type === 'table' || !(type.keys || type.named)
  const visit = ({keys = {}}: Type<unknown>, path: string, written: string) => {
    if (Object.hasOwn(keys, key) && mayHold(keys[key] as Type<unknown>)) found.push(written)
    for (const [name, type] of Object.entries(keys)) {
      const below = path ? `${path}.${name}` : name
      if (type.keys) visit(type, below, `[${below}]`)
      else if (type.items?.keys && type.named) visit(type.items, `${below}.NAME`, `[${below}.NAME]`)
      else if (type.items?.keys) visit(type.items, below, `[[${below}]]`)
    }
  }
  visit(configKeys, '', 'the top level, above the first [table]')
  return found
}
