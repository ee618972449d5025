import {defineCheck, type Facts, type Finding, keyPath, oneOf, quote} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Service = FlyConfig['services'][number]
type HttpCheck = Service['checks'][number]['check']
type Path = FlyConfig['topLevelChecks'][number]['path']

export default defineCheck({
  id: 'fly-config/check-request',
  title: 'health checks ask what an app can answer',
  why: 'A check whose request no app can answer never passes: the deploy waits for it in vain, and traffic stays away.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {check, path} of flyConfig.topLevelChecks) {
      if (check.type === 'http') yield* request(check, path, flyConfig)
      if (check.type === 'tcp') yield* unused(check, path, flyConfig)
    }
    for (const service of flyConfig.services) {
      for (const {type, check, path} of service.checks) {
        if (type !== 'http') continue
        yield* request(check, path, flyConfig)
        if (check.protocol === 'https') yield* encrypted(service, path, flyConfig)
      }
    }
  },
})

const protocols = ['http', 'https']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']

function* request(check: HttpCheck, checkPath: Path, flyConfig: FlyConfig): Generator<Finding> {
  const wrong = (key: string, problem: string, instead: string): Finding => {
    const path = [...checkPath, key]
    return {message: `${keyPath(path)} is ${problem}`, at: flyConfig.at(...path), ...flyConfig.write(path, instead)}
  }
  const {path, protocol, method} = check
  if (path && !path.startsWith('/')) {
    const url = /^[a-z]+:\/\/[^/]*(.*)/i.exec(path)
    yield url
      ? wrong('path', 'a whole address, it must be the path alone: the check asks the machine itself', url[1] || '/')
      : wrong('path', `${quote(path)}, it must begin with /`, `/${path}`)
  }
  if (protocol && !protocols.includes(protocol)) {
    const meant = /^https$/i.test(protocol) ? 'https' : 'http'
    yield wrong('protocol', `${quote(protocol)}, it must be ${oneOf(protocols)}`, meant)
  }
  if (method && !methods.includes(method.toUpperCase())) {
    yield wrong('method', `${quote(method)}, it must be an HTTP method`, 'GET')
  }
}

/**
 * Behind the handlers http and tls the proxy has taken the encryption off: what listens there speaks plain HTTP, and a
 * check that begins with a TLS handshake gets no answer from it.
 */
function* encrypted(service: Service, checkPath: Path, flyConfig: FlyConfig): Generator<Finding> {
  const handlers = service.ports.map(({port}) => port.handlers ?? [])
  const isPlain = handlers.length > 0 && handlers.every((each) => each.includes('http') || each.includes('tls'))
  if (!isPlain || service.strayFrom) return
  const path = [...checkPath, 'protocol']
  yield {
    message: `${keyPath(path)} is "https", but Fly.io's proxy speaks plain HTTP to this port, so the app does, too: the check never passes`,
    at: flyConfig.at(...path),
    ...flyConfig.write(path, 'http'),
  }
}

/** A TCP check only connects. */
function* unused(check: HttpCheck, path: Path, flyConfig: FlyConfig): Generator<Finding> {
  const key = (['path', 'method', 'protocol', 'headers'] as const).find((each) => check[each] !== undefined)
  if (!key) return
  yield {
    message: `${keyPath([...path, key])} has no effect: a TCP check only connects, and asks for nothing`,
    at: flyConfig.at(...path, key),
    hint: `Delete it, or write ${flyConfig.setting('type', 'http')}`,
    severity: 'info',
    failsAt: 'silent',
  }
}
