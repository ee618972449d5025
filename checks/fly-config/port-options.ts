import {defineCheck, type Facts, type Finding, handlersFit, keyPath, oneOf, quote} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Port = FlyConfig['services'][number]['ports'][number]['port']
type Path = (string | number)[]

/** What each option is for: fly.io/docs/reference/configuration and fly.io/docs/networking/services. */
const handlersOf = {
  force_https: ['http', 'edge_http'],
  http_options: ['http', 'edge_http'],
  tls_options: ['tls', 'pg_tls'],
  proxy_proto_options: ['proxy_proto'],
} as const

export default defineCheck({
  id: 'fly-config/port-options',
  title: 'the options of every port take effect',
  why: 'The option is not applied, or Fly.io refuses it when the image is already built.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {http_service: http} = flyConfig.config
    if (http) {
      yield* values(http, ['http_service'], flyConfig)
      yield* protocols(http, ['http_service'], flyConfig)
    }
    const ports = flyConfig.services.flatMap((each) => each.ports)
    const hasTls = ports.some(({ranges}) => ranges.some(([first, last]) => first <= 443 && 443 <= last))
    for (const {port, path} of ports) {
      if (!path) continue
      if (!hasTls && port.force_https && port.handlers?.includes('http'))
        yield nowhere([...path, 'force_https'], flyConfig)
      // Wrong handlers are told by themselves: with the right ones the options may take effect.
      if (handlersFit(port)) yield* misplaced(port, [...path], flyConfig)
      yield* values(port, [...path], flyConfig)
      if (port.handlers?.includes('tls')) yield* protocols(port, [...path], flyConfig)
    }
  },
})

const nowhere = (path: Path, flyConfig: FlyConfig): Finding => ({
  message: `${keyPath(path)} sends each request to https://, and no service has port 443: nobody gets an answer`,
  at: flyConfig.at(...path),
  hint: 'Add [[services.ports]] with port = 443 and handlers = ["tls", "http"].',
  failsAt: 'runtime',
})

/** The Machines API: "Tls options Alpn must be one of: h2, http/1.1". What pg_tls takes is not known. */
function* protocols({tls_options}: Options, path: Path, flyConfig: FlyConfig): Generator<Finding> {
  for (const [index, protocol] of (tls_options?.alpn ?? []).entries())
    yield* wrong(protocol, ['h2', 'http/1.1'], [...path, 'tls_options', 'alpn', index], flyConfig)
}

function* misplaced(port: Port, path: Path, flyConfig: FlyConfig): Generator<Finding> {
  const {handlers = []} = port
  for (const key of ['force_https', 'http_options', 'tls_options', 'proxy_proto_options'] as const) {
    const option = port[key]
    const isSet = typeof option === 'object' ? Object.keys(option).length > 0 : option === true
    if (!isSet || handlersOf[key].some((handler) => handlers.includes(handler))) continue
    const [handler] = handlersOf[key]
    yield {
      message: `${keyPath([...path, key])} needs the handler ${handler}, and the port has ${handlers.length > 0 ? `only ${handlers.join(', ')}` : 'none'}: ${key === 'force_https' ? "by Fly.io's documentation such a deploy fails" : 'it has no effect'}`,
      at: flyConfig.at(...path, key),
      hint: `Delete ${key}, or write ${flyConfig.setting('handlers', [...handlers, handler])}`,
      ...(key === 'force_https' && {failsAt: 'machine'}),
    }
  }
}

type Options = Pick<Port, 'tls_options' | 'http_options' | 'proxy_proto_options'>

function* values(
  {tls_options, http_options, proxy_proto_options}: Options,
  path: Path,
  flyConfig: FlyConfig,
): Generator<Finding> {
  for (const [index, version] of (tls_options?.versions ?? []).entries())
    yield* wrong(version, ['TLSv1.2', 'TLSv1.3'], [...path, 'tls_options', 'versions', index], flyConfig)
  yield* wrong(proxy_proto_options?.version, ['v1', 'v2'], [...path, 'proxy_proto_options', 'version'], flyConfig)
  for (const [index, {type, ttl_seconds: ttl}] of (http_options?.replay_cache ?? []).entries()) {
    const cache = [...path, 'http_options', 'replay_cache', index]
    yield* wrong(type, ['cookie', 'header'], [...cache, 'type'], flyConfig)
    if (ttl !== undefined && ttl < 10) {
      yield {
        message: `${keyPath([...cache, 'ttl_seconds'])} is ${ttl}, it must be 10 or more`,
        at: flyConfig.at(...cache, 'ttl_seconds'),
        ...flyConfig.write([...cache, 'ttl_seconds'], 10),
        failsAt: 'machine',
      }
    }
  }
}

function* wrong(
  value: string | undefined,
  allowed: readonly string[],
  path: Path,
  flyConfig: FlyConfig,
): Generator<Finding> {
  if (!value || allowed.includes(value)) return
  yield {
    message: `${keyPath(path)} is ${quote(value)}, it must be ${oneOf(allowed)}`,
    at: flyConfig.valueAt(...path),
    hint: `Write ${oneOf(allowed)}.`,
    failsAt: 'machine',
  }
}
