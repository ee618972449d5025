import {defineCheck, type Facts, keyPath, parseMemory} from '../../src/check.ts'

type Settings = Map<string, {path: readonly (string | number)[]; value: string; shown: boolean}>

/** More would hide what matters. */
const most = 6

export default defineCheck({
  id: 'live/changes',
  title: 'the deploy changes no setting of the app',
  why: 'Settings that were changed by hand, or by another branch, are set back without a word.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'app', 'deployedConfig', 'deployCommands'],
  *run({flyConfig, app, deployedConfig, deployCommands}) {
    const now = settingsOf(deployedConfig)
    const next = settingsOf(flyConfig.config)
    const changes = [...new Set([...next.keys(), ...now.keys()])].flatMap((key) => {
      const [before, after] = [now.get(key), next.get(key)]
      if (before?.value === after?.value) return []
      // --env on the command line is in no file.
      if (!after && key.startsWith('env.') && deployCommands.hasFlag('--env')) return []
      const path = (after ?? before)?.path ?? []
      return [{path, text: `${key} ${describe(before, after)}`}]
    })
    const [first, ...others] = changes
    if (!first) return
    const listed = changes.slice(0, most).map(({text}) => text)
    const more = changes.length > most ? ` and ${changes.length - most} more` : ''
    yield {
      message: `this deploy changes ${changes.length === 1 ? 'a setting' : `${changes.length} settings`} of ${app.name}: ${listed.join('; ')}${more}`,
      at: flyConfig.at(...first.path),
      related: others.slice(0, most - 1).map(({path}) => flyConfig.at(...path)),
      hint: `See what is deployed now: flyctl config show -a ${app.name}`,
    }
  },
})

function describe(before: {value: string; shown: boolean} | undefined, after: typeof before): string {
  if (!before) return after?.shown ? `is new (${after.value})` : 'is new'
  if (!after) return 'is gone'
  return before.shown && after.shown ? `goes from ${before.value} to ${after.value}` : 'has another value'
}

/**
 * What a deploy changes for the app, in fly.toml's names; both sides decoded by flyctl (appconfig/config.go), which prints
 * auto_stop_machines "off" and "stop" as false and true. Times are left out: they are written in many ways.
 */
function settingsOf(config: Facts['deployedConfig'] | Facts['flyConfig']['config']): Settings {
  const settings: Settings = new Map()
  const add = (path: readonly (string | number)[], value: unknown, shown = true) => {
    if (value === undefined || value === null || value === '' || typeof value === 'object') return
    settings.set(keyPath(path), {path, value: String(value), shown})
  }
  const {primary_region, deploy, env, processes, mounts, http_service, services, vm} = config as Record<string, unknown>
  add(['primary_region'], primary_region)
  for (const key of ['release_command', 'strategy']) add(['deploy', key], member(deploy, key))
  // Values of [env] may be what nobody should read in a log.
  for (const [name, value] of entries(env)) add(['env', name], value, false)
  for (const [name, value] of entries(processes)) add(['processes', name], value)
  for (const [index, mount] of list(mounts).entries()) {
    for (const key of ['source', 'destination']) add(['mounts', index, key], member(mount, key))
  }
  const service = (path: readonly (string | number)[], each: unknown) => {
    for (const key of ['internal_port', 'protocol']) add([...path, key], member(each, key))
    // 0 is what it is without.
    const least = member(each, 'min_machines_running')
    if (least !== 0) add([...path, 'min_machines_running'], least)
    const stop = member(each, 'auto_stop_machines')
    add([...path, 'auto_stop_machines'], stop === 'off' || stop === false ? undefined : stop === true ? 'stop' : stop)
  }
  service(['http_service'], http_service)
  for (const [index, each] of list(services).entries()) service(['services', index], each)
  for (const [index, each] of list(vm).entries()) {
    for (const key of ['size', 'cpu_kind', 'cpus']) add(['vm', index, key], member(each, key))
    // "1gb", "1024mb" and 1024 are one size.
    const memory = member(each, 'memory')
    const megabytes = memory === undefined ? undefined : parseMemory(String(memory))
    add(['vm', index, 'memory'], megabytes === undefined ? memory : `${megabytes} MB`)
  }
  return settings
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
