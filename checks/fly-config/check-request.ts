import {defineCheck, type Facts, type Finding, keyPath} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type HttpCheck = FlyConfig['services'][number]['checks'][number]['check']
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
    for (const {type, check, path} of flyConfig.services.flatMap(({checks}) => checks)) {
      if (type === 'http') yield* request(check, path, flyConfig)
    }
  },
})

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']

function* request(check: HttpCheck, path: Path, flyConfig: FlyConfig): Generator<Finding> {
  const about = (key: string) => ({name: keyPath([...path, key]), at: flyConfig.at(...path, key)})
  if (check.path && !check.path.startsWith('/')) {
    const {name, at} = about('path')
    const url = /^[a-z]+:\/\/[^/]*(.*)/i.exec(check.path)
    yield {
      message: url
        ? `${name} is a whole address, it must be the path alone: the check asks the machine itself`
        : `${name} is ${JSON.stringify(check.path)}, it must begin with /`,
      at,
      hint: `Write path = ${JSON.stringify(url ? url[1] || '/' : `/${check.path}`)}`,
    }
  }
  if (check.protocol && !['http', 'https'].includes(check.protocol)) {
    const {name, at} = about('protocol')
    const meant = /^https$/i.test(check.protocol) ? 'https' : 'http'
    yield {
      message: `${name} is ${JSON.stringify(check.protocol)}, it must be "http" or "https"`,
      at,
      hint: `Write protocol = "${meant}"`,
    }
  }
  if (check.method && !methods.includes(check.method.toUpperCase())) {
    const {name, at} = about('method')
    yield {
      message: `${name} is ${JSON.stringify(check.method)}, it must be an HTTP method`,
      at,
      hint: 'Write method = "GET"',
    }
  }
}

/** A TCP check only connects. */
function* unused(check: HttpCheck, path: Path, flyConfig: FlyConfig): Generator<Finding> {
  const key = (['path', 'method', 'protocol', 'headers'] as const).find((each) => check[each] !== undefined)
  if (!key) return
  yield {
    message: `${keyPath([...path, key])} has no effect: a TCP check only connects, and asks for nothing`,
    at: flyConfig.at(...path, key),
    hint: `Delete it, or write type = "http"`,
    severity: 'info',
    failsAt: 'silent',
  }
}
