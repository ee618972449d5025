import {defineCheck, type Facts, type Finding, keyPath, replace, suggest} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type UnknownKey = FlyConfig['unknownKeys'][number]

export default defineCheck({
  id: 'fly-config/unknown-key',
  title: 'flyctl knows every key',
  why: 'flyctl skips a key that it does not know without a word, so what the key was meant to do does not happen.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const unknown of flyConfig.unknownKeys) {
      const at = flyConfig.keyAt(...unknown.path)
      yield {at, ...(unknown.takenFor ? otherCase(unknown) : explain(unknown, flyConfig))}
    }
  },
})

type Explained = Omit<Finding, 'at'>

/** Go's decoder does not mind the case of a key; what flyctl does before decoding does. */
function otherCase({path, key, takenFor}: UnknownKey): Explained {
  const merged = path.length === 1 && ['vm', 'mounts', 'metrics'].includes(takenFor as string)
  return {
    message: merged
      ? `flyctl ignores ${key}: the key is ${takenFor}, in lower case`
      : `${keyPath(path)} works by chance: flyctl's key is ${takenFor}, and config validate --strict refuses any other case`,
    hint: `Write ${takenFor}.`,
    ...(!merged && {severity: 'info'}),
  }
}

function explain(unknown: UnknownKey, flyConfig: FlyConfig): Explained {
  const {path, key, known} = unknown
  const table = path.slice(0, -1)
  const where = table.length === 0 ? 'at the top level' : `in ${keyPath(table)}`
  const general = path.filter((part) => typeof part === 'string').join('.')
  const special = meantByMany.get(general.replace(/^checks\.[^.]+\./, 'checks.NAME.'))
  if (special) {
    const [hint, severity] = special
    return {message: `flyctl does not know ${key} ${where}`, hint, ...(severity && {severity})}
  }
  const meant = suggest(key, known)
  if (meant) {
    return {
      message: `flyctl does not know ${key} ${where}, and skips it`,
      hint: `Did you mean ${meant}?`,
      fix: rename(unknown, meant, flyConfig),
    }
  }
  const place = bestPlace(unknown, flyConfig)
  return {
    message: `flyctl does not know ${key} ${where}, and skips it`,
    hint: place
      ? `${key} belongs ${place.startsWith('[') ? 'under' : 'at'} ${place}.`
      : `Delete it. The keys here are ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}.`,
  }
}

/** Of the tables that have such a key: one around the key, else the top level, else one that the file has, else the first. */
function bestPlace({path, elsewhere: all}: UnknownKey, {config}: FlyConfig): string | undefined {
  // The machine of a check is rarely meant: kill_timeout is that of the app.
  const others = all.filter((place) => !place.includes('machine_checks'))
  const elsewhere = others.length > 0 ? others : all
  const sectionOf = (place: string) => /^\[+(\w+)/.exec(place)?.[1] ?? ''
  return (
    elsewhere.find((place) => sectionOf(place) === path[0]) ??
    elsewhere.find((place) => !place.startsWith('[')) ??
    elsewhere.find((place) => Object.hasOwn(config, sectionOf(place))) ??
    elsewhere[0]
  )
}

/** The edit, where the key stands alone: a header names its whole path. */
function rename({path, key}: UnknownKey, meant: string, flyConfig: FlyConfig): Finding['fix'] {
  const at = flyConfig.keyAt(...path)
  const length = at.line === at.endLine ? (at.endColumn ?? 0) - (at.column ?? 0) : 0
  return length === key.length ? replace(at, meant) : undefined
}

const leftOver = 'It is left over from an earlier template. Delete it.'
const count = 'How many machines there are is set by: flyctl scale count N'
const autoScaling =
  'Fly.io scales by auto_stop_machines, auto_start_machines and min_machines_running under [http_service].'
const restart = 'How machines restart is said by [[restart]]: policy = "on-failure".'
const ownPort = 'A check of a service asks its internal_port. Delete it.'

/** Keys that people often write, with what to write instead; `info` where nothing that anyone wanted is lost. */
const meantByMany = new Map<string, readonly [hint: string, severity?: 'info']>(
  Object.entries({
    fly: ['Write its keys at the top level, without [fly].'],
    http: ['Traffic is described by [http_service]: internal_port, force_https and the rest. Delete [http].'],
    regions: ['One region is primary_region; machines in others are made by: flyctl scale count N --region CODE'],
    secrets: ['Secrets are no part of fly.toml. Set them: flyctl secrets set NAME=VALUE'],
    certificates: ['Certificates are no part of fly.toml. Add them: flyctl certs add HOSTNAME'],
    machine: ['Sizes are set by [[vm]]: size = "shared-cpu-1x", memory = "512mb".'],
    machines: [count],
    scale: [count],
    app_name: ['The name of the app is the key app. Delete this one, or write app.'],
    org: ['An app gets its organization when it is made: flyctl apps create NAME --org ORG. Delete it.', 'info'],
    organization: [
      'An app gets its organization when it is made: flyctl apps create NAME --org ORG. Delete it.',
      'info',
    ],
    limits: ['Sizes are set by [[vm]], limits of connections by [http_service.concurrency].'],
    resources: ['Sizes are set by [[vm]]: size = "shared-cpu-1x", memory = "512mb".'],
    volumes: ['Volumes are mounted by [[mounts]]: source and destination.'],
    volume: ['Volumes are mounted by [[mounts]]: source and destination.'],
    release_command: ['It belongs under [deploy].'],
    'build.context': [
      'The build context is always the folder in which flyctl runs: flyctl deploy FOLDER -c fly.toml. Delete it.',
    ],
    'build.target': ['Write build-target.'],
    'build.build-args': ['Write [build.args].'],
    'build.build_args': ['Write [build.args].'],
    'experimental.use_zstd': ['flyctl knew it for a while. Write compression = "zstd" under [build].'],
    'build.docker_file': ['Write dockerfile.'],
    'deploy.processes': ['Choose groups on the command line: flyctl deploy --process-groups NAME'],
    'deploy.min_machines_running': ['It belongs under [http_service] or [[services]].'],
    'http_service.http_checks': ['Write [[http_service.checks]].'],
    'http_service.tcp_checks': ['Write [checks.NAME] with type = "tcp" and the port; those of the service are HTTP.'],
    'http_service.checks.type': [
      'These checks are always HTTP. Delete it; a TCP check is [checks.NAME] with type = "tcp".',
      'info',
    ],
    'services.http_checks.type': ['These checks are always HTTP. Delete it.', 'info'],
    'services.tcp_checks.type': ['These checks are always TCP. Delete it.', 'info'],
    'http_service.checks.restart': [restart],
    'http_service.checks.restart_limit': [leftOver, 'info'],
    'services.tcp_checks.restart_limit': [leftOver, 'info'],
    'services.http_checks.restart_limit': [leftOver, 'info'],
    'services.tcp_checks.port': [ownPort, 'info'],
    'services.http_checks.port': [ownPort, 'info'],
    'http_service.checks.port': [ownPort, 'info'],
    'services.script_checks': ['Script checks are gone. Use [[services.machine_checks]], or an HTTP check.', 'info'],
    'services.http_checks.checks': [
      'Write the keys directly under [[services.http_checks]]; as it is, an empty check runs.',
    ],
    'services.checks': ['Write [[services.http_checks]] or [[services.tcp_checks]].'],
    'services.force_https': ['It belongs under [[services.ports]].'],
    'http_service.protocol': [
      '[http_service] is always TCP with HTTP handlers. Delete it, or use [[services]].',
      'info',
    ],
    'http_service.ports': ['[http_service] always has ports 80 and 443. Other ports need [[services]].'],
    'http_service.max_machines_running': [`${count}. No more than that ever run.`],
    'services.max_machines_running': [`${count}. No more than that ever run.`],
    'http_service.scale_to_zero': ['Write min_machines_running = 0 and auto_stop_machines = "stop".'],
    'http_service.scale': [autoScaling],
    'http_service.autoscale': [autoScaling],
    'http_service.auto_scaling': [autoScaling],
    'http_service.idle_timeout': ['It belongs under [http_service.http_options].'],
    'http_service.http_options.headers': ['Write [http_service.http_options.response.headers].'],
    'services.ports.http_options.headers': ['Write [services.ports.http_options.response.headers].'],
    'restart.max_retries': ['Write retries.'],
    'restart.max_restarts': ['Write retries.'],
    'statics.processes': ['Statics are those of the whole app, of every process group. Delete it.', 'info'],
    'vm.mounts': ['Volumes are mounted by [[mounts]], beside [[vm]]: as it is, no volume is mounted.'],
    'vm.count': [count],
    'checks.NAME.name': ['The name of a check is its table: write [checks.NAME] in place of [[checks]].', 'info'],
    'experimental.kill_timeout': ['Write kill_timeout at the top level.', 'info'],
    'experimental.metrics_port': ['Write [[metrics]] port.', 'info'],
    'experimental.metrics_path': ['Write [[metrics]] path.', 'info'],
    'experimental.allowed_public_ports': [leftOver, 'info'],
    'experimental.private_network': [leftOver, 'info'],
    'experimental.enable_6pn': [leftOver, 'info'],
    'experimental.auto_scaling': [autoScaling],
    'experimental.container': ['It belongs at the top level, above the first [table].'],
  } satisfies Record<string, readonly [string, 'info'?]>),
)
